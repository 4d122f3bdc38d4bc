/** What a cell is called by those who hear it: whose, when, of what, and what stands there. */
import { headOf, rowOf } from "./grid-ways.js";

const { lang } = document.documentElement;
const days = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { day: "numeric", month: "long" });

/** @param {HTMLTableCellElement} cell */
export const studentOf = (cell) => rowOf(cell).cells[0].lastChild?.textContent?.trim() ?? "";

/** @param {HTMLTableCellElement} cell */
export function dayOf(cell) {
  const { day } = headOf(cell).dataset;
  return day ? days.format(new Date(`${day}T12:00`)) : "";
}

/** "Ivanova Vera, 7 September, algebra, test, mark 5, neat". @param {HTMLTableCellElement} cell */
export function nameOf(cell) {
  const words = /** @type {HTMLElement} */ (cell.closest("journal-grid")).dataset;
  const { mark, absence, due } = cell.dataset;
  const absences = JSON.parse(words.absences ?? "{}");
  return [
    studentOf(cell),
    dayOf(cell),
    words.subject,
    headOf(cell).dataset.title,
    absence && absences[absence],
    due ? words.wordsDue?.replace("{}", due) : mark && `${words.wordsMark} ${mark}`,
    cell.title,
  ].filter(Boolean).join(", ");
}
