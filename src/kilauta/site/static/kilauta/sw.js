// The worker of one page (the log without a network, the day of an event): it keeps that page and its parts on a
// shelf, and nothing else. What to keep is said by the script that brings this one in: SHELL = { shelf, version, parts,
// instead }. With `instead` the network comes first, and only without one the shelf: pages whose address is like
// `instead.pages` have names in them and are never kept; in their place stands `instead.shown`, which is empty.
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

const instead = SHELL.instead && { pages: new RegExp(SHELL.instead.pages), shown: SHELL.instead.shown };

const kept = (path) => caches.match(path, { cacheName: SHELF, ignoreVary: true });

const fromTheNetwork = async (request, path) => {
  try {
    return await fetch(request);
  } catch (error) {
    const found = await kept(path);
    if (found) return found;
    throw error;
  }
};

const fromTheShelf = async (request, path) => {
  // without a shelf (cleared) none is made by looking
  return (await kept(path)) || fetch(request);
};

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  const isPage = instead && event.request.mode === "navigate" && instead.pages.test(pathname);
  if (isPage) event.respondWith(fromTheNetwork(event.request, instead.shown));
  else if (PARTS.has(pathname)) {
    event.respondWith((instead ? fromTheNetwork : fromTheShelf)(event.request, pathname));
  }
});
