/** The lesson's sheet saves each field by itself and takes presence from the keyboard. Without it there is the button. */
import { Outbox } from "./outbox.js";
import { expect } from "./sheet-kept.js";
import { SheetNews } from "./sheet-news.js";
import { markEdit, presenceEdit } from "./sheet-line.js";

/** @type {Record<string, string>} letters on either layout, and who they say is here */
const KEYS = {
  П: "PRESENT", P: "PRESENT", Н: "UNEXCUSED", N: "UNEXCUSED", H: "UNEXCUSED", Б: "ILL", B: "ILL",
  У: "EXCUSED", U: "EXCUSED", О: "LATE", O: "LATE",
};
const UP_AND_DOWN = ["ArrowUp", "ArrowDown"];

class LessonSheet extends HTMLElement {
  connectedCallback() {
    this.outbox = new Outbox(this.dataset.cells ?? "");
    this.news = new SheetNews(this, this.outbox);
    this.addEventListener("keydown", this.#key);
    this.addEventListener("input", this.#typed);
    this.addEventListener("change", this.#changed);
  }

  /** @param {Event} event @returns {HTMLElement | null} */
  #line = (event) => (event.target instanceof HTMLInputElement ? event.target.closest("li[data-student]") : null);

  /** @param {KeyboardEvent} event */
  #key = (event) => {
    const line = this.#line(event);
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (!line || event.ctrlKey || event.metaKey || event.altKey) return;
    const kind = KEYS[event.key.toUpperCase()];
    if (UP_AND_DOWN.includes(event.key)) this.#walk(line, field, event.key);
    else if (event.key === "Enter") this.#walk(line, field, event.shiftKey ? "ArrowUp" : "ArrowDown");
    else if (kind && !field.name.startsWith("comment-")) this.#mark(line, kind);
    else return;
    event.preventDefault();
  };

  /** A letter that came into a mark without a key, as on phones, speaks of the presence. @param {Event} event */
  #typed = (event) => {
    const line = this.#line(event);
    const field = /** @type {HTMLInputElement} */ (event.target);
    const kind = KEYS[field.value.replace(/[\d\s]/g, "").toUpperCase()];
    if (!line || !kind || !field.name.startsWith("mark-")) return;
    field.value = field.value.replace(/\D/g, "");
    this.#mark(line, kind);
  };

  /** @param {HTMLElement} line @param {HTMLInputElement} field @param {string} key */
  #walk(line, field, key) {
    const other = key === "ArrowUp" ? line.previousElementSibling : line.nextElementSibling;
    if (!(other instanceof HTMLElement)) return;
    const name = field.name.replace(line.dataset.student ?? "", other.dataset.student ?? "");
    const chosen = field.type === "radio" ? ":checked" : "";
    const target = other.querySelector(`[name="${name}"]${chosen}`);
    if (target instanceof HTMLInputElement) target.focus();
  }

  /** @param {HTMLElement} line @param {string} kind */
  #mark(line, kind) {
    const radio = line.querySelector(`[type=radio][value=${kind}]`);
    if (!(radio instanceof HTMLInputElement)) return;
    radio.checked = true;
    radio.focus();
    this.#save(line, presenceEdit(line));
  }

  /** @param {Event} event */
  #changed = (event) => {
    const line = this.#line(event);
    const { work } = /** @type {HTMLElement} */ (event.target).dataset;
    if (line) this.#save(line, work ? markEdit(line, work) : presenceEdit(line));
  };

  /** @param {HTMLElement} line @param {Record<string, any> | null} edit */
  #save(line, edit) {
    if (!edit) return;
    const weight = this.querySelector(`[data-weight="${edit.work}"]`);
    const chosen = weight instanceof HTMLSelectElement ? { weight: Number(weight.value) } : {};
    expect(line, edit);
    this.news?.say(this.dataset.wordsSaving);
    this.outbox?.put({ ...edit, ...chosen, id: String(edit.id), lesson: this.dataset.lesson });
  }
}

customElements.define("lesson-sheet", LessonSheet);
