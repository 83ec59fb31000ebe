/* What is looked up beside the builder, in its own box: what is being edited stays as it is. Each link and form works
 * alone too; asked with `X-Panes: 1`, the same address answers with the box's content alone.
 */
const box = document.getElementById("b-beside");
const body = box.querySelector("[data-beside-body]");
let latest = 0;

async function show(href) {
  const mine = ++latest;
  try {
    const answer = await fetch(href, { headers: { "X-Panes": "1" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    if (mine !== latest) return;
    body.replaceChildren(...fresh.childNodes);
    body.querySelector("[data-beside-title]")?.focus();
  } catch { location.href = href; }
}

box.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-beside]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  show(link.href);
});
box.addEventListener("submit", (event) => {
  event.preventDefault();
  show(`${event.target.action}?${new URLSearchParams(new FormData(event.target))}`);
});
box.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  box.open = false;
  box.querySelector("summary").focus();
});

/* «Xem các mục» beside a control opens the list it takes its choices from. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-looks]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  box.open = true;
  show(link.href);
});
