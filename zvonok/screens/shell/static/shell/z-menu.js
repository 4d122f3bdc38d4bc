/** Closes the menu in it at Escape, at a press outside, and when the focus has left. Without it the button closes it. */
class Menu extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", this.#escape);
    this.addEventListener("focusout", this.#leave);
    document.addEventListener("pointerdown", this.#press);
  }

  disconnectedCallback() {
    document.removeEventListener("pointerdown", this.#press);
  }

  /** @returns {HTMLDetailsElement | null} */
  get #details() {
    return this.querySelector("details[open]");
  }

  /** @param {KeyboardEvent} event */
  #escape = (event) => {
    if (event.key !== "Escape" || !this.#details) return;
    this.#close();
    this.querySelector("summary")?.focus();
  };

  /** @param {FocusEvent} event */
  #leave = (event) => {
    if (event.relatedTarget instanceof Node && !this.contains(event.relatedTarget)) this.#close();
  };

  /** @param {PointerEvent} event */
  #press = (event) => {
    if (event.target instanceof Node && !this.contains(event.target)) this.#close();
  };

  #close() {
    this.#details?.removeAttribute("open");
  }
}

customElements.define("z-menu", Menu);
