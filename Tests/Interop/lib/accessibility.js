// What WCAG 2.2 AA asks of a page and a program can tell, asked of the page as the browser shows it. Gives one sentence for each fault.
// Each rule names its success criterion.
const faults = [];
const short = (node) => node.outerHTML.replace(/\s+/g, " ").slice(0, 140);
const fault = (what, node) => faults.push(node ? `${what}: ${short(node)}` : what);
const all = (selector) => [...document.querySelectorAll(selector)];
const style = (node, pseudo) => getComputedStyle(node, pseudo);

// What nobody sees: not drawn, cut away to a point, or within what is closed.
function isSeen(node) {
  if (!node.checkVisibility({ contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true })) return false;
  if (node.closest(".hidden")) return false;
  const box = node.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && box.right > 0 && box.bottom + document.scrollingElement.scrollTop > 0;
}

// MARK: Names

const words = (node) => [...node.childNodes].map((child) => {
  if (child.nodeType === 3) return child.textContent;
  if (child.nodeType !== 1 || child.getAttribute("aria-hidden") === "true") return "";
  return child.getAttribute("aria-label") ?? (child.tagName === "IMG" ? child.alt : words(child));
}).join("");
const referred = (node, name) => (node.getAttribute(name) || "").split(/\s+/).filter(Boolean);

function nameOf(node) {
  const others = referred(node, "aria-labelledby").map((id) => document.getElementById(id)).filter(Boolean);
  if (others.length) return others.map(words).join(" ").trim();
  const told = node.getAttribute("aria-label");
  if (told?.trim()) return told.trim();
  if (node.labels?.length) return [...node.labels].map(words).join(" ").trim();
  if (node.tagName === "IMG") return node.alt.trim();
  if (node.matches("input[type=submit], input[type=button]")) return node.value.trim();
  if (node.matches("input, select, textarea")) return "";
  const title = node.querySelector?.(":scope > title");
  return (title ? title.textContent : words(node)).trim();
}

const FIELDS = "input:not([type=hidden]), textarea, select";
const CONTROLS = `${FIELDS}, button, a[href], summary`;

function names() {
  // 1.1.1, 4.1.2
  for (const node of all(`${CONTROLS}, dialog, [role=img], audio, video`)) if (!nameOf(node)) fault("no name (4.1.2)", node);
  for (const node of all("img")) if (!node.hasAttribute("alt")) fault("no alt (1.1.1)", node);
  for (const node of all("svg")) if (!nameOf(node) && !node.closest("[aria-hidden=true]")) fault("a drawing neither named nor hidden (1.1.1)", node);
  // 2.5.3: who says what is written presses what is meant.
  for (const node of all("button[aria-label], a[href][aria-label]")) {
    const written = words(node).trim().toLowerCase();
    if (/[a-z]/.test(written) && !nameOf(node).toLowerCase().includes(written)) fault("its name is not what is written (2.5.3)", node);
  }
  // 1.3.1, 3.3.2: the words beside a field are its label.
  for (const node of all(FIELDS)) if (!node.labels?.length && !node.hasAttribute("aria-label") && !node.hasAttribute("aria-labelledby")) fault("a field without a label (3.3.2)", node);
  // 3.3.1: what is wrong is said where the field is.
  for (const node of all("[aria-invalid=true]")) if (!referred(node, "aria-describedby").length) fault("wrong, and nothing says why (3.3.1)", node);
  for (const node of all("[aria-hidden=true]")) if (node.querySelector(CONTROLS) || node.matches(CONTROLS)) fault("hidden and yet used (4.1.2)", node);
  // 1.3.1: several boxes of one question stand under it.
  const boxes = all("input[type=checkbox], input[type=radio]");
  for (const node of boxes)
    if (boxes.some((other) => other !== node && other.form === node.form && other.name === node.name) && !node.closest("fieldset")?.querySelector("legend"))
      fault("one of several without their question (1.3.1)", node);
}

// MARK: Structure

function structure() {
  // 3.1.1, 2.4.2, 1.4.4
  if (!/^(en|fr)$/.test(document.documentElement.lang)) fault(`no language (3.1.1): '${document.documentElement.lang}'`);
  if (!document.title.trim()) fault("no title (2.4.2)");
  const zoom = document.querySelector("meta[name=viewport]")?.content || "";
  if (!zoom.includes("width=device-width") || /user-scalable=no|maximum-scale/.test(zoom)) fault(`no zoom (1.4.4): '${zoom}'`);
  // 4.1.2: one of a name, and no name of nothing.
  const ids = all("[id]").map((node) => node.id);
  ids.filter((id, place) => ids.indexOf(id) !== place).forEach((id) => fault(`two of id ${id} (4.1.2)`));
  for (const name of ["aria-describedby", "aria-labelledby", "aria-controls", "for", "list"])
    for (const node of all(`[${name}]`)) for (const id of referred(node, name)) if (!document.getElementById(id)) fault(`nothing of id ${id} (4.1.2)`, node);
  for (const node of all("a[href^='#']")) if (node.hash.length > 1 && !document.querySelector(node.hash)) fault("leads nowhere", node);
  // 1.3.1, 2.4.1
  for (const [tag, selector] of [["main", "main"], ["header", "body > header"]]) if (all(selector).length !== 1) fault(`not one ${tag} (1.3.1)`);
  const navigations = all("nav").map((node) => node.getAttribute("aria-label") || "");
  if (navigations.some((name, place) => !name || navigations.indexOf(name) !== place)) fault("navigations without names of their own (1.3.1)");
  for (const node of document.body.children)
    if (!node.matches("header, main, footer, nav, dialog, script, .skip") && node.textContent.trim()) fault("outside of all landmarks (1.3.1)", node);
  const skip = document.querySelector("a[href='#main']");
  if (!skip || document.querySelector(CONTROLS) !== skip) fault("the way to the content is not first (2.4.1)");
  // 2.4.6
  if (all("main h1").length !== 1) fault(`${all("main h1").length} of h1 (2.4.6)`);
  let level = 0;
  for (const node of all("main h1, main h2, main h3, main h4, main h5, main h6")) {
    const next = Number(node.tagName[1]);
    if (next > level + 1) fault(`a heading of level ${next} after ${level} (1.3.1)`, node);
    if (!node.textContent.trim()) fault("an empty heading (2.4.6)", node);
    level = next;
  }
  // 1.3.1: lists and tables as they are meant.
  for (const node of all("ul, ol")) if ([...node.children].some((child) => !["LI", "SCRIPT", "TEMPLATE"].includes(child.tagName))) fault("a list with something else in it (1.3.1)", node);
  for (const node of all("li")) if (!node.closest("ul, ol")) fault("of no list (1.3.1)", node);
  for (const node of all("dl")) if ([...node.children].some((child) => !["DT", "DD", "DIV"].includes(child.tagName))) fault("a list of terms with something else in it (1.3.1)", node);
  for (const node of all("dt, dd")) if (!node.closest("dl")) fault("of no list of terms (1.3.1)", node);
  for (const node of all("table")) {
    if (!node.querySelector("th")) fault("a table without headers (1.3.1)", node);
    for (const head of node.querySelectorAll("th")) if (!head.textContent.trim() && !head.hasAttribute("aria-label")) fault("an empty header (1.3.1)", head);
  }
  // 2.4.3
  for (const node of all("[tabindex]")) if (node.tabIndex > 0) fault("an order of its own (2.4.3)", node);
  for (const node of all("a:not([href])")) if (node.textContent.trim()) fault("a link to nowhere", node);
}

// MARK: Colours

const channels = (text) => {
  const found = (text.match(/[0-9.]+%?/g) || []).map((value) => (value.endsWith("%") ? Number(value.slice(0, -1)) / 100 : Number(value)));
  if (!/^rgba?\(/.test(text)) throw new Error(`a colour that is not understood: ${text}`);
  return [...found.slice(0, 3), found.length > 3 ? found[3] : 1];
};
const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
const light = (colour) => colour.slice(0, 3).map((v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
  .reduce((sum, v, place) => sum + v * [0.2126, 0.7152, 0.0722][place], 0);
const ratio = (one, other) => {
  const [a, b] = [light(one), light(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
};

// What stands behind a node: the colours of all around it, from the first that nothing shines through.
function ground(node) {
  const layers = [];
  for (let place = node; place; place = place.parentElement) {
    const look = style(place), colour = channels(look.backgroundColor);
    if (look.backgroundImage !== "none") fault("a picture behind text, whose contrast nobody can tell", place);
    if (colour[3] > 0) layers.push(colour);
    if (colour[3] === 1) break;
  }
  return layers.reverse().reduce((below, colour) => over(colour, below), [255, 255, 255, 1]);
}

function ink(node, look = style(node)) {
  let opacity = 1;
  for (let place = node; place; place = place.parentElement) opacity *= Number(style(place).opacity);
  const [r, g, b, a] = channels(node.closest("svg") && look.fill !== "none" ? look.fill : look.color);
  return [r, g, b, a * opacity];
}

// 1.4.3
function readable(node, look, what) {
  const behind = ground(node), found = ratio(over(ink(node, look), behind), behind);
  const size = parseFloat(look.fontSize), isLarge = size >= 24 || (size >= 18.66 && Number(look.fontWeight) >= 700);
  if (found < (isLarge ? 3 : 4.5)) fault(`${what} at ${found.toFixed(2)} to 1 (1.4.3)`, node);
}

function colours() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), looked = new Set();
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || looked.has(node) || node.closest("script, style, template, option, datalist") || !isSeen(node)) continue;
    looked.add(node);
    readable(node, style(node), "text");
  }
  for (const node of all("input:not([type=hidden], [type=checkbox], [type=radio]), textarea, select")) {
    if (!isSeen(node)) continue;
    if (node.value) readable(node, style(node), "what is typed");
    else if (node.placeholder) readable(node, style(node, "::placeholder"), "a placeholder");
    // 1.4.11: where a field ends.
    const look = style(node), behind = ground(node.parentElement);
    const edge = parseFloat(look.borderTopWidth) > 0 ? ratio(over(channels(look.borderTopColor), behind), behind) : 0;
    if (Math.max(edge, ratio(ground(node), behind)) < 3) fault(`a field that does not stand out, ${edge.toFixed(2)} to 1 (1.4.11)`, node);
  }
  for (const node of all("body *")) for (const pseudo of ["::before", "::after"]) {
    const look = style(node, pseudo);
    if (/[^"\s]/.test(look.content.replace(/^(none|normal)$/, "")) && isSeen(node)) readable(node, look, pseudo);
  }
}

// MARK: Size and place

// Strips that are made to be pushed sideways, and what is typed into.
const SLIDING = ".sections, .filter, pre, textarea, input, select, .log";

function places() {
  const page = document.scrollingElement;
  if (page.scrollWidth > innerWidth) fault(`the page is ${page.scrollWidth} wide in a window of ${innerWidth} (1.4.10)`);
  for (const node of all("body *")) {
    if (!isSeen(node) || node.closest("svg > *")) continue;
    const box = node.getBoundingClientRect();
    const isSliding = Boolean(node.parentElement.closest(SLIDING));
    // What an ancestor cuts off with dots is cut off on purpose.
    const isCut = (() => {
      for (let place = node.parentElement; place; place = place.parentElement) if (style(place).overflowX !== "visible" && place.getBoundingClientRect().right <= innerWidth && place !== document.querySelector("main")) return true;
      return false;
    })();
    if (!isSliding && !isCut && (box.right > innerWidth + 1 || box.left < -1)) fault(`from ${Math.round(box.left)} to ${Math.round(box.right)} in a window of ${innerWidth} (1.4.10)`, node);
    const look = style(node);
    if (/auto|scroll/.test(look.overflowX) && node.scrollWidth > node.clientWidth + 1 && !node.matches(SLIDING)) fault(`pushed sideways: ${node.scrollWidth} in ${node.clientWidth} (1.4.10)`, node);
    // Letters that are cut through.
    if (look.overflowY === "hidden" && node.scrollHeight > node.clientHeight + 3 && look.textOverflow !== "ellipsis" && node.textContent.trim()) fault(`cut off: ${node.scrollHeight} in ${node.clientHeight}`, node);
  }
}

// A word in a sentence is as large as the sentence lets it be.
function isInline(node) {
  if (!["inline"].includes(style(node).display)) return false;
  const around = node.closest("p, li, dd, dt, td, th, label, h1, h2, h3, h4, summary, div");
  return Boolean(around) && around.textContent.trim().length > node.textContent.trim().length;
}

// What is tapped: a box stands for its whole label.
const targetOf = (node) => (node.matches("input[type=checkbox], input[type=radio]") && node.labels[0] ? node.labels[0] : node).getBoundingClientRect();

// As much of it as is not rolled out of sight.
function shownOf(node) {
  let { left, right, top, bottom } = targetOf(node);
  for (let place = node.parentElement; place; place = place.parentElement) {
    if (style(place).overflowX === "visible" && style(place).overflowY === "visible") continue;
    const box = place.getBoundingClientRect();
    [left, right, top, bottom] = [Math.max(left, box.left), Math.min(right, box.right), Math.max(top, box.top), Math.min(bottom, box.bottom)];
  }
  return { left, right, top, bottom };
}

function targets() {
  const shown = all(CONTROLS).filter((node) => isSeen(node) && !node.matches(".skip")).map((node) => ({ node, box: targetOf(node), shown: shownOf(node) }));
  // 2.5.8
  for (const { node, box } of shown)
    if ((box.width < 24 || box.height < 24) && !isInline(node)) fault(`a target of ${box.width.toFixed(1)} by ${box.height.toFixed(1)} (2.5.8)`, node);
  // One over another is pressed for it.
  shown.forEach((one, place) => shown.slice(place + 1).forEach((other) => {
    if (one.node.contains(other.node) || other.node.contains(one.node) || one.node.closest("label")?.contains(other.node) || other.node.closest(".sheet") || one.node.closest(".sheet")) return;
    // One button floats over the list, which can be rolled from under it.
    if (one.node.closest(".float") || other.node.closest(".float")) return;
    const width = Math.min(one.shown.right, other.shown.right) - Math.max(one.shown.left, other.shown.left);
    const height = Math.min(one.shown.bottom, other.shown.bottom) - Math.max(one.shown.top, other.shown.top);
    if (width > 2 && height > 2 && one.node.closest("main") === other.node.closest("main")) fault(`over another by ${width.toFixed(0)} by ${height.toFixed(0)}: ${short(other.node)}`, one.node);
  }));
}

// MARK: Focus

// 2.4.7, 1.4.11: who goes from one to the next by keys sees where they are.
function focus() {
  const before = document.activeElement, top = document.querySelector("main")?.scrollTop;
  // Who has a dialogue before them goes nowhere else.
  const dialogue = document.querySelector("dialog:modal");
  for (const node of all(`${CONTROLS}, audio, video`)) {
    if (dialogue && !dialogue.contains(node)) continue;
    if (!node.checkVisibility({ visibilityProperty: true }) || node.disabled || node.tabIndex < 0) continue;
    node.focus({ preventScroll: true });
    if (document.activeElement !== node) { fault("not reached by keys (2.1.1)", node); continue; }
    const ringed = [node, node.parentElement].find((place) => style(place).outlineStyle !== "none" && parseFloat(style(place).outlineWidth) >= 2);
    if (!ringed) { fault("focus is not seen (2.4.7)", node); continue; }
    const behind = ground(ringed.parentElement);
    const found = ratio(over(channels(style(ringed).outlineColor), behind), behind);
    if (found < 3) fault(`focus at ${found.toFixed(2)} to 1 (1.4.11)`, node);
  }
  document.activeElement?.blur();
  before?.focus?.({ preventScroll: true });
  if (top !== undefined) document.querySelector("main").scrollTop = top;
}

for (const rule of [names, structure, colours, places, targets, focus]) rule();
return [...new Set(faults)];
