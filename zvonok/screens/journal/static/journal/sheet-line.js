/** A student's line of the lesson's sheet: its edits, and the tokens that say what was seen. */
import { uuid7 } from "./uuid7.js";

/** @param {HTMLElement} line @param {string} name @returns {HTMLInputElement | null} */
export const named = (line, name) => line.querySelector(`[name="${name}"]`);

/** @param {HTMLInputElement | null} hidden */
export function seen(hidden) {
  const [, id = "", value = "", ...note] = (hidden?.value ?? "").split("|");
  return { id, value, note: note.join("|") };
}

/** @param {HTMLElement} line */
export function presenceOf(line) {
  const student = line.dataset.student ?? "";
  const checked = /** @type {HTMLInputElement | null} */ (line.querySelector(`[name="absence-${student}"]:checked`));
  const absence = !checked || checked.value === "PRESENT" ? "" : checked.value;
  const typed = named(line, `minutes-${student}`)?.value.trim() ?? "";
  return { absence, minutes: absence === "LATE" ? typed : "" };
}

/** What is wanted of the presence; nothing when it stands so. @param {HTMLElement} line */
export function presenceEdit(line) {
  const { student = "" } = line.dataset;
  const was = seen(named(line, `was-absence-${student}`));
  const { absence, minutes } = presenceOf(line);
  if (absence === was.value && minutes === was.note) return null;
  const late = minutes ? { minutes: /^\d{1,3}$/.test(minutes) ? Number(minutes) : 0 } : {};
  return { id: uuid7(), student, absence, ...late, seen_absence: was.id };
}

/** What is wanted of a mark; nothing when it stands so. @param {HTMLElement} line @param {string} work */
export function markEdit(line, work) {
  const { student = "" } = line.dataset;
  const was = seen(named(line, `was-mark-${student}-${work}`));
  const field = named(line, `mark-${student}-${work}`);
  const mark = field?.value.trim() ?? "";
  const comment = named(line, `comment-${student}-${work}`)?.value.trim() ?? "";
  // Without a field for the value the work takes comments alone.
  if ((mark === was.value && comment === was.note) || (field && !(mark || was.value))) return null;
  return { id: uuid7(), student, work, mark, comment, seen_mark: was.id };
}

/** Remembers what stands on the server now. @param {HTMLElement} line @param {Record<string, any>} told */
export function learn(line, told) {
  const { student = "" } = line.dataset;
  if ("absence" in told) {
    const { id = "", kind = "", minutes = "" } = told.absence ?? {};
    token(named(line, `was-absence-${student}`), id, kind, minutes ?? "");
    stands(line, "absence", told.absence?.letter);
  }
  if ("mark" in told) {
    const { id = "", value = "", typed = value, comment = "" } = told.mark ?? {};
    token(named(line, `was-mark-${student}-${told.work}`), id, typed, comment);
    stands(line.querySelector(`[data-work="${told.work}"]`), "mark", value);
  }
}

/** @param {HTMLInputElement | null} hidden @param {string} id @param {string} value @param {string} note */
export function token(hidden, id, value, note) {
  if (!hidden) return;
  hidden.value = [uuid7(), id, value, note].join("|");
  delete hidden.dataset.edit;
}

/** @param {Element | null} place @param {string} what @param {string | undefined} value */
function stands(place, what, value) {
  if (value) place?.setAttribute(`data-${what}`, value);
  else place?.removeAttribute(`data-${what}`);
}
