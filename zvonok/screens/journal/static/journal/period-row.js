/** A row of the page of period marks: its parts, and how it shows what became of its mark. */

/** @param {EventTarget | null} target @returns {HTMLTableRowElement | null} */
export const rowOf = (target) => (target instanceof Element ? target.closest("tr[data-student]") : null);

/** @param {HTMLTableRowElement} row @returns {HTMLInputElement | null} */
export const markOf = (row) => row.querySelector(".cell__field");

/** @param {HTMLTableRowElement} row */
export const cellOf = (row) => /** @type {HTMLTableCellElement} */ (row.querySelector("td[data-cell]"));

/** Where the reason is written, and what was wrong is told. @param {HTMLTableRowElement} row */
export const whyOf = (row) => /** @type {HTMLTableCellElement} */ (row.querySelector("td.periods__why"));

/** @param {HTMLTableRowElement} row @param {string} state @param {string} [reason] */
export function paint(row, state, reason = "") {
  const [cell, why] = [cellOf(row), whyOf(row)];
  cell.className = `cell periods__mark${state === "saved" ? "" : ` cell--${state}`}`;
  cell.dataset.state = state;
  why.querySelector(".cell__reason")?.remove();
  markOf(row)?.setAttribute("aria-invalid", String(state === "refused" || state === "conflict"));
  markOf(row)?.removeAttribute("aria-describedby");
  if (!reason) return;
  const note = document.createElement("div");
  note.className = "cell__reason periods__note";
  note.id = `why-${row.dataset.student}`;
  note.append(reason);
  why.append(note);
  markOf(row)?.setAttribute("aria-describedby", note.id);
}
