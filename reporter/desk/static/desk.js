/* Helps, and is never needed: says that long work has begun, and stops a second click. */
"use strict";
for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", (event) => {
    if (form.getAttribute("aria-busy")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("aria-busy", "true");
    const told = document.createElement("p");
    told.className = "busy";
    told.setAttribute("role", "status");
    told.textContent = form.dataset.busy;
    form.append(told);
  });
}

/* Text that is meant to be pasted elsewhere gets a button that copies it. */
for (const text of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  const around = document.createElement("div");
  const plain = text.textContent;
  button.type = "button";
  button.className = "copy";
  button.textContent = text.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(plain.trim());
    button.textContent = document.body.dataset.copied;
    setTimeout(() => { button.textContent = text.dataset.copy; }, 3000);
  });
  around.className = "copied";
  text.replaceWith(around);
  around.append(text, button);
}

/* Each thing with a data-key can be reached by that key, unless somebody is typing. */
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("textarea, select, input:not([type=checkbox])");
  if (typing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) {
    return;
  }
  const found = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (found) {
    event.preventDefault();
    found.click();
  }
});
