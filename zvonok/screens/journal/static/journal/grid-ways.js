/** The ways through the grid: from a field to its neighbours, its student and its lesson; what keys and pastes mean. */

/** @type {Record<string, [number, number]>} rows down, columns right */
export const STEPS = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Enter: [1, 0],
};
/** @type {Record<string, string>} letters of absences, and the Latin keys that mean them */
const LETTERS = { Н: "Н", N: "Н", H: "Н", Б: "Б", B: "Б", У: "УП", U: "УП", О: "О", O: "О" };

/** @param {string} typed @returns {string} */
export const letterOf = (typed) => LETTERS[typed.trim().toUpperCase()] ?? "";

/** @param {Event} event @returns {HTMLInputElement | null} */
export function fieldIn(event) {
  const { target } = event;
  return target instanceof HTMLInputElement && target.closest("td[data-cell]") ? target : null;
}

/** @param {HTMLTableCellElement} cell */
export const rowOf = (cell) => /** @type {HTMLTableRowElement} */ (cell.parentElement);

/** @param {Element} inside */
const tableOf = (inside) => /** @type {HTMLTableElement} */ (inside.closest("table"));

/** @param {HTMLTableCellElement} cell */
export const headOf = (cell) => tableOf(cell).rows[0].cells[cell.cellIndex];

/**
 * The next field that way, over cells that take none.
 * @param {HTMLInputElement} field @param {[number, number]} step @param {number} sign
 */
export function neighbour(field, [down, right], sign = 1) {
  const cell = /** @type {HTMLTableCellElement} */ (field.closest("td"));
  const { rows } = tableOf(cell);
  let [row, column] = [rowOf(cell).rowIndex, cell.cellIndex];
  do [row, column] = [row + down * sign, column + right * sign];
  while (rows[row]?.cells[column]?.tagName === "TD" && !rows[row].cells[column].querySelector("input"));
  return rows[row]?.cells[column]?.querySelector("input") ?? null;
}

/**
 * What of a table copied elsewhere falls into which field, from this one on.
 * @param {string} text @param {HTMLInputElement} field @returns {[HTMLInputElement, string][]}
 */
export function pasted(text, field) {
  const start = /** @type {HTMLTableCellElement} */ (field.closest("td"));
  const { rows } = tableOf(start);
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  return lines.flatMap((line, down) =>
    line.split("\t").flatMap((value, right) => {
      const cell = rows[rowOf(start).rowIndex + down]?.cells[start.cellIndex + right];
      const target = cell?.querySelector("input");
      return target ? [/** @type {[HTMLInputElement, string]} */ ([target, value.trim()])] : [];
    }),
  );
}
