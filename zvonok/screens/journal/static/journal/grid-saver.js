/** Brings what was typed to the outbox, and shows in the cells what became of it. */
import { ask, askToDiscard } from "./grid-conflict.js";
import { editOf, learn, paint } from "./grid-cell.js";
import { cellFor, expect, isOvertaken, onItsWay, putBack, settle, wishOf } from "./grid-kept.js";
import { GridAverages } from "./grid-averages.js";
import { headOf } from "./grid-ways.js";
import { Outbox } from "./outbox.js";

/**
 * @typedef {Record<string, any>} Wish what is to stand: `value` as typed, or `mark` and `absence` part by part
 * @typedef {import("./edit-store.js").Edit} Edit
 * @typedef {import("./edit-store.js").Answer} Answer
 */

export class GridSaver {
  /** @param {HTMLElement} grid with its fields put in */
  constructor(grid) {
    this.words = grid.dataset;
    this.says = /** @type {HTMLElement} */ (grid.querySelector("[data-says]"));
    this.averages = new GridAverages(grid);
    this.outbox = new Outbox(grid.dataset.cells ?? "");
    for (const news of /** @type {const} */ (["kept", "told", "refused"])) {
      this.outbox.on(news, (edit, answer) => {
        const cell = cellFor(grid, edit);
        if (cell && (news === "told" || !isOvertaken(cell, edit))) this[`_${news}`](cell, edit, answer ?? { id: edit.id, state: news });
      });
    }
    this.outbox.recall();
  }

  /** Shows what stands again, unless an edit is on its way. @param {HTMLInputElement} field */
  giveUp(field) {
    const cell = field.closest("td");
    if (cell && !onItsWay(cell)) this.#discard(cell);
  }

  /** @param {HTMLTableCellElement} cell @param {Wish} wish */
  send(cell, wish) {
    const edit = editOf(cell, wish, headOf(cell).dataset.work ?? "");
    expect(cell, edit);
    paint(cell, "saving");
    this.outbox.put(edit);
  }

  /** @param {HTMLTableCellElement} cell @param {Edit} edit */
  _kept(cell, edit) {
    putBack(cell, edit);
    paint(cell, "kept", this.words.wordsKept);
  }

  /** @param {HTMLTableCellElement} cell @param {Edit} edit @param {Answer} answer */
  _told(cell, edit, answer) {
    learn(cell, answer);
    if (answer.state === "saved") this.averages.soon();
    if (onItsWay(cell) && cell.dataset.edit !== edit.id) return;
    if (answer.state === "saved") settle(cell);
    else this._refused(cell, edit, answer);
  }

  /** @param {HTMLTableCellElement} cell @param {Edit} edit @param {Answer} answer */
  _refused(cell, edit, answer) {
    const reason = answer.message || this.words.wordsFailed || "";
    const isConflict = answer.state === "conflict";
    putBack(cell, edit);
    paint(cell, isConflict ? "conflict" : "refused", reason);
    if (isConflict) ask(cell, this.words, () => this.send(cell, wishOf(edit)), () => this.#discard(cell));
    else askToDiscard(cell, this.words, () => this.#discard(cell));
    this.says.textContent = reason;
  }

  /** @param {HTMLTableCellElement} cell */
  #discard(cell) {
    if (cell.dataset.edit) this.outbox.discard(cell.dataset.edit);
    settle(cell);
  }
}
