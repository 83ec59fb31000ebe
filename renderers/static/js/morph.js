/* Makes one element like another, touching only what differs, so that focus, scroll and what is being typed stay.
 * Elements are told apart by id, buttons by what they send: one that is being pressed stays the same.
 * What is marked data-mine belongs to a script here and stays as it is.
 * A control the person has is never retyped unless `values` is true.
 */
export function morph(from, to, values = false) {
  if (from.isEqualNode(to) && !values) return;
  if (from.nodeType !== to.nodeType || from.nodeName !== to.nodeName) {
    from.replaceWith(to);
    return;
  }
  if (from.nodeType === Node.TEXT_NODE) {
    if (from.data !== to.data) from.data = to.data;
    return;
  }
  if ("mine" in from.dataset) return;
  const typed = from.matches("input, textarea, select");
  for (const { name } of [...from.attributes]) if (!to.hasAttribute(name)) from.removeAttribute(name);
  for (const { name, value } of [...to.attributes]) if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  if (typed) {
    if (from.type === "hidden" || (values && from !== document.activeElement)) {
      if (from.type === "radio" || from.type === "checkbox") from.checked = to.checked;
      else if (from.value !== to.value) from.value = to.value;
    }
    if (!from.matches("select")) return;
    const kept = from.value;
    children(from, to, values);
    if (!values) from.value = kept;
    return;
  }
  children(from, to, values);
}

// asked of the attribute: a form that has a control named “id” answers `form.id` with that control
const name = (node) => node.getAttribute?.("id") || (node.localName === "button" && node.value) || "";

function children(from, to, values) {
  const named = new Map();
  for (const child of from.children) if (name(child)) named.set(name(child), child);
  const wanted = new Set([...to.children].map(name).filter(Boolean));
  let at = from.firstChild;
  for (const next of [...to.childNodes]) {
    // what the new page no longer has makes room
    while (at && name(at) && !wanted.has(name(at))) at = drop(at);
    const known = name(next) && named.get(name(next));
    if (known) {
      if (known === at) at = at.nextSibling;
      else from.insertBefore(known, at);
      morph(known, next, values);
    } else if (at && !name(next) && !name(at) && at.nodeName === next.nodeName) {
      const here = at;
      at = at.nextSibling;
      morph(here, next, values);
    } else {
      from.insertBefore(next, at);
    }
  }
  while (at) at = drop(at);
}

function drop(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}
