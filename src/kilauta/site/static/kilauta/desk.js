// The list of the desk by keyboard, on top of a page that works without: the keys act only while the list has focus.
"use strict";

const list = document.querySelector("ol.desk-rows");
const MOVES = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

const moveFrom = (target, step) => {
  const links = [...list.querySelectorAll("[data-row]")];
  const at = links.findIndex((link) => link.closest("li").contains(target));
  const next = links[Math.min(Math.max(at + step, 0), links.length - 1)];
  next.focus();
};

if (list) {
  document.querySelector("[data-keys]").hidden = false;
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const step = MOVES[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    const row = event.target.closest("li");
    if (step) {
      moveFrom(event.target, step);
      event.preventDefault();
    } else if (event.key.toLowerCase() === "x" && row) {
      const box = row.querySelector("[type=checkbox]");
      box.checked = !box.checked;
      event.preventDefault();
    }
  });
}
