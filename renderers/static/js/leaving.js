/* Files that were still to go up do not outlive the session: computers are shared. */
document.addEventListener("submit", (event) => {
  if (new URL(event.target.action, location.href).pathname === "/dang-xuat") indexedDB.deleteDatabase("tep-dang-tai");
});
