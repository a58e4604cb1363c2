// What is being written: its count, its draft, the files that go with it, and how far they are.
"use strict";

(() => {
  const form = document.querySelector("[data-compose]");
  if (!form) return;
  const textarea = form.querySelector("textarea"), count = form.querySelector("[data-count]"), picker = form.querySelector("[data-files]");
  const token = () => form.elements.token.value;
  const later = (work, pause) => { let timer; return () => { clearTimeout(timer); timer = setTimeout(work, pause); }; };

  // How the text would be sent.
  const fit = () => { textarea.style.height = "auto"; textarea.style.height = textarea.scrollHeight + 2 + "px"; };
  const ask = () => {
    const body = new URLSearchParams({ token: token(), text: textarea.value });
    fetch("/count", { method: "POST", body }).then((answer) => (answer.ok ? answer.text() : "")).then((text) => { count.textContent = text; }).catch(() => {});
  };
  const askSoon = later(ask, 150);

  // What is left unsent is there again, in whatever browser.
  const isThread = /^\/conversations\/\d+$/.test(form.getAttribute("action"));
  let saved = textarea.value;
  const save = () => {
    if (!isThread || form.dataset.sent || textarea.value === saved) return;
    saved = textarea.value;
    fetch(form.getAttribute("action") + "/draft", { method: "POST", keepalive: true, body: new URLSearchParams({ token: token(), text: saved }) }).catch(() => {});
  };
  const saveSoon = later(save, 800);
  window.addEventListener("pagehide", save);

  textarea.addEventListener("input", () => { fit(); askSoon(); saveSoon(); });
  textarea.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
  });
  window.addEventListener("pageshow", () => { delete form.dataset.sent; });
  if (textarea.value) { fit(); ask(); }

  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    if (picker && picker.files.length) { event.preventDefault(); if (isSmallEnough()) upload(); return; }
    if (!textarea.value.trim() && picker) { event.preventDefault(); textarea.focus(); return; }
    form.dataset.sent = "1";
  });
  if (!picker) return;

  // The files, and what each will weigh.
  const list = document.createElement("ul");
  list.className = "files";
  list.setAttribute("aria-live", "polite");
  form.insertBefore(list, count);
  const warning = document.createElement("p");
  warning.className = "mistake";
  const size = (octets) => (octets < 1048576 ? Math.ceil(octets / 1024) + " kB" : (octets / 1048576).toFixed(1) + " MB");
  const total = () => [...picker.files].reduce((sum, file) => sum + file.size, 0);
  const isSmallEnough = () => total() <= Number(picker.dataset.room);
  const keep = (files) => { const all = new DataTransfer(); files.forEach((file) => all.items.add(file)); picker.files = all.files; show(); };
  const add = (files) => keep([...picker.files, ...files]);
  let addresses = [];
  const show = () => {
    addresses.forEach((address) => URL.revokeObjectURL(address));
    addresses = [];
    list.replaceChildren(...[...picker.files].map((file, index) => {
      const row = document.createElement("li"), name = document.createElement("bdi"), told = document.createElement("span"), button = document.createElement("button");
      name.textContent = file.name;
      const shrinks = file.type.startsWith("image/") && file.size > Number(picker.dataset.limit);
      told.textContent = " " + size(file.size) + (shrinks ? ", " + picker.dataset.shrinks + " " : " ");
      button.type = "button";
      button.className = "plain";
      button.textContent = picker.dataset.remove;
      button.addEventListener("click", () => keep([...picker.files].filter((_, other) => other !== index)));
      row.append(name, told, button);
      return row;
    }));
    warning.textContent = isSmallEnough() ? "" : picker.dataset.tooMuch;
    if (warning.textContent) list.after(warning); else warning.remove();
  };
  picker.addEventListener("change", show);
  textarea.addEventListener("paste", (event) => { if (event.clipboardData.files.length) { event.preventDefault(); add(event.clipboardData.files); } });
  const zone = form.closest(".thread") || form;
  let depth = 0;
  const hasFiles = (event) => [...event.dataTransfer.types].includes("Files");
  zone.addEventListener("dragenter", (event) => { if (hasFiles(event)) { depth += 1; zone.classList.add("dropping"); zone.dataset.drop = picker.dataset.drop; } });
  zone.addEventListener("dragleave", () => { depth -= 1; if (depth <= 0) { depth = 0; zone.classList.remove("dropping"); } });
  zone.addEventListener("dragover", (event) => { if (hasFiles(event)) event.preventDefault(); });
  zone.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    zone.classList.remove("dropping");
    add(event.dataTransfer.files);
  });

  // Sent with word of how far it is.
  const upload = () => {
    form.dataset.sent = "1";
    const bar = document.createElement("progress"), request = new XMLHttpRequest();
    bar.max = 1;
    bar.setAttribute("aria-label", picker.dataset.sending);
    list.after(bar);
    const give = () => { delete form.dataset.sent; bar.remove(); };
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
    request.addEventListener("error", () => { give(); warning.textContent = picker.dataset.lost; list.after(warning); });
    request.addEventListener("load", () => {
      if (request.status === 200) { location.assign(request.responseURL); return; }
      give();
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      // What this one stood for was sent before: what is sent next has another.
      const key = page.querySelector("[data-compose] [name=key]");
      if (key) form.elements.key.value = key.value;
      warning.textContent = page.querySelector(".mistake, h1")?.textContent || picker.dataset.lost;
      list.after(warning);
    });
    request.open("POST", form.action);
    request.send(new FormData(form));
  };
})();
