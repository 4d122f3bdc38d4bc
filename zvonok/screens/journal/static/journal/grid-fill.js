/** Puts the value of a cell into the whole column: for all who are here and have nothing there yet. */
import { report } from "./grid-report.js";
import { cellOf, columnOf, letterOf } from "./grid-ways.js";

const AWAY = ["Н", "Б", "УП"];

/** @param {HTMLTableCellElement} cell of any column of the lesson */
export function isAway(cell) {
  const { student, lesson } = cell.dataset;
  const row = /** @type {HTMLTableRowElement} */ (cell.parentElement);
  return [...row.cells].some((one) => {
    return one.dataset.student === student && one.dataset.lesson === lesson && AWAY.includes(one.dataset.absence ?? "");
  });
}

/** @param {import("./journal-grid.js").JournalGrid} grid @param {HTMLInputElement} field */
export function fillColumn(grid, field) {
  const value = letterOf(field.value) || field.value.trim();
  if (!value) return;
  const isAbsence = Boolean(letterOf(value));
  const free = columnOf(cellOf(field)).filter((cell) => {
    return cell.querySelector("input") === field || !(cell.dataset.mark || (isAbsence ? cell.dataset.absence : isAway(cell)));
  });
  grid.write(free, value);
  report(grid, free, []);
}
