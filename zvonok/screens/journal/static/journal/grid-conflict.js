/** Two teachers in one cell: the second sees what the first one put, and chooses. */

/**
 * @param {HTMLTableCellElement} cell in conflict, its reason shown
 * @param {DOMStringMap} words
 * @param {() => void} mine
 * @param {() => void} theirs
 */
export function ask(cell, words, mine, theirs) {
  const note = cell.querySelector(".cell__reason");
  const choice = document.createElement("p");
  choice.className = "cell__choice";
  choice.append(button(words.wordsTheirs, cell, theirs), button(words.wordsMine, cell, mine));
  note?.append(choice);
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
