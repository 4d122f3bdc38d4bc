/** The journal takes marks and absences from the keyboard. Without this module it is a table with links to lessons. */
import { shown } from "./grid-cell.js";
import { listenForClipboard } from "./grid-clipboard.js";
import { listenForComments } from "./grid-comment.js";
import { listenForKeys } from "./grid-keys.js";
import { listenForMenu } from "./grid-menu.js";
import { askSomebody } from "./grid-random.js";
import { GridSaver } from "./grid-saver.js";
import { GridSelection } from "./grid-selection.js";
import { GridUndo } from "./grid-undo.js";
import { wake } from "./grid-wake.js";
import { cellOf, fieldIn } from "./grid-ways.js";

export class JournalGrid extends HTMLElement {
  connectedCallback() {
    for (const row of this.querySelector("tbody")?.rows ?? []) wake(row);
    this.saver = new GridSaver(this);
    this.undo = new GridUndo(this.saver);
    this.selection = new GridSelection(this);
    listenForKeys(this);
    listenForClipboard(this);
    listenForMenu(this);
    listenForComments(this);
    this.addEventListener("change", (event) => this.save(fieldIn(event)));
    this.querySelector("[data-asks]")?.addEventListener("click", () => askSomebody(this));
  }

  /** Sends what a field holds, if that is not what stands. @param {HTMLInputElement | null} field */
  save(field) {
    if (!field) return;
    const cell = cellOf(field);
    const value = field.value.trim();
    delete cell.dataset.typing;
    if (value !== (cell.dataset.sent ?? shown(cell))) this.undo?.put([[cell, { value }]]);
  }

  /** Writes the same into some cells, as one step. @param {HTMLTableCellElement[]} cells @param {string} value */
  write(cells, value) {
    for (const cell of cells) {
      const field = cell.querySelector("input");
      delete cell.dataset.typing;
      if (field) field.value = value;
    }
    this.undo?.put(cells.map((cell) => [cell, { value }]));
  }

  /** Says something to those who do not see it. @param {string | undefined} words */
  say(words) {
    const place = this.querySelector("[data-says]");
    if (place) place.textContent = words ?? "";
  }
}

customElements.define("journal-grid", JournalGrid);
