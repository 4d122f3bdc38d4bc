/** An edit and its cell, whoever made it: where it belongs, what it wants, what is shown while it waits. */
import { paint, parts, shown } from "./grid-cell.js";
import { headOf } from "./grid-ways.js";

/** @typedef {import("./edit-store.js").Edit} Edit */

/** @type {Record<string, string>} what the lesson's sheet says, in letters */
const LETTERS = { UNEXCUSED: "Н", ILL: "Б", EXCUSED: "УП", LATE: "О" };

/** @param {HTMLElement} grid @param {Edit} edit @returns {HTMLTableCellElement | undefined} */
export function cellFor(grid, { student, lesson, work }) {
  /** @type {NodeListOf<HTMLTableCellElement>} */
  const cells = grid.querySelectorAll(`td[data-cell][data-student="${student}"][data-lesson="${lesson}"]`);
  return [...cells].find((cell) => !work || headOf(cell).dataset.work === work);
}

/** What an edit wants, without what it saw. @param {Edit} edit */
export function wishOf(edit) {
  const named = ["value", "mark", "absence", "minutes", "comment", "weight"].filter((name) => name in edit);
  return Object.fromEntries(named.map((name) => [name, edit[name]]));
}

/** @param {HTMLTableCellElement} cell */
export const onItsWay = (cell) => cell.dataset.state === "saving" || cell.dataset.state === "kept";

/** Whether a later edit was made in the cell. @param {HTMLTableCellElement} cell @param {Edit} edit */
export const isOvertaken = (cell, edit) => (cell.dataset.edit ?? edit.id) !== edit.id;

/** Remembers that an edit of the cell is under way. @param {HTMLTableCellElement} cell @param {Edit} edit */
export function expect(cell, edit) {
  const { mark, absence } = { ...parts(cell), ...edit };
  cell.dataset.edit = edit.id;
  cell.dataset.sent = edit.value ?? [LETTERS[absence] ?? absence, mark].filter(Boolean).join(" ");
}

/** Shows an edit in its cell, one of another page or of yesterday too. @param {HTMLTableCellElement} cell @param {Edit} edit */
export function putBack(cell, edit) {
  if (cell.dataset.edit === edit.id) return;
  expect(cell, edit);
  cell.classList.add("cell");
  const field = cell.querySelector("input");
  if (field) field.value = cell.dataset.sent ?? "";
}

/** Shows what stands, but not over what is being typed. @param {HTMLTableCellElement} cell */
export function settle(cell) {
  const field = cell.querySelector("input");
  delete cell.dataset.sent;
  delete cell.dataset.edit;
  paint(cell, "saved");
  if (!field || "typing" in cell.dataset) return;
  field.value = shown(cell);
  if (document.activeElement === field) field.select();
}
