/* A field of FEEL: what is wrong is told under it while it is typed, and what could come next is listed.
 *
 * <textarea data-feel="dotted.place" data-check="/url" data-complete="/url" data-column="expression of a table's column">
 * Without data-check nothing is told (the table tells at its cells itself). Keys: arrows choose, Enter or Tab takes,
 * Esc closes, Ctrl+Space opens. The list is a listbox that the field owns (ARIA combobox).
 */
const list = document.createElement("ul");
Object.assign(list, { id: "feel-list", className: "suggestions", hidden: true });
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "Gợi ý");
(document.querySelector("main") || document.body).append(list);

let found = [];
let at = -1;
let field = null;
let asking = null;
let checking = null;
let wait = 0;

async function ask(url, box, more, signal) {
  const token = box.form.elements.csrf_token.value;
  const body = JSON.stringify({ text: box.value, place: box.dataset.feel, ...(box.dataset.column ? { column: box.dataset.column } : {}), ...more });
  const answer = await fetch(url, { method: "POST", body, signal, headers: { "Content-Type": "application/json", "X-CSRFToken": token } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function close() {
  asking?.abort();
  list.hidden = true;
  at = -1;
  if (!field) return;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function choose(number) {
  at = (number + found.length) % found.length;
  for (const [place, item] of [...list.children].entries()) item.setAttribute("aria-selected", String(place === at));
  list.children[at].scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", list.children[at].id);
}

function take(number) {
  const one = found[number];
  const box = field;
  close();
  box.setRangeText(one.insert, one.start, one.end, "end");
  box.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertReplacementText" }));
}

function show(box, suggestions) {
  found = suggestions.slice(0, 12);
  if (!found.length || document.activeElement !== box) { close(); return; }
  list.replaceChildren(...found.map((one, place) => {
    const item = document.createElement("li");
    item.id = `feel-item-${place}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const name = document.createElement("b");
    name.textContent = one.kind === "value" ? one.doc || one.name : one.name;
    const more = document.createElement("span");
    more.textContent = [one.kind === "value" ? one.insert : one.doc, one.type].filter(Boolean).join(" · ");
    item.append(name, " ", more);
    return item;
  }));
  list.hidden = false;
  const frame = box.getBoundingClientRect();
  const around = list.offsetParent?.getBoundingClientRect() || { left: 0, top: 0, width: innerWidth };
  list.style.setProperty("top", `${frame.bottom - around.top + (list.offsetParent?.scrollTop || 0)}px`);
  list.style.setProperty("left", `${Math.max(0, Math.min(frame.left - around.left, around.width - list.offsetWidth))}px`);
  field = box;
  at = -1;
  box.setAttribute("aria-expanded", "true");
  box.removeAttribute("aria-activedescendant");
}

async function suggest(box, always) {
  asking?.abort();
  const mine = (asking = new AbortController());
  const before = box.value.slice(0, box.selectionStart);
  if (!always && !/[\p{L}\p{N}_."=(,]\s*$/u.test(before) && before.trim()) { close(); return; }
  try {
    const answer = await ask(box.dataset.complete, box, { cursor: box.selectionStart }, mine.signal);
    mine.signal.throwIfAborted();
    show(box, answer.suggestions);
  } catch (problem) {
    if (problem.name !== "AbortError") close();
  }
}

async function check(box) {
  if (!box.dataset.check) return;
  checking?.abort();
  const mine = (checking = new AbortController());
  const frame = box.closest(".field");
  try {
    const answer = await ask(box.dataset.check, box, {}, mine.signal);
    mine.signal.throwIfAborted();
    const problem = answer.problems[0];
    const told = frame.querySelector("[data-feel-error]");
    told.textContent = problem ? `${problem.message} ${problem.remedy} (ký tự thứ ${problem.offset + 1})` : "";
    told.hidden = !problem;
    frame.classList.toggle("wrong", Boolean(problem));
    if (problem) box.setAttribute("aria-invalid", "true");
    else box.removeAttribute("aria-invalid");
    const said = box.closest(".condition")?.querySelector("output");
    if (said) said.textContent = answer.said || answer.unread || "Chưa đọc được.";
    else frame.querySelector("[data-feel-said]").textContent = answer.said || answer.unread || "";
  } catch (problem) {
    if (problem.name !== "AbortError") console.warn(problem);
  }
}

function dress(box) {
  if (box.getAttribute("role") === "combobox") return;
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-expanded": "false", "aria-controls": list.id })) box.setAttribute(name, value);
}

const ours = (event) => event.target.matches?.("[data-feel]");
addEventListener("focusin", (event) => { if (ours(event)) dress(event.target); else if (!list.hidden) close(); });
addEventListener("focusout", (event) => { if (ours(event)) { close(); clearTimeout(wait); } });
addEventListener("input", (event) => {
  if (!ours(event)) return;
  dress(event.target);
  suggest(event.target, false);
  clearTimeout(wait);
  wait = setTimeout(() => check(event.target), 250);
});
// before the table's own keys: Enter takes a suggestion first
addEventListener("keydown", (event) => {
  if (!ours(event) || event.isComposing) return;
  if (event.key === " " && event.ctrlKey) { event.preventDefault(); suggest(event.target, true); return; }
  if (list.hidden) {
    if (event.key === "Escape") asking?.abort(); // what is on its way is not wanted either
    return;
  }
  if (event.key === "ArrowDown") choose(at + 1);
  else if (event.key === "ArrowUp") choose(at < 0 ? -1 : at - 1);
  else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) take(at);
  else if (event.key === "Escape") close();
  else { if (event.key === "Enter") close(); return; }
  event.preventDefault();
  event.stopPropagation();
}, { capture: true });
// what was typed before this script had come
for (const box of document.querySelectorAll("[data-feel]")) if (box.value !== box.defaultValue) check(box);
addEventListener("resize", () => { if (!list.hidden) close(); });
list.addEventListener("mousedown", (event) => {
  const item = event.target.closest("li");
  if (!item) return;
  event.preventDefault(); // the field keeps the focus
  take([...list.children].indexOf(item));
});
