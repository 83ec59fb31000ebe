/* Nothing typed is lost.
 *
 * Form:    <form data-autosave="/url"> with an element [data-saved] (role=status) that tells.
 * Request: POST of the whole form, 1.5 s after the last key and when the page is hidden.
 * Answer:  200 with JSON {"saved": "Đã lưu lúc 14:32"}; 401/403/404/409/410 with {"error": "…"} is told.
 * While the server cannot be reached, what was typed (files, passwords and data-sensitive fields left out) stays in
 * this tab's own storage, is put back after a reload, and is removed as soon as the server has it. It does not outlive
 * the tab: computers at the counter are shared.
 */
import { say } from "./words.js";

const form = document.querySelector("form[data-autosave]");
const sign = document.querySelector("[data-saved]");
const key = `unsaved ${form.dataset.autosave}`;
let timer = 0;
let dirty = false;

const tell = (text) => { if (sign && sign.textContent !== text) sign.textContent = text; };

function body() {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

function keep() {
  const safe = [...body()].filter(([name]) => {
    const control = form.elements[name];
    const first = control instanceof RadioNodeList ? control[control.length - 1] : control;
    return name !== "csrf_token" && first && first.type !== "password" && !("sensitive" in first.dataset);
  });
  try { sessionStorage.setItem(key, JSON.stringify(safe)); } catch { /* full or forbidden: the server still has the last copy */ }
}

function forget() {
  try { sessionStorage.removeItem(key); } catch { /* forbidden: nothing was kept either */ }
}

async function save(leaving = false) {
  clearTimeout(timer);
  if (!dirty) return;
  dirty = false;
  tell(say("Đang lưu…"));
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: "POST", body: body(), keepalive: leaving, headers: { Accept: "application/json" },
    });
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok || answer.redirected) throw new Error(told.error || "");
    if (!dirty) forget();
    tell(told.saved || say("Đã lưu"));
    form.dispatchEvent(new CustomEvent("autosave:done", { bubbles: true }));
  } catch (problem) {
    dirty = true;
    keep();
    tell(problem instanceof TypeError || !problem.message ? say("Chưa lưu được, có thể do mất mạng. Nội dung vẫn giữ ở trang này và sẽ được lưu lại.") : problem.message);
    timer = setTimeout(save, 10000);
  }
}

form.addEventListener("input", () => {
  dirty = true;
  clearTimeout(timer);
  timer = setTimeout(save, 1500);
});
form.addEventListener("live:done", () => { dirty = true; clearTimeout(timer); timer = setTimeout(save, 1500); });
form.addEventListener("submit", () => { clearTimeout(timer); dirty = false; forget(); });
addEventListener("online", () => save());
document.addEventListener("visibilitychange", () => { if (document.hidden) save(true); });

// Put back what the server never got; what was typed before this script had come over a slow line is no less typed.
try {
  const kept = JSON.parse(sessionStorage.getItem(key) || "[]");
  for (const [name, value] of kept) {
    for (const control of form.querySelectorAll(`[name="${name}"]`)) {
      if (control.type === "hidden") continue;
      if (control.type === "radio" || control.type === "checkbox") { if (control.value === value) control.checked = true; }
      else control.value = value;
    }
  }
  if (kept.length || [...form.elements].some((e) => (e.defaultValue ?? e.value) !== e.value || e.checked !== e.defaultChecked)) { dirty = true; save(); }
} catch { forget(); }
