/* What the builder has not brought to the server yet, kept in this browser under the draft's and the person's key.
 *
 * Each act has a name of its own (`lan`): the server does an act of one name once, so what may or may not have arrived is
 * simply sent again. Entry: {lan, truoc, tab, url, o, element, parts}; `truoc`: names of earlier acts that this one was
 * made upon, the newest last; `element`: a save of an element's controls, of which a later one says all that an earlier
 * did. What is still being typed is kept apart, one entry a tab; another tab takes it over when that one is gone.
 */
const list = `soạn dở ${document.getElementById("builder").dataset.key}`;
const typed = `đang gõ ${document.getElementById("builder").dataset.key} `;
const word = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
const tab = word();
const GONE = 30000; // ms: a tab that shows no sign of life for so long
const UPON = 9; // names of earlier acts that are worth telling

const read = (key, otherwise) => { try { return JSON.parse(localStorage.getItem(key)) ?? otherwise; } catch { return otherwise; } };
const write = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } };
const drop = (key) => { try { localStorage.removeItem(key); } catch { /* nothing is there */ } };

let held = null; // where the browser's store is full or forbidden: as long as the page is open
export const load = () => held ?? read(list, []);
function store(entries) {
  if (!entries.length) drop(list);
  held = !entries.length || write(list, entries) ? null : entries;
}

/* What this page has not got an answer to. */
export const waiting = () => load().filter((each) => each.tab === tab);

function entry(url, data, element, upon) {
  const parts = [...data].filter(([name, value]) => !["csrf_token", "lan", "lan_truoc"].includes(name) && !(value instanceof File));
  return { lan: word(), truoc: upon.slice(-UPON), tab, url, o: data.get("o"), element, parts };
}

const twin = (one, other) => one.element && other.element && one.tab === other.tab && one.url === other.url && one.o === other.o;

function put(fresh) {
  store([...load().filter((each) => !twin(each, fresh)), fresh]);
  return fresh;
}

/* Before it is sent, so that a lost answer or a closed page loses nothing. `upon`: names of the saves that the controls
 * come from; any other act is made upon all that is still on its way.
 */
export const keep = (url, data, element, upon) => put(entry(url, data, element, element ? upon : waiting().map((each) => each.lan)));
export const forget = (lan) => store(load().filter((each) => each.lan !== lan));
/* An act that was refused, with what was typed on upon it. */
export const discard = (gone) => store(load().filter((each) => each.lan !== gone.lan && !twin(each, gone)));
export const known = (lan) => load().some((each) => each.lan === lan);

export function posted(each, token) {
  const data = new FormData();
  for (const [name, value] of each.parts) data.append(name, value);
  data.set("csrf_token", token);
  data.set("lan", each.lan);
  data.set("lan_truoc", each.truoc.join(" "));
  return data;
}

/* What is being typed now. `left`: this page is going away. */
export const typing = (url, data, upon, left) => write(typed + tab, { at: Date.now(), left, entry: entry(url, data, true, upon) });
export const typedAll = () => drop(typed + tab);

/* What was being typed in a page that is gone is to be sent like all else. */
export function adopt() {
  let keys = [];
  try { keys = Object.keys(localStorage); } catch { /* forbidden */ }
  for (const key of keys.filter((each) => each.startsWith(typed) && each !== typed + tab)) {
    const found = read(key, null);
    if (found && !found.left && Date.now() - found.at < GONE) continue;
    drop(key);
    if (found) put(found.entry);
  }
}
