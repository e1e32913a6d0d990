// A tablet that lies on a table: after a minute without a touch, or when somebody goes back, the page starts anew.
"use strict";

const start = document.querySelector("[data-start]");
let waiting;

const wait = () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => window.location.replace(start.href), 1000 * Number(start.dataset.start));
};

if (start) {
  for (const touched of ["pointerdown", "keydown", "input", "scroll"]) document.addEventListener(touched, wait);
  wait();
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.replace(start.href);
    else if (!document.querySelector(".errors")) for (const form of document.forms) form.reset();
  });
}
