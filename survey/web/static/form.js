// Helps, and is never needed: counts characters, asks whether somebody could be told by a text, and
// keeps a sent answer from coming back with the Back button. It sends nothing, and stores one word.
(() => {
  "use strict";
  const page = document.body.dataset.page;
  const answers = document.getElementById("answers");
  const SENT = "avstamp";

  const kept = (work) => {
    try { return work(sessionStorage); } catch { return null; }  // storage may be forbidden
  };

  const wipe = () => {
    for (const box of document.querySelectorAll("form [type=radio], form [type=checkbox]")) box.checked = false;
    for (const text of document.querySelectorAll("form textarea")) text.value = "";
    for (const list of document.querySelectorAll("form select")) list.selectedIndex = 0;
    if (page !== "preview") return;
    for (const field of document.querySelectorAll("form [type=hidden]")) field.remove();
    document.getElementById("main").textContent = document.body.dataset.again;
  };

  const come = (event) => {
    if (page === "done") return kept((store) => store.setItem(SENT, "sent"));
    if (page !== "form" && page !== "preview") return;
    const visit = performance.getEntriesByType("navigation")[0];
    const returned = event.persisted || (visit && visit.type !== "navigate");
    if (!returned) kept((store) => store.removeItem(SENT));
    else if (kept((store) => store.getItem(SENT))) wipe();
  };

  const leave = (event) => {
    event.preventDefault();
    wipe();
    location.replace(event.currentTarget.href);  // Back does not lead here again
  };

  const line = (after, live) => {
    const made = document.createElement("p");
    made.className = "left";
    if (live) made.setAttribute("aria-live", "polite");
    after.after(made);
    return made;
  };

  // A note below a text that may point at somebody. It can be put away, and it hinders nothing.
  const note = (after, text) => {
    const box = document.createElement("div");
    const told = document.createElement("p");
    const hide = document.createElement("button");
    const seen = new Set();
    const open = document.documentElement.lang === "sv" ? "”" : "“";
    let words = [];
    box.className = "note";
    box.setAttribute("role", "status");
    hide.type = "button";
    hide.textContent = answers.dataset.hide;
    hide.addEventListener("click", () => {
      words.forEach((word) => seen.add(word));
      box.replaceChildren();
      text.focus();
    });
    after.after(box);
    return () => {
      const found = typeof hinted === "undefined" ? { words: [] } : hinted(text.value);  // it may not have come
      words = found.words;
      const fresh = words.filter((word) => !seen.has(word));
      const quoted = words.slice(0, 6).map((word) => `${open}${word}”`).join(", ");
      const said = `${answers.dataset.note} ${quoted}. ${found.stop ? answers.dataset.personal : answers.dataset.free}`;
      if (!fresh.length) box.replaceChildren();
      else if (told.textContent !== said || !box.firstChild) {
        told.textContent = said;
        box.replaceChildren(told, hide);
      }
    };
  };

  const watch = (text) => {
    const spoken = line(text, true);
    spoken.className = "aside";
    const shown = line(text, false);
    shown.setAttribute("aria-hidden", "true");
    let soon = 0;
    const tell = () => {
      const left = text.dataset.limit - [...text.value.trim()].length;
      shown.textContent = `${left < 0 ? answers.dataset.over : answers.dataset.left} ${Math.abs(left)}`;
      shown.classList.toggle("over", left < 0);
      clearTimeout(soon);
      soon = setTimeout(() => {
        spoken.textContent = shown.textContent;
        ask();
      }, 1200);
    };
    const ask = note(shown, text);
    text.addEventListener("input", tell);
    text.addEventListener("change", ask);
    if (text.value) tell();
  };

  addEventListener("pageshow", come);
  for (const link of document.querySelectorAll("[data-exit]")) link.addEventListener("click", leave);
  if (answers) answers.querySelectorAll("textarea").forEach(watch);
})();
