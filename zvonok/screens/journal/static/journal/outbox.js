/**
 * What a page of the journal puts its edits into. They are kept in this browser, sent in order, and count once.
 *
 * An edit is `{id, student, lesson, work?, weight?, comment?, seen_mark?, seen_absence?}` with what is wanted:
 * `value` as typed in a cell, or `mark` and `absence` part by part; `id` is a UUIDv7 made with the edit, and
 * `seen_*` the ids of what stood there. `put` may be called again for a cell whose edit is still on its way: what
 * the second one saw is brought up to date when the first is answered.
 *
 * The answer is `{id, state: "saved" | "refused" | "conflict" | "failed", message, mark?, absence?}`. All but saved
 * ones stay here, through reloads too, until `discard`, or until another edit of the same cell takes their place.
 *
 * Of each edit of this account, made in this tab, in another one or before a reload, a page can hear
 * "kept" (it waits for the connection), "told" (its answer came now) and "refused" (its answer came some time ago).
 * @typedef {import("./edit-store.js").Edit} Edit
 * @typedef {import("./edit-store.js").Answer} Answer
 */
import { queue } from "./edit-queue.js";

export class Outbox {
  /** @param {string} address of the cells of a study group */
  constructor(address) {
    this.address = address;
  }

  /**
   * @param {Edit} edit
   * @param {() => void} [kept] called when the edit has to wait for the connection
   * @returns {Promise<Answer>} when the server has answered, however late
   */
  put(edit, kept = () => {}) {
    return new Promise((done) => {
      const waits = this.on("kept", (other) => other.id === edit.id && kept());
      const ends = this.on("told", (other, answer) => {
        if (other.id !== edit.id) return;
        waits();
        ends();
        done(/** @type {Answer} */ (answer));
      });
      queue.put(this.address, edit);
    });
  }

  /**
   * @param {"kept" | "told" | "refused"} news
   * @param {(edit: Edit, answer?: Answer) => void} listener
   * @returns {() => void} ends the listening
   */
  on(news, listener) {
    const heard = (/** @type {Event} */ event) => {
      const { edit, answer } = /** @type {CustomEvent} */ (event).detail;
      listener(edit, answer);
    };
    queue.addEventListener(news, heard);
    return () => queue.removeEventListener(news, heard);
  }

  /** Says "kept" or "refused" of each edit that was here before this page, the latest first. */
  async recall() {
    await queue.recall();
    queue.send(0);
  }

  /** Gives up an edit that was not saved. @param {string} id */
  discard(id) {
    return queue.discard((edit) => edit.id === id);
  }
}
