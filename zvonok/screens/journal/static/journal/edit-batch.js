/** Which edits go together, and what an answer means for those that follow it in the same cell. */

/**
 * @typedef {import("./edit-store.js").Edit} Edit
 * @typedef {import("./edit-store.js").Answer} Answer
 * @typedef {import("./edit-store.js").Entry} Entry
 */
export const MOST = 100;

/** @param {Edit} one @param {Edit} other */
const isOneCell = (one, other) => one.student === other.student && one.lesson === other.lesson;

/** Whether an edit speaks of the same part of a cell. @param {Edit} one @param {Edit} other */
export const takesThePlaceOf = (one, other) => isOneCell(one, other) && one.work === other.work;

/** The first edits that wait, in their order: for one address, and no cell twice. @param {Entry[]} entries @param {number} most */
export function nextBatch(entries, most) {
  /** @type {Entry[]} */
  const batch = [];
  for (const entry of entries) {
    const together = !batch.length || batch[0].address === entry.address;
    if (!together || batch.some(({ edit }) => isOneCell(edit, entry.edit)) || batch.length === most) break;
    batch.push(entry);
  }
  return batch;
}

/**
 * Lets the edits that followed one in its cell see what it put there: they were made without knowing its answer.
 * What somebody else put there meanwhile they do not see, so that it is shown and not overwritten.
 * @param {Entry[]} later @param {Edit} edit @param {Answer} answer @returns {Entry[]} those that have changed
 */
export function seeingTheAnswer(later, edit, answer) {
  const seen = Object.fromEntries(
    ["mark", "absence"]
      .filter((part) => part in answer && isOwn(answer[part]?.id ?? "", edit, edit[`seen_${part}`]))
      .map((part) => [`seen_${part}`, answer[part]?.id ?? ""]),
  );
  const { seen_mark, ...absence } = seen;
  const mark = seen_mark === undefined ? {} : { seen_mark };
  const after = later.filter((entry) => isOneCell(entry.edit, edit));
  for (const entry of after) Object.assign(entry.edit, absence, entry.edit.work === answer.work ? mark : {});
  return after;
}

/** What was seen may be named by the beginning of its id. @param {string} standing @param {Edit} edit @param {string} [seen] */
const isOwn = (standing, edit, seen) => !standing || standing === edit.id || Boolean(seen && standing.startsWith(seen));
