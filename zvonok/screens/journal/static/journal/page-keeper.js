/** Asks the service worker to keep the pages of today's lessons for a time without network. */

/**
 * @param {DOMStringMap} page `account` whose they are, `worker` its address, `keeps` the pages, `shared` if nothing
 *   may stay on this computer
 */
export async function keepToday({ account = "", worker = "", keeps, shared }) {
  const { serviceWorker } = navigator;
  if (!serviceWorker || !worker) return; // an old browser, or no secure connection: the edits wait all the same
  const known = await serviceWorker.getRegistration();
  if (shared !== undefined) return void known?.active?.postMessage({ does: "forget" });
  try {
    await serviceWorker.register(worker);
  } catch {
    return; // without a connection the one that is here goes on
  }
  const { active } = await serviceWorker.ready;
  active?.postMessage({ does: "keep", account, pages: keeps === undefined ? null : keeps.split(" ") });
}
