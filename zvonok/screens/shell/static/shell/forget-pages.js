/** Whoever comes to the sign-in begins anew: pages kept for a time without network are thrown away. */
class ForgetPages extends HTMLElement {
  async connectedCallback() {
    if (!("caches" in window)) return;
    const names = (await caches.keys()).filter((name) => name.startsWith("pages-"));
    await Promise.all(names.map((name) => caches.delete(name)));
  }
}

customElements.define("forget-pages", ForgetPages);
