// Helps, and is never needed: counts characters, points at what may name a person, and keeps a sent
// answer from coming back with the Back button. It sends nothing and stores one word: "sent".
(() => {
  "use strict";
  const page = document.body.dataset.page;
  const answers = document.getElementById("answers");
  const SENT = "avstamp";
  const PERSONAL = [/[^\s@]+@[^\s@]+\.\w/, /(?:\+|\b0)\d(?:[\s-]?\d){6,}/, /\b(?:19|20)?\d{6}[-+]?\d{4}\b/];

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

  const watch = (text) => {
    const spoken = line(text, true);
    spoken.className = "aside";
    const shown = line(text, false);
    shown.setAttribute("aria-hidden", "true");
    let soon = 0;
    const tell = () => {
      const left = text.dataset.limit - [...text.value.trim()].length;
      const personal = PERSONAL.some((pattern) => pattern.test(text.value));
      const said = `${left < 0 ? answers.dataset.over : answers.dataset.left} ${Math.abs(left)}`;
      shown.textContent = personal ? `${said}. ${answers.dataset.personal}` : said;
      shown.classList.toggle("over", left < 0);
      shown.classList.toggle("warned", personal);
      clearTimeout(soon);
      soon = setTimeout(() => { spoken.textContent = shown.textContent; }, 1200);
    };
    text.addEventListener("input", tell);
    if (text.value) tell();
  };

  addEventListener("pageshow", come);
  for (const link of document.querySelectorAll("[data-exit]")) link.addEventListener("click", leave);
  if (answers) answers.querySelectorAll("textarea").forEach(watch);
})();
