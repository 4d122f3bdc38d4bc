/** Lets news be put away; says them too: `document.querySelector("z-toasts").say("Saved")`. Without it they stay. */
const SHOWN_MS = 8000;

class Toasts extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#close);
    for (const toast of this.querySelectorAll(".toast")) this.#attend(toast);
  }

  /** @param {string} text */
  say(text) {
    const toast = document.createElement("div");
    const words = document.createElement("p");
    toast.className = "toast";
    words.textContent = text;
    toast.append(words);
    this.append(toast);
    this.#attend(toast);
  }

  /** Take it away after a while, but not from under a hand or an eye that rests on it.
   * @param {Element} toast */
  #attend(toast) {
    toast.querySelector("button")?.removeAttribute("hidden");
    const leave = () => {
      if (toast.matches(":hover, :focus-within")) setTimeout(leave, SHOWN_MS);
      else toast.remove();
    };
    setTimeout(leave, SHOWN_MS);
  }

  /** @param {MouseEvent} event */
  #close = (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("button")) return;
    event.target.closest(".toast")?.remove();
  };
}

customElements.define("z-toasts", Toasts);
