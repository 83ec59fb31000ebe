/* Dots between thousands while an amount is typed; the server reads it with them or without. */
export function part(box) {
  if (!/^[\d. ]*$/.test(box.value)) return; // anything else is left for the server to explain
  const after = box.value.slice(box.selectionStart).replace(/\D/g, "").length;
  const text = box.value.replace(/\D/g, "").replace(/\B(?=(\d{3})+$)/g, ".");
  if (text === box.value) return;
  box.value = text;
  let at = text.length;
  for (let left = after; left && at; at -= 1) if (text[at - 1] !== ".") left -= 1;
  box.setSelectionRange(at, at);
}
