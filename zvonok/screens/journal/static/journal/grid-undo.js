/** Takes back what was done on this page, step by step, and does it again; each time as a new edit. */
import { standing } from "./grid-cell.js";

/**
 * @typedef {import("./grid-saver.js").Wish} Wish
 * @typedef {{cell: HTMLTableCellElement, before: Wish, after: Wish}} Change
 */

export class GridUndo {
  /** @type {Change[][]} steps, the latest last */
  #done = [];
  /** @type {Change[][]} steps that were taken back, the latest last */
  #undone = [];

  /** @param {import("./grid-saver.js").GridSaver} saver */
  constructor(saver) {
    this.saver = saver;
  }

  /** Does something to some cells, as one step. @param {[HTMLTableCellElement, Wish][]} wishes */
  put(wishes) {
    const step = wishes.map(([cell, after]) => ({ cell, before: standing(cell), after }));
    if (!step.length) return;
    this.#done.push(step);
    this.#undone = [];
    for (const { cell, after } of step) this.saver.send(cell, after);
  }

  back() {
    const step = this.#done.pop();
    if (!step) return;
    this.#undone.push(step);
    this.#send(step, "before");
  }

  again() {
    const step = this.#undone.pop();
    if (!step) return;
    this.#done.push(step);
    this.#send(step, "after");
  }

  /** @param {Change[]} step @param {"before" | "after"} side */
  #send(step, side) {
    step[0].cell.querySelector("input")?.focus();
    for (const change of step) {
      const field = change.cell.querySelector("input");
      const wish = change[side];
      if (field) field.value = "value" in wish ? wish.value : [wish.absence, wish.mark].filter(Boolean).join(" ");
      this.saver.send(change.cell, wish);
    }
  }
}
