// Asks whether an app that was set up has come, until it has or half an hour is over.
"use strict";

const awaited = document.querySelector("[data-arrival]");
if (awaited) {
  const end = Date.now() + 30 * 60 * 1000;
  const look = () => {
    if (Date.now() > end) return;
    if (document.hidden) { setTimeout(look, 2000); return; }
    fetch(awaited.dataset.arrival, { headers: { Accept: "text/html" } })
      .then((answer) => (answer.ok && !answer.redirected ? answer.text() : Promise.reject()))
      .then((text) => {
        const arrived = new DOMParser().parseFromString(text, "text/html").querySelector("[data-arrived]");
        if (arrived) awaited.replaceChildren(...arrived.childNodes); else setTimeout(look, 2000);
      })
      .catch(() => setTimeout(look, 5000));
  };
  setTimeout(look, 1000);
}
