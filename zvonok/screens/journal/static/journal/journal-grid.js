/** The journal takes marks and absences from the keyboard. Without this module it is a table with links to lessons. */
import { hydrate } from "./grid-cell.js";
import { GridSaver } from "./grid-saver.js";
import { fieldIn, headOf, letterOf, neighbour, pasted, rowOf, STEPS } from "./grid-ways.js";

class JournalGrid extends HTMLElement {
  /** @type {GridSaver | undefined} */
  #saver;

  connectedCallback() {
    this.#saver = new GridSaver(this);
    /** @type {NodeListOf<HTMLTableCellElement>} */
    const cells = this.querySelectorAll("td[data-cell]");
    for (const cell of cells) {
      const head = headOf(cell);
      if (!("fixed" in head.dataset)) hydrate(cell, `${rowOf(cell).cells[0].id} ${head.id}`);
    }
    this.addEventListener("keydown", this.#key);
    this.addEventListener("input", this.#typed);
    this.addEventListener("change", (event) => this.#saver?.save(fieldIn(event)));
    this.addEventListener("focusin", (event) => fieldIn(event)?.select());
    this.addEventListener("paste", this.#paste);
  }

  /** @param {KeyboardEvent} event */
  #key = (event) => {
    const field = fieldIn(event);
    if (!field || event.altKey) return;
    const known = event.ctrlKey || event.metaKey ? this.#chord(event) : this.#plainKey(event, field);
    if (known) event.preventDefault();
  };

  /** @param {KeyboardEvent} event */
  #chord(event) {
    if (event.code !== "KeyZ" || event.shiftKey) return false;
    this.#saver?.takeBack();
    return true;
  }

  /** @param {KeyboardEvent} event @param {HTMLInputElement} field */
  #plainKey(event, field) {
    const step = STEPS[event.key];
    if (event.key === "Delete" || event.key === "Backspace") {
      field.value = "";
      this.#saver?.save(field);
    } else if (event.key === "Escape") this.#saver?.giveUp(field);
    else if (step) {
      this.#saver?.save(field);
      neighbour(field, step, event.key === "Enter" && event.shiftKey ? -1 : 1)?.focus();
    } else return false;
    return true;
  }

  /** A letter or a digit says all there is to say, and is saved at once. @param {Event} event */
  #typed = (event) => {
    const field = fieldIn(event);
    const letter = letterOf(field?.value ?? "");
    if (!field || !(letter || /^\d$/.test(field.value))) return;
    if (letter) field.value = letter;
    this.#saver?.save(field);
    field.select();
  };

  /** @param {ClipboardEvent} event */
  #paste = (event) => {
    const field = fieldIn(event);
    if (!field) return;
    event.preventDefault();
    for (const [target, text] of pasted(event.clipboardData?.getData("text") ?? "", field)) {
      target.value = letterOf(text) || text;
      this.#saver?.save(target);
    }
  };
}

customElements.define("journal-grid", JournalGrid);
