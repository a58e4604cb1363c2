// Adds to the log what is written while the page is open.
"use strict";

const log = document.querySelector("[data-log]");
if (log) {
  const most = 1000;
  const piece = (name, text, kind) => {
    const node = document.createElement(name);
    node.textContent = text;
    if (kind) node.className = kind;
    return node;
  };
  const add = (line) => {
    const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
    const row = document.createElement("li");
    row.className = line.level;
    row.append(piece("time", line.at), " ", piece("b", line.level), " ", piece("span", line.part, "part"), " ", line.text);
    if (line.details) row.append(" ", piece("span", line.details, "soft"));
    log.append(row);
    while (log.children.length > most) log.firstChild.remove();
    document.querySelector("[data-empty]")?.remove();
    if (isAtEnd) log.scrollTop = log.scrollHeight;
  };
  log.scrollTop = log.scrollHeight;
  const query = new URLSearchParams({ after: log.dataset.log, level: log.dataset.level });
  new EventSource("/health/log/events?" + query).onmessage = (event) => add(JSON.parse(event.data));
}
