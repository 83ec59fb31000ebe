/* Files go up in parts (js/parts.js) as soon as they are chosen, with a bar; each can be paused, gone on with, and dropped.
 *
 * A place of their own: <section data-upload data-parts="/url"> with <input type="file">, <ul data-files>, <div data-upload-error>.
 * Answer: {"name", "size", "sha256", "view", "remove", "state", "hints"}. Remove: POST to `remove` with `csrf_token` → 200;
 * forms marked data-remove are taken over likewise. Lines [data-broken="checksum"] are uploads broken off; one that goes on
 * takes the place of its line.
 * A box in a form: <div data-into="name" data-parts="/url"> with the same inside. Answer: {"id", "name", "size", "sha256"}; the form
 * names it as `_up.<name>`. With data-keep, what a reload broke off goes on by itself, else the same file is chosen again. A live form is told by `upload:done`; a form that is sent waits for its files.
 */
import { say } from "./words.js";

const sizes = (n) => (n >= 1e6 ? `${(n / 1e6).toFixed(1).replace(".0", "").replace(".", say(","))} MB` : `${Math.max(1, Math.round(n / 1000))} kB`);
const make = (tag, props, ...inside) => { const e = Object.assign(document.createElement(tag), props); e.append(...inside); return e; };
const press = (text, what, act) => {
  const button = make("button", { type: "button", className: "button quiet" }, text, make("span", { className: "visually-hidden" }, ` ${what}`));
  button.addEventListener("click", act);
  return button;
};
const known = new WeakMap();
const sent = new WeakMap(); // forms that wait for their files, with the button that sends them
const going = (form) => [...form.querySelectorAll("[data-into] [data-files] > li")].find((line) => !line.querySelector("[name^='_up.']"));
const wired = (section) => known.get(section) || known.set(section, wire(section)).get(section);

function wire(section) {
  const box = () => section.querySelector("[type=file]");
  const list = section.querySelector("[data-files]");
  const token = (section.closest("form") || section).querySelector("[name=csrf_token]")?.value || "";
  const into = () => section.dataset.into;

  const drop = async (line, url) => {
    const answer = await fetch(url, { method: "POST", body: new URLSearchParams({ csrf_token: token }), headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.ok) { line.remove(); box().focus(); } else tell(say("Chưa xóa được tệp. Ông/bà thử lại."));
  };

  const tell = (text) => {
    section.querySelector("[data-upload-error]").replaceChildren(...(text ? [make("p", { className: "error", role: "alert" }, text)] : []));
    box().toggleAttribute("aria-invalid", Boolean(text));
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
    press(label, file.name, again), press(say("Bỏ"), file.name, () => { line.remove(); box().focus(); import("./parts.js").then(({ drop: lose }) => lose(file)); }),
  );

  const arrived = (line, told) => {
    const gone = into() ? () => { line.remove(); box().focus(); } : told.remove && (() => drop(line, told.remove));
    line.replaceChildren(
      make("span", {}, told.view ? make("a", { href: told.view }, told.name) : told.name),
      make("span", { className: "muted" }, sizes(told.size)),
      ...(told.state ? [make("span", { className: "strong" }, told.state)] : []),
      ...(gone ? [press(say("Xóa"), told.name, gone)] : []),
      ...(told.hints || []).map((text) => make("span", { className: "hint muted", role: "status" }, text)),
      make("span", { className: "hash" }, `SHA-256 ${told.sha256}`),
      ...(into() ? [make("input", { type: "hidden", name: `_up.${into()}`, value: told.id })] : []),
    );
    section.querySelector("[data-reload]")?.removeAttribute("hidden");
    if (!into()) return;
    tell("");
    section.dispatchEvent(new CustomEvent("upload:done", { bubbles: true }));
    const form = section.closest("form");
    if (sent.has(form) && !going(form)) form.requestSubmit(sent.get(form));
  };

  // what is chosen stays in its box, where a form that is sent takes it along, until everything is here that sends it in parts
  const send = async (kept) => {
    const { goUp } = await import("./parts.js");
    const files = kept || [...box().files];
    if (!files.length) return;
    tell("");
    if (into() && !box().multiple) list.replaceChildren();
    for (const file of files) goUp(file, make("li", {}), section, { token, begun, failed, arrived });
    if (!kept) box().value = "";
  };
  list.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-remove]")) return;
    event.preventDefault();
    drop(event.target.closest("li"), event.target.action);
  });
  return { send, tell };
}

// boxes come and go with a live form, so the page itself listens, before the form does
document.addEventListener("change", (e) => {
  const section = e.target.type === "file" && e.target.closest("[data-parts]");
  if (section) { e.stopPropagation(); wired(section).send(); }
}, true);
document.addEventListener("submit", (e) => {
  if (e.submitter?.formNoValidate && !/:\d{1,3}$/.test(e.submitter.value)) return; // a row moved or removed waits: its files would be another's
  const form = e.target, line = going(form);
  sent.delete(form);
  if (!line) return;
  e.preventDefault();
  e.stopPropagation();
  sent.set(form, e.submitter);
  wired(line.closest("[data-into]")).tell(say("Tệp chưa lên hết; lên hết sẽ tự làm tiếp."));
  line.scrollIntoView({ block: "center" });
}, true);

for (const section of document.querySelectorAll("[data-parts]")) {
  const { send } = wired(section);
  if (section.querySelector("[type=file]").files.length) send(); // before this script had come over a slow line
  if ("keep" in section.dataset) import("./parts.js").then((m) => m.interrupted(section.dataset.parts)).then(send);
}
