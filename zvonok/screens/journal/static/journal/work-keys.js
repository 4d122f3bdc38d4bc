/** From one work to the next by keys: J or → onwards, K or ← back. Without it there are the links. */
/** @type {Record<string, string>} keys on either layout */
const STEPS = { j: "next", о: "next", ArrowRight: "next", k: "prev", л: "prev", ArrowLeft: "prev" };

class WorkKeys extends HTMLElement {
  connectedCallback() {
    document.addEventListener("keydown", this.#key);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#key);
  }

  /** @param {KeyboardEvent} event */
  #key = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("input, textarea, select, [contenteditable], dialog[open], [role=menu], [role=region]")) return;
    const link = this.querySelector(`a[rel=${STEPS[event.key] ?? "none"}]`);
    if (link instanceof HTMLAnchorElement) {
      event.preventDefault();
      link.click();
    }
  };
}

customElements.define("work-keys", WorkKeys);
