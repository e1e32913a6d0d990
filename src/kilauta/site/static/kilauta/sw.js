// The worker of one page, the log without a network: it keeps that page and its parts on a shelf, and nothing else.
// What to keep is said by the script that brings this one in: SHELL = { shelf, version, parts }.
"use strict";

const SHELF = SHELL.shelf + SHELL.version;
const PARTS = new Set(SHELL.parts);

const fetched = async (path) => {
  const answer = await fetch(new Request(path, { cache: "reload" }));
  // a page that leads to the sign-in is not the page
  if (!answer.ok || answer.redirected) throw new Error(path);
  return answer;
};

const fill = async () => {
  const answers = await Promise.all(SHELL.parts.map(fetched));
  const shelf = await caches.open(SHELF);
  await Promise.all(SHELL.parts.map((path, number) => shelf.put(path, answers[number])));
  await self.skipWaiting();
};

const tidy = async () => {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(SHELL.shelf) && name !== SHELF);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
};

const fromTheShelf = async (request, path) => {
  // without a shelf (cleared) none is made by looking
  const kept = await caches.match(path, { cacheName: SHELF, ignoreVary: true });
  return kept || fetch(request);
};

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  const isOurs = event.request.method === "GET" && origin === self.location.origin && PARTS.has(pathname);
  if (isOurs) event.respondWith(fromTheShelf(event.request, pathname));
});
