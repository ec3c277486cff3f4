// The page: its bar, and what holds the parts together.

import { button, byId, h, replace, t } from "./dom.js";
import * as completion from "./completion.js";
import * as dialogs from "./dialogs.js";
import * as drag from "./drag.js";
import * as grid from "./grid.js";
import * as keys from "./keys.js";
import * as menu from "./menu.js";
import * as planning from "./planning.js";
import * as side from "./side.js";
import * as start from "./start.js";
import * as tables from "./tables.js";
import * as whatif from "./whatif.js";
import { change, listen, load, model } from "./server.js";

/** Does something; what is wrong with it is told, and what the judge says of it appears beside what was touched. */
export async function attempt(action, then) {
  try {
    const answer = await action();
    if (byId("dialog").open) return;
    const element = then?.();
    beside(element ?? document.activeElement, answer?.told);
  } catch (error) {
    fail(error);
  }
}

export function fail(error) {
  const box = byId("beside");
  replace(box, h("p", { class: "bad" }, error.message));
  box.hidden = false;
  box.style.left = "40%";
  box.style.top = "64px";
  hideLater();
}

let hiding = null;
function hideLater() {
  clearTimeout(hiding);
  hiding = setTimeout(() => { byId("beside").hidden = true; }, 12000);
}

/** The judge's word on the plan as it stands, beside an element. */
export function beside(element, told) {
  const box = byId("beside");
  if (!model.verdict) return;
  const names = new Map(model.verdict.rules.map((rule) => [rule.id, rule.name]));
  const { news } = model;
  const { broken } = model.verdict;
  replace(box,
    told ? h("p", {}, told) : null,
    news.length ? h("ul", { class: "findings" }, news.slice(0, 4).map((finding) => side.entry(finding, names, true))) : null,
    h("p", { class: broken ? "bad" : "good" }, broken ? t("page-beside-broken", { count: broken, fresh: news.length }) : t("page-kept")));
  box.hidden = false;
  const target = element?.closest?.("#grid") ? element.getBoundingClientRect() : { left: innerWidth / 3, bottom: 60 };
  menu.put(box, target);
  hideLater();
}

function bar() {
  const { state } = model;
  if (!state) return;
  const writes = state.writes;
  const nothing = !model.board;
  const theme = document.documentElement.dataset.theme;
  const choice = (id, label, value, options, set) => {
    const select = h("select", { id, "aria-label": label, title: label, onchange: () => set(select.value) }, options.map(([id, words]) => h("option", { value: id }, words)));
    select.value = value;
    return select;
  };
  const search = h("input", { id: "search", type: "search", placeholder: t("page-search"), "aria-label": t("page-search"), oninput: () => { grid.view.search = search.value; grid.show(); } });
  search.value = grid.view.search;
  // Whoever is in the bar by keyboard stays where they are when it is drawn anew.
  const controls = () => [...byId("bar").querySelectorAll("button, select, input")];
  const focused = controls().indexOf(document.activeElement);
  replace(byId("bar"),
    h("h1", { title: model.board?.scenario }, model.board?.name ?? ""),
    h("div", { class: "group" },
      button(t("page-plan-near"), () => planning.plan(true), { disabled: nothing || !writes || !state.planned, class: "primary", title: t("page-plan-near-hint") }),
      button(t("page-plan-scratch"), () => planning.plan(false), { disabled: nothing || !writes, title: t("page-plan-scratch-hint") })),
    h("div", { class: "group" },
      button("↶", () => attempt(() => change("undo")), { disabled: !writes || !state.undo, title: t("page-undo", { what: state.undo ?? "" }), "aria-label": t("page-undo", { what: state.undo ?? "" }) }),
      button("↷", () => attempt(() => change("redo")), { disabled: !writes || !state.redo, title: t("page-redo", { what: state.redo ?? "" }), "aria-label": t("page-redo", { what: state.redo ?? "" }) }),
      button(state.unsaved ? t("page-save-unsaved") : t("page-save"), () => dialogs.save(), { disabled: !writes || !state.unsaved })),
    h("div", { class: "group" },
      choice("mode", t("page-view"), grid.view.mode, [["residents", t("page-view-residents")], ["hospitals", t("page-view-hospitals")]], (mode) => { grid.view.mode = mode; grid.show(); }),
      choice("zoom", t("page-zoom"), grid.view.zoom, [["year", t("page-zoom-year")], ["quarter", t("page-zoom-quarter")], ["month", t("page-zoom-month")]], (zoom) => { grid.view.zoom = zoom; localStorage.setItem("kenshu-zoom", zoom); grid.show(); }),
      search),
    h("div", { class: "group end" },
      nothing ? null : button(t("page-begin-open"), start.open),
      button(t("page-tables"), () => tables.open()),
      button(t("page-whatif"), whatif.open, { disabled: nothing }),
      button(t("page-completion"), () => completion.open(), { disabled: nothing, id: "completion" }),
      button(t("page-versions"), dialogs.versions, { disabled: nothing }),
      button(t("page-out"), dialogs.outputs, { disabled: nothing }),
      button(t("page-manual"), () => dialogs.manual()),
      button("⌨", dialogs.keys, { title: t("page-keys"), "aria-label": t("page-keys") }),
      choice("lang", t("page-language"), model.lang, [["ja", "日本語"], ["en", "English"]], async (lang) => { model.lang = lang; localStorage.setItem("kenshu-lang", lang); await begin(); }),
      choice("theme", t("page-theme"), theme, [["auto", t("page-theme-auto")], ["light", t("page-theme-light")], ["dark", t("page-theme-dark")]], (value) => { document.documentElement.dataset.theme = value; localStorage.setItem("kenshu-theme", value); })));
  if (focused >= 0) controls()[focused]?.focus();
  const notices = [];
  if (model.offline) notices.push(h("p", { class: "bad" }, t("page-offline")));
  if (!writes) notices.push(h("p", {}, t("page-reading"), " ", button(t("page-take-over"), () => attempt(() => change("take-over")))));
  if (state.broken_tables && !nothing) notices.push(h("p", { class: "bad" }, t("page-broken-tables"), " ", button(t("page-tables"), () => tables.open())));
  if (state.resumed && !model.resumedSeen) notices.push(h("p", {}, t("page-resumed", { count: state.resumed }), " ", button(t("page-close"), () => { model.resumedSeen = true; bar(); })));
  document.querySelectorAll(".notice").forEach((old) => old.remove());
  if (notices.length) byId("bar").after(h("div", { class: "notice", role: "alert" }, notices));
  planning.bar();
}

async function begin() {
  document.documentElement.lang = model.lang;
  await load();
  byId("beside").hidden = true;
}

listen((what) => {
  if (what === "all") {
    start.show();
    document.title = model.board ? `${model.board.name} – kenshu` : "kenshu";
    grid.show();
    grid.watch();
  }
  if (what === "rows") grid.refresh(model.touched);
  if (what !== "job") bar();
});
document.documentElement.dataset.theme = localStorage.getItem("kenshu-theme") || "auto";
grid.begin();
drag.begin();
drag.splitter();
keys.begin();
menu.begin();
planning.begin();
side.begin();
start.begin();
whatif.begin();
addEventListener("pointerdown", (event) => { if (!event.target.closest("#beside")) byId("beside").hidden = true; });
byId("margins").addEventListener("click", (event) => {
  const name = event.target.closest(".name[data-facility]");
  if (name) side.showFacility(name.dataset.facility);
});
byId("grid").addEventListener("click", (event) => {
  const name = event.target.closest(".name");
  if (name?.dataset.resident) side.showResident(name.dataset.resident);
  if (name?.dataset.facility) side.showFacility(name.dataset.facility);
});
begin().catch(fail);
