/* What scripts say, in the page's language: `say("Đã lưu")`. English is loaded only where it is read (js/en.js). */
const words = document.documentElement.lang === "en" ? (await import("./en.js")).default : {};

export const say = (text) => words[text] ?? text;
