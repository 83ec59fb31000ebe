/* A long text comes after its page. Until it is here nothing can be typed or sent, so nothing half is ever saved. */
const box = document.querySelector("[data-source]");
const state = document.querySelector("[data-source-state]");
const hold = (event) => { if (!document.getElementById("f-file").value) event.preventDefault(); };

if (box.value) { // what was typed before the page was left is still here
  box.readOnly = false;
  state.remove();
} else {
  box.form.addEventListener("submit", hold, { capture: true });
  const answer = await fetch(box.dataset.source).catch(() => null);
  if (answer?.ok && !answer.redirected) {
    box.value = await answer.text();
    box.readOnly = false;
    box.form.removeEventListener("submit", hold, { capture: true });
    state.remove();
  }
}
