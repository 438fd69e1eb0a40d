/* What was typed outlives a reload and a change of language. It is kept where the browser keeps what
   its Back button brings again: in this tab's history, and nowhere once the tab is closed. */
"use strict";
const fields = [...document.querySelectorAll(
  "main :is(input:not([type=hidden]), textarea, select), main input[name=base]",
)].filter((field) => field.form);

/* A form is known by what it is about: there are several on a page, and their order may change. */
function keyOf(field) {
  const about = [...field.form.elements].filter((one) => one.matches(
    "[type=hidden]:is([name=theme], [name=side], [name=comment])",
  ));
  const choice = field.type === "checkbox" ? field.value : "";
  return [field.form.method, ...about.map((one) => one.value), field.name, choice].join("\n");
}

function changed(field) {
  if (field.type === "checkbox") {
    return field.checked !== field.defaultChecked;
  }
  if (field.tagName === "SELECT") {
    const first = [...field.options].find((one) => one.defaultSelected) || field.options[0];
    return field.value !== (first ? first.value : "");
  }
  return field.type !== "hidden" && field.value !== field.defaultValue;
}

/* With what was typed goes the mark of what it was typed over: what others save meanwhile is told. */
function typed() {
  const begun = new Set(fields.filter(changed).map((field) => field.form));
  const kept = fields.filter((field) => begun.has(field.form) && (changed(field) || field.name === "base"));
  return Object.fromEntries(kept.map((field) => [
    keyOf(field), field.type === "checkbox" ? field.checked : field.value,
  ]));
}

function restore(kept) {
  for (const field of fields.filter((one) => keyOf(one) in kept)) {
    field[field.type === "checkbox" ? "checked" : "value"] = kept[keyOf(field)];
    field.closest("details")?.setAttribute("open", "");
  }
}

const place = `avstamp ${location.pathname}`;
const carried = JSON.parse(sessionStorage.getItem(place) || "null");
sessionStorage.removeItem(place);
restore(carried || history.state?.typed || {});
const keep = () => history.replaceState({ typed: typed() }, "");
if (carried || fields.some(changed)) {
  keep();
}
document.addEventListener("input", keep);
document.addEventListener("change", keep);
for (const link of document.querySelectorAll(".languages a")) {
  link.addEventListener("click", () => sessionStorage.setItem(place, JSON.stringify(typed())));
}
