/** A cell of the grid: what it sends, and how it shows what became of it. State is kept in its attributes alone. */
import { uuid7 } from "./uuid7.js";

/** @type {Record<string, string>} */
const TONES = { 5: "good", 4: "fair", 3: "weak", 2: "poor", 1: "poor", Н: "poor", О: "weak", Б: "excused", УП: "excused" };

const SHORT_ID = 8;

/** Gives the cells of a row what the page, to be short, says once. @param {HTMLTableRowElement} row */
export function wake(row) {
  const seen = row.dataset.seen ?? "";
  let at = 0;
  for (const cell of row.cells) {
    if (!("cell" in cell.dataset)) continue;
    if ("mark" in cell.dataset) cell.dataset.seenMark = seen.slice(at, (at += SHORT_ID));
    if (cell.dataset.absence) cell.dataset.seenAbsence = seen.slice(at, (at += SHORT_ID));
    cell.classList.add("cell");
    if (cell.title) cell.classList.add("cell--note");
    if (at || cell.title) tint(cell);
  }
}

/** Puts the field in. @param {HTMLTableCellElement} cell @param {string} labels ids of its student and lesson */
export function hydrate(cell, labels) {
  const field = document.createElement("input");
  field.className = "cell__field";
  field.autocomplete = "off";
  field.maxLength = 12;
  field.value = shown(cell);
  field.setAttribute("aria-labelledby", labels);
  cell.replaceChildren(field);
}

/** @param {HTMLTableCellElement} cell */
export function shown(cell) {
  return [cell.dataset.absence, cell.dataset.mark].filter(Boolean).join(" ");
}

/** What stands in a cell, part by part. @param {HTMLTableCellElement} cell */
export function parts(cell) {
  return { mark: cell.dataset.mark ?? "", absence: cell.dataset.absence ?? "" };
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
  for (const name of [...cell.classList]) if (/^cell--(?!note)/.test(name)) cell.classList.remove(name);
  tint(cell);
  if (state !== "saved") cell.classList.add(`cell--${state}`);
  cell.dataset.state = state;
  cell.querySelector(".cell__reason")?.remove();
  const field = cell.querySelector("input");
  field?.setAttribute("aria-invalid", String(state === "refused" || state === "conflict"));
  field?.removeAttribute("aria-describedby");
  if (reason) explain(cell, reason);
}

/** @param {HTMLTableCellElement} cell */
function tint(cell) {
  const last = cell.dataset.tone ?? cell.dataset.mark?.split("/").pop();
  const tone = TONES[last ?? ""] ?? TONES[cell.dataset.absence ?? ""];
  if (tone) cell.classList.add(`cell--${tone}`);
}

/** @param {HTMLTableCellElement} cell @param {string} reason */
function explain(cell, reason) {
  const note = document.createElement("div");
  note.className = "cell__reason";
  note.id = `why-${uuid7()}`;
  note.append(reason);
  cell.append(note);
  cell.querySelector("input")?.setAttribute("aria-describedby", note.id);
}

/** @param {HTMLElement} cell @param {string} name @param {string | undefined} value */
function set(cell, name, value) {
  if (value) cell.dataset[name] = value;
  else delete cell.dataset[name];
}
