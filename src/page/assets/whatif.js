// What if: numbers of the tables under sliders, one of them from a value to another; the answers as they come with a
// curve for each goal, how far it can go at most, what a seat is worth, and any of it to apply.

import { button, byId, h, heard, replace, t } from "./dom.js";
import { open as dialog } from "./dialogs.js";
import { ask, call, change, listen, model } from "./server.js";
import { attempt, fail } from "./main.js";

/** How long a slider rests before it is asked about. */
const REST_MS = 350;

let numbers = [];
/** The numbers under sliders, each with its value; the first is the one that goes from a value to another. */
let chosen = [];
let range = { from: 0, to: 0 };
/** The last answer of each kind. */
let known = {};
let resting = null;

export function begin() {
  listen((what) => {
    const { job } = model;
    if (what !== "job" || !byId("whatif") || !["whatif", "seats", "limit"].includes(job?.kind)) return;
    known[job.kind] = job;
    fill();
  });
}

export async function open() {
  try {
    ({ numbers } = await call("numbers"));
    known = {};
    const kept = chosen.map((one) => one.key).filter((key) => numbers.some((number) => number.key === key));
    chosen = [];
    (kept.length ? kept : [numbers[0]?.key]).forEach(add);
    draw();
  } catch (error) {
    fail(error);
  }
}

const label = (number) => (number.year !== undefined ? t("page-whatif-intake", { year: number.year }) : t("page-whatif-supervisors", { place: number.facility }));

function add(key) {
  const number = numbers.find((other) => other.key === key);
  if (!number) return;
  chosen.push({ ...number, value: Number(number.now) });
  if (chosen.length === 1) reach();
}

/** The range of the first number, around what it is now. */
function reach() {
  const now = Number(chosen[0].now);
  range = { from: now - Math.min(2, Math.floor(now)), to: now + 4 };
}

const text = (value) => String(Number(value.toFixed(3)));
const sets = () => chosen.slice(1).filter((one) => text(one.value) !== one.now).map((one) => ({ name: one.key, text: text(one.value) }));

function run() {
  const values = [];
  for (let value = range.from; value <= range.to; value += 1) values.push(text(value));
  known = {};
  fill();
  question("whatif", { name: chosen[0].key, values, sets: sets() });
}

/** Asks in the place of what a slider that just moved would ask. */
function question(path, body) {
  clearTimeout(resting);
  ask(path, body).catch(fail);
}

/** Asks once the sliders rest. */
function soon() {
  clearTimeout(resting);
  resting = setTimeout(() => { if (byId("whatif") && model.state.writes) run(); }, REST_MS);
}

function slider(id, words, value, number, set) {
  const now = Number(number.now);
  const output = h("output", { for: id }, text(value));
  const input = h("input", {
    type: "range", id, min: text(now % 1), max: text(now + Math.max(10, Math.ceil(now))), step: 1,
    oninput: () => { output.value = input.value; set(Number(input.value)); soon(); },
  });
  input.value = value;
  return [h("label", { for: id }, words), input, output];
}

function row(one, at) {
  const remove = () => { chosen.splice(at, 1); if (!at) reach(); draw(); };
  const first = () => { chosen.splice(at, 1); chosen.unshift(one); reach(); draw(); };
  return h("div", { class: "number", role: "group", "aria-label": label(one), "data-key": one.key },
    h("b", {}, label(one)), h("span", { class: "quiet" }, t("page-whatif-now", { value: one.now })),
    at ? slider(`whatif-${at}`, heard(label(one)), one.value, one, (value) => { one.value = value; })
      : [slider("whatif-from", t("page-whatif-from"), range.from, one, (value) => { range.from = value; }), slider("whatif-to", t("page-whatif-to"), range.to, one, (value) => { range.to = value; })],
    at ? button(t("page-whatif-vary"), first, { title: t("page-whatif-vary-hint") }) : null,
    chosen.length > 1 ? button("×", remove, { "aria-label": `${t("page-whatif-remove")}: ${label(one)}` }) : null);
}

function draw() {
  const others = numbers.filter((number) => !chosen.some((one) => one.key === number.key));
  const select = h("select", { id: "whatif-key", onchange: () => { add(select.value); draw(); soon(); } },
    h("option", { value: "" }, t("page-whatif-add")), others.map((number) => h("option", { value: number.key }, label(number))));
  const off = { disabled: !model.state.writes };
  const limit = chosen[0]?.year !== undefined ? t("page-whatif-largest") : t("page-whatif-smallest");
  dialog(t("page-whatif"),
    h("div", { id: "whatif" },
      chosen.map(row),
      h("div", { class: "choice" }, h("label", { for: "whatif-key", class: "heard" }, t("page-whatif-add")), select,
        button(t("page-whatif-run"), run, { class: "primary", ...off }),
        button(limit, () => question("whatif/limit", { name: chosen[0].key, sets: sets() }), off),
        button(t("page-whatif-seats"), () => question("whatif/seats", { sets: sets() }), off))),
    h("div", { id: "limit", "aria-live": "polite" }),
    h("div", { id: "answers", "aria-live": "polite" }),
    h("div", { id: "seats", "aria-live": "polite" }));
  byId("dialog").classList.add("wide");
  fill();
}

const apply = (body) => attempt(async () => {
  const answer = await change("apply", body);
  byId("dialog").close();
  return answer;
});

const waiting = (job, done) => (job.over ? null : h("p", { class: "quiet" }, done === undefined ? t("page-asking") : t("page-prices-progress", { known: done, asked: job.asked })));
const fault = (job) => (job.fault ? h("p", { class: "bad" }, job.fault) : null);

function fill() {
  replace(byId("limit"), known.limit ? limits(known.limit) : []);
  replace(byId("answers"), known.whatif ? answers(known.whatif) : []);
  replace(byId("seats"), known.seats ? seats(known.seats) : []);
}

function limits(job) {
  return [
    fault(job),
    (job.limits ?? []).map((line) => h("div", { class: "limit", "data-value": line.value, "data-settled": line.settled }, line.words.map((words, at) => h("p", { class: at ? "quiet" : "summary" }, words)))),
    waiting(job),
  ];
}

function answers(job) {
  const rows = job.variants;
  const goals = rows.find((row) => row.goals.length)?.goals.map((goal) => goal.name) ?? [];
  // Of tables that are no program the first line says what is wrong; the tables themselves would say it whole.
  const verdict = (row) => (row.placeable === null ? row.told.split("\n", 1)[0] || t("page-whatif-unknown") : row.placeable ? t("page-whatif-yes") : t("page-whatif-no"));
  const here = (row) => row.value === chosen[0]?.now && !sets().length;
  const head = (words) => h("th", { scope: "col" }, words);
  return [
    fault(job),
    breaks(rows),
    h("div", { class: "curves" }, goals.map((name, index) => curve(name, rows, index))),
    h("table", { class: "answers" },
      h("thead", {}, h("tr", {}, head(label(chosen[0])), head(t("page-whatif-plan")), head(t("page-whatif-binding")), head(t("page-goals")), head(heard(t("page-apply"))))),
      h("tbody", {}, rows.map((row) => h("tr", { class: here(row) ? "now" : "" }, h("th", { scope: "row" }, row.value),
        h("td", { class: row.placeable ? "good" : "bad" }, verdict(row), row.within_caps === false ? h("div", { class: "bad" }, t("page-whatif-caps")) : ""),
        h("td", {}, row.placeable === null ? null : row.binding.map((words) => h("div", {}, words)), row.placeable === false ? h("div", {}, h("small", {}, row.told)) : null),
        h("td", {}, row.goals.map((goal) => h("div", {}, h("small", {}, `${goal.name}: ${goal.words ?? goal.height}`)))),
        h("td", {}, button(t("page-apply"), () => apply({ sets: [...sets(), { name: chosen[0].key, text: row.value }] }), { disabled: !model.state.writes || here(row) || row.status === "invalid" })))))),
    waiting(job, rows.length),
  ];
}

/** The values from which on there is no plan, and what binds there. */
function breaks(rows) {
  const at = rows.findIndex((row, index) => row.placeable === false && (index === 0 || rows[index - 1].placeable));
  if (at < 0) return null;
  return h("p", { class: "summary bad", id: "breaks" }, t("page-whatif-breaks", { value: rows[at].value }), rows[at].binding.length ? ` – ${rows[at].binding.join(" · ")}` : "");
}

/** A goal over the values; where there is no plan, a cross on the ground and a line where it breaks. */
function curve(name, rows, index) {
  const heights = rows.map((row) => row.goals[index]?.height ?? null);
  const known = heights.filter((height) => height !== null);
  if (!known.length) return null;
  if (known.every((height) => height === known[0])) {
    return h("p", { class: "flat", "data-goal": name }, `${name}: ${rows.find((row) => row.goals[index]).goals[index].words ?? known[0]} `, h("small", { class: "quiet" }, t("page-whatif-flat")));
  }
  const [width, height, left] = [560, 110, 40];
  const most = Math.max(...known, 1);
  const x = (at) => left + (at * (width - left - 20)) / Math.max(1, rows.length - 1);
  const y = (value) => height - 20 - (value * (height - 40)) / most;
  const svg = (tag, properties, ...children) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [key, value] of Object.entries(properties)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  // A line joins what lies side by side, never across values without a plan.
  const pieces = [[]];
  heights.forEach((value, at) => { if (value === null) pieces.push([]); else pieces.at(-1).push(`${x(at)},${y(value)}`); });
  const cliffs = heights.flatMap((value, at) => (at && (value === null) !== (heights[at - 1] === null) ? [(x(at) + x(at - 1)) / 2] : []));
  return h("figure", { "data-goal": name }, h("figcaption", {}, name), svg("svg", { class: "curve", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${name}: ${heights.map((value, at) => `${rows[at].value} ${value ?? "–"}`).join(", ")}` },
    svg("line", { class: "axis", x1: left, y1: y(0), x2: width - 20, y2: y(0) }),
    svg("text", { x: 4, y: y(most) + 4 }, String(most)), svg("text", { x: 4, y: y(0) + 4 }, "0"),
    ...cliffs.map((at) => svg("line", { class: "cliff", x1: at, y1: 8, x2: at, y2: y(0) })),
    ...pieces.filter((points) => points.length > 1).map((points) => svg("polyline", { class: "line", points: points.join(" ") })),
    ...heights.flatMap((value, at) => [
      value === null ? svg("text", { class: "none", x: x(at) - 4, y: y(0) + 4 }, "×") : svg("circle", { class: "dot", cx: x(at), cy: y(value), r: 3 }),
      svg("text", { x: x(at) - 6, y: height - 4 }, rows[at].value),
    ])));
}

/** Seats that change something, the most important goal first. */
function seats(job) {
  const head = (words) => h("th", { scope: "col" }, words);
  return [
    h("h3", {}, t("page-whatif-seats-title")),
    fault(job),
    job.seats.length ? h("table", { class: "answers" },
      h("thead", {}, h("tr", {}, head(t("page-column-hospital")), head(t("page-whatif-year")), head(t("page-whatif-seats-changed")), head(t("page-whatif-effect")), head(heard(t("page-apply"))))),
      h("tbody", {}, job.seats.map((one) => h("tr", {}, h("th", { scope: "row" }, one.facility), h("td", {}, t("page-academic-year", { year: one.year })), h("td", {}, one.more ? "+1" : "−1"),
        h("td", { class: one.worse ? "bad" : "good" }, one.words),
        h("td", {}, one.more ? button(t("page-apply"), () => apply({ number: one.number }), { disabled: !model.state.writes }) : null)))))
      : job.over ? h("p", {}, t("page-whatif-seats-none")) : null,
    waiting(job, job.known),
  ];
}
