/** A block of cells, chosen with Shift and the arrows or by dragging. */
import { cellOf, fieldIn, rowOf, STEPS, tableOf } from "./grid-ways.js";

export class GridSelection {
  /** @type {HTMLTableCellElement | null} where it began */
  #from = null;
  /** @type {HTMLTableCellElement | null} the corner across */
  #to = null;

  /** @param {import("./journal-grid.js").JournalGrid} grid */
  constructor(grid) {
    this.grid = grid;
    grid.addEventListener("pointerdown", this.#begin);
    grid.addEventListener("pointerover", this.#drag);
    grid.addEventListener("focusin", (event) => {
      const field = fieldIn(event);
      if (field && cellOf(field) !== this.#from) this.clear();
    });
  }

  /** The cells meant: the block's, where this one began it, or this one. @param {HTMLTableCellElement} cell */
  cells(cell) {
    return this.rows(cell).flat().filter((one) => one.querySelector("input"));
  }

  /** The cells meant, row by row, with those that take no keys. @param {HTMLTableCellElement} cell */
  rows(cell) {
    if (this.#from !== cell || !this.#to) return [[cell]];
    const [top, bottom] = [rowOf(cell).rowIndex, rowOf(this.#to).rowIndex].sort((a, b) => a - b);
    const [left, right] = [cell.cellIndex, this.#to.cellIndex].sort((a, b) => a - b);
    return [...tableOf(cell).rows].slice(top, bottom + 1).map(({ cells }) => {
      return /** @type {HTMLTableCellElement[]} */ ([...cells].slice(left, right + 1));
    });
  }

  /** Moves the far corner by a key. @param {HTMLTableCellElement} cell @param {string} key */
  stretch(cell, key) {
    const corner = (this.#from === cell && this.#to) || cell;
    const [down, right] = STEPS[key];
    const next = tableOf(cell).rows[rowOf(corner).rowIndex + down]?.cells[corner.cellIndex + right];
    if (next?.tagName === "TD" && !next.matches("[data-average], [data-set]")) this.#reach(cell, /** @type {HTMLTableCellElement} */ (next));
  }

  clear() {
    this.#from = this.#to = null;
    this.#show([]);
  }

  /** @param {HTMLTableCellElement} from @param {HTMLTableCellElement} to */
  #reach(from, to) {
    [this.#from, this.#to] = [from, to];
    const rows = this.rows(from);
    this.#show(rows.flat());
    this.grid.say(this.grid.dataset.wordsChosen?.replace("{}", `${rows.length} × ${rows[0].length}`));
    to.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** @param {HTMLTableCellElement[]} cells */
  #show(cells) {
    for (const cell of this.grid.querySelectorAll(".cell--chosen")) cell.classList.remove("cell--chosen");
    if (cells.length > 1) for (const cell of cells) cell.classList.add("cell--chosen");
  }

  /** @param {PointerEvent} event */
  #begin = (event) => {
    const cell = event.target instanceof Element ? event.target.closest("td") : null;
    if (!cell || event.button !== 0 || event.pointerType === "touch") return;
    const origin = document.activeElement?.closest?.("td[data-cell]");
    if (event.shiftKey && origin && cell.dataset.student && this.grid.contains(origin)) {
      event.preventDefault();
      this.#reach(/** @type {HTMLTableCellElement} */ (origin), cell);
    } else this.clear();
  };

  /** @param {PointerEvent} event */
  #drag = (event) => {
    const cell = event.target instanceof Element ? event.target.closest("td") : null;
    const origin = document.activeElement?.closest?.("td[data-cell]");
    if (!(event.buttons & 1) || event.pointerType === "touch" || !cell?.dataset.student || !origin) return;
    if (this.grid.contains(origin) && (cell !== origin || this.#to)) this.#reach(/** @type {HTMLTableCellElement} */ (origin), cell);
  };
}
