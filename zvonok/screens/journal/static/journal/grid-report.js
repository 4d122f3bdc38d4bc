/** After many cells were written at once: which of them were refused, and why. */
import { dayOf, studentOf } from "./grid-names.js";

const PATIENCE_MS = 15000;
const ON_THE_WAY = ["saving", "kept"];

/**
 * @param {import("./journal-grid.js").JournalGrid} grid
 * @param {HTMLTableCellElement[]} written
 * @param {HTMLTableCellElement[]} closed cells meant, but taking nothing
 */
export async function report(grid, written, closed) {
  await answered(grid, written);
  const lines = [
    ...written.filter((cell) => cell.dataset.state === "refused" || cell.dataset.state === "conflict")
      .map((cell) => [cell, cell.querySelector(".cell__reason")?.firstChild?.textContent ?? ""]),
    ...closed.map((cell) => [cell, grid.dataset.wordsClosed ?? ""]),
  ];
  const place = grid.querySelector("[data-report]");
  if (!(place instanceof HTMLElement)) return;
  place.hidden = !lines.length;
  const total = String(written.length + closed.length);
  const words = (grid.dataset.wordsReport ?? "").replace("{}", String(lines.length)).replace("{}", total);
  place.querySelector("[data-report-title]")?.replaceChildren(words);
  place.querySelector("ul")?.replaceChildren(...lines.map(([cell, why]) => line(/** @type {HTMLTableCellElement} */ (cell), String(why))));
  if (lines.length) grid.say(words);
}

/** @param {HTMLTableCellElement} cell @param {string} why */
function line(cell, why) {
  const item = document.createElement("li");
  item.append(`${studentOf(cell)}, ${dayOf(cell)}: ${why}`);
  return item;
}

/** Waits until all are answered, or as long as anybody would look. @param {HTMLElement} grid @param {HTMLTableCellElement[]} cells */
function answered(grid, cells) {
  const waiting = () => cells.some((cell) => ON_THE_WAY.includes(cell.dataset.state ?? ""));
  return new Promise((done) => {
    const end = () => {
      watch.disconnect();
      done(undefined);
    };
    const watch = new MutationObserver(() => waiting() || end());
    watch.observe(grid, { subtree: true, attributeFilter: ["data-state"] });
    setTimeout(end, waiting() ? PATIENCE_MS : 0);
  });
}
