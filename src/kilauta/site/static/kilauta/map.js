// The map over tiles, only where the network has set a tile address; the drawing and the list work without it.
"use strict";

for (const figure of document.querySelectorAll("[data-map]")) {
  if (!figure.dataset.tiles || !window.L) continue;
  fetch(figure.dataset.points).then((answer) => answer.json()).then((collection) => {
    figure.replaceChildren();
    figure.classList.add("is-live");
    const map = L.map(figure, { zoomAnimation: false, fadeAnimation: false });
    L.tileLayer(figure.dataset.tiles, { attribution: figure.dataset.attribution, maxZoom: 18 }).addTo(map);
    const layer = L.geoJSON(collection, {
      pointToLayer: (feature, point) => L.circleMarker(point, { radius: 12, color: "#16202A", weight: 3, fillColor: "#FFB81C", fillOpacity: 1 }),
      onEachFeature: (feature, marker) => {
        const link = document.createElement("a");
        link.href = feature.properties.address;
        link.textContent = feature.properties.name;
        marker.bindPopup(link);
      },
    }).addTo(map);
    map.fitBounds(layer.getBounds().pad(0.1));
  });
}
