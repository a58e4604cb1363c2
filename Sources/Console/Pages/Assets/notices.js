// The worker, and whether this browser is called when something comes.
"use strict";

(() => {
  if (!("serviceWorker" in navigator) || !window.isSecureContext) return;
  navigator.serviceWorker.register("/worker.js").catch(() => {});

  const text = (octets) => btoa(String.fromCharCode(...new Uint8Array(octets))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const octets = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const token = () => document.querySelector("input[name=token], [data-token]");
  const post = (path, fields) => {
    const field = token();
    if (!field) return Promise.reject();
    return fetch(path, { method: "POST", body: new URLSearchParams({ token: field.value || field.dataset.token, ...fields }) });
  };
  const tell = (subscription) => post("/push", { endpoint: subscription.endpoint, key: text(subscription.getKey("p256dh")), secret: text(subscription.getKey("auth")) });

  // What was asked for once holds for this sign-in too.
  if ("PushManager" in window && Notification.permission === "granted" && !sessionStorage.getItem("notices") && token()) {
    navigator.serviceWorker.ready.then((worker) => worker.pushManager.getSubscription())
      .then((subscription) => subscription && tell(subscription)).then(() => sessionStorage.setItem("notices", "told")).catch(() => {});
  }

  const card = document.querySelector("[data-notices]");
  if (!card || !("PushManager" in window)) return;
  card.hidden = false;
  const on = card.querySelector("[data-notices-on]"), off = card.querySelector("[data-notices-off]"), told = card.querySelector("[data-notices-told]");
  const say = (sentence) => { told.textContent = sentence; told.hidden = !sentence; };
  const show = () => navigator.serviceWorker.ready.then((worker) => worker.pushManager.getSubscription())
    .then((subscription) => { on.hidden = Boolean(subscription); off.hidden = !subscription; });
  on.addEventListener("click", async () => {
    say("");
    if (await Notification.requestPermission() !== "granted") return say(card.dataset.refused);
    try {
      const key = await (await fetch("/push")).text();
      const worker = await navigator.serviceWorker.ready;
      const answer = await tell(await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: octets(key) }));
      if (!answer.ok) throw answer;
    } catch { say(card.dataset.failed); }
    show();
  });
  off.addEventListener("click", async () => {
    const worker = await navigator.serviceWorker.ready;
    const subscription = await worker.pushManager.getSubscription();
    if (subscription) { await post("/push/end", { endpoint: subscription.endpoint }).catch(() => {}); await subscription.unsubscribe(); }
    show();
  });
  show();
})();
