/** The ways through the grid: from a field to its cell, its neighbours, its student and its lesson; what keys mean. */

/** @type {Record<string, [number, number]>} rows down, columns right */
export const STEPS = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Enter: [1, 0],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};
/** @type {Record<string, string>} letters of absences; the Latin ones that mean them or lie on the same key */
const LETTERS = {
  Н: "Н", N: "Н", H: "Н", Y: "Н",
  Б: "Б", B: "Б", ",": "Б", "<": "Б",
  У: "УП", U: "УП", E: "УП",
  О: "О", O: "О", J: "О",
};

/** @param {string} typed @returns {string} */
export const letterOf = (typed) => LETTERS[typed.trim().toUpperCase()] ?? "";

/** Whether there is nothing to wait for after what was typed. @param {HTMLInputElement} field */
export function saysAll(field) {
  if (field.value === ".") return true;
  if ("long" in headOf(cellOf(field)).dataset) return Boolean(letterOf(field.value)) && field.value !== ",";
  return Boolean(letterOf(field.value)) || /^\d(\/\d)*$/.test(field.value);
}

/** @param {Event} event @returns {HTMLInputElement | null} */
export function fieldIn(event) {
  const { target } = event;
  return target instanceof HTMLInputElement && target.closest("td[data-cell]") ? target : null;
}

/** @param {Element} inside */
export const cellOf = (inside) => /** @type {HTMLTableCellElement} */ (inside.closest("td"));

/** @param {HTMLTableCellElement} cell */
export const rowOf = (cell) => /** @type {HTMLTableRowElement} */ (cell.parentElement);

/** @param {Element} inside */
export const tableOf = (inside) => /** @type {HTMLTableElement} */ (inside.closest("table"));

/** @param {HTMLTableCellElement} cell */
export const headOf = (cell) => tableOf(cell).rows[0].cells[cell.cellIndex];

/** The other cells of a cell's column, from the top. @param {HTMLTableCellElement} cell */
export function columnOf(cell) {
  const cells = [...tableOf(cell).tBodies[0].rows].map((row) => row.cells[cell.cellIndex]);
  return /** @type {HTMLTableCellElement[]} */ (cells.filter((one) => one?.querySelector("input")));
}

/**
 * Where a key leads: null where there is no further way, undefined when the key does not lead anywhere.
 * @param {KeyboardEvent} event @param {HTMLInputElement} field @returns {HTMLInputElement | null | undefined}
 */
export function goal(event, field) {
  const step = STEPS[event.key];
  if (step) return neighbour(field, step, event.key === "Enter" && event.shiftKey ? -1 : 1);
  if (event.key !== "Home" && event.key !== "End") return undefined;
  const area = event.ctrlKey || event.metaKey ? tableOf(field) : rowOf(cellOf(field));
  const fields = area.querySelectorAll("input");
  return fields[event.key === "Home" ? 0 : fields.length - 1];
}

/**
 * The next field that way, over cells that take none; a long step ends at the edge.
 * @param {HTMLInputElement} field @param {[number, number]} step @param {number} sign
 */
function neighbour(field, [down, right], sign = 1) {
  const cell = cellOf(field);
  const { rows } = tableOf(cell);
  const [row, column] = [rowOf(cell).rowIndex, cell.cellIndex];
  const wanted = Math.min(Math.max(row + down * sign, 1), rows.length - 1);
  const onward = down ? Math.sign(down) * sign : 0;
  for (let [y, x] = [wanted, column + right]; rows[y]?.cells[x]?.tagName === "TD"; [y, x] = [y + onward, x + right]) {
    const found = y === row && !right ? null : rows[y].cells[x].querySelector("input");
    if (found) return found;
  }
  return null;
}
