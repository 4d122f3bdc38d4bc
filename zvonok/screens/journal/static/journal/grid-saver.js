/** Brings what was typed to the server and shows what became of it; a cell has one edit on its way at a time. */
import { ask } from "./grid-conflict.js";
import { editOf, learn, paint, shown } from "./grid-cell.js";
import { GridAverages } from "./grid-averages.js";
import { headOf } from "./grid-ways.js";
import { Outbox } from "./outbox.js";

/**
 * @typedef {{value: string} | {mark: string, absence: string, comment?: string}} Wish what is to stand: as typed, or
 *   part by part; without a comment the one that stands is kept
 */

export class GridSaver {
  /** @type {Map<HTMLTableCellElement, Wish>} wishes that wait for the answer about their cell */
  #next = new Map();

  /** @param {HTMLElement} grid */
  constructor(grid) {
    const token = /** @type {HTMLInputElement} */ (grid.querySelector("input[name=csrfmiddlewaretoken]"));
    this.words = grid.dataset;
    this.says = /** @type {HTMLElement} */ (grid.querySelector("[data-says]"));
    this.outbox = new Outbox(grid.dataset.cells ?? "", token.value);
    this.averages = new GridAverages(grid);
  }

  /** Shows what stands again, unless an edit is on its way. @param {HTMLInputElement} field */
  giveUp(field) {
    const cell = field.closest("td");
    if (cell && !onItsWay(cell)) settle(cell);
  }

  /** @param {HTMLTableCellElement} cell @param {Wish} wish */
  async send(cell, wish) {
    cell.dataset.sent = "value" in wish ? wish.value : [wish.absence, wish.mark].filter(Boolean).join(" ");
    if (onItsWay(cell)) return void this.#next.set(cell, wish);
    paint(cell, "saving");
    const edit = editOf(cell, wish, headOf(cell).dataset.work ?? "");
    const told = await this.outbox.put(edit, () => paint(cell, "kept", this.words.wordsKept));
    learn(cell, told);
    paint(cell, "saved");
    const next = this.#next.get(cell);
    this.#next.delete(cell);
    if (next) this.send(cell, next);
    else if (told.state === "saved") this.#done(cell);
    else this.#refused(cell, wish, told);
  }

  /** @param {HTMLTableCellElement} cell */
  #done(cell) {
    this.averages.soon();
    settle(cell);
  }

  /** @param {HTMLTableCellElement} cell @param {Wish} wish @param {Record<string, any>} told */
  #refused(cell, wish, told) {
    const reason = told.message || this.words.wordsFailed || "";
    const conflict = told.state === "conflict";
    paint(cell, conflict ? "conflict" : "refused", reason);
    if (conflict) ask(cell, this.words, () => this.send(cell, wish), () => settle(cell));
    this.says.textContent = reason;
  }
}

/** @param {HTMLTableCellElement} cell */
const onItsWay = (cell) => cell.dataset.state === "saving" || cell.dataset.state === "kept";

/** @param {HTMLTableCellElement} cell */
function settle(cell) {
  const field = cell.querySelector("input");
  delete cell.dataset.sent;
  paint(cell, "saved");
  if (!field || "typing" in cell.dataset) return;
  field.value = shown(cell);
  if (document.activeElement === field) field.select();
}
