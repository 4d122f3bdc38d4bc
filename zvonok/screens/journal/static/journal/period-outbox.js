/** Sends edits of period marks in the order they were made; without a connection they wait here and are tried again. */
const RETRY_MS = 3000;
const MOST = 100;

/**
 * @typedef {Record<string, unknown> & {id: string}} Edit
 * @typedef {Record<string, any> & {id: string, state: string}} Answer
 */

export class PeriodOutbox {
  /** @type {{edit: Edit, done: (answer: Answer) => void, kept: () => void}[]} */
  #waiting = [];
  #busy = false;

  /** @param {string} address @param {string} token */
  constructor(address, token) {
    this.address = address;
    this.token = token;
    addEventListener("online", () => this.#send());
    addEventListener("beforeunload", (event) => {
      if (this.#waiting.length) event.preventDefault();
    });
  }

  /** @param {Edit} edit @param {() => void} kept called when the edit has to wait @returns {Promise<Answer>} */
  put(edit, kept) {
    return new Promise((done) => {
      this.#waiting.push({ edit, done, kept });
      queueMicrotask(() => this.#send());
    });
  }

  #send = async () => {
    if (this.#busy || !this.#waiting.length) return;
    this.#busy = true;
    const batch = this.#waiting.slice(0, MOST);
    const answers = await this.#post(batch.map((entry) => entry.edit));
    this.#busy = false;
    if (!answers) {
      for (const entry of batch) entry.kept();
      setTimeout(this.#send, RETRY_MS);
      return;
    }
    this.#waiting.splice(0, batch.length);
    for (const { edit, done } of batch) done(answers.get(edit.id) ?? { id: edit.id, state: "failed" });
    this.#send();
  };

  /** @param {Edit[]} cells @returns {Promise<Map<string, Answer> | null>} nothing when it is to be tried again */
  async #post(cells) {
    try {
      const answer = await fetch(this.address, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify({ cells }),
      });
      // A session that has ended (401, 403) keeps the edits too: leaving the page then asks first.
      if (answer.status >= 500 || [401, 403, 429].includes(answer.status)) return null;
      const told = await answer.json();
      return new Map((told.cells ?? []).map((/** @type {Answer} */ cell) => [cell.id, cell]));
    } catch (fault) {
      return fault instanceof SyntaxError ? new Map() : null;
    }
  }
}
