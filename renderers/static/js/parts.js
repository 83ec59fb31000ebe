/* One file in parts, by tus 1.0.0: what a broken connection or a reload interrupts goes on where it was.
 *
 * await send(file, {url, token, at(bytes), waits(text|""), signal, kept}) → the server's JSON about the file.
 * Request: POST url (Upload-Length, Upload-Metadata) → 201 Location; PATCH Location, a part at a time, each with its SHA-256;
 * POST Location/xong → 200 {…} or 422 {"error"}.
 * The file itself waits in this browser (IndexedDB) until it is up, so that a reload need not ask for it again; half a day
 * at most, and not beyond signing out (js/leaving.js).
 */
import { say } from "./words.js";

const PART = 192 * 1024;
const WAITS = [1, 2, 4, 8, 15]; // seconds
const HALF_A_DAY = 12 * 3600 * 1000;
const bytes = (text) => { let s = ""; for (const b of new TextEncoder().encode(text)) s += String.fromCharCode(b); return btoa(s); };
const digest = async (data) => (crypto.subtle ? new Uint8Array(await crypto.subtle.digest("SHA-256", data)) : null);
const hex = (d) => [...d].map((b) => b.toString(16).padStart(2, "0")).join("");
export class Refused extends Error {}
class Cut extends Error {}

/* An answer, whatever it is; `Cut` where none came. */
function ask(method, url, headers, body, signal, progress) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    if (progress) request.upload.addEventListener("progress", (e) => progress(e.loaded));
    const stop = () => request.abort();
    signal?.addEventListener("abort", stop, { once: true });
    request.addEventListener("loadend", () => signal?.removeEventListener("abort", stop));
    request.addEventListener("load", () => done(request));
    for (const bad of ["error", "timeout"]) request.addEventListener(bad, () => failed(new Cut()));
    request.addEventListener("abort", () => failed(signal?.aborted ? new DOMException("", "AbortError") : new Cut()));
    request.timeout = 90000;
    request.send(body);
  });
}

const told = (request) => { try { return JSON.parse(request.responseText); } catch { return {}; } };
const away = (request, url) => request.responseURL && new URL(request.responseURL).pathname !== new URL(url, location.href).pathname;

/* Until the line is there again, or `seconds` have gone by. */
function pause(seconds, signal) {
  return new Promise((done, failed) => {
    const timer = setTimeout(go, seconds * 1000);
    function end() { clearTimeout(timer); removeEventListener("online", go); signal?.removeEventListener("abort", stop); }
    function go() { end(); done(); }
    function stop() { end(); failed(new DOMException("", "AbortError")); }
    addEventListener("online", go);
    signal?.addEventListener("abort", stop);
  });
}

export async function send(file, { url, token, at, waits, signal }) {
  const common = { "X-CSRFToken": token, "Tus-Resumable": "1.0.0", Accept: "application/json" };
  const content = await file.arrayBuffer().catch(() => { throw new Refused(say("Không đọc được tệp này trên máy. Ông/bà chọn lại tệp.")); });
  const whole = await digest(content);
  let place = "", offset = 0, failures = 0;
  const kept = keep(url, file);
  const drop = () => kept.then((key) => forget(key));

  async function step() {
    if (!place) {
      const meta = [["filename", file.name], ["filetype", file.type], ["sha256", whole ? hex(whole) : ""]].filter(([, v]) => v);
      const answer = await ask("POST", url, { ...common, "Upload-Length": file.size, "Upload-Metadata": meta.map(([k, v]) => `${k} ${bytes(v)}`).join(",") }, null, signal);
      if (answer.status === 201) { place = answer.getResponseHeader("Location"); offset = Number(answer.getResponseHeader("Upload-Offset")); return null; }
      throw refusal(answer, url);
    }
    if (failures) {
      const answer = await ask("HEAD", place, common, null, signal);
      if (answer.status === 404 || answer.status === 410) { place = ""; return null; }
      if (answer.status !== 200 || away(answer, place)) throw refusal(answer, place);
      offset = Number(answer.getResponseHeader("Upload-Offset"));
    }
    if (offset < file.size) {
      const part = await file.slice(offset, offset + PART).arrayBuffer();
      const sum = await digest(part);
      const check = sum ? { "Upload-Checksum": `sha256 ${btoa(String.fromCharCode(...sum))}` } : {};
      const answer = await ask("PATCH", place, { ...common, ...check, "Content-Type": "application/offset+octet-stream", "Upload-Offset": offset }, part, signal, (sent) => at(Math.min(offset + sent, file.size)));
      if (answer.status === 204 || answer.status === 409) { offset = Number(answer.getResponseHeader("Upload-Offset")); at(offset); return null; }
      if (answer.status === 460 || answer.status >= 500) throw new Cut();
      if (answer.status === 404) { place = ""; return null; }
      throw refusal(answer, place);
    }
    const answer = await ask("POST", `${place}/xong`, common, null, signal);
    if (answer.status === 200 && told(answer).sha256) return told(answer);
    if (answer.status >= 500) throw new Cut();
    if (answer.status === 409 || answer.status === 404) { place = ""; return null; }
    throw refusal(answer, `${place}/xong`);
  }

  for (;;) {
    try {
      const answer = await step();
      if (failures) waits("");
      failures = 0;
      if (answer) { drop(); return answer; }
    } catch (problem) {
      if (problem instanceof Cut) {
        waits(say("Mất kết nối. Phần đã lên được giữ nguyên, sẽ tự tải tiếp khi có mạng."));
        await pause(WAITS[Math.min(failures, WAITS.length - 1)], signal);
        failures += 1;
        continue;
      }
      if (problem instanceof Refused && !problem.later) drop();
      throw problem;
    }
  }
}

function refusal(answer, url) {
  if (away(answer, url)) return Object.assign(new Refused(say("Ông/bà đã bị đăng xuất hoặc hồ sơ đã nộp. Tải lại trang này.")), { later: true });
  const error = told(answer).error;
  return new Refused(error?.message || error || say("Máy chủ chưa nhận được tệp. Ông/bà thử lại."));
}

/* What is not up yet, kept in this browser. Where it cannot be kept, the file is chosen again after a reload. */
function store() {
  return new Promise((done, failed) => {
    const opening = indexedDB.open("tep-dang-tai", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("files", { autoIncrement: true });
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
  });
}
async function within(mode, work) {
  const base = await store();
  try {
    return await new Promise((done, failed) => {
      const act = base.transaction("files", mode);
      const asked = work(act.objectStore("files"));
      act.oncomplete = () => done(asked?.result);
      act.onabort = act.onerror = () => failed(act.error);
    });
  } finally { base.close(); }
}
const forget = (key) => (key === undefined ? null : within("readwrite", (files) => files.delete(key)).catch(() => {}));
const keep = async (url, file) => {
  if (file.keptAs !== undefined) return file.keptAs;
  try { file.keptAs = await within("readwrite", (files) => files.add({ url, file, since: Date.now() })); } catch { /* full or forbidden */ }
  return file.keptAs;
};
export const drop = (file) => forget(file.keptAs);

/* The files of this place that a reload interrupted; what lies too long is thrown away. */
export async function interrupted(url) {
  const found = [];
  try {
    await within("readwrite", (files) => {
      files.openCursor().onsuccess = (event) => {
        const cursor = event.target.result;
        if (!cursor) return;
        if (Date.now() - cursor.value.since > HALF_A_DAY) cursor.delete();
        else if (cursor.value.url === url) found.push(Object.assign(cursor.value.file, { keptAs: cursor.primaryKey }));
        cursor.continue();
      };
    });
  } catch { return []; }
  return found;
}

const turns = new WeakMap();

/* One file of a section's after another: the line is narrow, and pages keep their order. The lines are drawn by js/upload.js. */
export function goUp(file, line, section, draws) {
  const { token, begun, failed, arrived } = draws;
  const stop = new AbortController();
  const bar = begun(file, line, say("Tạm dừng"), () => stop.abort());
  const state = line.lastElementChild;
  turns.set(section, (turns.get(section) || Promise.resolve()).then(async () => {
    if (!line.isConnected) return;
    try {
      stop.signal.throwIfAborted();
      const told = await send(file, {
        url: section.dataset.parts, token, signal: stop.signal,
        at: (n) => { bar.value = (n / file.size) * 100; },
        waits: (text) => { state.textContent = text; },
      });
      arrived(line, told);
      for (const other of section.querySelectorAll("[data-broken]")) if (other.dataset.broken === told.sha256) other.remove();
    } catch (problem) {
      const again = () => goUp(file, line, section, draws);
      if (problem.name === "AbortError") failed(file, line, say("Đã tạm dừng ở {n} %.").replace("{n}", Math.round(bar.value)), again, say("Tải tiếp"), "status");
      else failed(file, line, problem.message || say("Máy chủ chưa nhận được tệp."), again);
    }
  }));
}
