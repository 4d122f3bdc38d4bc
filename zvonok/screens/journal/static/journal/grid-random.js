/** Chooses somebody to ask: here today, and without a mark of today. */
import { isAway } from "./grid-fill.js";
import { studentOf } from "./grid-names.js";
import { rowOf } from "./grid-ways.js";

/** @param {import("./journal-grid.js").JournalGrid} grid */
export function askSomebody(grid) {
  const table = grid.querySelector("table");
  const today = [...(table?.rows[0].cells ?? [])].filter((head) => head.classList.contains("grid__today") && !("fixed" in head.dataset));
  const last = today.at(-1);
  if (!table || !last) return;
  const cells = [...table.tBodies[0].rows].map((row) => /** @type {HTMLTableCellElement} */ (row.cells[last.cellIndex]));
  const asked = (/** @type {HTMLTableCellElement} */ cell) => today.some((head) => rowOf(cell).cells[head.cellIndex].dataset.mark);
  const ready = cells.filter((cell) => cell.querySelector("input") && !isAway(cell) && !asked(cell));
  const chosen = ready[crypto.getRandomValues(new Uint32Array(1))[0] % ready.length];
  const words = chosen ? studentOf(chosen) : grid.dataset.wordsNobody;
  const place = grid.querySelector("[data-asked]");
  if (place) place.textContent = words ?? "";
  const field = chosen?.querySelector("input");
  field?.focus({ preventScroll: true });
  field?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
