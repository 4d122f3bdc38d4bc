/** A comment written in the dialog of a cell goes the way of all edits, and the page stays where it is. */

/** @param {import("./journal-grid.js").JournalGrid} grid */
export function listenForComments(grid) {
  document.addEventListener("submit", (event) => {
    const form = event.target instanceof HTMLFormElement ? event.target : null;
    const dialog = form?.closest("dialog");
    if (form?.dataset.form !== "comment" || !dialog) return;
    const cell = cellOf(grid, /** @type {HTMLElement} */ (form.closest("[data-work]")).dataset);
    if (!cell) return;
    event.preventDefault();
    const { mark = "", absence = "" } = cell.dataset;
    const comment = String(new FormData(form).get("comment") ?? "").trim();
    dialog.close();
    cell.querySelector("input")?.focus();
    if (comment !== cell.title) grid.undo?.put([[cell, { mark, absence, comment }]]);
  });
}

/** @param {HTMLElement} grid @param {DOMStringMap} about @returns {HTMLTableCellElement | undefined} */
function cellOf(grid, { student, lesson, work }) {
  const heads = [...(grid.querySelector("table")?.rows[0].cells ?? [])];
  const column = heads.findIndex((head) => head.dataset.lesson === lesson && head.dataset.work === work);
  const row = /** @type {HTMLTableRowElement | null} */ (grid.querySelector(`tr[data-student="${student}"]`));
  const cell = /** @type {HTMLTableCellElement | undefined} */ (row?.cells[column]);
  return column > 0 && cell?.querySelector("input") ? cell : undefined;
}
