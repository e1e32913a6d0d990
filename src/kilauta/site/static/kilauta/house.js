// Small helps on top of pages that work without them: print, and the nearest place, found in the browser itself.
"use strict";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Where "autofocus" on a part that is not a field is not known, what is wrong with a form is gone to all the same.
for (const errors of document.querySelectorAll(".errors[autofocus]")) errors.focus();

const radians = (degrees) => (degrees * Math.PI) / 180;

// Squared distance on a flat Finland: enough to tell which of two places is nearer.
const apart = (lat, lon, place) => {
  const down = radians(lat - place[1]);
  const across = radians(lon - place[2]) * Math.cos(radians(lat));
  return down * down + across * across;
};

for (const button of document.querySelectorAll("[data-near]")) {
  if (!("geolocation" in navigator)) continue;
  const line = button.closest(".near");
  const status = line.querySelector("[role=status]");
  const failed = () => { status.textContent = status.dataset.failed; };
  line.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(async (position) => {
      try {
        const { places } = await (await fetch(button.dataset.near)).json();
        const { latitude, longitude } = position.coords;
        places.sort((a, b) => apart(latitude, longitude, a) - apart(latitude, longitude, b));
        window.location.assign(`${button.dataset.target}${places[0][0]}/`);
      } catch {
        failed();
      }
    }, failed, { maximumAge: 300000, timeout: 10000 });
  });
}

// A number that is tapped is counted: which number, and nothing about who tapped it.
document.addEventListener("click", (event) => {
  const number = event.target.closest('a[href^="tel:"]');
  if (!number || !navigator.sendBeacon) return;
  const tongue = document.documentElement.lang;
  const address = tongue === "fi" ? "/loytyiko/" : `/${tongue}/loytyiko/`;
  navigator.sendBeacon(address, new URLSearchParams({ soitettu: number.getAttribute("href").slice(4) }));
});
