/** Sends the edits of the account, from one tab at a time. Pages meet it in outbox.js. */
import { MOST, nextBatch } from "./edit-batch.js";
import { EditNews } from "./edit-news.js";
import { Sender } from "./edit-sender.js";
import { EditShelf } from "./edit-shelf.js";

/** @typedef {import("./edit-store.js").Edit} Edit */
const GATHER_MS = 80;
const [FIRST_RETRY_MS, LAST_RETRY_MS] = [2_000, 30_000];

class EditQueue extends EditNews {
  /** @type {import("./edit-sender.js").Trouble | ""} why nothing can be sent now */
  trouble = "";
  #most = MOST;
  #retry = FIRST_RETRY_MS;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {DOMStringMap} page */
  constructor(page) {
    super(page.account ?? "");
    this.shelf = new EditShelf(this.account, !("shared" in page));
    this.sender = new Sender(page);
    for (const sign of ["online", "focus", "pageshow"]) addEventListener(sign, () => this.send(0));
    addEventListener("beforeunload", (event) => this.shelf.unsafe && event.preventDefault());
  }

  /** @param {string} address @param {Edit} edit */
  async put(address, edit) {
    try {
      await this.shelf.add(address, edit);
      this.send(GATHER_MS);
    } catch {
      this.say("told", { edit, answer: { id: edit.id, state: "failed" } });
    }
  }

  /** @param {number} wait_ms */
  send(wait_ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => alone(this.#send), wait_ms);
  }

  /** Says again what lies here, of each edit. */
  async recall() {
    for (const { edit, told: answer } of await this.shelf.all()) this.say(answer ? "refused" : "kept", { edit, answer });
    this.send(0);
  }

  /** Gives up refused edits. @param {(edit: Edit) => boolean} which */
  async discard(which) {
    await this.shelf.discard(which);
    this.tell("change");
  }

  #send = async () => {
    for (let batch; (batch = nextBatch(await this.shelf.waiting(), this.#most)).length; ) {
      const verdict = await this.sender.send(batch[0].address, batch.map((entry) => entry.edit));
      if ("trouble" in verdict) return this.#wait(verdict.trouble);
      if (!(await this.#settle(batch, verdict))) return this.#wait("network");
    }
    this.trouble = "";
    this.#retry = FIRST_RETRY_MS;
    this.tell("change");
  };

  /**
   * @param {import("./edit-store.js").Entry[]} batch @param {import("./edit-sender.js").Told} verdict
   * @returns {Promise<boolean>} whether the answer brings the queue on; edits without an answer go with the next batch
   */
  async #settle(batch, { answers, refusal }) {
    const isUnread = !answers.size;
    this.#most = isUnread && batch.length > 1 ? 1 : MOST; // one that cannot be read shall not hold up the others
    if (this.#most === 1) return true;
    const told = isUnread ? batch : batch.filter(({ edit }) => answers.has(edit.id));
    for (const entry of told) {
      const { id } = entry.edit;
      const answer = answers.get(id) ?? { id, state: "failed", message: refusal };
      this.tell("told", { edit: entry.edit, answer }); // first: what is made from now on has seen it
      await this.shelf.settle(entry, answer);
    }
    return told.length > 0;
  }

  /** @param {import("./edit-sender.js").Trouble} trouble */
  async #wait(trouble) {
    this.trouble = trouble;
    for (const { edit } of await this.shelf.waiting()) this.say("kept", { edit });
    this.send(this.#retry);
    this.#retry = Math.min(this.#retry * 2, LAST_RETRY_MS);
    this.tell("change");
  }
}

/** @param {() => Promise<void>} act */
const alone = (act) => (navigator.locks ? navigator.locks.request("zvonok-journal", act) : act());

/** @type {HTMLElement | null} */
const page = document.querySelector("edits-waiting");
export const queue = new EditQueue(page?.dataset ?? {});
