/** Leads from a finding to its cell in the grid of the same page. Without this module its link opens the lesson. */

/** @param {string} [lesson] @param {string} [student] @returns {HTMLInputElement | null | undefined} */
function fieldOf(lesson, student) {
  const head = document.querySelector(`.grid th[data-lesson="${lesson}"]`);
  const row = document.querySelector(`.grid tr[data-student="${student}"]`);
  if (!(head instanceof HTMLTableCellElement) || !(row instanceof HTMLTableRowElement)) return null;
  return row.cells[head.cellIndex]?.querySelector("input");
}

class JournalFindings extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#lead);
  }

  /** @param {Event} event */
  #lead = (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-lesson]") : null;
    if (!(link instanceof HTMLElement)) return;
    const field = fieldOf(link.dataset.lesson, link.dataset.student);
    if (!field) return;
    event.preventDefault();
    field.scrollIntoView({ block: "center", inline: "center" });
    field.focus();
  };
}

customElements.define("journal-findings", JournalFindings);
