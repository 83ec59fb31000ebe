/* Files go up as soon as they are chosen, with a bar; each can be paused, gone on with, and dropped.
 *
 * Section: <section data-upload="/url"> with <input type="file" name="file">, <ul data-files>, <div data-upload-error>.
 * Request: POST multipart `file`, `csrf_token`; Accept: application/json. With data-parts="/url": in parts (js/parts.js).
 * Answer:  200 {"name", "size", "sha256", "view", "remove", "state", "hints"}; 4xx {"error": "what to do"}.
 * Remove:  POST to `remove` with `csrf_token` → 200. Forms marked data-remove are taken over likewise.
 * Lines [data-broken="checksum"] are uploads broken off; one that goes on takes the place of its line.
 */
import { say } from "./words.js";

const sizes = (n) => (n >= 1e6 ? `${(n / 1e6).toFixed(1).replace(".0", "").replace(".", say(","))} MB` : `${Math.max(1, Math.round(n / 1000))} kB`);
const make = (tag, props, ...inside) => { const e = Object.assign(document.createElement(tag), props); e.append(...inside); return e; };
const press = (text, what, act) => {
  const button = make("button", { type: "button", className: "button quiet" }, text, make("span", { className: "visually-hidden" }, ` ${what}`));
  button.addEventListener("click", act);
  return button;
};

for (const section of document.querySelectorAll("[data-upload]")) {
  const input = section.querySelector("input[type=file]");
  const list = section.querySelector("[data-files]");
  const wrong = section.querySelector("[data-upload-error]");
  const token = section.querySelector("[name=csrf_token]")?.value || "";
  const { parts } = section.dataset;
  section.querySelector("[data-upload-send]").hidden = true;

  const drop = async (line, url) => {
    const data = new FormData();
    data.append("csrf_token", token);
    const answer = await fetch(url, { method: "POST", body: data, headers: { Accept: "application/json" }, credentials: "same-origin" }).catch(() => null);
    if (answer?.ok) { line.remove(); input.focus(); } else tell(say("Chưa xóa được tệp. Ông/bà thử lại."));
  };

  const tell = (text) => {
    wrong.replaceChildren(...(text ? [make("p", { className: "error", role: "alert" }, text)] : []));
    input.toggleAttribute("aria-invalid", Boolean(text));
  };

  const begun = (file, line, label, stop) => {
    const bar = make("progress", { max: 100, value: 0 });
    bar.setAttribute("aria-label", say("Đang tải {name}").replace("{name}", () => file.name));
    line.replaceChildren(make("span", {}, file.name), make("span", { className: "muted" }, sizes(file.size)), bar, press(label, file.name, stop), make("span", { className: "hint", role: "status" }));
    if (!line.isConnected) list.append(line);
    return bar;
  };

  const failed = (file, line, text, again, label = say("Gửi lại"), role = "alert") => line.replaceChildren(
    make("span", {}, file.name), make("span", { className: role === "alert" ? "error" : "muted", role }, text),
    press(label, file.name, again), press(say("Bỏ"), file.name, () => { line.remove(); input.focus(); if (parts) import("./parts.js").then(({ drop: lose }) => lose(file)); }),
  );

  const arrived = (line, told) => {
    line.replaceChildren(
      make("span", {}, told.view ? make("a", { href: told.view }, told.name) : told.name),
      make("span", { className: "muted" }, sizes(told.size)),
      ...(told.state ? [make("span", { className: "strong" }, told.state)] : []),
      ...(told.remove ? [press(say("Xóa"), told.name, () => drop(line, told.remove))] : []),
      ...(told.hints || []).map((text) => make("span", { className: "hint muted", role: "status" }, text)),
      make("span", { className: "hash" }, `SHA-256 ${told.sha256}`),
    );
    section.querySelector("[data-reload]")?.removeAttribute("hidden");
  };

  const inParts = (file, line = make("li", {})) => import("./parts.js").then(({ goUp }) => goUp(file, line, section, { token, begun, failed, arrived }));

  const atOnce = (file, line = make("li", {})) => {
    const request = new XMLHttpRequest();
    const bar = begun(file, line, say("Dừng"), () => request.abort());
    const again = () => atOnce(file, line);
    request.open("POST", section.dataset.upload);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (e) => { if (e.lengthComputable) bar.value = (e.loaded / e.total) * 100; });
    request.addEventListener("error", () => failed(file, line, say("Mất kết nối khi đang tải."), again));
    request.addEventListener("abort", () => failed(file, line, say("Đã dừng tải."), again));
    request.addEventListener("load", () => {
      const told = request.response || {};
      if (request.status !== 200 || !told.sha256) { failed(file, line, told.error?.message || told.error || say("Máy chủ chưa nhận được tệp."), again); return; }
      arrived(line, told);
    });
    const data = new FormData();
    data.append("csrf_token", token);
    data.append("file", file);
    request.send(data);
  };
  const send = parts ? inParts : atOnce;

  const chosen = () => {
    tell("");
    for (const file of input.files) send(file);
    input.value = "";
  };
  input.addEventListener("change", chosen);
  if (input.files.length) chosen(); // before this script had come over a slow line
  list.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-remove]")) return;
    event.preventDefault();
    drop(event.target.closest("li"), event.target.action);
  });
  if (parts && window.indexedDB) import("./parts.js").then(({ interrupted }) => interrupted(parts)).then((files) => files.forEach((file) => inParts(file)));
}
