// Runs beside the pages: opens the log's form without a network, and keeps an entry that could not be sent.
// What stands above this line is written by the server: the version, the shell's address and the files it needs.

const CACHE = `practice-${VERSION}`;
const FORM = /^\/practice\/(\d+)?$/;
const PATIENCE = 20_000;

// The shell holds nothing of anybody: it is asked for without a cookie.
async function gather() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES);
  const shell = await fetch(SHELL, { credentials: "omit", cache: "no-store" });
  if (!shell.ok) throw new TypeError("no shell");
  await cache.put(SHELL, shell);
}

async function clear() {
  for (const name of await caches.keys()) {
    if (name.startsWith("practice-") && name !== CACHE) await caches.delete(name);
  }
  await clients.claim();
}

// The same two stores as in kept.js.
function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("practice", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("book", { keyPath: "person" });
      asked.result.createObjectStore("queue", { keyPath: "once" });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

function done(asked) {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function keep(sent, url) {
  const database = await opened();
  const [book] = await done(database.transaction("book").objectStore("book").getAll());
  if (!book) throw new TypeError("nobody's");
  const once = sent.get("once");
  const fields = [...sent].filter(([name]) => name !== "csrf_token" && name !== "once");
  const entry = { once, person: book.person, url: url.pathname + url.search, draft: `${book.person}/`, fields, at: Date.now(), words: [] };
  await done(database.transaction("queue", "readwrite").objectStore("queue").put(entry));
  database.close();
  return once;
}

// A fair's network may neither answer nor fail. What arrives after all is written once, by its key.
function answered(request) {
  return Promise.race([fetch(request), new Promise((_, refuse) => setTimeout(refuse, PATIENCE))]);
}

async function posted(request, url) {
  const typed = request.clone().formData();
  try {
    return await answered(request);
  } catch {
    const once = await keep(await typed, url);
    return Response.redirect(`/practice/?kept=${encodeURIComponent(once)}`, 303);
  }
}

async function page(request) {
  try {
    return await answered(request);
  } catch {
    return (await caches.match(SHELL)) ?? Response.error();
  }
}

async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}

addEventListener("install", (event) => event.waitUntil(gather().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clear()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate" && FORM.test(url.pathname)) {
    if (request.method === "POST") event.respondWith(posted(request, url));
    else if (url.pathname === "/practice/") event.respondWith(page(request));
  } else if (request.method === "GET" && FILES.includes(url.pathname + url.search)) {
    event.respondWith(file(request));
  }
});
