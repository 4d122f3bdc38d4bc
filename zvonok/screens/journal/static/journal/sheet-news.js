/** What becomes of the edits of a lesson's sheet: said above it, and in the line when something was not saved. */
import { isOvertaken, putBack } from "./sheet-kept.js";
import { learn } from "./sheet-line.js";

/**
 * @typedef {import("./edit-store.js").Edit} Edit
 * @typedef {import("./edit-store.js").Answer} Answer
 */

export class SheetNews {
  /** @param {HTMLElement} sheet @param {import("./outbox.js").Outbox} outbox */
  constructor(sheet, outbox) {
    this.sheet = sheet;
    this.words = sheet.dataset;
    this.outbox = outbox;
    for (const news of /** @type {const} */ (["kept", "told", "refused"])) {
      outbox.on(news, (edit, answer) => {
        const line = sheet.querySelector(`li[data-student="${edit.student}"]`);
        const isHere = edit.lesson === this.words.lesson && !("value" in edit); // that one is of the grid
        if (isHere && line instanceof HTMLElement) this[`_${news}`](line, edit, answer ?? { id: edit.id, state: news });
      });
    }
    outbox.recall();
  }

  /** @param {string | undefined} words */
  say(words) {
    const says = this.sheet.querySelector("[data-says]");
    if (says) says.textContent = words ?? "";
  }

  /** @param {HTMLElement} line @param {Edit} edit */
  _kept(line, edit) {
    if (!isOvertaken(line, edit)) putBack(line, edit);
    this.say(this.words.wordsKept);
  }

  /** @param {HTMLElement} line @param {Edit} edit @param {Answer} answer */
  _told(line, edit, answer) {
    if (isOvertaken(line, edit)) return;
    learn(line, answer);
    if (answer.state !== "saved") return this._refused(line, edit, answer);
    explain(line);
    this.say(this.words.wordsSaved);
  }

  /** @param {HTMLElement} line @param {Edit} edit @param {Answer} answer */
  _refused(line, edit, answer) {
    const reason = answer.message || this.words.wordsFailed || "";
    const discard = document.createElement("button");
    discard.type = "button";
    discard.className = "button button--quiet";
    discard.textContent = this.words.wordsDiscard ?? "";
    discard.addEventListener("click", () => this.outbox.discard(edit.id).then(() => location.reload()));
    explain(line, reason, " ", discard);
    this.say(reason);
  }
}

/** @param {HTMLElement} line @param {...(string | Node)} words */
function explain(line, ...words) {
  line.classList.toggle("sheet__row--refused", words.length > 0);
  line.querySelector("[data-reason]")?.replaceChildren(...words);
}
