/* An editor that the server draws anew after each change, without moving the focus.
 *
 * Form:   <form data-redraw="/url" data-region="editor"> around the element of that id; each control and button within it
 *         draws it anew, bar fields that are checked by themselves (data-check).
 * Request: POST of the whole form, with the button pressed. Answer: 200 with the region's HTML; anything else is
 *         ignored, and a button then posts the page as it would without script.
 * What is typed meanwhile stays. Fires `redraw:done` at the region. Also loads what else the page asks for.
 */
const has = (selector) => document.querySelector(selector) !== null;
if (has("[data-feel]")) import("./feel.js");
if (has("[data-grid]")) import("./grid.js");

const form = document.querySelector("form[data-redraw]");
const region = form && document.getElementById(form.dataset.region);
let running = null;
let soon = 0;
let plain = false; // the server could not draw it: buttons post the page

export async function redraw(button) {
  clearTimeout(soon);
  running?.abort();
  const mine = (running = new AbortController());
  const data = new FormData(form);
  if (button) data.append(button.name, button.value);
  const answer = await fetch(form.dataset.redraw, { method: "POST", body: data, signal: mine.signal, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(region.id);
  if (!page) throw new Error(region.id);
  const { morph } = await import("/static/js/morph.js");
  mine.signal.throwIfAborted();
  morph(region, page, Boolean(button));
  region.dispatchEvent(new CustomEvent("redraw:done", { bubbles: true, detail: { button } }));
  if (has("[data-feel]")) import("./feel.js");
}

const quietly = (problem) => { if (problem.name !== "AbortError") console.warn(problem); };

form?.addEventListener("change", (event) => {
  if (!region.contains(event.target) || "check" in event.target.dataset) return;
  clearTimeout(soon);
  soon = setTimeout(() => redraw().catch(quietly), 0); // after the focus has moved
});

form?.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!button || plain || !region.contains(button)) return;
  event.preventDefault();
  const next = following(button);
  try {
    await redraw(button);
  } catch (problem) {
    if (problem.name === "AbortError") return;
    plain = true;
    form.requestSubmit(button);
    return;
  }
  place(button, next);
});

const pressing = (value) => value && region.querySelector(`button[value="${CSS.escape(value)}"]`);

/* Where to go on when the button itself has gone: the next of its kind. */
function following(button) {
  const all = [...region.querySelectorAll("button")];
  return all[all.indexOf(button) + 1]?.value || all[all.indexOf(button) - 1]?.value;
}

function place(button, next) {
  const [at, kind, number] = button.value.split(":");
  const rows = [...region.querySelectorAll(".rule select.subject")];
  if (button.name === "_rows" && (kind === "add" || kind === "group")) {
    // a new row begins with what it asks about
    const fresh = rows.filter((box) => kind === "group" || box.id.startsWith(`f-${at}.`));
    (kind === "group" ? fresh.at(-2) : fresh.at(-1))?.focus();
  } else if (button.name === "_grid" && kind === "add") {
    const line = number === undefined ? region.querySelectorAll("tbody tr").length - 1 : Number(number) + 1;
    document.getElementById(`f-${at}.${line}.0`)?.focus();
  } else {
    (pressing(button.value) || pressing(next) || region.querySelector("select, input:not([type=hidden]), textarea"))?.focus();
  }
}
