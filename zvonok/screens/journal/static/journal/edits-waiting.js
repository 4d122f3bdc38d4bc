/** Says how many edits wait in this browser and what to do about them. Without script nothing ever waits. */
import { queue } from "./edit-queue.js";
import { keepToday } from "./page-keeper.js";

class EditsWaiting extends HTMLElement {
  connectedCallback() {
    queue.addEventListener("change", this.#show);
    this.addEventListener("click", this.#pressed);
    const { keptAt } = document.documentElement.dataset;
    if (keptAt) this.#sayTime(new Date(keptAt));
    keepToday(this.dataset);
    queue.send(0);
  }

  disconnectedCallback() {
    queue.removeEventListener("change", this.#show);
  }

  #show = async () => {
    const { shelf, trouble } = queue;
    const waiting = trouble ? (await shelf.waiting()).length : 0;
    const { isSafe } = await shelf.store;
    this.#count("kept", trouble === "network" && isSafe ? waiting : 0);
    this.#count("unkept", trouble === "network" && !isSafe ? waiting : 0);
    this.#count("signed-out", trouble === "signed-out" ? waiting : 0);
    this.#count("others", await shelf.others());
    this.#list(await shelf.refused());
  };

  /** @param {string} name @param {number} count */
  #count(name, count) {
    const notice = this.#notice(name);
    notice.hidden = !count;
    notice.querySelector("[data-count]")?.replaceChildren(String(count));
  }

  /** Those of other pages would not be seen anywhere else. @param {import("./edit-store.js").Entry[]} refused */
  #list(refused) {
    this.#count("refused", refused.length);
    const reasons = refused.map(({ edit, told }) => [`/lessons/${edit.lesson}/`, told?.message || this.dataset.wordsFailed]);
    const once = new Map(reasons.map(([href, reason]) => [`${href} ${reason}`, { href, textContent: reason }]));
    const lines = [...once.values()].map((link) => {
      const line = document.createElement("li");
      line.append(Object.assign(document.createElement("a"), link));
      return line;
    });
    this.querySelector("[data-reasons]")?.replaceChildren(...lines);
  }

  /** @param {Date} day */
  #sayTime(day) {
    const isToday = day.toDateString() === new Date().toDateString();
    /** @type {Intl.DateTimeFormatOptions} */
    const style = { timeStyle: "short", hourCycle: "h23", ...(isToday ? {} : { dateStyle: "medium" }) };
    const notice = this.#notice("offline");
    notice.hidden = false;
    notice.querySelector("time")?.replaceChildren(day.toLocaleString(document.documentElement.lang, style));
  }

  /** @param {string} name @returns {HTMLElement} */
  #notice = (name) => /** @type {HTMLElement} */ (this.querySelector(`[data-waiting="${name}"]`));

  /** @param {Event} event */
  #pressed = (event) => {
    const pressed = event.target instanceof Element ? event.target.closest("button") : null;
    if (pressed?.matches("[data-send]")) queue.send(0);
    if (pressed?.matches("[data-discard]")) queue.discard(() => true).then(() => location.reload());
  };
}

customElements.define("edits-waiting", EditsWaiting);
