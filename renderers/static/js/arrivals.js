/* What a telephone sends appears beside the papers without a reload.
 *
 * <div data-arrivals="/url"> around upload sections; answer: HTML with <ul data-of="section id"> of file lines inside
 * <div data-living="yes|no">. Asked every three seconds while the link lives and the page is looked at.
 * A paper whose upload is running, or that holds the focus, waits for the next time.
 */
const place = document.querySelector("[data-arrivals]");
const state = document.querySelector("[data-arrivals-state]");
const hashes = (list) => [...list.querySelectorAll(".hash")].map((one) => one.textContent).sort().join();
const going = (list) => list.querySelector(".error") || [...list.children].some((line) => !line.querySelector(".hash") && !line.dataset.broken);
const EVERY = 3000;

async function ask() {
  if (document.hidden) return true;
  const answer = await fetch(place.dataset.arrivals);
  if (!answer.ok || answer.redirected) return false;
  const told = new DOMParser().parseFromString(await answer.text(), "text/html");
  const before = place.querySelectorAll(".hash").length;
  for (const section of place.querySelectorAll("[data-upload]")) {
    const list = section.querySelector("[data-files]");
    const now = told.querySelector(`[data-of="${section.id}"]`) || document.createElement("ul");
    if (hashes(list) === hashes(now) || going(list) || list.contains(document.activeElement)) continue;
    list.replaceChildren(...[...now.children].map((line) => document.importNode(line, true)));
  }
  const more = place.querySelectorAll(".hash").length - before;
  if (more > 0) state.textContent = `Vừa nhận ${more} tệp.`;
  const living = told.querySelector("[data-living]")?.dataset.living === "yes";
  if (!living) state.textContent = "Mã QR đã hết hạn. Bấm “Lấy mã mới” nếu còn giấy tờ cần chụp.";
  return living;
}

async function again() {
  if (await ask().catch(() => true)) setTimeout(again, EVERY);
}
setTimeout(again, EVERY);
