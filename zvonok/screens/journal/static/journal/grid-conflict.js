/** A cell that was not saved: its reason, and what can be done about it. */

/**
 * Two teachers in one cell: the second sees what the first one put, and chooses.
 * @param {HTMLTableCellElement} cell in conflict, its reason shown
 * @param {DOMStringMap} words
 * @param {() => void} mine
 * @param {() => void} theirs
 */
export function ask(cell, words, mine, theirs) {
  offer(cell, button(words.wordsTheirs, cell, theirs), button(words.wordsMine, cell, mine));
}

/** What was refused is shown until it is given up. @param {HTMLTableCellElement} cell @param {DOMStringMap} words @param {() => void} act */
export function askToDiscard(cell, words, act) {
  offer(cell, button(words.wordsDiscard, cell, act));
}

/** @param {HTMLTableCellElement} cell @param {...HTMLElement} buttons */
function offer(cell, ...buttons) {
  const choice = document.createElement("p");
  choice.className = "cell__choice";
  choice.append(...buttons);
  cell.querySelector(".cell__reason")?.append(choice);
}

/** @param {string | undefined} words @param {HTMLTableCellElement} cell @param {() => void} act */
function button(words, cell, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "cell__choose";
  made.textContent = words ?? "";
  made.addEventListener("click", () => {
    cell.querySelector("input")?.focus();
    act();
  });
  return made;
}
