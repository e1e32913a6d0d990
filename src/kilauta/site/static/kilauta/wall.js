// A screen on the wall: it asks anew every few seconds, and keeps what it shows while there is no network.
"use strict";

const wall = document.querySelector("[data-wall]");
const OFTEN = 3000;
const PATIENCE = 8000;

const renew = async () => {
  try {
    const asked = { cache: "no-store", redirect: "error", signal: AbortSignal.timeout(PATIENCE) };
    const text = await (await fetch(window.location.href, asked)).text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.querySelector("[data-wall]");
    // only what is new is read aloud
    if (fresh && fresh.innerHTML !== wall.innerHTML) wall.innerHTML = fresh.innerHTML;
  } catch {
    // the numbers stay as they were
  } finally {
    window.setTimeout(renew, OFTEN);
  }
};

window.setTimeout(renew, OFTEN);
