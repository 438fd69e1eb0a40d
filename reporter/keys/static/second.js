// Makes the second holder's key pair in their own browser. It asks no host for anything.
"use strict";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // survey/ballots/fingerprints.py has the same
const quarter = document.documentElement.dataset.quarter;
const guides = [...document.querySelectorAll(".guide")];
const all = (selector) => [...document.querySelectorAll(selector)];
let pair = null;
let saved = false;

function hexadecimal(base64url) {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return [...text].map((char) => char.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}

async function fingerprint(half) {
  const text = new TextEncoder().encode(`avstamp half ${quarter} ${half}`);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
  const bits = [...digest].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const letters = bits.slice(0, 100).match(/.{5}/g).map((five) => ALPHABET[parseInt(five, 2)]);
  return letters.join("").match(/.{4}/g).join("-");
}

async function made() {
  const keys = await crypto.subtle.generateKey({ name: "X25519" }, true, ["deriveBits"]);
  const { d, x } = await crypto.subtle.exportKey("jwk", keys.privateKey);
  const [secret, half] = [hexadecimal(d), hexadecimal(x)];
  if (secret.length !== 64 || half.length !== 64) throw new Error("a key of another length");
  return {
    file: JSON.stringify({ avstamp: 1, private: secret }) + "\n",
    half: JSON.stringify({ avstamp: 1, quarter, half }, null, 1) + "\n",
    fingerprint: await fingerprint(half),
  };
}

function offer(selector, text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  for (const link of all(selector)) Object.assign(link, { href: address, download: name });
}

function show() {
  offer(".private", pair.file, `${quarter}.second.key`);
  offer(".public", pair.half, `${quarter}.second.half`);
  for (const place of all(".half")) place.textContent = pair.half;
  for (const place of all(".fingerprint")) place.textContent = pair.fingerprint;
  for (const part of all(".make")) part.hidden = true;
  for (const part of all(".made")) part.hidden = false;
  guides.find((guide) => !guide.hidden).querySelector(".made h2").focus();
}

function cannot() {
  for (const part of all(".make")) part.hidden = true;
  for (const part of all(".cannot")) part.hidden = false;
}

async function make() {
  if (pair) return; // a second press makes no second key
  try {
    pair = await made();
  } catch {
    cannot();
    return;
  }
  show();
}

function choose(language) {
  document.documentElement.lang = language;
  for (const guide of guides) guide.hidden = guide.lang !== language;
  for (const button of all("nav button"))
    button.setAttribute("aria-pressed", String(button.lang === language));
  document.title = guides.find((guide) => !guide.hidden).querySelector("h1").textContent;
}

for (const button of all("nav button")) button.addEventListener("click", () => choose(button.lang));
for (const button of all(".make button")) button.addEventListener("click", make);
for (const link of all(".private")) link.addEventListener("click", () => (saved = true));
addEventListener("beforeunload", (event) => {
  if (pair && !saved) event.preventDefault(); // the key would be gone, and its half sent perhaps
});

const known = guides.map((guide) => guide.lang);
const wanted = navigator.languages.map((tag) => tag.slice(0, 2));
document.querySelector("nav").hidden = false;
choose(wanted.find((tag) => known.includes(tag)) ?? known[0]);
for (const part of all(".make")) part.hidden = false;
if (!globalThis.isSecureContext || !globalThis.crypto?.subtle) cannot();
