/** Sends one file ahead of its form, piece by piece; after a cut it goes on from where the server says it stands. */
const RETRY_MS = [1000, 2000, 5000, 10000];
const TRIES = 60;

/** A word of the server that trying again does not change. */
export class Refusal extends Error {}

export class Upload {
  #stop = new AbortController();
  #tries = 0;

  /**
   * @param {File} file
   * @param {{address: string, token: string}} to
   * @param {{moved: (share: number) => void, waits: () => void}} told
   */
  constructor(file, to, told) {
    this.file = file;
    this.to = to;
    this.told = told;
    // Chosen again after the page was left, the same file goes on where it stood.
    this.key = `upload ${to.address} ${file.name} ${file.size} ${file.lastModified}`;
    this.id = sessionStorage.getItem(this.key) ?? crypto.randomUUID();
    sessionStorage.setItem(this.key, this.id);
  }

  /** @returns {Promise<{id: string, name: string, state: string}>} */
  async send() {
    const own = `${this.to.address}${this.id}/`;
    const said = { id: this.id, name: this.file.name, size: String(this.file.size) };
    try {
      let { received, chunk } = await this.#ask("POST", this.to.address, new URLSearchParams(said));
      while (received < this.file.size) {
        this.told.moved(received / this.file.size);
        const piece = this.file.slice(received, received + chunk);
        const told = await this.#ask("PATCH", `${own}?offset=${received}`, piece);
        received = told.received ?? (await this.#ask("POST", this.to.address, new URLSearchParams(said))).received;
      }
      this.told.moved(1);
      return await this.#ask("POST", `${own}finish/`);
    } finally {
      if (!this.#stop.signal.aborted) sessionStorage.removeItem(this.key);
    }
  }

  /** Gives the file up, here and there. */
  cancel() {
    this.#stop.abort();
    sessionStorage.removeItem(this.key);
    const headers = { "X-CSRFToken": this.to.token };
    fetch(`${this.to.address}${this.id}/`, { method: "DELETE", headers, keepalive: true }).catch(() => {});
  }

  /** Asks until there is an answer: each of these requests may be made twice.
   * @param {string} method @param {string} address @param {BodyInit} [body] @returns {Promise<any>} */
  async #ask(method, address, body) {
    for (;;) {
      const answer = await this.#fetch(method, address, body);
      if (answer && answer.status < 500 && answer.status !== 429) {
        this.#tries = 0;
        const told = await answer.json();
        if (!answer.ok && told.error !== "chunk_out_of_place") throw new Refusal(told.message ?? "");
        return told;
      }
      if ((this.#tries += 1) > TRIES) throw new Error("away");
      this.told.waits();
      await this.#pause(RETRY_MS[Math.min(this.#tries, RETRY_MS.length) - 1]);
    }
  }

  /** @param {string} method @param {string} address @param {BodyInit} [body] */
  async #fetch(method, address, body) {
    const headers = { Accept: "application/json", "X-CSRFToken": this.to.token };
    try {
      return await fetch(address, { method, headers, body, signal: this.#stop.signal });
    } catch (fault) {
      if (this.#stop.signal.aborted) throw fault;
      return null;
    }
  }

  /** @param {number} ms */
  #pause(ms) {
    return new Promise((done) => {
      setTimeout(done, ms);
      addEventListener("online", () => done(undefined), { once: true });
    });
  }
}
