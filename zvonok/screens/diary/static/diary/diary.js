/** What the pages of the diary add to working HTML: a look is noted, and arrow keys turn weeks and days. */
const LOOK_MS = 2000;
const TYPING = "input, select, textarea, summary, z-spread, [role=region]";

/** Tells the server that the diary has been looked at, when something on the page is new. */
class Look extends HTMLElement {
  #timer = 0;

  connectedCallback() {
    this.#timer = window.setTimeout(this.#tell, LOOK_MS);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  #tell = () => {
    const form = this.querySelector("form");
    if (form) fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {});
  };
}

/** Follows the links to the previous and the next page of time at an arrow key. */
class Turn extends HTMLElement {
  connectedCallback() {
    document.addEventListener("keydown", this.#turn);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#turn);
  }

  /** @param {KeyboardEvent} event */
  #turn = (event) => {
    const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    if (!rel || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target instanceof Element && event.target.closest(TYPING)) return;
    if (document.querySelector("dialog[open]")) return;
    const link = this.querySelector(`a[rel="${rel}"]`);
    if (link instanceof HTMLAnchorElement) link.click();
  };
}

customElements.define("z-look", Look);
customElements.define("z-turn", Turn);
