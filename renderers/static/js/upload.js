/* Files go up as soon as they are chosen, one by one, with a bar; a failed one can be sent again or dropped.
 *
 * Section: <section data-upload="/url"> with <input type="file" name="file">, <ul data-files>, <div data-upload-error>.
 * Request: POST multipart `file`, `csrf_token`; Accept: application/json.
 * Answer:  200 {"name", "size", "sha256", "view", "remove"}; 4xx {"error": "what to do"}.
 * Remove:  POST to `remove` with `csrf_token` → 200. Forms marked data-remove are taken over likewise.
 */
const sizes = (n) => (n >= 1e6 ? `${(n / 1e6).toFixed(1).replace(".", ",").replace(",0", "")} MB` : `${Math.max(1, Math.round(n / 1000))} kB`);
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
  section.querySelector("[data-upload-send]").hidden = true;

  const drop = async (line, url) => {
    const data = new FormData();
    data.append("csrf_token", token);
    const answer = await fetch(url, { method: "POST", body: data, headers: { Accept: "application/json" }, credentials: "same-origin" }).catch(() => null);
    if (answer?.ok) { line.remove(); input.focus(); } else tell("Chưa xóa được tệp. Ông/bà thử lại.");
  };

  const tell = (text) => {
    wrong.replaceChildren(...(text ? [make("p", { className: "error", role: "alert" }, text)] : []));
    input.toggleAttribute("aria-invalid", Boolean(text));
  };

  const send = (file, line = make("li", {})) => {
    const bar = make("progress", { max: 100, value: 0 });
    bar.setAttribute("aria-label", `Đang tải ${file.name}`);
    const request = new XMLHttpRequest();
    line.replaceChildren(make("span", {}, file.name), make("span", { className: "muted" }, sizes(file.size)), bar, press("Dừng", file.name, () => request.abort()));
    if (!line.isConnected) list.append(line);
    const failed = (text) => line.replaceChildren(
      make("span", {}, file.name), make("span", { className: "error", role: "alert" }, text),
      press("Gửi lại", file.name, () => send(file, line)), press("Bỏ", file.name, () => { line.remove(); input.focus(); }),
    );
    request.open("POST", section.dataset.upload);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (e) => { if (e.lengthComputable) bar.value = (e.loaded / e.total) * 100; });
    request.addEventListener("error", () => failed("Mất kết nối khi đang tải."));
    request.addEventListener("abort", () => failed("Đã dừng tải."));
    request.addEventListener("load", () => {
      const told = request.response || {};
      if (request.status !== 200 || !told.sha256) { failed(told.error || "Máy chủ chưa nhận được tệp."); return; }
      line.replaceChildren(
        make("span", {}, told.view ? make("a", { href: told.view }, told.name) : told.name),
        make("span", { className: "muted" }, sizes(told.size)),
        ...(told.remove ? [press("Xóa", told.name, () => drop(line, told.remove))] : []),
        make("span", { className: "hash" }, `SHA-256 ${told.sha256}`),
      );
    });
    const data = new FormData();
    data.append("csrf_token", token);
    data.append("file", file);
    request.send(data);
  };

  input.addEventListener("change", () => {
    tell("");
    for (const file of input.files) send(file);
    input.value = "";
  });
  list.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-remove]")) return;
    event.preventDefault();
    drop(event.target.closest("li"), event.target.action);
  });
}
