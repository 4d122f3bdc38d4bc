/** The edits of one account, in the order in which they were made: those that wait, and those that were refused. */
import { seeingTheAnswer, takesThePlaceOf } from "./edit-batch.js";
import { openStore } from "./edit-store.js";

/**
 * @typedef {import("./edit-store.js").Entry} Entry
 * @typedef {import("./edit-store.js").Edit} Edit
 * @typedef {import("./edit-store.js").Answer} Answer
 */
export class EditShelf {
  /** edits that a closed page would lose */
  unsafe = 0;

  /** @param {string} account @param {boolean} mayKeep whether anything may stay on this computer */
  constructor(account, mayKeep) {
    this.account = account;
    this.store = openStore(mayKeep && Boolean(account));
  }

  /** @param {string} address @param {Edit} edit @returns {Promise<void>} when it is as safe as it can be here */
  async add(address, edit) {
    this.unsafe++;
    const store = await this.store;
    await store.add({ account: this.account, address, edit });
    if (store.isSafe) this.unsafe--;
    await this.discard((told) => takesThePlaceOf(edit, told));
  }

  /** @returns {Promise<Entry[]>} */
  all = async () => (await (await this.store).all()).filter((entry) => entry.account === this.account);

  waiting = async () => (await this.all()).filter((entry) => !entry.told);

  refused = async () => (await this.all()).filter((entry) => entry.told);

  /** How many edits of other accounts lie here. */
  async others() {
    return (await (await this.store).all()).filter((entry) => entry.account !== this.account).length;
  }

  /** Gives up refused edits. @param {(edit: Edit) => boolean} which */
  async discard(which) {
    const gone = (await this.refused()).filter(({ edit }) => which(edit));
    if (gone.length) await this.#forget(gone);
  }

  /** @param {Entry} entry that was answered @param {Answer} answer */
  async settle(entry, answer) {
    const store = await this.store;
    await this.discard((edit) => takesThePlaceOf(entry.edit, edit));
    if (answer.state !== "saved") return store.change([{ ...entry, told: answer }]);
    const later = (await this.waiting()).filter(({ place }) => place > entry.place);
    await store.change(seeingTheAnswer(later, entry.edit, answer));
    await this.#forget([entry]);
  }

  /** @param {Entry[]} entries */
  async #forget(entries) {
    const store = await this.store;
    await store.remove(entries);
    if (!store.isSafe) this.unsafe -= entries.length;
  }
}
