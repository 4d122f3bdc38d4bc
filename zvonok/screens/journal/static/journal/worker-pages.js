/**
 * The pages that the service worker keeps: those of one account at a time, which its day named. They come from the
 * network when there is one; else the kept page is served, marked with the server's time at which it was fetched.
 */
const PAGES = "pages-";
const OFFLINE = "/journal/offline/";
const ANY = { ignoreVary: true };
const PATIENCE_MS = 8_000;
const FRESH_MS = 30 * 60_000;
const { RELEASE } = /** @type {any} */ (self);

Object.assign(self, { forgetPages, hasOldPages, keepPages, pageOf });

/** @returns {Promise<string[]>} names of the stores of pages */
const stores = async () => (await caches.keys()).filter((name) => name.startsWith(PAGES));

/** @param {string} [but] the account whose pages stay */
async function forgetPages(but) {
  for (const name of await stores()) if (name !== PAGES + but) await caches.delete(name);
}

/** Keeps the pages of a day, one after the other. @param {{account: string, pages: string[] | null}} wanted */
async function keepPages({ account, pages }) {
  await forgetPages(account);
  if (!pages) return;
  const store = await caches.open(PAGES + account);
  const urls = [...pages, OFFLINE].map((path) => new URL(path, location.origin).href);
  for (const { url } of await store.keys()) if (!urls.includes(url)) await store.delete(url);
  for (const url of urls) {
    if (isStale(await store.match(url, ANY))) await fetch(url).then((answer) => keep(url, answer), () => {});
  }
}

/** @param {string} url @param {Response} answer */
async function keep(url, answer) {
  const [name] = await stores();
  if (!name || answer.status >= 500) return;
  const store = await caches.open(name);
  const html = answer.ok && !answer.redirected ? await answer.text() : "";
  // A page of another account, or none at all: what was kept before is not the reader's any more.
  if (!html.includes(`data-account="${name.slice(PAGES.length)}"`)) return void (await store.delete(url, ANY));
  const headers = new Headers(answer.headers);
  for (const header of ["content-encoding", "content-length", "set-cookie"]) headers.delete(header);
  const at = new Date(headers.get("date") ?? Date.now()).toISOString();
  for (const [header, value] of [["at", at], ["here", Date.now()], ["release", RELEASE]]) headers.set(`x-kept-${header}`, value);
  await store.put(url, new Response(html, { headers }));
}

/** @param {Response | undefined} kept */
const isStale = (kept) =>
  kept?.headers.get("x-kept-release") !== RELEASE || Math.abs(Date.now() - Number(kept?.headers.get("x-kept-here"))) > FRESH_MS;

async function hasOldPages() {
  const kept = await Promise.all((await stores()).map(async (name) => (await caches.open(name)).matchAll()));
  return kept.flat().some((page) => page.headers.get("x-kept-release") !== RELEASE);
}

/** @param {any} event */
async function pageOf(event) {
  const { url } = event.request;
  const kept = await caches.match(url, ANY);
  try {
    const answer = await (kept ? Promise.race([fetch(event.request), late()]) : fetch(event.request));
    if (kept && [502, 503, 504].includes(answer.status)) return served(kept);
    if (kept && answer.ok) event.waitUntil(keep(url, answer.clone()));
    return answer;
  } catch {
    const other = kept ?? (await monthOf(url)) ?? (await caches.match(OFFLINE, ANY));
    return other ? served(other) : Response.error();
  }
}

/** @returns {Promise<never>} */
const late = () => new Promise((_, fail) => setTimeout(fail, PATIENCE_MS));

/** The kept month of a group's journal whose address names none. @param {string} url */
async function monthOf(url) {
  if (!/\/journal\/[0-9a-f-]{36}\/$/.test(url)) return undefined;
  for (const name of await stores()) {
    const store = await caches.open(name);
    const page = (await store.keys()).find((request) => request.url.startsWith(url));
    if (page) return store.match(page, ANY);
  }
}

/** @param {Response} kept */
async function served(kept) {
  const { headers } = kept;
  const html = (await kept.text()).replace("<html", `<html data-kept-at="${headers.get("x-kept-at")}"`);
  return new Response(html, { headers });
}
