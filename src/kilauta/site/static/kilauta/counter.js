// The desk counter by keyboard, on top of a page that works without: digits act only while the list has focus.
"use strict";

const list = document.querySelector("[data-counter]");

if (list) {
  for (const hint of list.querySelectorAll("[data-keys]")) hint.hidden = false;
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
    const button = list.querySelectorAll("[data-key]")[Number(event.key) - 1];
    if (!button || event.repeat || event.target.closest("select, input")) return;
    event.preventDefault();
    button.click();
  });
}

// A page gone back to is an old one: its key is spent, and the count on it is not of now.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
