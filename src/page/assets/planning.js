// Planning again: what is asked, how far it is, the plan that was found beside the one at hand, ways out.

import { button, byId, h, replace, t } from "./dom.js";
import { show as showGrid, view } from "./grid.js";
import { ask, call, change, listen, model } from "./server.js";
import { open as dialog } from "./dialogs.js";
import { attempt, fail } from "./main.js";
import { proofs, show as showSide } from "./side.js";

let proposal = null;
let fetched = null;

export function begin() {
  listen((what) => { if (what === "job") follow(); });
}

export const plan = (near) => ask("plan", { near }).catch(fail);
export const waysOut = () => ask("ways-out").catch(fail);

async function follow() {
  const { job } = model;
  bar();
  if (job?.kind === "plan" && job.proposal && !job.first && fetched !== job.number) {
    fetched = job.number;
    try {
      proposal = await call("proposal");
      byId("beside").hidden = true;
      const moves = proposal.diff?.chains.length > 0;
      hold(moves ? "after" : null);
    } catch (error) {
      fail(error);
    }
    showSide();
  }
  if (job?.kind === "plan" && job.fault && fetched !== job.number) {
    fetched = job.number;
    proposal = null;
    showSide();
  }
  // The plan a page begins with was taken meanwhile.
  if (!job && proposal) end();
  if (job?.kind === "ways") showSide();
}

/** Shows the proposal in the grid, or the plan alone. */
function hold(which) {
  view.after = which === "after" ? new Map(proposal.rows.map((row) => [row.id, row])) : null;
  view.afterOccupancy = proposal?.occupancy;
  view.onlyMoved = which === "after";
  showGrid();
}

function end() {
  proposal = null;
  view.after = null;
  showGrid();
  showSide();
}

/** The line at the top while something is asked. */
export function bar() {
  const { job } = model;
  const asking = job && !job.over;
  const text = byId("progress");
  if (!text) return;
  replace(text, asking ? [h("span", { class: "spin", "aria-hidden": "true" }), h("span", {}, job.progress ?? t("page-asking")),
    button(t("page-stop"), () => call("stop").catch(fail), { class: "stop" })] : []);
}

/** The panel beside the grid, while there is something to accept. */
export function proposalPanel() {
  const { job } = model;
  if (job?.kind === "ways") return ways(job);
  if (job?.kind === "plan" && job.fault) return faulty(job);
  if (!proposal) return null;
  const { diff, proof, remarks } = proposal;
  const discard = async () => { await call("discard").catch(fail); end(); };
  const accept = async () => {
    await attempt(() => change("accept"));
    end();
  };
  const goals = diff?.goals.map((goal) => [h("dt", {}, goal.name), h("dd", { class: goal.same ? "" : "changed" }, goal.same ? goal.before : `${goal.before} → ${goal.after}`)]);
  return [
    h("h2", {}, t("page-proposal")),
    h("p", { class: "summary" }, proof.words),
    diff ? [
      h("div", { class: "choice" }, button(t("page-accept"), accept, { class: "primary" }), button(t("page-discard"), discard)),
      h("label", {}, checkbox(Boolean(view.after), (on) => { hold(on ? "after" : null); }), t("page-side-by-side")),
      h("label", {}, checkbox(view.onlyMoved, (on) => { view.onlyMoved = on; showGrid(); }), t("page-only-moved")),
      h("p", {}, diff.headline),
      h("dl", { class: "goals" }, goals),
      h("h3", {}, t("page-moves")),
      h("ol", { class: "chains" }, diff.chains.slice(0, 300).map((chain) => h("li", {}, chain))),
    ] : h("div", { class: "choice" }, button(t("page-ways-out"), waysOut, { class: "primary" }), button(t("page-discard"), discard), proofs()),
    diff ? h("details", {}, h("summary", {}, t("page-remarks", { count: remarks.length })), remarks.map((line) => h("p", {}, line))) : remarks.map((line) => h("p", {}, line)),
  ];
}

/** Solver and judge do not agree: there is nothing to accept, and that is said. */
function faulty(job) {
  const discard = () => { call("discard").catch(fail); model.job = null; end(); };
  return [
    h("h2", {}, t("page-proposal")),
    h("p", { class: "bad", id: "fault", role: "alert" }, job.fault),
    h("div", { class: "choice" }, button(t("page-discard"), discard)),
  ];
}

function checkbox(checked, change) {
  const box = h("input", { type: "checkbox", onchange: () => change(box.checked) });
  box.checked = checked;
  return box;
}

function ways(job) {
  const { explained } = job;
  const discard = () => { call("discard").catch(fail); model.job = null; end(); };
  return [
    h("h2", {}, t("page-ways-out-title")),
    explained ? explained.words.map((line) => h("p", {}, line)) : h("p", { class: "quiet" }, t("page-asking")),
    (explained?.ways ?? []).map((way, number) => h("div", { class: "way" }, h("p", {}, way),
      button(t("page-way-preview"), () => preview(way, number), { "data-way": number }))),
    h("div", { class: "choice" }, button(t("page-close"), discard)),
  ];
}

/** What a way out would change, before it is taken: the cells, and who moves in the plan it was found with. */
async function preview(way, number) {
  try {
    const { cells, diff } = await call("way/preview", { number });
    const take = () => attempt(async () => {
      byId("dialog").close();
      await change("way", { number });
      model.job = null;
      end();
    });
    const head = (words) => h("th", { scope: "col" }, words);
    dialog(t("page-way-preview"),
      h("p", { class: "summary" }, way),
      h("table", { class: "answers cells" },
        h("thead", {}, h("tr", {}, head(t("page-tables")), head(t("page-way-row")), head(t("page-way-column")), head(t("page-way-before")), head(t("page-way-after")))),
        h("tbody", {}, cells.map((cell) => h("tr", {}, h("td", {}, cell.title ?? cell.file), h("td", {}, cell.row), h("td", {}, cell.column), h("td", {}, cell.before || "–"), h("td", {}, cell.after || "–"))))),
      diff ? [h("h3", {}, t("page-way-plan")), h("p", {}, diff.headline), h("ol", { class: "chains" }, diff.chains.slice(0, 300).map((chain) => h("li", {}, chain)))] : null,
      h("div", { class: "choice" }, button(t("page-apply"), take, { class: "primary", id: "way-take", disabled: !model.state.writes }), button(t("page-cancel"), () => byId("dialog").close())));
    byId("dialog").classList.add("wide");
  } catch (error) {
    fail(error);
  }
}
