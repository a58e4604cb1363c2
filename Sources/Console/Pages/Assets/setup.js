// The steps work without this. It looks again by itself where something is awaited, and says that a long search goes on.
"use strict";

for (const button of document.querySelectorAll("[data-slow]")) {
  button.form.addEventListener("submit", () => { button.textContent = button.dataset.slow; button.setAttribute("aria-busy", "true"); });
}

// While the daemon begins anew nobody answers; the first answer leads on.
const returning = document.querySelector("[data-returns]");
if (returning) {
  const look = () => fetch(returning.dataset.returns, { cache: "no-store" })
    .then((answer) => { if (answer.ok) location.replace(returning.dataset.returns); else setTimeout(look, 500); })
    .catch(() => setTimeout(look, 500));
  setTimeout(look, 700);
}

function refresh() {
  const old = document.querySelector("[data-poll]");
  if (!old) return;
  if (document.hidden || old.querySelector("details[open]")) { setTimeout(refresh, 1000); return; }
  fetch(location.href, { cache: "no-store" })
    .then((answer) => (answer.ok && !answer.redirected ? answer.text() : ""))
    .then((text) => {
      const fresh = text && new DOMParser().parseFromString(text, "text/html").querySelector("[data-poll]");
      if (fresh && !old.querySelector("details[open]") && fresh.innerHTML !== old.innerHTML) old.replaceChildren(...fresh.childNodes);
    })
    .catch(() => {})
    .finally(() => setTimeout(refresh, 1000));
}
if (document.querySelector("[data-poll]")) setTimeout(refresh, 1000);
