/** Brings the averages of the page, and where they lead, up to date some time after the last mark was saved. */
const WAIT_MS = 1200;

export class GridAverages {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {HTMLElement} grid */
  constructor(grid) {
    this.grid = grid;
  }

  soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#bring, WAIT_MS);
  }

  #bring = async () => {
    try {
      const answer = await fetch(this.grid.dataset.averages ?? "", { headers: { Accept: "application/json" } });
      if (answer.ok) this.#show(await answer.json());
      this.grid.dispatchEvent(new CustomEvent("journal-saved", { bubbles: true }));
    } catch {
      // They are shown anew after the next mark, or with the page.
    }
  };

  /** @param {Record<string, string[]>} averages by student: for each study period the plain, the weighted one, and where they lead */
  #show(averages) {
    /** @type {NodeListOf<HTMLTableRowElement>} */
    const rows = this.grid.querySelectorAll("tr[data-student]");
    for (const row of rows) {
      const of = averages[row.dataset.student ?? ""] ?? [];
      row.querySelectorAll("[data-average]").forEach((cell, place) => (cell.textContent = of[place] ?? "—"));
    }
  }
}
