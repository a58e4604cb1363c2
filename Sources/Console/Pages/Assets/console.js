// The pages work without this. It keeps them fresh, copies codes, and serves a few keys.
"use strict";

// A list or thread is fetched again as it stands, and put where the old one was.
function freshen() {
  if (freshen.running) { freshen.again = true; return; }
  freshen.running = true;
  fetch(location.href, { headers: { Accept: "text/html" } })
    .then((answer) => (answer.ok && !answer.redirected ? answer.text() : Promise.reject()))
    .then((text) => {
      const page = new DOMParser().parseFromString(text, "text/html");
      const scroll = document.querySelector("[data-scroll]");
      const isAtEnd = scroll && scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
      const before = document.querySelectorAll("[data-fresh]");
      const after = page.querySelectorAll("[data-fresh]");
      before.forEach((old, index) => { if (after[index] && old.innerHTML !== after[index].innerHTML) replace(old, after[index]); });
      offerCopies();
      if (isAtEnd) scroll.scrollTop = scroll.scrollHeight;
    })
    .catch(() => {})
    .finally(() => {
      freshen.running = false;
      if (freshen.again) { freshen.again = false; setTimeout(freshen, 100); }
    });
}

// Only what differs, so that an open reason or a playing recording stays as it is.
function replace(old, fresh) {
  const rows = (list) => new Map([...list.querySelectorAll("li[id]")].map((row) => [row.id, row]));
  const known = rows(old);
  for (const [id, row] of rows(fresh)) {
    const same = known.get(id);
    if (!same) continue;
    if (bare(same) === bare(row)) row.replaceWith(same);
    else if (same.querySelector("details[open]")) row.querySelector("details")?.setAttribute("open", "");
  }
  old.replaceChildren(...fresh.childNodes);
}

// A form's key is another on every page.
function bare(row) {
  const copy = row.cloneNode(true);
  copy.querySelectorAll("input[type=hidden]").forEach((input) => input.remove());
  copy.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });
  return copy.innerHTML;
}

const live = document.querySelector("[data-live]");
if (live) {
  const shortest = 5000, longest = 60000;
  let pause = shortest;
  let after = live.dataset.live, isStale = false;
  const note = () => { if (document.hidden) isStale = true; else freshen(); };
  const listen = () => {
    const events = new EventSource("/live?after=" + after);
    events.onopen = () => { pause = shortest; };
    events.onmessage = (event) => { after = event.lastEventId || after; note(); };
    // A browser asks again where nobody answers, and gives up for good on any other answer: a proxy's, while we begin anew.
    events.onerror = () => { if (events.readyState === EventSource.CLOSED) later(); };
  };
  // Every vain time waits for longer.
  const later = () => { setTimeout(again, pause); pause = Math.min(2 * pause, longest); };
  const isSignedOut = (answer) => answer.status === 401 || answer.status === 403 || (answer.redirected && new URL(answer.url).pathname === "/sign-in");
  // Asked first without a body, whether the pages are there: who is signed out since, or let in no more, asks no further. Any other answer is of a
  // moment, whoever gave it.
  const again = () => fetch("/you", { method: "HEAD" })
    .then((answer) => { if (answer.ok && !answer.redirected) listen(); else if (!isSignedOut(answer)) later(); })
    .catch(later);
  listen();
  document.addEventListener("visibilitychange", () => { if (!document.hidden && isStale) { isStale = false; freshen(); } });
}

// A thread opens at its end; at a day that was asked for, at its beginning.
const scroll = document.querySelector("[data-scroll]");
if (scroll && location.hash !== "#top") scroll.scrollTop = scroll.scrollHeight;

for (const field of document.querySelectorAll("[data-zone]")) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";

// A code is copied with one click.
function offerCopies() {
  if (navigator.clipboard) for (const button of document.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
}
offerCopies();
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  navigator.clipboard.writeText(button.dataset.copy).then(() => {
    const before = button.textContent;
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = before; }, 2000);
  }).catch(() => {});
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return leave(event);
  if (event.target.closest("input, textarea, select, dialog[open]") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") { const find = document.querySelector(".find input"); if (find?.offsetParent) { event.preventDefault(); find.focus(); } else location.href = "/search"; }
  if (event.key === "?") document.querySelector("#keys")?.showModal();
  if (event.key === "n") location.href = "/new";
  if (event.key === "r") { const text = document.querySelector("[data-compose] textarea"); if (text) { event.preventDefault(); text.focus(); } }
  if (event.key === "j" || event.key === "k") {
    const rows = [...document.querySelectorAll(".list a")].filter((row) => row.offsetParent);
    const at = rows.indexOf(document.activeElement);
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + (event.key === "j" ? 1 : -1)))];
    if (next) next.focus();
  }
});

// Out of a field first, then back to the list.
function leave(event) {
  if (document.querySelector("dialog[open]")) return;
  const menu = event.target.closest("details[open]") || document.querySelector(".menu[open]");
  if (menu) { menu.removeAttribute("open"); menu.querySelector("summary").focus(); return; }
  if (event.target.closest("input, textarea, select")) { event.target.blur(); return; }
  const back = document.querySelector(".back");
  if (back) location.href = back.href;
}
