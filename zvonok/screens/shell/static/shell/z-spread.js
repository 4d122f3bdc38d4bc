/**
 * On a phone the week opens at the day that matters, arrow keys turn days, and the strip shows which day is open.
 * Without it the week opens on Monday; swipes and the strip's links work all the same.
 */
class Spread extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", this.#turn);
    const day = location.hash ? null : document.getElementById(this.dataset.start ?? "");
    if (day && this.#turns) this.scrollTo({ left: day.offsetLeft - this.offsetLeft, behavior: "instant" });
    const watch = new IntersectionObserver(this.#mark, { root: this, threshold: 0.6 });
    if (this.#turns) for (const each of this.#days) watch.observe(each);
  }

  get #turns() {
    return this.scrollWidth > this.clientWidth + 1;
  }

  /** @returns {HTMLElement[]} */
  get #days() {
    return [...this.querySelectorAll("[data-day]")].filter((day) => day instanceof HTMLElement);
  }

  /** @param {KeyboardEvent} event */
  #turn = (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || event.target !== this || !this.#turns) return;
    event.preventDefault();
    const forward = getComputedStyle(this).direction === "rtl" ? -step : step;
    this.scrollBy({ left: forward * this.clientWidth, behavior: "smooth" });
  };

  /** @param {IntersectionObserverEntry[]} entries */
  #mark = (entries) => {
    for (const { isIntersecting, target } of entries) {
      const link = document.querySelector(`.days [href="#${target.id}"]`);
      if (isIntersecting) link?.setAttribute("aria-current", "true");
      else link?.removeAttribute("aria-current");
    }
  };
}

customElements.define("z-spread", Spread);
