/** A row of the page of period marks: its parts, and how it shows what became of its mark. */

/** @param {EventTarget | null} target @returns {HTMLTableRowElement | null} */
export const rowOf = (target) => (target instanceof Element ? target.closest("tr[data-student]") : null);

/** @param {HTMLTableRowElement} row @returns {HTMLInputElement | null} */
export const markOf = (row) => row.querySelector(".cell__field");

/** @param {HTMLTableRowElement} row */
export const cellOf = (row) => /** @type {HTMLTableCellElement} */ (row.querySelector("td[data-cell]"));

/** @param {HTMLTableRowElement} row @param {string} state @param {string} [reason] */
export function paint(row, state, reason = "") {
  const cell = cellOf(row);
  cell.className = `cell periods__mark${state === "saved" ? "" : ` cell--${state}`}`;
  cell.dataset.state = state;
  cell.querySelector(".cell__reason")?.remove();
  markOf(row)?.setAttribute("aria-invalid", String(state === "refused" || state === "conflict"));
  if (!reason) return;
  const note = document.createElement("div");
  note.className = "cell__reason";
  note.append(reason);
  cell.append(note);
}
