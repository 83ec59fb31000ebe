/* A table of cells with the manners of a spreadsheet: Enter down, Shift+Enter up, arrows at the edge of a cell, what was
 * copied from a spreadsheet pasted over the cells (rows are added as needed), Ctrl+Z and Ctrl+Y.
 *
 * <div data-grid="prefix" data-feel="place" data-complete="/url"> around the table; cells are textarea.cell in the rows of
 * its body, named `prefix.row.column`; data-column of a heading is what its cells are held against.
 * Drawn anew by redraw.js after each change.
 */
import { redraw } from "./redraw.js";

const done = [];
const undone = [];
const grid = () => document.querySelector("[data-grid]");
const lines = () => [...grid().querySelectorAll("tbody tr")];
const cells = (line) => [...line.querySelectorAll("textarea.cell")];
const quietly = (problem) => { if (problem.name !== "AbortError") console.warn(problem); };

const state = () => lines().map((line) => cells(line).map((cell) => cell.value));
let last = grid() && state(); // as it was before the change under way

function tell(text) {
  const said = grid().querySelector("[data-grid-said]");
  if (said) said.textContent = text;
}

/* One step that can be taken back. */
function remember() {
  const now = state();
  if (JSON.stringify(now) === JSON.stringify(last)) return;
  if (last.length && now.length && last[0].length !== now[0].length) done.length = 0; // other columns: nothing to go back to
  else done.push(last);
  if (done.length > 100) done.shift();
  undone.length = 0;
  last = now;
}

/* As many rows as wanted: copies of the last, or without those at the end. */
function fit(wanted) {
  const name = grid().dataset.grid;
  for (let line; (line = lines()).length > wanted; ) line.at(-1).remove();
  for (let line; (line = lines()).length < wanted; ) {
    const number = line.length;
    const fresh = line.at(-1).cloneNode(true);
    const old = `${name}.${number - 1}`;
    for (const part of fresh.querySelectorAll("*")) {
      for (const key of ["id", "name", "aria-labelledby", "aria-label", "value"]) {
        const value = part.getAttribute(key);
        if (value) part.setAttribute(key, value.replace(old, `${name}.${number}`).replace(`:${number - 1}`, `:${number}`).replace(`dòng ${number}`, `dòng ${number + 1}`));
      }
      part.removeAttribute("aria-describedby");
      part.removeAttribute("aria-invalid");
    }
    for (const told of fresh.querySelectorAll(".error, small, .sign")) told.remove();
    fresh.querySelector("input[type=hidden]")?.remove();
    fresh.className = "";
    fresh.querySelector("th > span").lastChild.data = String(number + 1);
    for (const cell of cells(fresh)) cell.value = "";
    line.at(-1).after(fresh);
  }
  grid().querySelector(`[name="${name}.rows"]`).value = String(lines().length);
}

function put(values) {
  fit(Math.max(values.length, 1));
  for (const [number, line] of lines().entries()) for (const [place, cell] of cells(line).entries()) cell.value = values[number]?.[place] ?? "";
}

function back(from, to, said) {
  if (!from.length) { tell("Không còn gì để làm lại."); return; }
  const here = place(document.activeElement);
  to.push(state());
  last = from.pop();
  put(last);
  tell(said);
  if (here) focus(Math.min(here.line, lines().length - 1), here.column);
  redraw().catch(quietly);
}

/* The FEEL of a cell is completed for what its column tests. */
addEventListener("focusin", (event) => {
  const here = place(event.target);
  if (!here || here.column < 0) return;
  const columns = [...grid().querySelectorAll("thead th[data-column]")].map((head) => head.dataset.column);
  if (here.column > columns.length) return; // words and days
  Object.assign(event.target.dataset, { feel: grid().dataset.feel, complete: grid().dataset.complete, column: columns[here.column] || "" });
}, { capture: true });

function place(cell) {
  const line = cell?.closest?.("[data-grid] tbody tr");
  return line && { line: lines().indexOf(line), column: cells(line).indexOf(cell) };
}

function focus(line, column) {
  const cell = lines()[line] && cells(lines()[line])[column];
  if (!cell) return false;
  cell.focus();
  cell.select();
  return true;
}

/* Rows of cells, as spreadsheets put them on the clipboard: tabs, and quotes around what has line breaks. */
export function parts(text) {
  const rows = [[""]];
  let inside = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    const row = rows.at(-1);
    if (inside) {
      if (c === '"' && text[i + 1] === '"') { row[row.length - 1] += '"'; i += 1; }
      else if (c === '"') inside = false;
      else row[row.length - 1] += c;
    } else if (c === '"' && row.at(-1) === "" && closed(text, i)) inside = true;
    else if (c === "\t") row.push("");
    else if (c === "\n") rows.push([""]);
    else if (c !== "\r") row[row.length - 1] += c;
  }
  if (rows.length > 1 && rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.pop();
  return rows;
}

/* Whether a quote opens a cell that was quoted because of what is in it; `"xa"` in FEEL is no such cell. */
function closed(text, from) {
  const match = /^"((?:[^"]|"")*)"(?=[\t\r\n]|$)/.exec(text.slice(from));
  return match !== null && /[\t\n\r]|""/.test(match[1]);
}

addEventListener("paste", (event) => {
  const start = place(event.target);
  const text = event.clipboardData?.getData("text/plain") || "";
  if (!start || start.column < 0 || !/[\t\n]/.test(text.trimEnd())) return;
  event.preventDefault();
  remember();
  const rows = parts(text);
  if (start.line + rows.length > lines().length) fit(Math.min(start.line + rows.length, 500));
  for (const [down, row] of rows.entries()) {
    const line = lines()[start.line + down];
    for (const [right, value] of line ? row.entries() : []) {
      const cell = cells(line)[start.column + right];
      if (cell) cell.value = value.trim();
    }
  }
  remember();
  tell(`Đã dán ${rows.length} dòng. Ctrl+Z để lấy lại như trước.`);
  redraw().catch(quietly);
});

addEventListener("keydown", (event) => {
  const here = place(event.target);
  if (!here || event.isComposing || event.defaultPrevented) return;
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && (key === "z" || key === "y")) {
    event.preventDefault();
    remember();
    if (key === "z" && !event.shiftKey) back(done, undone, "Đã lấy lại như trước.");
    else back(undone, done, "Đã làm lại.");
    return;
  }
  if (here.column < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = event.target;
  const whole = box.selectionStart === 0 && box.selectionEnd === box.value.length;
  if (key === "enter") {
    event.preventDefault();
    remember();
    if (!focus(here.line + (event.shiftKey ? -1 : 1), here.column) && !event.shiftKey) {
      grid().querySelector(`button[value="${grid().dataset.grid}:add"]`)?.click();
    }
  } else if (key === "arrowdown" && !event.shiftKey && (whole || box.selectionEnd === box.value.length)) {
    if (focus(here.line + 1, here.column)) event.preventDefault();
  } else if (key === "arrowup" && !event.shiftKey && (whole || box.selectionStart === 0)) {
    if (focus(here.line - 1, here.column)) event.preventDefault();
  }
});

addEventListener("change", (event) => { if (grid()?.contains(event.target)) remember(); });
addEventListener("submit", () => { if (grid()) remember(); }, { capture: true });
addEventListener("redraw:done", (event) => { if (event.detail.button) remember(); });
