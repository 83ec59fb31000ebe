/* Choosing what is written into a text, beside typing it.
 *
 * A button [data-insert] beside a text (or Ctrl+Space in it) opens the picker and its search; Enter takes the first that is
 * found, arrows go through them, Escape goes back. What is taken stands at the cursor, which is in the text again.
 */
const picker = () => document.getElementById("b-picker");
const find = () => document.getElementById("b-picker-find");
const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d");
let aim = ""; // the id of the text that is written into
let cursor = null;
let waiting = null;
let held = ""; // as it was when it was left: what is saved meanwhile loses a space at its end

function dress() {
  const box = picker();
  for (const button of document.querySelectorAll("#b-work [data-insert]")) button.hidden = !box || box.dataset.picker !== button.dataset.insert;
  if (!box) return;
  find().closest(".find").hidden = false;
  for (const code of box.querySelectorAll("code")) {
    code.setAttribute("role", "button");
    code.tabIndex = 0;
    const how = code.title ? `, ${code.title}` : "";
    code.setAttribute("aria-label", `Chèn ${code.parentElement.firstChild.data.trim()}${how}`);
  }
  filter();
}

function filter() {
  const words = fold(find().value).split(/\s+/).filter(Boolean);
  let count = 0;
  for (const item of picker().querySelectorAll("li")) {
    const text = fold(item.textContent);
    item.hidden = !words.every((word) => text.includes(word));
    if (!item.hidden) count += 1;
  }
  for (const group of picker().querySelectorAll(".offers")) group.hidden = !group.querySelector("li:not([hidden])");
  document.getElementById("b-picker-said").textContent = words.length ? `${count} mục` : "";
}

const shown = () => [...picker().querySelectorAll("li:not([hidden]) > code")];

function open(id) {
  const box = picker(), text = document.getElementById(id);
  if (!box || !text) return;
  if (aim !== id || cursor === null) cursor = text.selectionStart ?? text.value.length;
  aim = id;
  held = text.value;
  box.open = true;
  find().value = "";
  filter();
  find().focus();
}

function take(code) {
  const text = document.getElementById(aim) || document.querySelector(`#b-work .field:has([data-insert="${picker().dataset.picker}"]) :is(input, textarea)`);
  if (!text) return;
  if (text.id === aim && held.trim() === text.value.trim()) text.value = held;
  const at = text.id === aim && cursor !== null ? Math.min(cursor, text.value.length) : text.value.length;
  let put = code.textContent;
  if (picker().dataset.picker === "names") {
    const before = text.value.slice(0, at), after = text.value.slice(at);
    put = `${before && !before.endsWith("\n") ? "\n" : ""}${put}${after && !after.startsWith("\n") ? "\n" : ""}`;
  }
  text.focus();
  text.setRangeText(put, at, at, "end");
  aim = text.id;
  cursor = text.selectionStart;
  text.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertReplacementText" }));
  waiting = text; // saved when it is left, as what is typed
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (button) open(button.dataset.for);
  const code = event.target.closest("#b-picker code");
  if (code) take(code);
});

document.addEventListener("change", (event) => { if (event.target === waiting) waiting = null; });
document.addEventListener("focusout", (event) => {
  if (event.target === waiting) event.target.dispatchEvent(new Event("change", { bubbles: true }));
  if (event.target.parentElement?.querySelector(":scope > [data-insert]")) { aim = event.target.id; cursor = event.target.selectionStart; held = event.target.value; }
});

document.addEventListener("input", (event) => { if (event.target === find()) filter(); });

document.addEventListener("keydown", (event) => {
  const text = event.target;
  if (event.key === " " && event.ctrlKey && text.matches("input, textarea")) {
    const button = text.parentElement.querySelector(":scope > [data-insert]");
    if (!button || button.hidden) return;
    event.preventDefault();
    aim = "";
    open(text.id);
    return;
  }
  if (!text.closest("#b-picker")) return;
  const all = shown(), here = all.indexOf(text);
  if (event.key === "Escape") document.getElementById(aim)?.focus();
  else if (event.key === "ArrowDown") all[Math.min(here + 1, all.length - 1)]?.focus();
  else if (event.key === "ArrowUp") (here > 0 ? all[here - 1] : find()).focus();
  else if (event.key === "Enter" && text === find()) { if (all[0]) take(all[0]); } else if (here >= 0 && (event.key === "Enter" || event.key === " ")) take(text);
  else return;
  event.preventDefault();
});

document.addEventListener("builder:drawn", dress);
dress();
