/* The builder without reloading. Every form of the page works alone too; this only sends it and puts the answer in place.
 *
 * Request: POST of the form with `X-Panes: 1`; answer: the panes (200), or with what was refused (409, 422).
 * A form of an element sends itself when a control is left or chosen. Every change is kept in this browser (kept.js) until
 * the server has answered: what could not be sent (no connection, a session that ended) goes when the page is open and
 * the server answers again, upon the text it was made for, so what others did meanwhile is brought together, not overwritten.
 */
import { morph } from "/static/js/morph.js";
import { adopt, discard, forget, keep, known, load, posted, typedAll, typing, waiting } from "./kept.js";

const root = document.getElementById("builder");
// panes name what is near the builder's own address, so that is where the document stands
if (location.pathname !== root.dataset.home) history.replaceState(null, "", root.dataset.home + location.search);
let busy = Promise.resolve();
let dirty = null; // the element's form with what is not sent yet
let clash = null; // the save that stands beside what somebody else saved in the same place, until somebody chooses
let refused = 0; // answers that did not take what was sent
let examples = "";

document.documentElement.classList.add("scripted");
const panes = () => document.getElementById("panes");
const say = (text) => { const sign = document.querySelector("[data-saved]"); if (sign) sign.textContent = text; };

/* What the controls show: the key of the text they were filled from, and the names of the saves made of them since. */
let base = panes().dataset.text, saves = [];

class Away extends Error {}

const LOST = "Mất kết nối. Thay đổi được giữ ở máy này và sẽ gửi lại.";
const ENDED = "Phiên đăng nhập đã kết thúc. Thay đổi được giữ ở máy này; ông/bà đăng nhập lại ở một thẻ khác rồi quay lại đây.";
const OTHER = "Trình duyệt này đang đăng nhập bằng tài khoản khác. Thay đổi được giữ lại cho đến khi ông/bà đăng nhập lại.";

async function fetched(url, body) {
  try { return await fetch(url, { method: body ? "POST" : "GET", body, headers: { "X-Panes": "1" }, credentials: "same-origin" }); } catch { throw new Away(LOST); }
}

async function ask(url, body) {
  let answer = await fetched(url, body);
  if (body && (answer.status === 400 || answer.status === 401)) { // signed in anew since: the page's token is of the session before
    body.set("csrf_token", await token());
    answer = await fetched(url, body);
  }
  if (answer.redirected || answer.status === 401) throw new Away(ENDED);
  if (answer.status === 404) throw new Away("Bản này không còn là bản nháp; ông/bà tải lại trang. Chữ chưa lưu vẫn được giữ ở máy này.");
  if (![200, 409, 422].includes(answer.status)) throw new Away("Máy chủ chưa trả lời được. Thay đổi được giữ ở máy này và sẽ gửi lại.");
  try { return { text: await answer.text(), ok: answer.status === 200, clash: answer.status === 409 }; } catch { throw new Away(LOST); }
}

async function token() {
  const answer = await fetched(panes().dataset.here);
  if (answer.redirected || answer.status === 401) throw new Away(ENDED);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("panes");
  if (fresh?.dataset.me !== panes().dataset.me) throw new Away(OTHER);
  const found = fresh.querySelector("[name=csrf_token]").value;
  for (const box of document.querySelectorAll("[name=csrf_token]")) box.value = found;
  return found;
}

/* `values`: whether the controls are filled anew; else they, and what they were filled from, stay as they are. */
function put({ text, ok }, values = true) {
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("panes");
  if (!fresh) throw new Away("Máy chủ trả lời lạ. Thay đổi được giữ ở máy này.");
  if (fresh.dataset.me !== panes().dataset.me) throw new Away(OTHER);
  const tried = document.getElementById("b-examples")?.innerHTML;
  const same = panes().dataset.place === fresh.dataset.place;
  if (!same && dirty) send(dirty); // typed while the other page was on its way
  const open = [...document.querySelectorAll("#panes details[open][id]")].map((each) => each.id);
  const found = fresh.dataset.text;
  const others = same ? [...begun(), ...(values ? focused(fresh) : [])] : [];
  morph(panes(), fresh, values || !same);
  for (const [box, value, checked] of others) if (box.isConnected) { if (box.value !== value) box.value = value; box.checked = checked; }
  if (values || !same) { base = found; saves = []; }
  else for (const box of document.querySelectorAll("form[data-element] [name=upon]")) box.value = base;
  for (const id of open) { const box = document.getElementById(id); if (box) box.open = true; }
  if (tried) document.getElementById("b-examples").innerHTML = tried;
  if (!same) document.getElementById("b-title")?.focus();
  (document.getElementById("error-summary") || document.getElementById("b-ask"))?.focus();
  document.dispatchEvent(new CustomEvent("builder:drawn"));
  if (ok) soonExamples(); else refused += 1;
  people();
}

/* What was begun in the lists' forms and not sent stays. */
const begun = () => [...document.querySelectorAll("#panes form.add :is([name=ten], [name=kieu])")].map((box) => [box, box.value, box.checked]);

/* The control that has the focus is filled anew like the others, when nothing was typed in it. */
function focused(fresh) {
  const box = document.activeElement;
  if (!box?.name || !box.closest("form[data-element]")) return [];
  const next = [...fresh.querySelectorAll("form[data-element] [name]")].find((each) => each.name === box.name && (each.type !== "checkbox" || each.value === box.value) && each.type === box.type);
  return next ? [[box, next.value, next.checked]] : [];
}

function body(form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  return data;
}

function send(form, button) {
  const data = body(form, button), element = form.hasAttribute("data-element") && !button?.name;
  const settles = clash;
  if (element && settles) { // somebody has seen both and chosen
    data.set("upon", panes().dataset.text);
    saves = [];
    clash = null;
  }
  const sent = act(form.getAttribute("action"), data, element);
  if (element && settles) forget(settles.lan);
  if (form === dirty) { dirty = null; typedAll(); }
  return sent;
}

/* One after the other, so that answers come in the order of the changes. It goes upon the text that the person had
 * before them, whatever has come in since.
 */
function act(url, data, element = false) {
  const made = keep(url, data, element, saves);
  if (element) saves.push(made.lan);
  say("Đang lưu…");
  busy = busy.then(() => carry(made));
  return busy;
}

/* Whether the server has answered, whatever it said. */
async function carry(each) {
  if (clash || !known(each.lan)) return false; // looked at first; or a later save took its place
  try {
    const answer = await ask(each.url, posted(each, document.querySelector("#panes [name=csrf_token]")?.value || ""));
    const telling = each.element && !answer.ok;
    if (panes().dataset.place !== each.o && !telling) { forget(each.lan); refresh(); return true; } // another element was opened meanwhile
    if (panes().dataset.place !== each.o && dirty) return false; // told when what is being typed there is sent
    const only = waiting().every((one) => one.lan === each.lan);
    put(answer, dirty === null && only && !unsaidAnywhere());
    if (telling && answer.clash) clash = each; else forget(each.lan);
    return true;
  } catch (problem) {
    say(problem.message);
    return false;
  } finally {
    if (!dirty && !waiting().length) for (const box of document.querySelectorAll(".unsaved")) box.classList.remove("unsaved");
  }
}

let resending = false;
async function resend() {
  adopt();
  if (!load().length || clash || dirty || resending) return;
  resending = true;
  busy = busy.then(async () => {
    const all = load();
    for (const each of all) if (known(each.lan) && !(await carry(each))) break;
    resending = false;
    if (all.length && !load().length) say("Đã gửi những thay đổi giữ ở máy này");
  });
  await busy;
}

/* Somebody who has not chosen yet is shown where to. */
function unchosen() {
  if (clash) document.getElementById("error-summary")?.focus();
  return clash !== null;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!root.contains(form) || form.closest("#b-phone")) { if (form.closest("#b-phone")) event.preventDefault(); return; }
  event.preventDefault();
  if (!form.hasAttribute("data-element") && unchosen()) return;
  if (dirty && form !== dirty) send(dirty);
  const box = form.querySelector("[name=ten]"), called = box?.value, before = refused;
  const sent = send(form, event.submitter);
  if (!box) return;
  box.value = ""; // it is kept: the next can be typed
  sent.then(() => { if (refused !== before && box.isConnected && !box.value) box.value = called; });
});

/* “When the following holds” says nothing yet: the expression is what is asked for next. */
function unsaid(select) {
  const box = select.matches("select.how") && select.value === "khi" && select.closest(".field").querySelector("textarea");
  return box && !box.value.trim() ? box : null;
}
const unsaidAnywhere = () => [...document.querySelectorAll("form[data-element] select.how")].some(unsaid);

root.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-element]");
  if (!form || unsaid(event.target)) return;
  dirty = form;
  form.classList.add("unsaved");
  say("Chưa lưu");
  clearTimeout(soonTyped);
  soonTyped = setTimeout(typed, 300);
});
let soonTyped = 0;
function typed(left = false) {
  if (!dirty) return;
  const data = body(dirty);
  if (clash) data.set("upon", new Map(clash.parts).get("upon")); // not chosen yet: told again, not saved over the other's
  typing(dirty.getAttribute("action"), data, saves, left);
}
root.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-element]");
  const next = form && unsaid(event.target);
  if (next) next.focus();
  else if (form) { dirty = form; setTimeout(() => { if (dirty === form && !clash) send(form); }, 0); }
});

// what was typed back as it was changes nothing in the browser's eyes, and is still to be settled
root.addEventListener("focusout", (event) => {
  const form = event.target.closest("form[data-element]");
  if (form && form === dirty) setTimeout(() => { if (dirty === form && !clash) send(form); }, 0);
});

/* Going from element to element. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-pane]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(link.href);
});
addEventListener("popstate", () => go(location.href, false));
function go(href, push = true) {
  if (clash) {
    if (!confirm("Chữ ông/bà gõ ở đây chưa được lưu vì người khác vừa sửa cùng chỗ. Bỏ chữ đó và đi tiếp?")) {
      if (!push) history.pushState(null, "", panes().dataset.here);
      return;
    }
    discard(clash);
    clash = dirty = null;
    typedAll();
  }
  if (dirty) send(dirty);
  const before = refused;
  busy = busy.then(async () => {
    if (refused !== before) return; // what was typed last is before them, with what is wrong with it
    try {
      const answer = await ask(href);
      put(answer, !dirty && !waiting().length);
      if (push) history.pushState(null, "", href);
      const aim = new URL(href).hash.slice(1);
      let box = aim && document.getElementById(aim);
      for (let name = aim; !box && name.includes("."); ) { name = name.slice(0, name.lastIndexOf(".")); box = document.getElementById(name); }
      if (box) { const fold = box.closest("details"); if (fold) fold.open = true; (box.matches("fieldset") ? box.querySelector("input, select, textarea") || box : box).focus(); }
    } catch (problem) { if (problem instanceof Away) say(problem.message); else location.href = href; }
  });
}

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || event.target.matches("input, textarea")) return;
  event.preventDefault();
  document.getElementById(event.shiftKey ? "b-redo" : "b-undo").requestSubmit();
});

/* Dragging: an element before another of its kind, a type of the palette into a list. */
let carried = null;
document.addEventListener("dragstart", (event) => {
  const item = event.target.closest("[data-type], [data-item]");
  if (!item || !root.contains(item)) return;
  carried = item;
  item.classList.add("lifted");
  event.dataTransfer.effectAllowed = "copyMove";
  event.dataTransfer.setData("text/plain", item.textContent.trim());
});
document.addEventListener("dragover", (event) => {
  const list = carried && event.target.closest("[data-list]");
  if (!list) return;
  event.preventDefault();
  mark(event.target.closest("[data-item]"));
});
document.addEventListener("dragend", () => { carried?.classList.remove("lifted"); carried = null; mark(null); });
document.addEventListener("drop", (event) => {
  const list = carried && event.target.closest("[data-list]");
  if (!list) return;
  event.preventDefault();
  const before = event.target.closest("[data-item]")?.dataset.item || "";
  const form = list.querySelector("form.add");
  const data = new FormData(form);
  data.set("truoc", before);
  data.delete("mo"); // the list stays open, so that more can be dragged into it
  if (carried.dataset.type) {
    data.set("kieu", carried.dataset.type);
    if (!data.get("ten")) data.set("ten", carried.dataset.name || `${carried.textContent.trim()} mới`);
  } else {
    data.set("viec", "chuyen");
    data.set("muc", carried.dataset.item);
    data.set("goi", carried.querySelector("a").textContent.trim());
  }
  if (unchosen()) return;
  if (dirty) send(dirty);
  act(form.getAttribute("action"), data);
});
function mark(item) {
  for (const each of document.querySelectorAll(".items .over")) each.classList.remove("over");
  item?.classList.add("over");
}
function draggable() { for (const each of document.querySelectorAll("[data-item]")) each.draggable = true; }
document.addEventListener("builder:drawn", draggable);

/* What chooses a text's fields is asked for with the first text that has them. */
function picking() { if (document.getElementById("b-picker")) import("./picker.js"); }
document.addEventListener("builder:drawn", picking);

/* Who else is here; what they changed comes in when nothing is being typed. */
async function people() {
  try {
    const answer = await fetch(`${root.dataset.beat}?o=${encodeURIComponent(panes().dataset.place)}`, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const told = await answer.json();
    const sign = document.querySelector("[data-people]");
    const text = told.people.map(({ name, place }) => `${name} đang mở${place === panes().dataset.place ? " đúng phần này" : ""}`).join(" · ");
    if (sign && sign.textContent !== text) sign.textContent = text;
    adopt();
    if (load().length) resend();
    else if (told.text !== panes().dataset.text && quiet()) refresh();
  } catch { /* the next beat tries again */ }
}
setInterval(() => { typed(); people(); }, 10000);
addEventListener("online", people);
document.addEventListener("visibilitychange", () => { if (document.hidden) typed(); else people(); });

/* The open element with what others did; what is being typed or sent goes before, and the next beat tries again. */
const quiet = () => !dirty && !clash && !waiting().length && !unsaidAnywhere();
function refresh() {
  busy = busy.then(async () => {
    if (!quiet()) return;
    try {
      const answer = await ask(panes().dataset.here);
      if (quiet()) put(answer);
    } catch (problem) { if (problem instanceof Away) say(problem.message); else throw problem; }
  });
}

let timer = 0;
function soonExamples() { clearTimeout(timer); timer = setTimeout(tryExamples, 1200); }
async function tryExamples() {
  const text = panes().dataset.text;
  if (examples === text) return;
  try {
    const answer = await fetch(root.dataset.examples, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const html = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    document.getElementById("b-examples").replaceChildren(...html.childNodes);
    examples = text;
  } catch { /* told again after the next change */ }
}

addEventListener("beforeunload", (event) => { typed(); if (dirty || clash || waiting().length) event.preventDefault(); });
addEventListener("pagehide", () => typed(true));
draggable();
picking();
resend();
people();
soonExamples();
