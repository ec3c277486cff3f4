// Completion: how everybody stands under the plan as it is, at the beginning of a month that can be chosen.

import { button, byId, h, heard, t } from "./dom.js";
import { open as dialog } from "./dialogs.js";
import { call } from "./server.js";
import { showResident } from "./side.js";
import { fail } from "./main.js";

/** A sign beside the word, so that colour never says it alone. */
const MARKS = { met: "✓", "on-course": "→", "not-known": "?", "at-risk": "!", impossible: "✗" };

export async function open(start = null) {
  try {
    draw(await call("completion", start ? { start } : {}));
  } catch (error) {
    fail(error);
  }
}

function draw(facts) {
  const month = h("input", { type: "month", id: "completion-month", onchange: () => { if (month.value) open(month.value); } });
  month.value = facts.as_of;
  const head = (words) => h("th", { scope: "col" }, words);
  dialog(t("page-completion"),
    h("div", { class: "choice" }, h("label", { for: "completion-month" }, t("page-completion-month")), month),
    h("p", { class: "summary" }, `${facts.title}: ${facts.summary}`),
    h("div", { class: "sheet", tabindex: 0 }, h("table", { class: "answers completion" },
      h("thead", {}, h("tr", {}, head(t("page-column-resident")), facts.columns.map(head), head(heard(t("page-completion-items"))))),
      h("tbody", {}, facts.residents.map(row)))),
    h("p", { class: "quiet" }, facts.legend));
  byId("dialog").classList.add("wide");
}

function row(one) {
  const show = () => { byId("dialog").close(); showResident(one.id); };
  const bad = one.verdict === "impossible" || one.verdict === "at-risk";
  return h("tr", { "data-resident": one.id },
    h("th", { scope: "row" }, button(one.name === one.id ? one.id : `${one.id} ${one.name}`, show, { class: "link" })),
    one.figures.map((figure) => h("td", {}, figure)),
    h("td", { class: bad ? "bad verdict" : "verdict" }, `${MARKS[one.verdict] ?? "–"} ${one.words}`),
    h("td", {}, one.why.map((line) => h("div", {}, line))),
    h("td", {}, h("details", {}, h("summary", {}, t("page-completion-items")),
      h("dl", { class: "goals" }, one.items.map(([name, figure, why]) => [h("dt", {}, name), h("dd", {}, figure, why ? h("small", {}, ` ${why}`) : null)])))));
}
