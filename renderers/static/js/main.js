/* Loads only what the page asks for. Everything works without it.
 *
 * data-live, data-autosave, data-guard on a form · data-parts around a box for files · data-arrivals around it · data-keys on a table ·
 * data-open="dialog id", data-drawer on links · data-dismiss, data-close on buttons · data-search on the search box.
 */
const has = (selector) => document.querySelector(selector) !== null;

if (has("form[data-live]")) import("./live.js");
if (has("form[data-autosave]")) import("./autosave.js");
if (has("form[data-autosave], form[data-guard]")) import("./leave.js");
if (has("form")) addEventListener("input", (event) => "thousands" in event.target.dataset && import("./money.js").then(({ part }) => part(event.target)));
if (has("[data-filter]")) import("./filter.js");
const plain = (shown) => { for (const e of document.querySelectorAll("[data-parts] [data-upload-send]")) e.hidden = !shown; };
plain();
addEventListener("unhandledrejection", plain); // a script did not come over the line: the form sends its files itself
if (has("[data-keep]")) import("./upload.js"); // what a reload broke off goes on; any other box waits for a file
else addEventListener("change", function up(e) {
  if (!e.target.matches("[data-parts] [type=file]")) return;
  e.stopPropagation();
  import("./upload.js").then(() => removeEventListener("change", up, true));
}, true);
if (has("[data-arrivals]")) import("./arrivals.js");
if (has("[data-open], [data-drawer], dialog")) import("./overlay.js");
if (has("[data-keys], [data-search], [data-key], #keys")) import("./keys.js");

// A page that came back with errors begins at their list; a list row just added at its heading.
document.getElementById("error-summary")?.focus();

// The inboxes are folded on telephones, where they would push the work away.
const sidebar = document.querySelector("[data-sidebar]");
const narrow = matchMedia("(max-width: 59.99rem)");
const fold = () => { sidebar.open = !narrow.matches; };
if (sidebar) { fold(); narrow.addEventListener("change", fold); }

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-dismiss]")) event.target.closest(".toast").remove();
  if (event.target.closest("[data-print]")) print();
});
