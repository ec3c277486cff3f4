// Beside the grid: the judge's word, the goals; one resident or one hospital with everything about them.

import { button, byId, h, replace, t } from "./dom.js";
import { focusBlock, hue } from "./grid.js";
import { ask, call, listen, model, monthOffset } from "./server.js";
import { fail } from "./main.js";
import { proposalPanel } from "./planning.js";

let panel = { kind: "verdict" };

export function begin() {
  listen((what) => { if (what === "job" && byId("proofs")) replace(byId("proofs"), rechecked()); });
  listen((what) => { if (what !== "job" || panel.kind !== "verdict") show(); });
}

export function showVerdict() {
  panel = { kind: "verdict" };
  show();
}

export async function showResident(id) {
  panel = { kind: "resident", id };
  await one("resident", { resident: id });
}

export async function showFacility(id) {
  panel = { kind: "facility", id };
  await one("facility", { place: id });
}

async function one(path, body) {
  const mine = panel;
  try {
    mine.facts = await call(path, body);
    mine.revision = model.state.revision;
    if (panel === mine) show();
  } catch (error) {
    fail(error);
  }
}

export function show() {
  const side = byId("side");
  side.setAttribute("aria-label", t("page-side"));
  if (!model.verdict) return;
  const proposal = proposalPanel();
  if (proposal) return replace(side, proposal);
  if (panel.kind === "verdict") return replace(side, verdict());
  if (panel.facts && panel.revision !== model.state.revision) {
    return panel.kind === "resident" ? showResident(panel.id) : showFacility(panel.id);
  }
  if (panel.facts) replace(side, panel.kind === "resident" ? resident() : facility());
}

function verdict() {
  const { findings, goals, rules, broken } = model.verdict;
  const errors = findings.filter((finding) => finding.severity === "error");
  const others = findings.filter((finding) => finding.severity !== "error");
  const names = new Map(rules.map((rule) => [rule.id, rule.name]));
  const fresh = new Set(model.news);
  return [
    h("h2", {}, t("page-judge")),
    h("p", { class: broken ? "summary bad" : "summary good" }, broken ? t("page-broken", { count: broken }) : model.state.planned ? t("page-kept") : t("page-no-plan")),
    proof(),
    h("ul", { class: "findings" }, errors.slice(0, 200).map((finding) => entry(finding, names, fresh.has(finding)))),
    h("h2", {}, t("page-goals")),
    h("dl", { class: "goals" }, goals.map((goal) => [h("dt", {}, goal.name), h("dd", {}, goal.value)])),
    others.length ? h("details", {}, h("summary", {}, t("page-remarks", { count: others.length })),
      h("ul", { class: "findings" }, others.slice(0, 200).map((finding) => entry(finding, names, false)))) : null,
    h("details", {}, h("summary", {}, t("page-rules")),
      h("ul", { class: "rules" }, rules.map((rule) => h("li", { class: rule.verdict },
        h("span", { class: "mark" }, { kept: "✓", broken: "✗" }[rule.verdict] ?? "–"), rule.name, " ", h("small", {}, rule.clause))))),
  ];
}

function proof() {
  const { proof } = model.state;
  if (!proof) return h("p", { class: "quiet" }, t("page-proof-none"));
  return [h("details", { class: "proof" }, h("summary", {}, proof.words),
    h("ul", {}, proof.goals.map((goal) => h("li", {}, goal.name, ": ", goal.value, h("br"), h("small", {}, goal.proof))))), proofs()];
}

/** The judge's own reckoning of what is claimed of a plan, or of there being none, on request. */
export const proofs = () => h("div", { id: "proofs", role: "group", "aria-live": "polite" }, rechecked());

function rechecked() {
  const job = model.job?.kind === "proofs" && model.job.revision === model.state.revision ? model.job : null;
  if (job && !job.over) return [h("p", { class: "quiet" }, t("page-asking"))];
  const mark = { holds: "✓", rejected: "✗" };
  const list = job?.verdicts && h("ul", { class: "rules" }, job.verdicts.map((one) => h("li", { class: one.outcome === "rejected" ? "broken" : one.outcome },
    h("span", { class: "mark" }, mark[one.outcome] ?? "–"), `${one.claim}: ${one.verdict}`, h("br"), h("small", {}, one.finding))));
  return [list || null, button(t("page-proofs"), () => ask("proofs").catch(fail), { disabled: !model.state.writes })];
}

export function entry(finding, names, isNew) {
  const go = () => {
    if (finding.resident) focusBlock(finding.resident, finding.month ? monthOffset(finding.month) : model.board.decided);
    else if (finding.facility) showFacility(finding.facility);
  };
  const figures = finding.measured !== "" || finding.required !== "" ? t("page-figures", { measured: finding.measured || "–", required: finding.required || "–" }) : "";
  return h("li", { class: `${finding.severity}${isNew ? " new" : ""}` },
    h("button", { type: "button", class: "finding", onclick: go },
      h("b", {}, isNew ? h("span", { class: "sign" }, t("page-new")) : null, names.get(finding.rule) ?? finding.rule), " ", h("small", {}, finding.clause),
      h("span", {}, finding.message), figures ? h("small", {}, figures) : null));
}

const back = () => button(t("page-back"), showVerdict, { class: "back" });

function resident() {
  const row = model.board.residents.find((other) => other.id === panel.id);
  const job = model.job?.kind === "why" && model.job.resident === panel.id ? model.job : null;
  const why = job?.lines
    ? h("div", { class: "lines" }, job.lines.map((line) => h("p", {}, line)))
    : job && !job.over ? h("p", { class: "quiet" }, t("page-asking")) : button(t("page-why"), () => ask("why", { resident: panel.id }).catch(fail));
  return [back(), h("h2", {}, row?.name ?? panel.id), wishes(row), h("div", { class: "lines" }, panel.facts.words.map((line) => h("p", {}, line))), h("h3", {}, t("page-why-title")), why];
}

function wishes(row) {
  if (!row?.wishes.length) return null;
  const name = (id) => model.board.facilities.find((facility) => facility.id === id)?.name ?? id;
  return h("p", {}, t("page-wishes"), " ", row.wishes.map((id, index) => h("span", { class: "wished" }, `${index + 1} ${name(id)} `)));
}

function facility() {
  const index = model.board.facilities.findIndex((other) => other.id === panel.id);
  const swatch = h("span", { class: "swatch" });
  swatch.style.setProperty("--hue", hue(index));
  const job = model.job?.kind === "could" && model.job.facility === panel.id && model.job.revision === model.state.revision ? model.job : null;
  const could = job?.lines
    ? h("div", { class: "lines", id: "could" }, job.lines.map((line) => h("p", {}, line)))
    : job && !job.over ? h("p", { class: "quiet" }, t("page-asking")) : button(t("page-could"), () => ask("facility/could", { place: panel.id }).catch(fail), { id: "ask-could", disabled: !model.state.writes });
  return [back(), h("h2", {}, swatch, model.board.facilities[index]?.name ?? panel.id), h("div", { class: "lines" }, panel.facts.words.map((line) => h("p", {}, line))), could];
}
