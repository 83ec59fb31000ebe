/* A box above a long list of choices: what is typed hides the others, in any order of words, with or without marks.
 * What is ticked stays in sight. Without this file the list is whole. */
const plain = (text) => text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");

for (const list of document.querySelectorAll("[data-filter]")) {
  const place = list.querySelector("[data-filter-box]");
  const box = place.querySelector("input");
  const said = place.querySelector("[data-filter-count]");
  const groups = [...list.querySelectorAll("details")].map((group) => ({ group, open: group.open }));
  place.hidden = false;
  const sift = () => {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { group, open } of groups) {
      let here = 0;
      for (const choice of group.querySelectorAll("label")) {
        const name = plain(choice.textContent);
        const fits = words.every((word) => name.includes(word));
        choice.hidden = !fits && !choice.querySelector("input").checked;
        here += fits;
      }
      group.hidden = words.length > 0 && ![...group.querySelectorAll("label")].some((choice) => !choice.hidden);
      group.open = words.length ? here > 0 : open || group.querySelector("input:checked") !== null;
      found += here;
    }
    said.textContent = words.length ? (found ? `${found} cơ quan` : "Không có cơ quan nào như vậy") : "";
  };
  box.addEventListener("input", sift);
  box.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
}
