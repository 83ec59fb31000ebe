/* Leaving a page with changes nobody has saved asks first. Forms with data-autosave or data-guard. */
let dirty = false;

for (const form of document.querySelectorAll("form[data-autosave], form[data-guard]")) {
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("autosave:done", () => { dirty = false; });
  form.addEventListener("submit", (event) => { if (!event.defaultPrevented) dirty = false; });
}
addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
