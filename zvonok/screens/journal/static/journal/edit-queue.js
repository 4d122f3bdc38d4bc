/** Sends the edits of the account, from one tab at a time. Pages meet it in outbox.js. */
import { MOST, nextBatch } from "./edit-batch.js";
import { EditNews } from "./edit-news.js";
import { Sender } from "./edit-sender.js";
import { EditShelf } from "./edit-shelf.js";

const GATHER_MS = 80;
const [SOONEST_MS, LATEST_MS] = [2_000, 20_000];

class EditQueue extends EditNews {
  /** @type {import("./edit-sender.js").Trouble | ""} why nothing can be sent now */
  trouble = "";
  #most = MOST;
  #since = 0;
  #next = { at: Infinity, timer: 0 };

  /** @param {DOMStringMap} page */
  constructor(page) {
    super(page.account ?? "");
    this.shelf = new EditShelf(this.account, !("shared" in page));
    this.sender = new Sender(page);
    for (const sign of ["online", "focus", "pageshow"]) addEventListener(sign, () => this.send(0));
    addEventListener("beforeunload", (event) => this.shelf.unsafe && event.preventDefault());
  }

  /** @param {string} address @param {import("./edit-store.js").Edit} edit */
  async put(address, edit) {
    try {
      await this.shelf.add(address, edit);
      this.send(GATHER_MS);
    } catch {
      this.say("told", { edit, answer: { id: edit.id, state: "failed" } });
    }
  }

  /** Sends what waits, after a while at the latest. @param {number} wait_ms */
  send(wait_ms) {
    const at = performance.now() + wait_ms;
    if (this.#next.at <= at) return;
    clearTimeout(this.#next.timer);
    this.#next = { at, timer: setTimeout(() => alone(this.#send), wait_ms) };
  }

  /** Says what lies here, the latest edit of a cell before those that it has overtaken. */
  async recall() {
    const latestFirst = (await this.shelf.all()).reverse();
    for (const { edit, told: answer } of latestFirst) this.say(answer ? "refused" : "kept", { edit, answer });
  }

  /** Gives up refused edits. @param {(edit: import("./edit-store.js").Edit) => boolean} which */
  async discard(which) {
    await this.shelf.discard(which);
    this.tell("change");
  }

  #send = async () => {
    this.#next.at = Infinity;
    for (let batch; (batch = nextBatch(await this.shelf.waiting(), this.#most)).length; ) {
      const verdict = await this.sender.send(batch[0].address, batch.map((entry) => entry.edit));
      if ("trouble" in verdict) return this.#wait(verdict.trouble);
      if (!(await this.#settle(batch, verdict))) return this.#wait("network");
    }
    this.trouble = "";
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
    if (!this.trouble) this.#since = performance.now();
    this.trouble = trouble;
    for (const { edit } of (await this.shelf.waiting()).reverse()) this.say("kept", { edit });
    const lasted = performance.now() - this.#since; // the longer, the seldomer, and not all browsers at once
    this.send(Math.min(Math.max(lasted / 2, SOONEST_MS), LATEST_MS) * (0.75 + Math.random() / 2));
    this.tell("change");
  }
}

/** @param {() => Promise<void>} act */
const alone = (act) => (navigator.locks ? navigator.locks.request("zvonok-journal", act) : act());

const page = document.querySelector("edits-waiting");
export const queue = new EditQueue(page instanceof HTMLElement ? page.dataset : {});
