// Shows that there is no connection, and what is new while no page is open. It keeps no page with messages.
"use strict";

// Of this release: what an earlier one kept is thrown away.
const store = "homeline" + kept.map((path) => path.split("/")[2] || "").join("-");

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(store).then((cache) => cache.addAll(kept)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => Promise.all(names.filter((name) => name !== store).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(old).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match("/offline")));
  } else if (kept.includes(new URL(request.url).pathname)) {
    event.respondWith(caches.match(request, { ignoreVary: true }).then((found) => found || fetch(request)));
  }
});

self.addEventListener("push", (event) => {
  let call = {};
  try { call = event.data ? event.data.json() : {}; } catch { /* A call that is none of ours still has to show something. */ }
  const path = /^\/conversations\/\d+$/.test(call.path) ? call.path : "/";
  const shown = self.clients.matchAll({ type: "window" }).then((pages) => pages.some((page) => page.focused && new URL(page.url).pathname === path));
  event.waitUntil(shown.then((isOpen) => {
    const options = { body: String(call.body || ""), tag: path, renotify: true, silent: isOpen, data: path, icon: kept[3] };
    return self.registration.showNotification(String(call.title || "Homeline"), options);
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const path = event.notification.data || "/";
  event.waitUntil(self.clients.matchAll({ type: "window" }).then((pages) => {
    const open = pages.find((page) => new URL(page.url).pathname === path) || pages[0];
    if (!open) return self.clients.openWindow(path);
    return open.focus().then((page) => (new URL(page.url).pathname === path ? page : page.navigate(path)));
  }));
});
