/** A template fills the remark in place, so that the student chosen stays. Without this module it is a link. */

class RemarkWords extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#take);
  }

  /** @param {MouseEvent} event */
  #take = (event) => {
    const words = event.target instanceof Element ? event.target.closest("a") : null;
    const form = this.closest("form");
    if (!words || !form || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const text = form.elements.namedItem("text");
    const kind = form.elements.namedItem("kind");
    if (text instanceof HTMLTextAreaElement) {
      text.value = words.dataset.text ?? "";
      text.focus();
    }
    if (kind instanceof RadioNodeList) kind.value = words.dataset.kind ?? "";
  };
}

customElements.define("remark-words", RemarkWords);
