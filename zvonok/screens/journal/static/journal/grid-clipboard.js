/** A block of cells to a spreadsheet program and back: tabs between columns, a line for each row. */
import { textOf } from "./grid-keys.js";
import { report } from "./grid-report.js";
import { cellOf, fieldIn, headOf, letterOf, rowOf, tableOf } from "./grid-ways.js";

/** @typedef {import("./journal-grid.js").JournalGrid} Grid */

/** @param {Grid} grid */
export function listenForClipboard(grid) {
  grid.addEventListener("copy", (event) => copy(grid, event));
  grid.addEventListener("cut", (event) => {
    const field = copy(grid, event);
    if (field) grid.write(grid.selection?.cells(cellOf(field)) ?? [], "");
  });
  grid.addEventListener("paste", (event) => {
    const field = fieldIn(event);
    if (!field) return;
    event.preventDefault();
    paste(grid, cellOf(field), event.clipboardData?.getData("text") ?? "");
  });
}

/** @param {Grid} grid @param {ClipboardEvent} event */
function copy(grid, event) {
  const field = fieldIn(event);
  const rows = field && grid.selection?.rows(cellOf(field));
  if (!field || !rows) return null;
  event.preventDefault();
  event.clipboardData?.setData("text/plain", rows.map((row) => row.map(textOf).join("\t")).join("\n"));
  return field;
}

/** Writes a block from its upper left cell on; one value fills all that is chosen. @param {Grid} grid @param {HTMLTableCellElement} start @param {string} text */
function paste(grid, start, text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  const chosen = grid.selection?.rows(start) ?? [[start]];
  const single = lines.length === 1 && lines[0].length === 1;
  const pairs = single
    ? chosen.flat().map((cell) => /** @type {[HTMLTableCellElement, string]} */ ([cell, lines[0][0]]))
    : laid(chosen[0][0], lines);
  const changes = pairs.map(([cell, value]) => ({ cell, value: letterOf(value) || value.trim().slice(0, 20) }));
  const taken = changes.filter(({ cell }) => cell.querySelector("input"));
  const closed = changes.filter(({ cell, value }) => value && !cell.querySelector("input"));
  for (const { cell, value } of taken) /** @type {HTMLInputElement} */ (cell.querySelector("input")).value = value;
  grid.undo?.put(taken.map(({ cell, value }) => [cell, { value }]));
  if (changes.length > 1) report(grid, taken.map(({ cell }) => cell), closed.map(({ cell }) => cell));
}

/** Which value falls into which cell. @param {HTMLTableCellElement} start @param {string[][]} lines @returns {[HTMLTableCellElement, string][]} */
function laid(start, lines) {
  const { rows } = tableOf(start);
  return lines.flatMap((line, down) =>
    line.flatMap((value, right) => {
      const cell = rows[rowOf(start).rowIndex + down]?.cells[start.cellIndex + right];
      return cell && headOf(/** @type {HTMLTableCellElement} */ (cell)).dataset.lesson
        ? [/** @type {[HTMLTableCellElement, string]} */ ([cell, value])]
        : [];
    }),
  );
}
