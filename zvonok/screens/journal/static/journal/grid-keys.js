/** The keys of the grid, as in a spreadsheet. */
import { shown, standing } from "./grid-cell.js";
import { fillColumn } from "./grid-fill.js";
import { cellOf, fieldIn, goal, letterOf, saysAll } from "./grid-ways.js";

/** @typedef {import("./journal-grid.js").JournalGrid} Grid */

/** @param {Grid} grid */
export function listenForKeys(grid) {
  grid.addEventListener("keydown", (event) => {
    const field = fieldIn(event);
    if (!field || event.altKey) return;
    const known = event.ctrlKey || event.metaKey ? chord(grid, event, field) : plain(grid, event, field);
    if (known) event.preventDefault();
  });
  grid.addEventListener("input", (event) => typed(grid, fieldIn(event)));
  grid.addEventListener("focusin", (event) => fieldIn(event)?.select());
}

/** @param {Grid} grid @param {KeyboardEvent} event @param {HTMLInputElement} field */
function chord(grid, event, field) {
  if (event.code === "KeyY" || (event.code === "KeyZ" && event.shiftKey)) grid.undo?.again();
  else if (event.code === "KeyZ") grid.undo?.back();
  else if (event.key === "Enter") fillColumn(grid, field);
  else return (event.key === "Home" || event.key === "End") && walk(grid, event, field);
  return true;
}

/** @param {Grid} grid @param {KeyboardEvent} event @param {HTMLInputElement} field */
function plain(grid, event, field) {
  const cell = cellOf(field);
  if (event.key === "Delete" || event.key === "Backspace") grid.write(grid.selection?.cells(cell) ?? [cell], "");
  else if (event.key === "Escape") {
    grid.selection?.clear();
    delete cell.dataset.typing;
    grid.saver?.giveUp(field);
  } else if (event.key === "/" && standing(cell).mark) typeAnother(field);
  else if (event.shiftKey && event.key.startsWith("Arrow")) grid.selection?.stretch(cell, event.key);
  else return walk(grid, event, field);
  return true;
}

/** Another mark is typed after the one that stands, or is about to. @param {HTMLInputElement} field */
export function typeAnother(field) {
  const cell = cellOf(field);
  cell.dataset.typing = "";
  field.focus();
  field.value = `${standing(cell).mark}/`;
  field.setSelectionRange(field.value.length, field.value.length);
}

/** @param {Grid} grid @param {KeyboardEvent} event @param {HTMLInputElement} field */
function walk(grid, event, field) {
  const target = goal(event, field);
  if (target === undefined) return false;
  grid.save(field);
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: "nearest", inline: "nearest" });
  return true;
}

/** A letter or a digit says all there is to say, and is saved at once. @param {Grid} grid @param {HTMLInputElement | null} field */
function typed(grid, field) {
  if (!field) return;
  cellOf(field).dataset.typing = "";
  if (!saysAll(field)) return;
  field.value = letterOf(field.value) || field.value;
  const chosen = grid.selection?.cells(cellOf(field)) ?? [];
  if (chosen.length > 1) grid.write(chosen, field.value);
  else grid.save(field);
  field.select();
}

/** What a field holds, as a spreadsheet would copy it. @param {HTMLTableCellElement} cell */
export const textOf = (cell) => cell.querySelector("input")?.value ?? shown(cell);
