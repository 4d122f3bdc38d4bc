/** Period marks save themselves cell by cell. Without this module the page is a form with a button. */
import { ask } from "./grid-conflict.js";
import { PeriodOutbox } from "./period-outbox.js";
import { markOf, paint, rowOf, whyOf } from "./period-row.js";
import { uuid7 } from "./uuid7.js";

const STEPS = { ArrowUp: -1, ArrowDown: 1, Enter: 1 };

class PeriodMarks extends HTMLElement {
  connectedCallback() {
    const token = /** @type {HTMLInputElement} */ (this.querySelector("input[name=csrfmiddlewaretoken]"));
    this.outbox = new PeriodOutbox(this.dataset.cells ?? "", token.value);
    this.addEventListener("keydown", this.#key);
    this.addEventListener("click", this.#click);
    this.addEventListener("submit", (event) => event.preventDefault());
    this.addEventListener("change", (event) => this.#save(rowOf(event.target)));
    this.addEventListener("focusin", ({ target }) => target instanceof HTMLInputElement && target.select());
  }

  /** @param {KeyboardEvent} event */
  #key = (event) => {
    const row = rowOf(event.target);
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (!row || !field.matches(".cell__field, .periods__reason") || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = /** @type {Record<string, number>} */ (STEPS)[event.key];
    if (step) this.#walk(row, field, event.shiftKey ? -step : step);
    else if (event.key === " " && field.matches(".cell__field")) this.#take(row);
    else return;
    event.preventDefault();
  };

  /** @param {MouseEvent} event */
  #click = (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button || button.type !== "submit") return;
    event.preventDefault();
    /** @type {NodeListOf<HTMLTableRowElement>} */
    const rows = this.querySelectorAll("tr[data-student]");
    if (button.value === "all") for (const row of rows) if (!markOf(row)?.value && row.dataset.proposed !== "н/а") this.#take(row);
    const own = rowOf(button);
    if (own) this.#take(own);
    else for (const row of rows) this.#save(row);
  };

  /** @param {HTMLTableRowElement} row @param {HTMLInputElement} field @param {number} step */
  #walk(row, field, step) {
    this.#save(row);
    let next = /** @type {HTMLTableRowElement | null} */ (row);
    do next = /** @type {HTMLTableRowElement | null} */ (step < 0 ? next.previousElementSibling : next.nextElementSibling);
    while (next && !markOf(next));
    next?.querySelector(`.${field.className.split(" ")[0]}`)?.focus();
  }

  /** @param {HTMLTableRowElement} row */
  #take(row) {
    const field = markOf(row);
    if (!field || !row.dataset.proposed) return;
    field.value = row.dataset.proposed;
    this.#save(row);
  }

  /** @param {HTMLTableRowElement | null} row */
  async #save(row) {
    const [field, why] = [row && markOf(row), row?.querySelector(".periods__reason")];
    if (!row || !field || !(why instanceof HTMLInputElement) || row.dataset.busy) return;
    const sent = { value: field.value.trim(), reason: why.value.trim() };
    if (sent.value === row.dataset.value && sent.reason === row.dataset.reason) return;
    if (!sent.value && !row.dataset.value) return;
    row.dataset.busy = "true";
    paint(row, "saving");
    const edit = { id: uuid7(), student: row.dataset.student, seen: row.dataset.seen, ...sent };
    const told = await this.outbox?.put(edit, () => paint(row, "kept", this.dataset.wordsKept));
    delete row.dataset.busy;
    if (told) this.#learn(row, told, sent);
  }

  /** @param {HTMLTableRowElement} row @param {Record<string, any>} told @param {{value: string, reason: string}} sent */
  #learn(row, told, sent) {
    const [field, why] = [markOf(row), /** @type {HTMLInputElement} */ (row.querySelector(".periods__reason"))];
    if ("mark" in told) Object.assign(row.dataset, { seen: told.mark?.id ?? "", value: told.mark?.value ?? "", reason: told.mark?.reason ?? "" });
    const message = told.state === "saved" ? "" : told.message || this.dataset.wordsFailed;
    paint(row, told.state === "failed" ? "refused" : told.state, message);
    /** @type {HTMLElement} */ (this.querySelector("[data-says]")).textContent = message;
    const theirs = () => (field && ((field.value = row.dataset.value ?? ""), (why.value = row.dataset.reason ?? "")), paint(row, "saved"));
    if (told.state === "conflict") ask(whyOf(row), this.dataset, () => this.#save(row), theirs);
    else if (told.error === "reason_wanted") why.focus();
    else if (told.state === "saved" && field?.value.trim() === sent.value && why.value.trim() === sent.reason) theirs();
    else this.#save(told.state === "saved" ? row : null);
  }
}

customElements.define("period-marks", PeriodMarks);
