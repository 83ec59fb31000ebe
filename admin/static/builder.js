/* The builder without reloading. Every form of the page works alone too; this only sends it and puts the answer in place.
 *
 * Request: POST of the form with `X-Panes: 1`; answer: the panes (200), or with what was refused (409, 422).
 * A form of an element sends itself when a control is left or chosen. What could not be sent (no connection, a session
 * that ended) is kept in this browser under the draft's key and sent when the page is open and the server answers again;
 * it goes upon the text it was made for, so what others did meanwhile is brought together, not overwritten.
 */
import { morph } from "/static/js/morph.js";

const root = document.getElementById("builder");
const kept = `soạn dở ${root.dataset.key}`;
let busy = Promise.resolve();
let pending = 0; // what was sent and is not answered: until then the page knows better than an answer what was typed
let dirty = null; // the element's form with what is not sent yet
let examples = "";

document.documentElement.classList.add("scripted");
const panes = () => document.getElementById("panes");
const say = (text) => { const sign = document.querySelector("[data-saved]"); if (sign) sign.textContent = text; };

function load() { try { return JSON.parse(localStorage.getItem(kept) || "[]"); } catch { return []; } }
function store(list) { try { list.length ? localStorage.setItem(kept, JSON.stringify(list)) : localStorage.removeItem(kept); } catch { /* full or forbidden: the page still has it */ } }

class Away extends Error {}

async function ask(url, body) {
  const headers = { "X-Panes": "1" };
  let answer;
  try { answer = await fetch(url, { method: body ? "POST" : "GET", body, headers, credentials: "same-origin" }); } catch { throw new Away("Mất kết nối. Thay đổi được giữ ở máy này và sẽ gửi lại."); }
  if (answer.redirected || answer.status === 401) throw new Away("Phiên đăng nhập đã kết thúc. Thay đổi được giữ ở máy này; ông/bà đăng nhập lại ở một thẻ khác rồi quay lại đây.");
  if (answer.status === 404) throw new Error("Bản này không còn là bản nháp; ông/bà tải lại trang.");
  if (![200, 409, 422].includes(answer.status)) throw new Away("Máy chủ chưa trả lời được. Thay đổi được giữ ở máy này và sẽ gửi lại.");
  return { text: await answer.text(), ok: answer.status === 200 };
}

function put({ text, ok }, values = true) {
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("panes");
  if (!fresh) throw new Away("Máy chủ trả lời lạ. Thay đổi được giữ ở máy này.");
  const tried = document.getElementById("b-examples")?.innerHTML;
  const same = panes().dataset.place === fresh.dataset.place;
  const open = [...document.querySelectorAll("#panes details[open][id]")].map((each) => each.id);
  morph(panes(), fresh, values);
  for (const id of open) { const box = document.getElementById(id); if (box) box.open = true; }
  if (tried) document.getElementById("b-examples").innerHTML = tried;
  if (!same) document.getElementById("b-title")?.focus();
  (document.getElementById("error-summary") || document.getElementById("b-ask"))?.focus();
  document.dispatchEvent(new CustomEvent("builder:drawn"));
  if (ok) soonExamples();
  people();
}

function body(form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  return data;
}

function keep(url, data) {
  const parts = [...data].filter(([name, value]) => name !== "csrf_token" && !(value instanceof File));
  store([...load().filter((each) => !(each.url === url && each.o === data.get("o"))), { url, o: data.get("o"), parts }]);
}

/* One after the other, so that answers come in the order of the changes. */
function send(form, button) {
  if (form === dirty) dirty = null;
  const url = form.getAttribute("action"), data = body(form, button);
  const place = panes().dataset.place;
  pending += 1;
  busy = busy.then(async () => {
    data.set("upon", data.get("upon") === form.elements.upon?.value ? panes().dataset.text : data.get("upon"));
    say("Đang lưu…");
    try {
      const answer = await ask(url, data);
      if (panes().dataset.place !== place) refresh(); // another element was opened meanwhile
      else put(answer, dirty === null && pending === 1);
    } catch (problem) {
      if (problem instanceof Away) keep(url, data);
      say(problem.message);
    } finally {
      pending -= 1;
      if (!pending && !dirty) for (const each of document.querySelectorAll(".unsaved")) each.classList.remove("unsaved");
    }
  });
  return busy;
}


async function resend() {
  const list = load();
  if (!list.length) return;
  busy = busy.then(async () => {
    const left = [];
    for (const each of list) {
      const data = new FormData();
      for (const [name, value] of each.parts) data.append(name, value);
      data.append("csrf_token", document.querySelector("#panes [name=csrf_token]")?.value || "");
      try { put(await ask(each.url, data), dirty === null); } catch (problem) { if (problem instanceof Away) left.push(each); say(problem.message); }
    }
    store(left);
    if (!left.length) say("Đã gửi những thay đổi giữ ở máy này");
  });
  await busy;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!root.contains(form) || form.closest("#b-phone")) { if (form.closest("#b-phone")) event.preventDefault(); return; }
  event.preventDefault();
  if (dirty && form !== dirty) send(dirty);
  send(form, event.submitter).then(() => { const box = form.querySelector("[name=ten]"); if (box) box.value = ""; });
});

/* “When the following holds” says nothing yet: the expression is what is asked for next. */
function unsaid(select) {
  const box = select.matches("select.how") && select.value === "khi" && select.closest(".field").querySelector("textarea");
  return box && !box.value.trim() ? box : null;
}

root.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-element]");
  if (!form || unsaid(event.target)) return;
  dirty = form;
  form.classList.add("unsaved");
  say("Chưa lưu");
});
root.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-element]");
  const next = form && unsaid(event.target);
  if (next) next.focus();
  else if (form) { dirty = form; setTimeout(() => { if (dirty === form) send(form); }, 0); }
});

// what was typed back as it was changes nothing in the browser's eyes, and is still to be settled
root.addEventListener("focusout", (event) => {
  const form = event.target.closest("form[data-element]");
  if (form && form === dirty) setTimeout(() => { if (dirty === form) send(form); }, 0);
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
  if (dirty) send(dirty);
  busy = busy.then(async () => {
    try {
      const answer = await ask(href);
      if (dirty) send(dirty); // typed while the other page was on its way
      put(answer);
      if (push) history.pushState(null, "", href);
      const aim = new URL(href).hash.slice(1);
      let box = aim && document.getElementById(aim);
      for (let name = aim; !box && name.includes("."); ) { name = name.slice(0, name.lastIndexOf(".")); box = document.getElementById(name); }
      if (box) { const fold = box.closest("details"); if (fold) fold.open = true; (box.matches("fieldset") ? box.querySelector("input, select, textarea") || box : box).focus(); }
    } catch { location.href = href; }
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
  const url = form.getAttribute("action");
  busy = busy.then(async () => { try { put(await ask(url, data)); } catch (problem) { if (problem instanceof Away) keep(url, data); say(problem.message); } });
});
function mark(item) {
  for (const each of document.querySelectorAll(".items .over")) each.classList.remove("over");
  item?.classList.add("over");
}
function draggable() { for (const each of document.querySelectorAll("[data-item]")) each.draggable = true; }
document.addEventListener("builder:drawn", draggable);

/* Who else is here; what they changed comes in when nothing is being typed. */
async function people() {
  try {
    const answer = await fetch(`${root.dataset.beat}?o=${encodeURIComponent(panes().dataset.place)}`, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const told = await answer.json();
    const sign = document.querySelector("[data-people]");
    const text = told.people.map(({ name, place }) => `${name} đang mở${place === panes().dataset.place ? " đúng phần này" : ""}`).join(" · ");
    if (sign && sign.textContent !== text) sign.textContent = text;
    if (told.text !== panes().dataset.text && !dirty && !pending) refresh();
    if (load().length) resend();
  } catch { /* the next beat tries again */ }
}
setInterval(people, 10000);
addEventListener("online", people);

/* The open element with what others did; what is being typed or sent goes before, and the next beat tries again. */
function refresh() {
  busy = busy.then(async () => {
    if (dirty || pending) return;
    try {
      const answer = await ask(location.href);
      if (!dirty && !pending) put(answer);
    } catch { /* the next beat tries again */ }
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

addEventListener("beforeunload", (event) => {
  if (pending) event.preventDefault();
  if (dirty) { keep(dirty.getAttribute("action"), body(dirty)); event.preventDefault(); }
});
draggable();
resend();
people();
soonExamples();
