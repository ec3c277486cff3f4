// What if: one number from a value to another, the answers as they come, and one of them to apply.

import { button, byId, h, heard, replace, t } from "./dom.js";
import { open as dialog } from "./dialogs.js";
import { ask, call, change, listen, model } from "./server.js";
import { attempt, fail } from "./main.js";

let numbers = [];
let chosen = null;

export function begin() {
  listen((what) => { if (what === "job" && model.job?.kind === "whatif" && byId("answers")) fill(); });
}

export async function open() {
  try {
    ({ numbers } = await call("numbers"));
    chosen = numbers.find((number) => number.key === chosen?.key) ?? numbers[0];
    draw();
  } catch (error) {
    fail(error);
  }
}

const label = (number) => (number.year !== undefined ? t("page-whatif-intake", { year: number.year }) : t("page-whatif-supervisors", { place: number.facility }));

function draw() {
  const now = Number(chosen.now);
  const select = h("select", { id: "whatif-key", onchange: () => { chosen = numbers.find((number) => number.key === select.value); draw(); } },
    numbers.map((number) => h("option", { value: number.key }, label(number))));
  select.value = chosen.key;
  const slider = (id, words, value) => {
    const input = h("input", { type: "range", id, min: 0, max: Math.max(20, Math.ceil(now * 2)), step: 1, oninput: () => { output.textContent = input.value; } });
    input.value = value;
    const output = h("output", { for: id }, input.value);
    return [h("label", { for: id }, words), input, output];
  };
  const run = () => {
    const [from, to] = ["whatif-from", "whatif-to"].map((id) => Number(byId(id).value));
    const values = [];
    for (let value = Math.min(from, to); value <= Math.max(from, to); value += 1) values.push(String(value));
    ask("whatif", { name: chosen.key, values }).catch(fail);
  };
  dialog(t("page-whatif"),
    h("div", { class: "choice" }, h("label", { for: "whatif-key" }, t("page-whatif-number")), select, h("span", {}, t("page-whatif-now", { value: chosen.now }))),
    h("div", { class: "choice" }, slider("whatif-from", t("page-whatif-from"), Math.max(0, Math.floor(now) - 2)), slider("whatif-to", t("page-whatif-to"), Math.floor(now) + 4),
      button(t("page-whatif-run"), run, { class: "primary", disabled: !model.state.writes })),
    h("div", { id: "answers", "aria-live": "polite" }));
  byId("dialog").classList.add("wide");
  fill();
}

function fill() {
  const { job } = model;
  if (job?.kind !== "whatif" || job.key !== chosen.key) return;
  const rows = job.variants;
  const goals = rows.find((row) => row.goals.length)?.goals.map((goal) => goal.name) ?? [];
  const fine = rows.filter((row) => row.placeable);
  const verdict = (row) => (row.placeable === null ? row.told || t("page-whatif-unknown") : row.placeable ? t("page-whatif-yes") : t("page-whatif-no"));
  const apply = (row) => attempt(async () => {
    const answer = await change("apply", { name: chosen.key, text: row.value });
    byId("dialog").close();
    return answer;
  });
  replace(byId("answers"),
    job.fault ? h("p", { class: "bad" }, job.fault) : null,
    fine.length ? h("p", { class: "summary" }, t("page-whatif-largest", { value: fine.map((row) => Number(row.value)).reduce((a, b) => Math.max(a, b)) })) : null,
    goals.map((name, index) => curve(name, rows, index)),
    h("table", { class: "answers" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, label(chosen)), h("th", { scope: "col" }, t("page-whatif-plan")), h("th", { scope: "col" }, t("page-whatif-binding")), h("th", { scope: "col" }, t("page-goals")), h("th", { scope: "col" }, heard(t("page-apply"))))),
      h("tbody", {}, rows.map((row) => h("tr", { class: row.value === chosen.now ? "now" : "" }, h("th", { scope: "row" }, row.value),
        h("td", { class: row.placeable ? "good" : "bad" }, verdict(row), row.within_caps === false ? ` · ${t("page-whatif-caps")}` : ""),
        h("td", {}, row.placeable === null ? null : row.binding.join(", "), row.placeable === false ? h("div", {}, h("small", {}, row.told)) : null),
        h("td", {}, row.goals.map((goal) => h("div", {}, h("small", {}, `${goal.name}: ${goal.words ?? goal.height}`)))),
        h("td", {}, button(t("page-apply"), () => apply(row), { disabled: !model.state.writes || row.value === chosen.now })))))),
    job.over ? null : h("p", { class: "quiet" }, t("page-prices-progress", { known: rows.length, asked: job.asked })));
}

/** A goal over the values; where there is no plan, a cross on the ground. */
function curve(name, rows, index) {
  const heights = rows.map((row) => row.goals[index]?.height ?? null);
  const known = heights.filter((height) => height !== null);
  if (known.length < 2 || known.every((height) => height === known[0])) return null;
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
  const points = heights.map((value, at) => (value === null ? null : `${x(at)},${y(value)}`)).filter(Boolean);
  return h("figure", {}, h("figcaption", {}, name), svg("svg", { class: "curve", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${name}: ${heights.map((value, at) => `${rows[at].value} ${value ?? "–"}`).join(", ")}` },
    svg("line", { class: "axis", x1: left, y1: y(0), x2: width - 20, y2: y(0) }),
    svg("text", { x: 4, y: y(most) + 4 }, String(most)), svg("text", { x: 4, y: y(0) + 4 }, "0"),
    svg("polyline", { class: "line", points: points.join(" ") }),
    ...heights.flatMap((value, at) => [
      value === null ? svg("text", { class: "none", x: x(at) - 4, y: y(0) + 4 }, "×") : svg("circle", { class: "dot", cx: x(at), cy: y(value), r: 3 }),
      svg("text", { x: x(at) - 6, y: height - 4 }, rows[at].value),
    ])));
}
