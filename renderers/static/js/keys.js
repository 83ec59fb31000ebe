/* The keyboard: `/` to the search box ([data-search]), `?` the list of keys (#keys), on a table with data-keys J/K to
 * move, Enter to open, X to tick, N or ] the next page, P or [ the one before, and [data-key="t"] presses that button.
 * Never while something is being typed.
 */
let at = -1;

function go(step) {
  const rows = [...document.querySelectorAll("[data-keys] tbody tr")];
  if (!rows.length) return;
  rows[at]?.classList.remove("at");
  at = Math.max(0, Math.min(rows.length - 1, at + step));
  rows[at].classList.add("at");
  rows[at].querySelector("a, button")?.focus({ preventScroll: true });
  rows[at].scrollIntoView({ block: "nearest" });
}

function turn(key) {
  if (key === "x") document.querySelector("[data-keys] tr.at [type=checkbox]")?.click();
  else document.querySelector(`.pager [rel=${"n]".includes(key) ? "next" : "prev"}]`)?.click();
}

const has = document.querySelector("[data-keys]");
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  if (document.querySelector("dialog[open]:not(#drawer)")) return;
  const key = event.key.toLowerCase();
  if (key === "/") document.querySelector("[data-search]")?.focus();
  else if (key === "?") document.getElementById("keys")?.showModal();
  else if (key === "j") go(1);
  else if (key === "k") go(-1);
  else if (has && /^[np[\]x]$/.test(key)) turn(key);
  else {
    const target = /^[a-z0-9]$/.test(key) && document.querySelector(`[data-key="${key}"]`);
    if (!target) return;
    target.click();
  }
  event.preventDefault();
});
