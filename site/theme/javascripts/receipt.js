// Looks a receipt up in the published lists. The code stays in this page: it goes into no address, no
// form and no storage. Every list is fetched, whole, whatever was typed and wherever it is found: what
// is asked for shows the web server nothing but that somebody looked.
import { leaf, parse } from "./leaf.js";

const part = document.getElementById("receipt-check");
const field = part.querySelector("input");
const said = part.querySelector("[role=status]");
const words = part.dataset;

const say = (...sentences) => { said.textContent = sentences.filter(Boolean).join(" "); };
const filled = (sentence, editions) => sentence.replace(/\{editions?\}/, editions.map((one) => one.title).join(", "));

const fetched = async (address) => {
  const reply = await fetch(address, { referrerPolicy: "no-referrer" });
  if (!reply.ok) throw new Error(reply.statusText);
  return reply;
};

const editions = async () => {
  const here = { version: words.edition, title: words.title, list: words.list };
  try {
    const all = await (await fetched("../../versions.json")).json();
    const others = all.filter((one) => /^\d{4}-q[1-4]$/.test(one.version) && one.version !== here.version);
    return [here, ...others.map((one) => ({ ...one, list: `../../${one.version}/data/${one.version}-receipts.txt` }))];
  } catch { return [here]; }  // a preview stands alone
};

const lists = async () => Promise.all((await editions()).map(async (edition) => {
  try {
    return { ...edition, leaves: (await (await fetched(edition.list)).text()).split("\n") };
  } catch { return edition; }
}));

const look = async () => {
  const receipt = parse(field.value);
  field.setAttribute("aria-invalid", String(!receipt));
  if (!receipt) return say(words.mistyped);
  say(words.busy);
  const all = await lists();
  const read = all.filter((one) => one.leaves);
  const unread = all.filter((one) => !one.leaves);
  const found = read.filter((one) => one.leaves.includes(leaf(receipt)));
  if (found.length) return say(filled(words.found, found));
  if (!read.length) return say(words.unreachable);
  say(filled(words.missing, read), unread.length && filled(words.unread, unread));
};

part.querySelector("button").addEventListener("click", look);
field.addEventListener("keydown", (event) => { if (event.key === "Enter") look(); });
// Nobody who sits down next finds the code with the Back button.
addEventListener("pagehide", () => { field.value = ""; say(); });
document.getElementById("receipt-without").hidden = true;
part.hidden = false;
