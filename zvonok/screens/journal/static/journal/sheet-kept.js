/** Edits of the sheet that are on their way: what their line believes to stand, and how they are shown again. */
import { named, seen, token } from "./sheet-line.js";

/** @typedef {import("./edit-store.js").Edit} Edit */

/** What was seen of the part of a line that an edit is about. @param {HTMLElement} line @param {Edit} edit */
const memoryOf = (line, { student, work }) =>
  named(line, work ? `was-mark-${student}-${work}` : `was-absence-${student}`);

/** From now on the line counts with this edit. @param {HTMLElement} line @param {Edit} edit */
export function expect(line, edit) {
  const memory = memoryOf(line, edit);
  const { mark, absence, comment = "", minutes = "" } = edit;
  token(memory, seen(memory).id, mark ?? absence, edit.work ? comment : minutes);
  if (memory) memory.dataset.edit = edit.id;
}

/** Whether a later edit of the same part is on its way. @param {HTMLElement} line @param {Edit} edit */
export function isOvertaken(line, edit) {
  const last = memoryOf(line, edit)?.dataset.edit;
  return Boolean(last) && last !== edit.id;
}

/** Shows an edit in its line, one of another page or of yesterday too. @param {HTMLElement} line @param {Edit} edit */
export function putBack(line, edit) {
  if (memoryOf(line, edit)?.dataset.edit === edit.id) return;
  const { student, work } = edit;
  if (work) {
    write(named(line, `mark-${student}-${work}`), edit.mark);
    write(named(line, `comment-${student}-${work}`), edit.comment);
  } else {
    const kind = named(line, `absence-${student}"][value="${edit.absence || "PRESENT"}`);
    if (kind) kind.checked = true;
    write(named(line, `minutes-${student}`), edit.minutes);
  }
  expect(line, edit);
}

/** @param {HTMLInputElement | null} field @param {unknown} text */
function write(field, text) {
  if (field) field.value = String(text ?? "");
}
