/* A change answered in place: shows and hides fields, computed values, options.
 *
 * Form:    <form data-live="/url"> around what `render_page` draws (#form-page).
 * Request: POST of the whole form (multipart), plus `_touched` once for each path the person has left (its errors may
 *          be told), plus `_rows=documents:add` and the like when a list's button was pressed.
 * Answer:  200 with the HTML of `render_page`; anything else is ignored, and list buttons fall back to a plain submit.
 * Files go up beside it (js/upload.js) and are named by it once they are there; a field's [data-state] tells how it goes.
 * A newer change cancels an older request; a list's button waits for it, lest the server move rows first and files then.
 * What is typed meanwhile is never overwritten.
 */
import { say } from "./words.js";

const form = document.querySelector("form[data-live]");
const touched = new Set();
let running = null;
let turn = null; // what is being asked, until it is answered
let pressed = 0; // list buttons and files that are being answered: changes wait for them
let soon = 0;

const ask = (button) => (turn = send(button, turn));

async function send(button, before) {
  if (button) await before?.catch(() => {});
  else running?.abort();
  const mine = (running = new AbortController());
  const data = new FormData(form);
  const up = form.querySelectorAll("[name^='_up.']");
  for (const [name, value] of [...data]) if (value instanceof File) { data.delete(name); data.append(name, ""); }
  for (const path of touched) data.append("_touched", path);
  if (button) data.append(button.name, button.value);
  const drawing = import("./morph.js"); // not before it is needed: the page opens lighter
  const answer = await fetch(form.dataset.live, { method: "POST", body: data, signal: mine.signal });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("form-page");
  if (!page) throw new Error("form-page");
  const { morph } = await drawing;
  mine.signal.throwIfAborted();
  morph(document.getElementById("form-page"), page, Boolean(button));
  for (const id of up) id.parentNode.remove(); // drawn as held
  form.dispatchEvent(new CustomEvent("live:done", { bubbles: true }));
}

form.addEventListener("focusout", (event) => {
  const frame = event.target.closest("[id^='w-']");
  if (frame && !frame.contains(event.relatedTarget) && event.target.matches("input, select, textarea")) {
    touched.add(frame.id.slice(2));
  }
});

function changed() {
  // after focus has moved, so that the field just left counts as touched
  clearTimeout(soon);
  soon = setTimeout(() => (pressed ? changed() : ask().catch(() => {})), pressed ? 50 : 0);
}

form.addEventListener("change", changed);

// a file is up (js/upload.js): the form names it, and the answer draws it as held
form.addEventListener("upload:done", async (event) => {
  const state = event.target.closest(".field").querySelector("[data-state]");
  clearTimeout(soon);
  pressed++;
  try {
    await ask();
    state.textContent = event.target.querySelector("[aria-invalid]") ? "" : say("Đã tải tệp lên.");
  } catch (problem) {
    // it goes along with the page
    if (problem.name !== "AbortError") state.textContent = say("Chưa tải được tệp. Ông/bà bấm “Tải lên” để gửi lại.");
  } finally {
    pressed--;
  }
});

form.addEventListener("submit", async (event) => {
  const button = event.submitter;
  const box = button?.matches("[data-send]") && button.closest(".field").querySelector("[type=file]");
  if (box && !box.files.length && !box.closest(".field").querySelector("[name^='_up.']")) { event.preventDefault(); box.click(); return; }
  if (!button?.dataset.rows) return;
  event.preventDefault();
  const [list, kind, index] = button.value.split(":");
  const top = scrollY;
  button.blur();
  clearTimeout(soon);
  pressed++;
  try {
    await ask(button);
  } catch (problem) {
    if (problem.name !== "AbortError") {
      // the plain way: the same button, the whole page
      delete button.dataset.rows;
      form.requestSubmit(button);
    }
    return;
  } finally {
    pressed--;
  }
  const rows = +(form.elements[`${list}.count`]?.value || 0);
  const at = { add: rows - 1, remove: Math.min(index, rows - 1), up: index - 1, down: +index + 1 }[kind];
  const heading = document.getElementById(`h-${list}.${Math.max(at, 0)}`);
  if (kind !== "add") scrollTo(scrollX, top);
  (heading || document.getElementById(`f-${list}`))?.focus({ preventScroll: kind !== "add" });
});
