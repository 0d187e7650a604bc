// Footing's service worker: the whole release is on the phone, or none of it.
//
// src/bin/finish_release fills in the marks after each build. What
// happens over a release, since it is easy to get wrong:
//
// 1. First visit: the list is fetched, checked against its hashes and stored.
//    From then on nothing is asked of the network but the browser's own check
//    for a new worker.
// 2. A new release: the new worker fills a cache of its own and waits. The old
//    one answers until the runner accepts the update or has closed every page.
// 3. Accepted: refused while any page holds the lock of a running session.
//    A second page that still runs the old release keeps getting the old
//    release's files, and their cache goes when that page has.
"use strict";

const VERSION = "__VERSION__";
// [path, hash of its contents], "./" standing for index.html.
const FILES = [/*__FILES__*/];
// In the folder but never asked for by the app: left to the network.
const UNLISTED = [/*__UNLISTED__*/];

const SCOPE = self.registration.scope;
// Two copies of Footing under one host share one cache storage, hence the path.
const OURS = "footing-";
const HERE = " " + new URL(SCOPE).pathname;
const cacheOf = (version) => OURS + version + HERE;
const CURRENT = cacheOf(VERSION);
// Locks that pages hold, see register.js. A lock goes when its page does, even
// if that crashes, and can be read without waking a frozen page.
// A page of a release that knew of no folders names them as at a host's root.
const FOLDER = new URL(SCOPE).pathname;
const named = (lock) => [OURS + lock, FOLDER === "/" ? OURS + lock : `footing@${FOLDER}${lock}`];
const SESSION_LOCKS = named("session");
const PAGE_LOCKS = named("page-");

const absolute = (path) => new URL(path, SCOPE).href;
const SHELL = absolute("./");
const listed = new Set(FILES.map(([path]) => absolute(path)));
const unlisted = new Set(UNLISTED.map(absolute));

// All or nothing: everything is fetched before anything is stored. `reload`
// goes past the HTTP cache; the hash refuses a half-uploaded release and a
// hotel's log-in page alike.
async function fill() {
  const fetched = await Promise.all(
    FILES.map(async ([path, integrity]) => {
      const request = new Request(absolute(path), { cache: "reload", integrity });
      const response = await fetch(request);
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      // A redirected response may not answer a navigation: keep its bytes only.
      return [request.url, response.redirected ? new Response(response.body, { headers: response.headers }) : response];
    })
  );
  const cache = await caches.open(CURRENT);
  try {
    await Promise.all(fetched.map(([url, response]) => cache.put(url, response)));
  } catch (error) {
    await caches.delete(CURRENT); // the disk is full
    throw error;
  }
}

const older = async () =>
  (await caches.keys()).filter((name) => name.startsWith(OURS) && name.endsWith(HERE) && name !== CURRENT);

// Whether other releases' caches are there; asked once per start of the worker,
// so that the usual request does not pay for it.
let olderKept;
const countOlder = () => (olderKept = older().then((names) => names.length > 0));

// An old release's cache goes when the last page that runs it has gone. While a
// newer worker waits, its cache is among the others: leave them all.
async function sweep() {
  if (self.registration.installing || self.registration.waiting) return;
  const held = navigator.locks ? (await navigator.locks.query()).held : [];
  const running = held.flatMap(({ name }) => {
    const page = PAGE_LOCKS.find((lock) => name.startsWith(lock));
    return page ? [cacheOf(name.slice(page.length))] : [];
  });
  const gone = (await older()).filter((name) => !running.includes(name));
  await Promise.all(gone.map((name) => caches.delete(name)));
  await countOlder();
}

// Which release a page runs: those that were opened under this worker are
// known, the others are asked (a lock's clientId is not the page's, in Chromium).
const releases = new Map();
async function ask(id) {
  const page = id && (await clients.get(id));
  if (!page) return CURRENT;
  const { port1, port2 } = new MessageChannel();
  const version = await new Promise((resolve) => {
    port1.onmessage = (event) => resolve(event.data);
    page.postMessage({ type: "which-release" }, [port2]);
    setTimeout(resolve, 1000, VERSION);
  });
  const name = cacheOf(version);
  return (await caches.has(name)) ? name : CURRENT;
}

async function cacheFor(event) {
  if (event.request.mode === "navigate") {
    releases.set(event.resultingClientId, CURRENT);
    return caches.open(CURRENT);
  }
  if (!(await (olderKept ?? countOlder()))) return caches.open(CURRENT);
  const id = event.clientId;
  if (!releases.has(id)) releases.set(id, ask(id));
  return caches.open(await releases.get(id));
}

async function answer(event, url) {
  const cache = await cacheFor(event);
  const find = (path) => cache.match(path, { ignoreVary: true });
  const hit = await find(url);
  if (hit) return hit;
  // The browser threw the cache away: live off the network, and try to refill
  // (which the hashes refuse if another release is served by now).
  if (!(await find(SHELL))) {
    event.waitUntil(fill().catch(() => {}));
    return fetch(event.request);
  }
  if (listed.has(url)) return fetch(event.request);
  // Not part of the release, so it does not exist, with or without a network.
  if (event.request.mode === "navigate") return Response.redirect(SHELL);
  return new Response("Not part of this release of Footing.", { status: 404 });
}

self.addEventListener("install", (event) => event.waitUntil(fill()));

self.addEventListener("activate", (event) => {
  // A debug build lists nothing: it makes way for the network.
  event.waitUntil(FILES.length ? sweep() : self.registration.unregister());
});

self.addEventListener("fetch", (event) => {
  const { method, url: href, mode } = event.request;
  if (method !== "GET" || !href.startsWith(SCOPE) || !FILES.length) return;
  const { origin, pathname } = new URL(href);
  let url = origin + pathname;
  if (url === absolute("index.html")) url = SHELL;
  if (unlisted.has(url)) return;
  event.respondWith(answer(event, url));
  if (mode === "navigate") event.waitUntil((olderKept ?? countOlder()).then((kept) => kept && sweep()));
});

// The page that accepts waits for one answer: {accepted, reason}.
self.addEventListener("message", (event) => {
  if (!event.data || event.data.type !== "accept-update") return;
  event.waitUntil(
    (async () => {
      const held = navigator.locks ? (await navigator.locks.query()).held : [];
      const running = held.some((lock) => SESSION_LOCKS.includes(lock.name));
      if (event.ports[0]) event.ports[0].postMessage(running ? { accepted: false, reason: "session" } : { accepted: true });
      if (!running) await self.skipWaiting();
    })()
  );
});
