/** A cell of the grid: what it sends, and how it shows what became of it. State is kept in its attributes alone. */
import { nameOf } from "./grid-names.js";
import { letterOf } from "./grid-ways.js";
import { uuid7 } from "./uuid7.js";

/** @type {Record<string, string>} */
const TONES = { 5: "good", 4: "fair", 3: "weak", 2: "poor", 1: "poor", Н: "poor", О: "weak", Б: "excused", УП: "excused" };

/** @param {HTMLTableCellElement} cell */
export function shown(cell) {
  return [cell.dataset.absence, cell.dataset.mark].filter(Boolean).join(" ");
}

/** What stands in a cell, part by part. @param {HTMLTableCellElement} cell */
export function parts(cell) {
  const { mark = "", absence = "" } = cell.dataset;
  return mark ? { mark, absence, comment: cell.title } : { mark, absence };
}

/** What stands in a cell, or will when the edit on its way is there. @param {HTMLTableCellElement} cell */
export function standing(cell) {
  const { sent } = cell.dataset;
  if (!sent) return sent === undefined ? parts(cell) : { mark: "", absence: "" };
  const words = sent.split(" ");
  const [mark] = words.filter((word) => !letterOf(word));
  const [absence] = words.filter(letterOf);
  return { ...parts(cell), ...(mark && { mark }), ...(absence && { absence }) };
}

/** @param {HTMLTableCellElement} cell @param {object} wish @param {string} work */
export function editOf(cell, wish, work) {
  const { student, lesson, seenMark = "", seenAbsence = "" } = cell.dataset;
  return { id: uuid7(), student, lesson, work, seen_mark: seenMark, seen_absence: seenAbsence, ...wish };
}

/** Remembers what stands on the server now. @param {HTMLTableCellElement} cell @param {Record<string, any>} told */
export function learn(cell, told) {
  if ("mark" in told) {
    set(cell, "mark", told.mark?.value);
    set(cell, "seenMark", told.mark?.id);
    set(cell, "due", told.mark?.due);
    delete cell.dataset.tone;
    cell.title = told.mark?.comment ?? "";
    cell.classList.toggle("cell--note", Boolean(told.mark?.comment));
  }
  if ("absence" in told) {
    set(cell, "absence", told.absence?.letter);
    set(cell, "seenAbsence", told.absence?.id);
  }
}

/** @param {HTMLTableCellElement} cell @param {string} state @param {string} [reason] */
export function paint(cell, state, reason = "") {
  for (const name of [...cell.classList]) if (/^cell--(?!note|chosen)/.test(name)) cell.classList.remove(name);
  tint(cell);
  if (state !== "saved") cell.classList.add(`cell--${state}`);
  cell.dataset.state = state;
  cell.querySelector(".cell__reason")?.remove();
  const field = cell.querySelector("input");
  field?.setAttribute("aria-invalid", String(state === "refused" || state === "conflict"));
  field?.setAttribute("aria-label", nameOf(cell));
  field?.removeAttribute("aria-describedby");
  if (reason) explain(cell, reason);
}

/** @param {HTMLTableCellElement} cell */
export function tint(cell) {
  const last = cell.dataset.tone ?? cell.dataset.mark?.split("/").pop();
  const tone = TONES[last ?? ""] ?? TONES[cell.dataset.absence ?? ""];
  if (tone) cell.classList.add(`cell--${tone}`);
}

/** @param {HTMLTableCellElement} cell @param {string} reason */
function explain(cell, reason) {
  const note = document.createElement("div");
  const words = document.createElement("span");
  note.className = "cell__reason";
  words.id = `why-${uuid7()}`;
  words.append(reason);
  note.append(words);
  cell.append(note);
  cell.querySelector("input")?.setAttribute("aria-describedby", words.id);
}

/** @param {HTMLElement} cell @param {string} name @param {string | undefined} value */
function set(cell, name, value) {
  if (value) cell.dataset[name] = value;
  else delete cell.dataset[name];
}
