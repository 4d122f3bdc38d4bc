/**
 * The service worker: the journal's pages of today without network. `/service-worker.js` reads it after it has said
 * which files the pages need (`ASSETS`) and of which release they are (`RELEASE`); the pages are in worker-pages.js.
 */
/// <reference lib="webworker" />
/** @type {any} */
const scope = self;
const ASSET_STORE = `assets-${scope.RELEASE}`;

scope.addEventListener("install", (/** @type {any} */ event) => {
  const stored = caches.open(ASSET_STORE).then((store) => store.addAll(scope.ASSETS));
  event.waitUntil(stored.then(() => scope.skipWaiting()));
});

scope.addEventListener("message", (/** @type {any} */ event) => {
  const { does, ...told } = event.data;
  event.waitUntil(does === "keep" ? scope.keepPages(told).then(dropOldAssets) : scope.forgetPages());
});

scope.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (origin !== location.origin) return;
  const isPage = request.mode === "navigate";
  if (request.method === "POST" && /^\/sign-(in|out)\//.test(pathname)) event.waitUntil(scope.forgetPages());
  else if (request.method !== "GET") return;
  else if (isPage && /^\/(journal|lessons)\//.test(pathname)) event.respondWith(scope.pageOf(event));
  else if (pathname.startsWith("/static/")) event.respondWith(asset(request));
});

/** The browser's own store answers first, since names change with the content. @param {Request} request */
async function asset(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request, { ignoreVary: true })) ?? Response.error();
  }
}

/** Files of an earlier release go when no kept page wants them any more. */
async function dropOldAssets() {
  if (await scope.hasOldPages()) return;
  const names = (await caches.keys()).filter((name) => name.startsWith("assets-") && name !== ASSET_STORE);
  await Promise.all(names.map((name) => caches.delete(name)));
}
