/* Dialogues and the drawer. The browser's own <dialog> keeps the focus inside and closes on Escape; focus goes back to
 * what opened it.
 *
 * <button data-open="id"> opens <dialog id="id">. <a data-drawer href="/dossier"> fetches the page with the header
 * `X-Fragment: drawer`, takes its <main> (or the whole answer if it has none) into <dialog id="drawer">; without script,
 * or with Ctrl, it is a plain link. [data-close] closes.
 */
let opener = null;

function show(dialog, from) {
  opener = from;
  dialog.showModal();
}

document.addEventListener("click", async (event) => {
  const opens = event.target.closest("[data-open]");
  if (opens) {
    const dialog = document.getElementById(opens.dataset.open);
    if (dialog?.showModal) { event.preventDefault(); show(dialog, opens); }
    return;
  }
  if (event.target.closest("[data-close]")) { event.target.closest("dialog")?.close(); return; }
  const link = event.target.closest("a[data-drawer]");
  const drawer = document.getElementById("drawer");
  if (!link || !drawer || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const answer = await fetch(link.href, { headers: { "X-Fragment": "drawer" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) { location.href = link.href; return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const close = document.createElement("button");
  Object.assign(close, { type: "button", className: "button secondary close", textContent: "Đóng" });
  close.dataset.close = "";
  const body = page.querySelector("main") || page.body;
  drawer.replaceChildren(close, ...body.childNodes);
  if (!drawer.open) show(drawer, link);
  drawer.scrollTop = 0;
});

// the browser gives the focus back itself, where it knows to; somebody may have gone on by now
document.addEventListener("close", () => { if (document.activeElement === document.body) opener?.focus(); opener = null; }, true);
