/**
 * A form that saves itself when one leaves it, and says so. Without this module it has its button.
 * What could not be sent stays in the fields and is tried again; the id of the edit makes it count once.
 */
const RETRY_MS = 3000;
/** What says how the form stood, not what is wanted; copies are made by the button alone. */
const APART = ["csrfmiddlewaretoken", "edit", "seen", "version", "copy_to"];

class SelfSaving extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    if (!form) return;
    this.form = form;
    this.stands = this.#wanted();
    form.addEventListener("focusout", this.#left);
    form.addEventListener("submit", () => (this.stands = this.#wanted()));
    addEventListener("online", this.#save);
    addEventListener("beforeunload", (event) => {
      if (this.#wanted() !== this.stands) event.preventDefault();
    });
  }

  #fields() {
    const fields = new FormData(this.form);
    fields.delete("copy_to");
    return fields;
  }

  #wanted() {
    const fields = this.#fields();
    for (const name of APART) fields.delete(name);
    return JSON.stringify([...fields]);
  }

  /** @param {FocusEvent} event */
  #left = (event) => {
    if (!(event.relatedTarget instanceof Node) || !this.form?.contains(event.relatedTarget)) this.#save();
  };

  #save = async () => {
    const wanted = this.#wanted();
    if (this.busy || wanted === this.stands) return;
    this.busy = true;
    this.#say(this.dataset.wordsSaving);
    const told = await this.#post();
    this.busy = false;
    if (!told) {
      this.#say(this.dataset.wordsKept);
      setTimeout(this.#save, RETRY_MS);
      return;
    }
    this.stands = wanted;
    this.#learn(told.tokens ?? {});
    this.#say(told.state === "saved" ? this.dataset.wordsSaved : told.message || this.dataset.wordsFailed);
    this.toggleAttribute("data-refused", told.state !== "saved");
    if (told.state === "saved" && this.#wanted() !== wanted && !this.contains(document.activeElement)) this.#save();
  };

  /** @returns {Promise<Record<string, any> | null>} nothing when it is to be tried again */
  async #post() {
    try {
      const answer = await fetch(this.form?.action ?? "", {
        method: "POST",
        headers: { Accept: "application/json" },
        body: this.#fields(),
      });
      if (answer.status >= 500 || answer.status === 429) return null;
      return await answer.json();
    } catch (fault) {
      return fault instanceof SyntaxError ? { state: "failed" } : null;
    }
  }

  /** The next edit answers what stands now. @param {Record<string, string>} tokens */
  #learn(tokens) {
    for (const [name, value] of Object.entries(tokens)) {
      const field = this.form?.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = value;
    }
  }

  /** @param {string | undefined} words */
  #say(words) {
    const says = this.querySelector("[data-says]");
    if (says) says.textContent = words ?? "";
  }
}

customElements.define("self-saving", SelfSaving);
