/** What can be done with a cell, by the right button, Shift+F10 or the menu key; and with a column, at its head. */
import { fillColumn } from "./grid-fill.js";
import { typeAnother } from "./grid-keys.js";
import { cellOf } from "./grid-ways.js";

/** @typedef {import("./journal-grid.js").JournalGrid} Grid */

/** @param {Grid} grid */
export function listenForMenu(grid) {
  const menu = /** @type {HTMLElement | null} */ (grid.querySelector("[data-menu]"));
  if (!menu) return;
  /** @type {HTMLTableCellElement | null} a cell, or the head of a column */
  let cell = null;
  const close = () => {
    if (menu.hidden) return;
    menu.hidden = true;
    /** @type {HTMLElement | null | undefined} */ (cell?.querySelector("input, a"))?.focus();
  };
  grid.addEventListener("contextmenu", (event) => {
    const target = event.target instanceof Element ? event.target.closest("td[data-cell], th[data-work]") : null;
    if (!target || (target.tagName === "TH" && !target.querySelector("a"))) return;
    event.preventDefault();
    cell = /** @type {HTMLTableCellElement} */ (target);
    open(grid, menu, cell);
  });
  menu.addEventListener("keydown", (event) => walk(menu, event, close));
  menu.addEventListener("click", (event) => {
    const item = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest("[role=menuitem]")) : null;
    if (!item || !cell) return;
    close();
    act(grid, cell, item);
  });
  document.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.hidden = true;
  });
}

/** @param {Grid} grid @param {HTMLElement} menu @param {HTMLTableCellElement} cell */
function open(grid, menu, cell) {
  const field = cell.querySelector("input");
  const isHead = cell.tagName === "TH";
  for (const item of menuItems(menu)) {
    item.hidden = ("value" in item.dataset || "writes" in item.dataset) && !field;
    if (item.dataset.opens === "work") item.hidden = !isHead || !("opened" in cell.dataset);
    if (item.dataset.opens === "begin") item.hidden = !isHead;
    if (item.dataset.opens === "cell") item.hidden = isHead;
    if ("needsMark" in item.dataset && !cell.dataset.mark) item.hidden = true;
    if (item instanceof HTMLAnchorElement) item.href = address(grid, cell, item.dataset.opens ?? "");
  }
  menu.hidden = false;
  place(menu, cell);
  menuItems(menu).find((item) => !item.hidden)?.focus();
}

/** @param {Grid} grid @param {HTMLTableCellElement} cell @param {string} what */
function address(grid, cell, what) {
  const lesson = `/lessons/${cell.dataset.lesson}/`;
  if (what === "work") return `${lesson}columns/${cell.dataset.work}/`;
  if (what !== "cell") return what === "begin" ? `${lesson}columns/` : lesson;
  return `${grid.dataset.cells}${cell.dataset.student}/${cell.dataset.lesson}/`;
}

/** Keeps the menu within the window. @param {HTMLElement} menu @param {HTMLElement} cell */
function place(menu, cell) {
  const box = cell.getBoundingClientRect();
  const left = Math.max(Math.min(box.left, innerWidth - menu.offsetWidth - 8), 8);
  const below = box.bottom + menu.offsetHeight + 8 < innerHeight;
  menu.style.left = `${left}px`;
  menu.style.top = `${below ? box.bottom : Math.max(box.top - menu.offsetHeight, 8)}px`;
}

/** @param {HTMLElement} menu @returns {HTMLElement[]} */
const menuItems = (menu) => [...menu.querySelectorAll("[role=menuitem]")].map((item) => /** @type {HTMLElement} */ (item));

/** @param {HTMLElement} menu @param {KeyboardEvent} event @param {() => void} close */
function walk(menu, event, close) {
  const items = menuItems(menu).filter((item) => !item.hidden);
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  if (event.key === "Escape" || event.key === "Tab") close();
  else if (event.key === "ArrowDown") items[(at + 1) % items.length].focus();
  else if (event.key === "ArrowUp") items[(at + items.length - 1) % items.length].focus();
  else if (event.key === "Home" || event.key === "End") items[event.key === "Home" ? 0 : items.length - 1].focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** @param {Grid} grid @param {HTMLTableCellElement} cell @param {HTMLElement} item */
function act(grid, cell, item) {
  const field = cell.querySelector("input");
  if (!field || item instanceof HTMLAnchorElement) return;
  if ("value" in item.dataset) grid.write(grid.selection?.cells(cell) ?? [cellOf(field)], item.dataset.value ?? "");
  else if (item.dataset.writes === "retake") typeAnother(field);
  else if (item.dataset.writes === "column") fillColumn(grid, field);
}
