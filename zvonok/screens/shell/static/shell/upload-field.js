/** Takes files that are chosen, dropped or pasted and sends them ahead of the form. Without it they come in the form. */
import { Refusal, Upload } from "./upload.js";

class UploadField extends HTMLElement {
  #going = new Set();
  /** @type {SubmitEvent | null} */
  #held = null;

  connectedCallback() {
    this.form = this.closest("form");
    if (!this.form || !crypto.randomUUID) return;
    this.token = /** @type {HTMLInputElement} */ (this.form.querySelector("[name=csrfmiddlewaretoken]")).value;
    this.querySelector("[data-with-script]")?.removeAttribute("hidden");
    this.addEventListener("change", this.#chosen);
    for (const kind of ["dragover", "dragleave", "drop"]) this.addEventListener(kind, this.#dragged);
    this.form.addEventListener("paste", (event) => this.#take(event.clipboardData?.files, event));
    this.form.addEventListener("submit", this.#hold);
  }

  /** @param {Event} event */
  #chosen = (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.type !== "file") return;
    this.#take(input.files, event);
    input.value = "";
  };

  /** @param {Event} event */
  #dragged = (event) => {
    const { dataTransfer, type } = /** @type {DragEvent} */ (event);
    if (!dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.classList.toggle("upload--over", type === "dragover");
    if (type === "drop") this.#take(dataTransfer.files, event);
  };

  /** @param {FileList | null | undefined} files @param {Event} event */
  #take(files, event) {
    if (files?.length && event.type === "paste") event.preventDefault();
    for (const file of files ?? []) this.#add(file);
  }

  /** @param {File} file */
  #add(file) {
    const { content } = /** @type {HTMLTemplateElement} */ (this.querySelector("template"));
    const line = /** @type {HTMLElement} */ (content.firstElementChild?.cloneNode(true));
    const list = /** @type {HTMLElement} */ (this.querySelector("[data-list]"));
    line.querySelector("[data-name]")?.replaceChildren(file.name);
    list.append(line);
    const full = list.querySelectorAll("li:not(.upload__file--refused)").length > Number(this.dataset.most);
    line.querySelector("[data-cancel]")?.addEventListener("click", () => line.remove());
    if (full || file.size > Number(this.dataset.megabytes) * 2 ** 20) this.#say(line, full ? this.dataset.wordsMany : this.dataset.wordsLarge, "refused");
    else this.#send(file, line);
  }

  /** @param {File} file @param {HTMLElement} line */
  async #send(file, line) {
    const bar = /** @type {HTMLProgressElement} */ (line.querySelector("progress"));
    const again = /** @type {HTMLElement} */ (line.querySelector("[data-again]"));
    const waits = () => this.#say(line, this.dataset.wordsWaiting);
    const moved = (/** @type {number} */ share) => {
      bar.value = share * 100;
      this.#say(line, this.dataset.wordsSending);
    };
    const upload = new Upload(file, { address: this.dataset.address ?? "", token: this.token ?? "" }, { moved, waits });
    line.querySelector("[data-cancel]")?.addEventListener("click", () => upload.cancel(), { once: true });
    line.classList.remove("upload__file--refused");
    again.hidden = true;
    this.#going.add(line);
    try {
      const told = await upload.send();
      const field = /** @type {HTMLInputElement} */ (line.querySelector("[name=file]"));
      [field.value, field.disabled] = [told.id, false];
      this.#say(line, this.dataset.wordsDone, "done");
    } catch (fault) {
      const words = fault instanceof Refusal ? fault.message || this.dataset.wordsSignedOut : this.dataset.wordsFailed;
      this.#say(line, words, "refused");
      again.hidden = false;
      again.onclick = () => this.#send(file, line);
    }
    this.#going.delete(line);
    const whole = !this.#going.size && !this.querySelector(".upload__file--refused");
    if (whole && (this.#held || "sends" in this.dataset)) this.form?.requestSubmit(this.#held?.submitter);
  }

  /** @param {HTMLElement} line @param {string | undefined} words @param {string} [end] "done" or "refused" */
  #say(line, words, end) {
    if (end) line.classList.add(`upload__file--${end}`);
    const says = line.querySelector("[data-state]");
    if (says && says.textContent !== words) says.textContent = words ?? "";
  }

  /** The form waits for what is on its way. @param {SubmitEvent} event */
  #hold = (event) => {
    this.#held = this.#going.size ? event : null;
    if (this.#held) event.preventDefault();
  };
}

customElements.define("upload-field", UploadField);
