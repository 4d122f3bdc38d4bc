/**
 * Where edits lie until they are answered: in the browser's database, or, where nothing may stay, in memory alone.
 *
 * @typedef {Record<string, any> & {id: string, student?: string, lesson?: string}} Edit
 * @typedef {Record<string, any> & {id: string, state: string, message?: string}} Answer
 * @typedef {{place: number, account: string, address: string, edit: Edit, told?: Answer}} Entry an edit that has
 *   `told` was refused, and is here to be seen until it is discarded
 * @typedef {Omit<Entry, "place">} NewEntry
 */
const NAME = "zvonok-journal";
const EDITS = "edits";

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const answered = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

class KeptStore {
  isSafe = true;

  /** @param {IDBDatabase} database */
  constructor(database) {
    this.database = database;
    // A later version of the page may want to change the store: it must not wait for this one.
    database.onversionchange = () => database.close();
  }

  /** @returns {Promise<Entry[]>} of all accounts, in the order in which they were made */
  all() {
    return answered(this.database.transaction(EDITS).objectStore(EDITS).getAll());
  }

  /** @param {NewEntry} entry */
  add(entry) {
    return this.#write((edits) => edits.add(entry), "strict");
  }

  /** @param {Entry[]} entries */
  change(entries) {
    return this.#write((edits) => entries.forEach((entry) => edits.put(entry)));
  }

  /** @param {Entry[]} entries */
  remove(entries) {
    return this.#write((edits) => entries.forEach(({ place }) => edits.delete(place)));
  }

  /** @param {(edits: IDBObjectStore) => void} act @param {IDBTransactionDurability} durability @returns {Promise<void>} */
  #write(act, durability = "default") {
    const transaction = this.database.transaction(EDITS, "readwrite", { durability });
    act(transaction.objectStore(EDITS));
    return new Promise((done, failed) => {
      transaction.oncomplete = () => done();
      transaction.onabort = () => failed(transaction.error);
    });
  }
}

class MemoryStore {
  isSafe = false;
  /** @type {Map<number, Entry>} */
  #entries = new Map();
  #next = 1;

  all = async () => structuredClone([...this.#entries.values()]);

  /** @param {NewEntry} entry */
  add = async (entry) => void this.#entries.set(this.#next, { ...entry, place: this.#next++ });

  /** @param {Entry[]} entries */
  change = async (entries) => entries.forEach((entry) => this.#entries.set(entry.place, entry));

  /** @param {Entry[]} entries */
  remove = async (entries) => entries.forEach(({ place }) => this.#entries.delete(place));
}

/** @typedef {KeptStore | MemoryStore} Store */

/** @param {boolean} mayKeep @returns {Promise<Store>} */
export async function openStore(mayKeep) {
  if (!mayKeep) return new MemoryStore();
  try {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(EDITS, { keyPath: "place", autoIncrement: true });
    return new KeptStore(await answered(request));
  } catch {
    return new MemoryStore();
  }
}
