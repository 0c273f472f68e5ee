"use strict";
// Draws what people see of a connector from the data in the page. Every text becomes a text node: none is ever read as markup.

const given = JSON.parse(document.getElementById("data").textContent);
const STEP = 200; // operations that the list shows before it is asked for more
const state = { connector: given.chosen, page: "operation", operation: "", tab: "flow", designer: "new", search: "", kind: "all", listed: STEP, more: {}, open: {}, values: {}, added: {}, rows: {}, all: {}, tokens: "", nav: false };
const known = new Map(); // the data of each connector, by its number

// Elements

function make(tag, attributes, ...children) {
  const svg = ["svg", "path", "circle"].includes(tag);
  const element = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === false || value === undefined || value === null) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  return fill(element, ...children);
}

function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
}

const PICTURES = {
  info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 7.5V17M12 7v.6",
  close: "M6 6l12 12M18 6L6 18",
  add: "M12 5v14M5 12h14",
  folder: "M3 6.5h6l2 2.5h10v10H3z",
  bolt: "M13 3 5 13.5h6L11 21l8-10.5h-6z",
  play: "M4 12h13M12 6l6 6-6 6",
  link: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  bin: "M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13",
  warn: "M12 4 2.5 20h19zM12 10v5M12 17.4v.6",
  error: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm-3.5 5.5 7 7m0-7-7 7",
  note: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 7.5V17M12 7v.6",
  key: "M14 4a6 6 0 1 0 5.6 8.200M8 13.5 3 18.500V21h3v-2h2v-2h2l1.5-1.500M15.5 8.500h.1",
  moon: "M20 14.500A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.500Z",
  menu: "M4 7h16M4 12h16M4 17h16",
  star: "m12 4 2.5 5.2 5.7.7-4.2 3.9 1.1 5.7L12 16.7 6.9 19.5 8 13.8 3.8 9.9l5.7-.7z",
  loop: "M17 3l4 4-4 4M21 7H7a4 4 0 0 0-4 4M7 21l-4-4 4-4M3 17h14a4 4 0 0 0 4-4",
};

function picture(name) {
  return make("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: "picture" }, make("path", { d: PICTURES[name] }));
}

const plural = (number, word) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
const same = (left, right) => JSON.stringify(left) === JSON.stringify(right);
const idOf = (...parts) => parts.join("-").replace(/[^\w]/g, (character) => `_${character.codePointAt(0).toString(16)}`);

function iconButton(name, label, onclick, further) {
  return make("button", { type: "button", class: "icon", title: label, "aria-label": label, onclick, ...further }, picture(name));
}

// Data

function current() {
  return known.get(state.connector);
}

function remember(number, overview, details) {
  known.set(number, { overview, details: new Map(Object.entries(details || {})) });
}

async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

async function ask(path) {
  const response = await fetch(path, { cache: "no-store" });
  if (!response.ok) throw new Error(`the preview answered with ${response.status}`);
  return response.json();
}

async function detailOf(index) {
  const one = current();
  const key = String(index);
  if (!one.details.has(key)) {
    const detail = await ask(`operation?connector=${state.connector}&operation=${index}`);
    if (detail.made !== one.overview.made) await load(state.connector);
    known.get(state.connector).details.set(key, detail);
  }
  return known.get(state.connector).details.get(key);
}

async function load(number) {
  remember(number, await ask(`connector?connector=${number}`));
}

// Where the page is, as a part of the address that outlives a reload

function nameOf(index) {
  const { operations } = current().overview;
  const { id } = operations[index];
  return id && operations.findIndex((one) => one.id === id) === index ? id : `${index}`;
}

function indexOf(name) {
  const { operations } = current().overview;
  const found = operations.findIndex((one) => one.id === name);
  if (found >= 0) return found;
  return /^\d+$/.test(name) && Number(name) < operations.length ? Number(name) : operations.length ? 0 : -1;
}

function addressOf(page, name, tab) {
  const parts = [state.connector, page, ...(page === "operation" ? [name, tab || state.tab] : [])];
  return `#/${parts.map(encodeURIComponent).join("/")}`;
}

function readAddress() {
  const parts = location.hash.startsWith("#/") ? location.hash.slice(2).split("/") : [];
  let words = [];
  try { words = parts.map(decodeURIComponent); } catch { return; }
  const [number, page, name, tab] = words;
  if (/^\d+$/.test(number || "") && Number(number) < given.names.length) state.connector = Number(number);
  if (["operation", "connection", "findings"].includes(page)) state.page = page;
  if (name !== undefined) state.operation = name;
  if (TABS.some(([key]) => key === tab)) state.tab = tab;
}

// Places and findings

function placeOf(named, lines, label, short) {
  const [file, line, column] = named.split(":").map(Number);
  const name = (current().overview.files || [])[file] || "";
  const text = line === 1 && column === 1 && !lines[`${file}:1`] ? name : `${name}:${line}`;
  if (short) return placed(named, text.replace(/^.*\//, ""));
  return placed(named, [label ? make("span", { class: "unseen" }, label) : null, text]);
}

function placed(named, shown) {
  const [file, line, column] = named.split(":").map(Number);
  const name = (current().overview.files || [])[file] || "";
  if (!given.link) return make("code", { class: "place", title: `${name}:${line}` }, shown);
  const absolute = /^(\/|[A-Za-z]:\/)/.test(name) ? name : `${given.root}/${name}`;
  const path = encodeURI(absolute.startsWith("/") ? absolute : `/${absolute}`).replace(/[?#]/g, encodeURIComponent);
  const href = given.link.replace("{path}", path).replace("{line}", line).replace("{column}", column);
  return make("a", { class: "place", href, title: `Open ${name}:${line} in the editor` }, shown, picture("link"));
}

function findingBox(finding, lines, further) {
  return make("div", { class: `finding ${finding.severity}` },
    picture({ error: "error", warning: "warn" }[finding.severity] || "note"),
    make("div", {},
      make("p", { class: "message" }, make("span", { class: "unseen" }, `${finding.severity}: `), finding.message),
      (finding.also || []).map((text) => make("p", { class: "message" }, text)),
      finding.help ? make("p", { class: "help" }, finding.help) : null,
      make("p", { class: "where" }, placeOf(finding.at, lines), make("span", { class: "rule" }, finding.rule), finding.count > 1 ? `${finding.count} times` : null),
      finding.source ? make("pre", { class: "source", tabindex: "0", "aria-label": "Source" }, finding.source) : null,
      further || null));
}

const worst = (indices) => {
  const { findings } = current().overview;
  const severities = indices.map((index) => findings[index].severity);
  return ["error", "warning", "note"].find((one) => severities.includes(one)) || "note";
};

// The bar

function drawBar() {
  const { overview } = current();
  const counts = ["error", "warning", "note"].map((severity) => [severity, overview.findings.filter((one) => one.severity === severity).length]);
  const bar = document.getElementById("bar");
  fill(bar,
    iconButton("menu", "Operations", () => { state.nav = !state.nav; drawNav(); }, { class: "icon menu", id: "menu", "aria-expanded": String(state.nav), "aria-controls": "list" }),
    iconOf(overview, "logo"),
    make("div", { class: "names" },
      make("h1", {}, overview.title || overview.source),
      make("p", {}, overview.version ? `Version ${overview.version} · ` : "", make("code", {}, overview.source))),
    make("div", { class: "tools" },
      given.names.length > 1 ? make("select", { id: "connectors", "aria-label": "Connector", onchange: (event) => go({ connector: Number(event.target.value), page: "operation", operation: "" }) },
        shortened(given.names).map((name, number) => make("option", { value: String(number), selected: number === state.connector }, name))) : null,
      make("a", { class: `pill ${overview.findings.length ? worst(overview.findings.map((_, index) => index)) : "good"}`, href: addressOf("findings"), id: "to-findings" },
        overview.findings.length ? counts.filter(([, number]) => number).map(([severity, number]) => plural(number, severity)).join(", ") : "No findings"),
      iconButton("moon", "Dark or light", changeTheme, { id: "theme" })));
  const root = document.documentElement.style;
  root.setProperty("--brand", overview.color || "#5b6472");
  root.setProperty("--on-brand", isLight(overview.color || "#5b6472") ? "#000" : "#fff");
  document.title = `${overview.title || overview.source} · Preview`;
}

function shortened(names) { // without the folder that all have in common
  const parts = names.map((name) => name.split("/"));
  let common = 0;
  while (parts.every((each) => each.length > common + 1 && each[common] === parts[0][common])) common += 1;
  return parts.map((each) => each.slice(common).join("/"));
}

function isLight(color) { // whether black is easier to read on it than white (WCAG 2)
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;
}

function iconOf(overview, className) {
  return overview.icon ? make("img", { class: className, src: overview.icon, alt: "" }) : make("span", { class: `${className} none`, "aria-hidden": "true" }, (overview.title || "?").slice(0, 1));
}

function changeTheme() {
  const dark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  setTheme(dark ? "light" : "dark");
  try { localStorage.setItem("preview-theme", document.documentElement.dataset.theme); } catch { /* files may have no storage */ }
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
}

// The list of operations

function matches(operation) {
  if (state.kind === "actions" && operation.kind !== "action") return false;
  if (state.kind === "triggers" && operation.kind === "action") return false;
  const text = `${operation.title}\n${operation.id}\n${operation.about || ""}`.toLowerCase();
  return state.search.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function drawNav() {
  const nav = document.getElementById("list");
  const scroll = nav.scrollTop;
  const { overview } = current();
  nav.classList.toggle("open", state.nav);
  document.getElementById("menu").setAttribute("aria-expanded", String(state.nav));
  fill(nav,
    make("ul", { class: "entries" },
      make("li", {}, entry(addressOf("connection"), state.page === "connection", picture("key"), "Connection")),
      make("li", {}, entry(addressOf("findings"), state.page === "findings", picture("warn"), "Findings", overview.findings.length ? make("span", { class: `count ${worst(overview.findings.map((_, index) => index))}` }, String(overview.findings.length), overview.more ? "+" : "") : null))),
    make("div", { class: "search" },
      make("input", { type: "search", id: "search", placeholder: `Search ${plural(overview.operations.length, "operation")}`, "aria-label": "Search operations", value: state.search, autocomplete: "off", spellcheck: "false", oninput: (event) => { state.search = event.target.value; state.listed = STEP; drawOperations(); }, onkeydown: searchKey }),
      make("div", { class: "kinds", role: "group", "aria-label": "Kind" }, [["all", "All"], ["actions", "Actions"], ["triggers", "Triggers"]].map(([kind, label]) =>
        make("button", { type: "button", id: `kind-${kind}`, "aria-pressed": String(state.kind === kind), onclick: () => { state.kind = kind; state.listed = STEP; drawNav(); document.getElementById(`kind-${kind}`).focus(); } }, label)))),
    make("div", { id: "operations" }));
  drawOperations();
  nav.scrollTop = scroll;
}

function searchKey(event) {
  if (event.key !== "ArrowDown" && event.key !== "Enter") return;
  const first = document.querySelector("#operations a");
  if (!first) return;
  event.preventDefault();
  if (event.key === "Enter") first.click();
  else first.focus();
}

function entry(href, chosen, ...children) {
  return make("a", { href, "aria-current": chosen ? "page" : false, onclick: () => { state.nav = false; } }, children);
}

function drawOperations() {
  const { overview } = current();
  const found = overview.operations.map((operation, index) => [operation, index]).filter(([operation]) => matches(operation));
  const offered = found.filter(([, index]) => index < overview.offered);
  const hidden = found.filter(([, index]) => index >= overview.offered);
  const shown = offered.slice(0, state.listed);
  fill(document.getElementById("operations"),
    make("ul", { class: "entries", onkeydown: listKey }, shown.map(operationEntry)),
    offered.length > shown.length ? make("button", { type: "button", class: "plain", id: "more-operations", onclick: () => { state.listed += STEP; drawOperations(); } }, `Show ${Math.min(STEP, offered.length - shown.length)} more of ${offered.length.toLocaleString("en")}`) : null,
    found.length ? null : make("p", { class: "quiet pad" }, overview.operations.length ? "No operation matches." : "There are no operations yet."),
    hidden.length ? make("details", { class: "hidden-ones", open: state.open.hidden, ontoggle: (event) => { state.open.hidden = event.target.open; } },
      make("summary", {}, `Not shown to people (${hidden.length})`),
      make("ul", { class: "entries", onkeydown: listKey }, hidden.slice(0, state.listed).map(operationEntry))) : null);
}

function operationEntry([operation, index]) {
  const chosen = state.page === "operation" && index === indexOf(state.operation);
  const trigger = operation.kind !== "action";
  return make("li", {}, entry(addressOf("operation", nameOf(index)), chosen,
    picture(trigger ? "bolt" : "play"),
    make("span", { class: "text" },
      make("span", { class: "title" }, operation.title),
      make("span", { class: "badges" },
        trigger ? make("span", { class: "badge trigger" }, "Trigger") : null,
        operation.deprecated ? make("span", { class: "badge" }, "Deprecated") : null,
        operation.visibility === "advanced" ? make("span", { class: "badge" }, "Advanced") : null)),
    operation.visibility === "important" ? make("span", { class: "star-sign", title: "Important: the list has it first" }, picture("star"), make("span", { class: "unseen" }, "important")) : null,
    operation.findings ? make("span", { class: `count ${worst(operation.findings)}` }, make("span", { class: "unseen" }, "findings: "), String(operation.findings.length)) : null));
}

function listKey(event) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = [...document.querySelectorAll("#list a")];
  const next = links[links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
  event.preventDefault();
  if (next && next.closest("#operations")) next.focus();
  else if (event.key === "ArrowUp") document.getElementById("search").focus();
}

// The stage

const TABS = [["flow", "Flow"], ["app", "Power Apps"], ["agent", "Agent"], ["readme", "README"]];

async function drawStage() {
  const stage = document.getElementById("stage");
  const { overview } = current();
  const warnings = [overview.failure ? box("error", `${overview.failure} `, overview.findings.length ? make("a", { href: addressOf("findings") }, "See the findings") : null) : null, overview.readable ? null : box("error", "The files can't be read as a connector: ", make("a", { href: addressOf("findings") }, "the findings say why"), "."),
    overview.leftOut.length ? box("error", `${overview.leftOut.slice(0, 10).join(", ")}: broken, and so not shown here. `, make("a", { href: addressOf("findings") }, "The findings say why"), ".") : null];
  if (state.page === "connection") return fill(stage, warnings, connectionPage(overview));
  if (state.page === "findings") return fill(stage, warnings, findingsPage(overview));
  const index = indexOf(state.operation);
  if (index < 0) return fill(stage, warnings, make("p", { class: "card pad quiet" }, "There are no operations yet: a spec has them under 'actions' and 'triggers'."), overview.findings.length ? findingsPage(overview) : null);
  const detail = await detailOf(index);
  fill(stage, warnings, operationPage(detail, index));
}

function box(severity, ...children) {
  return make("div", { class: `finding ${severity}` }, picture({ error: "error", warning: "warn" }[severity] || "note"), make("p", { class: "message" }, children));
}

function operationPage(detail, index) {
  const { overview } = current();
  if (detail.files) overview.files = detail.files;
  const lines = detail.lines || {};
  const own = detail.found.filter(([, key]) => !key).map(([at]) => overview.findings[at]);
  const kind = detail.kind === "action" ? "Action" : "Trigger";
  return [
    make("div", { class: "heading" },
      make("h2", {}, detail.title),
      make("p", { class: "meta" },
        make("span", { class: `badge ${detail.kind === "action" ? "" : "trigger"}` }, kind),
        detail.visibility === "internal" ? make("span", { class: "badge" }, "Not shown to people") : null,
        detail.deprecated ? make("span", { class: "badge" }, "Deprecated") : null,
        detail.id ? make("code", {}, detail.id) : null,
        make("code", {}, `${detail.verb.toUpperCase()} ${detail.path || ""}`),
        placeOf(detail.at, lines, "Defined at "))),
    make("div", { class: "tabs", role: "tablist", "aria-label": "Where people meet it", onkeydown: tabKey }, TABS.map(([key, label]) =>
      make("button", { type: "button", role: "tab", id: `tab-${key}`, "aria-selected": String(state.tab === key), "aria-controls": "panel", tabindex: state.tab === key ? "0" : "-1", onclick: () => go({ tab: key }, true) }, label))),
    make("div", { id: "panel", role: "tabpanel", "aria-labelledby": `tab-${state.tab}` },
      own.length ? make("div", { class: "stack" }, own.map((one) => findingBox(one, lines))) : null,
      { flow: flowPanel, app: appPanel, agent: agentPanel, readme: readmePanel }[state.tab](detail, index)),
  ];
}

function tabKey(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const keys = TABS.map(([key]) => key);
  const next = event.key === "Home" ? 0 : event.key === "End" ? keys.length - 1 : step ? (keys.indexOf(state.tab) + step + keys.length) % keys.length : -1;
  if (next < 0) return;
  event.preventDefault();
  go({ tab: keys[next] }, true);
}

// What flows show

function flowPanel(detail, index) {
  const name = nameOf(index);
  return make("div", { class: "flow" },
    make("div", { class: "stack" },
      make("div", { class: "switch", role: "group", "aria-label": "Designer" }, [["new", "New designer"], ["classic", "Classic designer"]].map(([key, label]) =>
        make("button", { type: "button", id: `designer-${key}`, "aria-pressed": String(state.designer === key), onclick: () => { state.designer = key; redraw(); } }, label))),
      card(detail, name),
      notesOf(detail)),
    tokensPanel(detail));
}

function card(detail, name) {
  const { overview } = current();
  const part = { detail, name, lines: detail.lines || {} };
  const top = (detail.inputs || []).filter((one) => !one.in_array_of);
  const section = state.designer === "new" ? "section" : "classic_section";
  const isShown = (one) => one[section] !== "advanced";
  const body = [top.filter(isShown).map((one) => field(one, part)), detail.trigger ? recurrence(detail.trigger) : null];
  const rest = top.filter((one) => !isShown(one));
  body.push(state.designer === "new" ? newAdvanced(rest, part) : classicAdvanced(rest, part));
  const empty = !top.length && !(detail.trigger && detail.trigger.recurrence.length);
  return make("section", { class: `card designer ${state.designer}`, "aria-label": "Card" },
    make("div", { class: "card-head" }, iconOf(overview, "logo"), make("div", {}, make("h3", {}, detail.title), make("p", {}, overview.title)),
      detail.description ? make("details", { class: "about" }, make("summary", { "aria-label": "About this operation" }, picture("info")), make("p", {}, detail.description)) : null),
    make("div", { class: "fields" }, empty ? make("p", { class: "quiet" }, detail.trigger && detail.trigger.kind !== "poll" ? "It has no fields: the service calls the flow." : "It has no fields.") : body),
    make("p", { class: "card-foot" }, "Connected to ", make("strong", {}, overview.title), ". ", make("a", { href: addressOf("connection") }, "Change connection")));
}

function newAdvanced(rest, part) {
  if (!rest.length) return null;
  const added = (state.added[part.name] ||= []);
  const shown = rest.filter((one) => added.includes(one.key));
  const set = (keys) => { state.added[part.name] = keys; redraw(); };
  const key = `advanced ${part.name}`;
  const choices = make("div", { class: "choices" });
  const draw = () => fill(choices, rest.map((one) => make("label", {},
    make("input", { type: "checkbox", id: idOf("add", part.name, one.key), checked: added.includes(one.key), onchange: (event) => set(event.target.checked ? [...added, one.key] : added.filter((other) => other !== one.key)) }), one.label)));
  const toggled = (event) => {
    state.open[key] = event.target.open;
    if (event.target.open && !choices.firstChild) draw();
  };
  if (state.open[key]) draw();
  return make("div", { class: "advanced" },
    make("h4", {}, "Advanced parameters"),
    make("div", { class: "chooser" },
      make("details", { class: "picker", open: state.open[key], ontoggle: toggled },
        make("summary", { id: idOf("picker", part.name) }, `Showing ${shown.length} of ${rest.length}`), choices),
      make("button", { type: "button", class: "plain", id: "show-all", onclick: () => set(rest.map((one) => one.key)) }, "Show all"),
      make("button", { type: "button", class: "plain", id: "clear-all", disabled: !shown.length, onclick: () => set([]) }, "Clear all")),
    shown.map((one) => field(one, part, { remove: () => set(added.filter((other) => other !== one.key)) })));
}

function classicAdvanced(rest, part) {
  if (!rest.length) return null;
  const open = Boolean(state.all[part.name]);
  return make("div", { class: "advanced" },
    open ? rest.map((one) => field(one, part)) : null,
    make("button", { type: "button", class: "plain", id: "advanced-options", "aria-expanded": String(open), onclick: () => { state.all[part.name] = !open; redraw(); } }, open ? "Hide advanced options" : "Show advanced options"));
}

function recurrence(trigger) {
  if (!trigger.recurrence.length || state.designer === "classic") return null;
  const texts = { Interval: "Specify the interval.", "Time zone": "Select timezone.", "Start time": "Example: 2017-03-24T15:00:00Z" };
  return make("fieldset", { class: "group" }, make("legend", {}, "How often do you want to check for items?"),
    make("div", { class: "pair" }, trigger.recurrence.map((label) => make("div", { class: "field" },
      make("label", { for: idOf("recurrence", label) }, label, ["Interval", "Frequency"].includes(label) ? star() : null),
      label === "Frequency"
        ? make("select", { id: idOf("recurrence", label) }, ["Minute", "Second", "Hour", "Day", "Week", "Month"].map((text) => make("option", {}, text)))
        : make("input", { type: "text", id: idOf("recurrence", label), placeholder: texts[label] || "", value: label === "Interval" ? "3" : "", autocomplete: "off" })))));
}

const star = () => [make("span", { class: "star", "aria-hidden": "true" }, "*"), make("span", { class: "unseen" }, " required")];

// One field: its label, its control, what was found, and where it comes from

function field(one, part, further = {}) {
  const id = idOf("f", part.name, one.key, further.row ?? "");
  const label = further.label || one.label || one.wire_name || "";
  const found = part.detail.found.filter(([, key]) => key === one.key).map(([at]) => current().overview.findings[at]);
  const opened = `origin ${id}`;
  const origin = part.detail.origins[one.key];
  const groups = ["array", "fields"].includes(one.editor);
  const heading = [label, one.required ? star() : null];
  const expand = origin && !further.plain ? iconButton("info", `Where '${label}' comes from`, () => { state.open[opened] = !state.open[opened]; redraw(); }, { id: idOf("origin", id), "aria-expanded": String(Boolean(state.open[opened])) }) : null;
  const buttons = make("span", { class: "buttons" }, expand, further.remove ? iconButton("close", `Remove parameter '${label}' and its value`, further.remove, { id: idOf("remove", id), "data-next": idOf("picker", part.name) }) : null);
  const control = { array: arrayOf, fields: schemaOf, combobox: comboOf, dropdown: comboOf, filepicker: pickerOf, html: richOf, object: areaOf, code: areaOf, dictionary: areaOf, table: areaOf }[one.editor] || textOf;
  const content = [control(one, part, { ...further, id, label }), found.map((finding) => findingBox(finding, part.lines)), state.open[opened] && origin ? originPanel(one, origin, part) : null];
  if (groups) return make("div", { class: "field group", role: "group", "aria-labelledby": `${id}-name` }, make("div", { class: "label" }, make("span", { class: "name", id: `${id}-name` }, heading), buttons), content);
  return make("div", { class: "field" }, make("div", { class: "label" }, make("label", { for: id }, heading), buttons), content);
}

function originPanel(one, origin, part) {
  const [at, ...facts] = origin;
  const line = part.lines[at.split(":").slice(0, 2).join(":")];
  const own = part.detail.provided[one.key];
  return make("div", { class: "origin" },
    make("p", {}, placeOf(at, part.lines)),
    line ? make("pre", { class: "source", tabindex: "0", "aria-label": "Source" }, line) : null,
    make("dl", {}, make("dt", {}, "Key"), make("dd", {}, make("code", {}, one.key)),
      make("dt", {}, "In the API"), make("dd", {}, make("code", {}, one.full_path), ` (${one.place})`),
      facts.map(([name, value, how, where]) => [make("dt", {}, name), make("dd", {}, value || "as described", " ", make("span", { class: `badge ${how}` }, { written: "written", derived: "derived", said: "in other words" }[how]), how === "derived" ? null : [" ", placeOf(where, part.lines)])]),
      facts.some(([name]) => name === "Label") ? null : [make("dt", {}, "Label"), make("dd", {}, "none: people see the raw name")],
      one.dynamic ? [make("dt", {}, "Dynamic"), make("dd", {}, `${one.dynamic.kind} from ${sourceOf(one)}`, own ? ", here from its sample" : ", which has no sample")] : null));
}

function valueOf(id, part, fallback) {
  const values = (state.values[part.name] ||= {});
  return id in values ? values[id] : fallback;
}

function keep(id, part) {
  return (event) => { (state.values[part.name] ||= {})[id] = event.target.value; };
}

function problemOf(one, label, value) {
  if (!value) return one.required ? `'${label}' is required.` : "";
  if (one.type === "integer" && !/^-?\d+$/.test(value)) return "Enter a valid integer.";
  if (one.type === "boolean" && !/^(true|false)$/i.test(value)) return "Enter a valid boolean.";
  if (["object", "array"].includes(one.type) && !isJson(value)) return "Enter a valid JSON.";
  if (one.type === "number" && (value.trim() === "" || !Number.isFinite(Number(value)))) return "Enter a valid number.";
  return "";
}

function isJson(text) {
  try { JSON.parse(text); return true; } catch { return false; }
}

function check(one, label, id) {
  return (event) => {
    const text = problemOf(one, label, event.target.value);
    const problem = document.getElementById(`${id}-problem`);
    if (problem) problem.textContent = text;
    event.target.setAttribute("aria-invalid", String(Boolean(text)));
  };
}

const sourceOf = (one) => (one.dynamic && one.dynamic.operation_id) || "an operation that isn't named";
const asText = (value) => (value === undefined || value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value));

function textOf(one, part, { id, label }) {
  const placeholder = one.editor === "file" && !one.hint ? "File content" : one.hint || "";
  return [make("input", { type: "text", id, placeholder, value: valueOf(id, part, asText(one.default)), autocomplete: "off", "aria-required": one.required ? "true" : false, "aria-describedby": `${id}-problem`, oninput: keep(id, part), onblur: check(one, label, id) }),
    make("p", { class: "problem", id: `${id}-problem` })];
}

function areaOf(one, part, { id, label }) {
  return [make("textarea", { id, rows: "3", placeholder: one.hint || "", value: valueOf(id, part, asText(one.default)), "aria-required": one.required ? "true" : false, "aria-describedby": `${id}-problem`, oninput: keep(id, part), onblur: check(one, label, id) }),
    make("p", { class: "problem", id: `${id}-problem` })];
}

function richOf(one, part, further) {
  return make("div", { class: "rich" }, make("div", { class: "toolbar", "aria-hidden": "true" }, make("b", {}, "B"), make("i", {}, "I"), make("u", {}, "U"), " ¶  •  </>"), areaOf(one, part, further));
}

const CUSTOM = "\u0000custom";

function comboOf(one, part, { id, label }) {
  const dynamic = one.dynamic && one.dynamic.kind !== "schema";
  const provided = part.detail.provided[one.key];
  const options = (one.options && one.options.length ? one.options : (provided && provided.options) || []).filter((option) => option.text !== "");
  const known = options.map((option) => asText(option.value));
  const value = valueOf(id, part, asText(one.default));
  const custom = value !== "" && !known.includes(value);
  const list = options.map((option) => make("option", { value: asText(option.value), selected: asText(option.value) === value }, option.text));
  const select = make("select", { id, class: value === "" ? "unset" : "", "aria-required": one.required ? "true" : false, "aria-describedby": `${id}-from`, onchange: (event) => { (state.values[part.name] ||= {})[id] = event.target.value; redraw(); } },
    make("option", { value: "" }, one.hint || (dynamic ? "Choose a value" : "")),
    dynamic ? make("optgroup", { label: list.length ? `From the sample of ${sourceOf(one)}` : `Loaded from ${sourceOf(one)}` }, list.length ? list : make("option", { disabled: true }, "Loading... (there is no sample)")) : list,
    make("option", { value: CUSTOM, selected: custom }, "Enter custom value"));
  return [select,
    custom ? make("input", { type: "text", id: `${id}-custom`, class: "custom", "aria-label": `Custom value of ${label}`, value: value === CUSTOM ? "" : value, placeholder: "Enter custom value", autocomplete: "off", oninput: (event) => { state.values[part.name][id] = event.target.value || CUSTOM; } }) : null,
    make("p", { class: "caption", id: `${id}-from` }, dynamic ? dynamicText(one) : "")];
}

function dynamicText(one) {
  const needs = one.dynamic.depends_on || [];
  return `The list comes from ${sourceOf(one)}${needs.length ? `, after ${needs.join(" and ")} ${needs.length > 1 ? "are" : "is"} chosen` : ""}.`;
}

function pickerOf(one, part, { id, label, ...further }) {
  const open = `picker ${id}`;
  const options = (part.detail.provided[one.key] || { options: [] }).options;
  const choose = (value) => { (state.values[part.name] ||= {})[id] = value; state.open[open] = false; redraw(); };
  return make("div", { class: "tree" },
    make("div", { class: "beside" }, textOf(one, part, { id, label, ...further }), iconButton("folder", `Show the picker of ${label}`, () => { state.open[open] = !state.open[open]; redraw(); }, { id: idOf("browse", id), "aria-expanded": String(Boolean(state.open[open])) })),
    state.open[open] ? make("ul", { class: "choices" }, options.length ? options.map((option) => make("li", {}, make("button", { type: "button", class: "plain", onclick: () => choose(asText(option.value)) }, option.text))) : make("li", { class: "quiet" }, "No items")) : null);
}

function schemaOf(one, part, further) {
  const provided = part.detail.provided[one.key];
  const inner = provided ? provided.fields : [];
  if (inner.length) return [make("p", { class: "caption" }, `These fields come from the sample of ${sourceOf(one)}.`), inner.filter((each) => !each.in_array_of).map((each) => field(each, { ...part, detail: { ...part.detail, inputs: inner, origins: {}, found: [], provided: {} } }, { row: `${further.id}` }))];
  const needs = (one.dynamic && one.dynamic.depends_on) || [];
  return make("p", { class: "quiet" }, needs.length ? `The fields appear after you choose ${needs.join(" and ")}.` : "The fields appear when the service has sent them.");
}

function named(element, label) {
  element.setAttribute("aria-label", label);
  return element;
}

// Arrays: a row for each item, or all of it as JSON

function arrayOf(one, part, { id, label, row }) {
  const whole = `whole ${id}`;
  const rows = (state.rows[id] ??= [0]); // a number for each, which it keeps when another goes
  const inner = (part.detail.inputs || []).filter((each) => each.in_array_of === one.key);
  const plain = inner.length === 0 || (inner.length === 1 && inner[0].key === `${one.key}.[*]`);
  const toggle = make("button", { type: "button", class: "plain small", id: idOf("whole", id), onclick: () => { state.open[whole] = !state.open[whole]; redraw(); } }, state.open[whole] ? "Switch to detail inputs for array item" : "Switch to input entire array");
  if (state.open[whole]) return [areaOf({ ...one, hint: "Enter an array", default: undefined }, part, { id, label }).map((element, at) => (at ? element : named(element, label))), toggle];
  const items = rows.map((own, number) => {
    const named = `${label} - ${number + 1}`;
    const remove = iconButton("bin", `Delete ${named}`, () => { state.rows[id] = rows.filter((other) => other !== own); redraw(); }, { id: idOf("delete", id, own), "data-next": idOf("new", id) });
    const at = `${row ?? ""}.${own}`;
    if (plain) return make("div", { class: "item beside" }, make("div", { class: "grow" }, field(inner[0] || { ...one, editor: "text", required: false }, part, { row: at, label: named, plain: number > 0 || !inner.length })), remove);
    return make("div", { class: "item group", role: "group", "aria-label": named }, make("div", { class: "label" }, make("span", { class: "name" }, named), remove), inner.map((each) => field(each, part, { row: at })));
  });
  return [items, make("div", { class: "row" }, make("button", { type: "button", class: "plain small", id: idOf("new", id), onclick: () => { state.rows[id] = [...rows, Math.max(-1, ...rows) + 1]; redraw(); } }, picture("add"), "Add new item"), toggle)];
}

// Dynamic content

function tokensPanel(detail) {
  const outputs = detail.outputs || [];
  const { overview } = current();
  const key = `tokens ${detail.id}`;
  const list = make("div", { class: "token-list" });
  const draw = () => {
    const text = state.tokens.toLowerCase();
    const found = outputs.filter((one) => !text || `${one.token || ""}\n${one.hint || ""}`.toLowerCase().includes(text));
    const early = text ? found : found.filter((one) => one.early || state.more[key]);
    const counts = new Map();
    for (const one of outputs) counts.set(one.token, (counts.get(one.token) || 0) + 1);
    fill(list, outputs.length ? null : make("p", { class: "quiet" }, "No dynamic content available"),
      make("ul", {}, early.map((one) => token(one, counts.get(one.token), detail))),
      outputs.length > outputs.filter((one) => one.early).length && !text ? make("button", { type: "button", class: "plain small", id: "see-more", "aria-expanded": String(Boolean(state.more[key])), onclick: () => { state.more[key] = !state.more[key]; draw(); document.getElementById("see-more").focus(); } }, state.more[key] ? "See less" : `See more (${outputs.length})`) : null);
  };
  draw();
  const counted = detail.counts || {};
  return make("aside", { class: "card tokens", "aria-label": "Dynamic content" },
    make("h3", {}, "Dynamic content"),
    make("p", { class: "caption" }, detail.response ? `Later steps get these from the answer ${detail.response === "x-ms-notification-content" ? "that the service sends" : detail.response}.` : "No answer gives later steps anything."),
    make("input", { type: "search", id: "token-search", "aria-label": "Search dynamic content", placeholder: "Search dynamic content", value: state.tokens, autocomplete: "off", oninput: (event) => { state.tokens = event.target.value; draw(); } }),
    make("p", { class: "token-head" }, iconOf(overview, "logo"), detail.title),
    list,
    state.designer === "classic" && outputs.length ? make("p", { class: "caption" }, "The classic designer offers a field only the tokens that fit its type.") : null,
    counted.shared_tokens ? box("note", `${plural(counted.shared_tokens, "token")} share their text with another: people can't tell them apart.`) : null,
    counted.long_tokens ? box("note", `${plural(counted.long_tokens, "token")} ${counted.long_tokens === 1 ? "is" : "are"} longer than 60 characters.`) : null);
}

function token(one, number, detail) {
  const loop = state.designer === "new" ? "For each" : "Apply to each";
  return make("li", {},
    make("p", { class: "token" }, make("span", { class: "token-text" }, one.token || ""), make("span", { class: "type" }, one.format || one.type), number > 1 ? make("span", { class: "badge" }, `${number} alike`) : null),
    one.hint ? make("p", { class: "token-hint" }, one.hint) : null,
    make("p", { class: "token-where" }, one.in_array_of ? make("span", { class: "loop" }, picture("loop"), `puts the step into “${loop}”`) : null, one.is_header ? "header" : null, detail.tokens[one.key] ? placeOf(detail.tokens[one.key], detail.lines || {}, "", true) : null));
}

function notesOf(detail) {
  const notes = [...(detail.notes || [])];
  const trigger = detail.trigger;
  const facts = [];
  if (trigger) {
    facts.push({ poll: "The flow asks the service for news, as often as it is set to.", webhook: "The service calls the flow: the field for its address is filled in by the platform.", notification: "The service tells the flow that something happened." }[trigger.kind]);
    facts.push(trigger.split_on ? `A run starts for each item of ${trigger.split_on}.` : "A run gets the whole answer.");
    if (trigger.hint) facts.push(`When a maker tests the flow: ${trigger.hint}`);
    if (trigger.kind === "poll" && state.designer === "classic") facts.push("The classic designer has the interval in the settings of the card.");
  }
  if (!notes.length && !facts.length) return null;
  return make("section", { class: "card pad", "aria-label": "Good to know" }, make("h3", {}, "Good to know"), make("ul", { class: "notes" }, [...facts, ...notes].map((text) => make("li", {}, text))));
}

// What apps and agents show, and the README

function appPanel(detail) {
  const { app } = detail;
  const { overview } = current();
  const required = app.arguments.filter((one) => one.required);
  const optional = app.arguments.filter((one) => !one.required);
  const name = `'${overview.title.replaceAll("'", "''")}'`;
  if (!app.supported) return make("section", { class: "card pad" }, make("h3", {}, "Power Apps doesn't offer it"), make("ul", { class: "notes" }, app.why_not.map((text) => make("li", {}, text))));
  const rows = (list, from) => list.map((one, index) => make("tr", {},
    make("td", {}, from ? String(index + 1) : "by name"), make("td", {}, make("code", {}, one.name)), make("td", {}, one.type), make("td", {}, one.display_name || one.name), make("td", {}, one.tooltip || "")));
  return make("section", { class: "card pad" },
    make("h3", {}, "Function"),
    make("pre", { class: "formula", tabindex: "0", "aria-label": "Formula" }, make("span", { class: "fx", "aria-hidden": "true" }, "fx"), `${name}.${app.signature}`),
    make("p", { class: "caption" }, `It returns ${app.returns}. Required arguments go by position, optional ones by name in a last record.`),
    app.arguments.length ? table(["Position", "Name", "Type", "Label", "Tooltip"], [...rows(required, true), ...rows(optional, false)]) : make("p", { class: "quiet" }, "It has no arguments."));
}

function table(heads, rows) {
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table" }, make("table", {}, make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)))), make("tbody", {}, rows)));
}

function agentPanel(detail) {
  const { tool } = detail;
  if (!tool) return make("section", { class: "card pad" }, make("p", {}, "Agents have no triggers of connectors as tools."));
  return make("section", { class: "card pad" },
    make("h3", {}, "Details"),
    make("dl", {}, make("dt", {}, "Name"), make("dd", {}, tool.name), make("dt", {}, "Description"), make("dd", {}, tool.description || make("em", {}, "none: the model has nothing to choose the tool by"))),
    make("h3", {}, "Inputs"),
    (tool.inputs || []).length ? table(["Input name", "Fill using", "Description for the model"], tool.inputs.map(([name, hint]) => make("tr", {}, make("td", {}, make("code", {}, name)), make("td", {}, "Dynamically fill with AI"), make("td", {}, hint || make("span", { class: "badge warning" }, "no description"))))) : make("p", { class: "quiet" }, "No input is required: the model fills in none by itself."),
    make("h3", {}, "Completion"),
    make("dl", {}, make("dt", {}, "After running"), make("dd", {}, "Write the response with generative AI"), make("dt", {}, "Credentials to use"), make("dd", {}, "End user credentials")));
}

function readmePanel(detail) {
  const { readme } = detail;
  if (!readme) return make("section", { class: "card pad" }, make("p", {}, "The README doesn't have it."));
  return make("section", { class: "card pad prose" },
    make("h3", {}, readme.title),
    make("p", {}, `${readme.kind}${readme.key ? `: ${readme.key}` : ""}${readme.deprecated ? " (deprecated)" : ""}`),
    readme.description ? make("p", {}, readme.description) : null,
    readme.internal ? make("p", { class: "caption" }, "It is internal: the README has only its title, among the internal operations.") : null,
    readme.fields.length ? table(["Parameter", "Key", "Required", "Type", "Description"], readme.fields.map((one) => make("tr", {},
      make("td", {}, one.label || ""), make("td", {}, one.key || ""), make("td", {}, one.required ? "yes" : "no"), make("td", {}, one.type || ""), make("td", {}, one.description || "")))) : null,
    readme.more ? make("p", {}, "It has more fields than this page shows.") : null);
}

// The connection dialog, and the findings

function connectionPage(overview) {
  const { connection } = overview;
  const chosen = Math.min(state.way || 0, connection.ways.length - 1);
  const way = connection.ways[chosen];
  const part = { name: "connection", lines: {}, detail: { found: [], origins: {}, provided: {}, inputs: [] } };
  return make("div", { class: "stack" },
    make("h2", {}, "Connection"),
    overview.description ? make("p", {}, overview.description) : null,
    make("form", { class: "card designer dialog", "aria-label": "Connection dialog", onsubmit: (event) => event.preventDefault() },
      make("div", { class: "card-head" }, iconOf(overview, "logo"), make("div", {}, make("h3", {}, connection.title), make("p", {}, overview.title))),
      make("div", { class: "fields" },
        connection.asks_name ? field({ key: "name", label: "Connection name", hint: "Enter a name for the connection", required: true, editor: "text" }, part) : null,
        connection.selector ? make("div", { class: "field" }, make("div", { class: "label" }, make("label", { for: "way" }, connection.selector, star())),
          make("select", { id: "way", onchange: (event) => { state.way = Number(event.target.value); redraw(); } }, connection.ways.map((one, number) => make("option", { value: String(number), selected: number === chosen }, one.display_name || one.name)))) : null,
        way.tenant ? field({ key: "tenant", label: "Tenant", hint: "Select the tenant", editor: "combobox", options: [] }, part) : null,
        way.fields.map((one) => connectionField(one, part)),
        make("p", { class: "caption" }, way.text),
        make("p", { class: "row" }, make("button", { type: "button", class: "primary" }, way.button), make("button", { type: "button" }, "Cancel")))),
    "redirect" in way ? make("section", { class: "card pad" }, make("h3", {}, "Redirect to register"),
      way.redirect ? [make("p", {}, "Register this address with the provider, exactly as it is:"), make("p", {}, make("code", { class: "redirect" }, way.redirect))] : make("p", {}, "The platform makes an address for each connector: its Security tab shows it after the first save.")) : null);
}

function connectionField(one, part) {
  const id = idOf("c", one.key);
  if (one.editor === "checkbox") return make("div", { class: "field" }, make("label", { class: "check" }, make("input", { type: "checkbox", id }), one.label, one.required ? star() : null, one.placeholder ? make("span", { class: "caption" }, one.placeholder) : null));
  const control = one.editor === "dropdown" || one.editor === "gateway"
    ? make("select", { id }, make("option", { value: "" }, one.placeholder || (one.editor === "gateway" ? "Select a gateway" : "")), (one.options || []).map((option) => make("option", { value: asText(option.value) }, option.text)))
    : make("input", { type: one.editor === "password" ? "password" : "text", id, placeholder: one.placeholder || "", autocomplete: "off", value: valueOf(id, part, ""), oninput: keep(id, part), "aria-describedby": one.tooltip ? `${id}-tip` : false });
  return make("div", { class: "field" }, make("div", { class: "label" }, make("label", { for: id }, one.label, one.required ? star() : null)), control, one.tooltip ? make("p", { class: "caption", id: `${id}-tip` }, one.tooltip) : null);
}

function findingsPage(overview) {
  const used = new Map();
  overview.operations.forEach((one, index) => (one.findings || []).forEach((at) => used.set(at, [...(used.get(at) || []), index])));
  const order = { error: 0, warning: 1, note: 2 };
  const sorted = overview.findings.map((one, at) => [one, at]).sort(([left], [right]) => order[left.severity] - order[right.severity]);
  return make("div", { class: "stack", id: "findings" },
    make("h2", {}, "Findings"),
    sorted.length ? null : make("p", { class: "card pad" }, "Nothing was found."),
    sorted.map(([one, at]) => findingBox(one, {}, used.has(at) ? make("p", { class: "where" }, "In ", used.get(at).slice(0, 8).map((index, number) => [number ? ", " : "", make("a", { href: addressOf("operation", nameOf(index), "flow") }, overview.operations[index].title)]), used.get(at).length > 8 ? ` and ${used.get(at).length - 8} more` : "") : null)),
    overview.more ? make("p", { class: "quiet" }, `${overview.more} more: 'connector-builder validate' prints all.`) : null);
}

// Drawing anew without losing the reader's place

let drawing = Promise.resolve();

function redraw({ list = false } = {}) {
  drawing = drawing.then(() => draw(list)).catch(failed);
  return drawing;
}

async function draw(list) {
  const focus = document.activeElement && document.activeElement.id;
  const start = document.activeElement && document.activeElement.selectionStart;
  const next = document.activeElement?.dataset.next; // what gets the focus if its element goes
  const [left, top] = [window.scrollX, window.scrollY];
  if (list) { drawBar(); drawNav(); }
  await drawStage();
  document.getElementById("stage").dataset.shown = addressOf(state.page, state.operation).split("/").slice(2).map(decodeURIComponent).join("/");
  window.scrollTo(left, top);
  const again = focus && (document.getElementById(focus) || document.getElementById(next));
  if (again && again !== document.activeElement) {
    again.focus({ preventScroll: true });
    if (typeof start === "number" && again.setSelectionRange) try { again.setSelectionRange(start, start); } catch { /* not for this type */ }
  }
}

function go(change, keepFocus) {
  Object.assign(state, change);
  const index = state.page === "operation" && known.has(state.connector) ? indexOf(state.operation) : -1;
  history.pushState(null, "", addressOf(state.page, index < 0 ? "" : nameOf(index)));
  show(keepFocus ? `tab-${state.tab}` : "");
}

async function show(focus) {
  if (!known.has(state.connector)) {
    try { await load(state.connector); } catch (error) { return failed(error); }
  }
  await redraw({ list: true });
  if (focus) document.getElementById(focus)?.focus();
}

window.addEventListener("hashchange", () => {
  if (!location.hash.startsWith("#/")) return;
  readAddress();
  state.nav = false;
  window.scrollTo(0, 0);
  show().then(() => document.getElementById("stage").focus({ preventScroll: true }));
});

function say(text, lasting) {
  const news = document.getElementById("news");
  news.textContent = text;
  news.classList.add("shown");
  clearTimeout(say.timer);
  if (!lasting) say.timer = setTimeout(() => news.classList.remove("shown"), 2500);
}

function failed(error) {
  say(`This can't be shown: ${error.message}`, true);
}

// News from the server

// A browser has few connections to one server: a page that nobody sees gives its own back.
let events = null;

function listen() {
  events?.close();
  events = document.hidden ? null : new EventSource("events");
  if (!events) return;
  let lost = false;
  events.onmessage = async (event) => {
    const newer = JSON.parse(event.data);
    if (lost) say("The preview runs again.");
    lost = false;
    for (const number of [...known.keys()]) if (number !== state.connector && known.get(number).overview.made !== newer[number]) known.delete(number);
    if (!newer[state.connector] || newer[state.connector] === current().overview.made) return;
    try {
      await load(state.connector);
      await redraw({ list: true });
      say(`Updated: ${current().overview.findings.length ? plural(current().overview.findings.length, "finding") : "no findings"}`);
      document.documentElement.dataset.made = String(current().overview.made);
    } catch (error) { failed(error); }
  };
  events.onerror = () => {
    if (!lost) say("The preview has stopped. Start it again to see changes.", true);
    lost = true;
  };
}

// The beginning

async function begin() {
  try { const theme = localStorage.getItem("preview-theme"); if (theme) setTheme(theme); } catch { /* files may have no storage */ }
  for (const [position, one] of given.connectors.entries()) {
    const number = given.live ? given.chosen : position;
    remember(number, one.overview, one.packed ? Object.entries(await unpack(one.packed)).reduce((all, [key, value]) => ({ ...all, [key]: value }), {}) : one.details);
  }
  document.getElementById("foot").append("An approximation of Power Automate's designers, Power Apps and Copilot Studio, made from what is published about them. Nothing here calls a service.");
  document.querySelector(".skip").addEventListener("click", (event) => { // the address is that of the operation
    event.preventDefault();
    document.getElementById("stage").focus();
  });
  readAddress();
  await show();
  document.documentElement.dataset.made = String(current().overview.made);
  if (!given.live) return;
  document.addEventListener("visibilitychange", listen);
  listen();
}

begin().catch(failed);
