/** Makes the cells of the page, as short as they are, into cells that take keys. */
import { shown, tint } from "./grid-cell.js";
import { nameOf } from "./grid-names.js";
import { headOf } from "./grid-ways.js";

const SHORT_ID = 8;

/** Gives the cells of a row what the page, to be short, says once, and their fields. @param {HTMLTableRowElement} row */
export function wake(row) {
  const seen = row.dataset.seen ?? "";
  let at = 0;
  for (const cell of row.cells) {
    if (!("cell" in cell.dataset)) continue;
    if ("mark" in cell.dataset) cell.dataset.seenMark = seen.slice(at, (at += SHORT_ID));
    if (cell.dataset.absence) cell.dataset.seenAbsence = seen.slice(at, (at += SHORT_ID));
    cell.classList.add("cell");
    if (cell.title) cell.classList.add("cell--note");
    if (at) tint(cell);
    if (!("fixed" in headOf(cell).dataset)) hydrate(cell);
  }
}

/** @param {HTMLTableCellElement} cell */
function hydrate(cell) {
  const field = document.createElement("input");
  field.className = "cell__field";
  field.autocomplete = "off";
  field.maxLength = 20;
  field.value = shown(cell);
  field.setAttribute("aria-label", nameOf(cell));
  cell.replaceChildren(field);
}
