/** Brings a batch of edits to the server, and says what its answer means for the queue. */
const PATIENCE_MS = 20_000;

/**
 * @typedef {import("./edit-store.js").Edit} Edit
 * @typedef {import("./edit-store.js").Answer} Answer
 * @typedef {"network" | "signed-out"} Trouble why nothing can be sent now
 * @typedef {{answers: Map<string, Answer>, refusal: string}} Told what became of each edit; `refusal` is what is
 *   said of the request as a whole
 * @typedef {Told | {trouble: Trouble}} Verdict
 */

export class Sender {
  /** @param {DOMStringMap} page whose page this is, and where a fresh token is to be had */
  constructor({ account = "", token = "" }) {
    this.account = account;
    this.tokens = token;
    const field = document.querySelector("input[name=csrfmiddlewaretoken]");
    this.token = field instanceof HTMLInputElement ? field.value : "";
  }

  /** @param {string} address @param {Edit[]} cells @returns {Promise<Verdict>} */
  async send(address, cells) {
    try {
      const verdict = await this.#post(address, cells);
      if (verdict) return verdict;
      // The token of a page lasts as long as the session; the queue outlives both.
      return (await this.#renew()) ?? (await this.#post(address, cells)) ?? { trouble: "signed-out" };
    } catch {
      return { trouble: "network" };
    }
  }

  /** @param {string} address @param {Edit[]} cells @returns {Promise<Verdict | null>} nothing if the token is stale */
  async #post(address, cells) {
    const answer = await this.#ask(address, {
      method: "POST",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        "X-CSRFToken": this.token,
        "X-Account": this.account,
      },
      body: JSON.stringify({ cells }),
    });
    if (answer.status === 401 || answer.redirected) return { trouble: "signed-out" };
    if (answer.status >= 500 || answer.status === 429) return { trouble: "network" };
    const told = await answer.json(); // what is not JSON is none of our server's, and counts as no connection
    if (told.error === "stale_form") return null;
    if (told.error === "other_account") return { trouble: "signed-out" };
    const answers = (told.cells ?? []).map((/** @type {Answer} */ cell) => [cell.id, cell]);
    return { answers: new Map(answers), refusal: answer.status === 404 ? "" : (told.message ?? "") };
  }

  /** @returns {Promise<Verdict | null>} nothing when there is a fresh token */
  async #renew() {
    const answer = await this.#ask(this.tokens, { headers: { Accept: "application/json" } });
    if (answer.status === 401 || answer.redirected) return { trouble: "signed-out" };
    if (!answer.ok) return { trouble: "network" };
    const { account, token } = await answer.json();
    if (account !== this.account) return { trouble: "signed-out" };
    this.token = token;
    return null;
  }

  /** @param {string} address @param {RequestInit} request */
  #ask = (address, request) =>
    fetch(address, { ...request, cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
}
