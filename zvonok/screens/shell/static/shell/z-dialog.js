/**
 * Brings the page of a link with `data-opens-dialog` into the dialog of this page. Without it the link is followed.
 * The page is asked for with `HX-Request`, and may answer with a part; of a whole page its `main` is taken.
 */
class Dialog extends HTMLElement {
  connectedCallback() {
    document.addEventListener("click", this.#open);
    this.addEventListener("click", this.#close);
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.#open);
  }

  /** @returns {HTMLDialogElement} */
  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector("dialog"));
  }

  /** @param {MouseEvent} event */
  #open = async (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-opens-dialog]") : null;
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      this.#show(await answer.text());
    } catch {
      location.assign(link.href);
    }
  };

  /** @param {string} html */
  #show(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const content = page.querySelector("main") ?? page.body;
    const heading = content.querySelector("h1");
    this.querySelector("[data-dialog-title]")?.replaceChildren(heading?.textContent ?? "");
    heading?.remove();
    this.querySelector("[data-dialog-body]")?.replaceChildren(...content.childNodes);
    this.#dialog.showModal();
  }

  /** @param {MouseEvent} event */
  #close = (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target === this.#dialog || target?.closest("[data-closes-dialog]")) this.#dialog.close();
  };
}

customElements.define("z-dialog", Dialog);
