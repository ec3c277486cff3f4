// What opens above the page: versions, downloads, the manual, the keys, and what has to be asked before a save.

import { button, byId, h, replace, t } from "./dom.js";
import { KEYS } from "./keys.js";
import { call, change, model, settle } from "./server.js";
import { attempt, fail } from "./main.js";

export function open(title, ...content) {
  const dialog = byId("dialog");
  dialog.classList.remove("wide");
  dialog.setAttribute("aria-label", title);
  replace(dialog, h("div", { class: "top" }, h("h2", {}, title), button("×", () => dialog.close(), { "aria-label": t("page-close"), class: "close" })), content);
  if (!dialog.open) dialog.showModal();
}

const shut = () => byId("dialog").close();

export async function save(force = false) {
  try {
    const answer = await call("save", { force });
    if (answer.changed_outside) {
      open(t("page-changed-outside"),
        h("p", {}, t("page-changed-outside-text")),
        h("div", { class: "choice" }, button(t("page-overwrite"), () => { shut(); save(true); }), button(t("page-cancel"), shut, { class: "primary" })));
      return;
    }
    settle(answer.state);
  } catch (error) {
    fail(error);
  }
}

export async function versions() {
  try {
    const { names } = await call("versions");
    const name = h("input", { type: "text", id: "version-name", maxlength: 60, required: true });
    const keep = async () => {
      try {
        await call("version/keep", { name: name.value.trim() });
        versions();
      } catch (error) {
        fail(error);
      }
    };
    const compare = async (before, after) => {
      try {
        const diff = await call("version/compare", { name: before, other: after });
        open(t("page-compare-title", { before: before ?? t("page-plan-now"), after: after ?? t("page-plan-now") }),
          h("p", {}, diff.headline),
          h("dl", { class: "goals" }, diff.goals.map((goal) => [h("dt", {}, goal.name), h("dd", { class: goal.same ? "" : "changed" }, goal.same ? goal.before : `${goal.before} → ${goal.after}`)])),
          h("ol", { class: "chains" }, diff.chains.map((chain) => h("li", {}, chain))),
          h("div", { class: "choice" }, button(t("page-back"), versions)));
      } catch (error) {
        fail(error);
      }
    };
    const one = h("select", { "aria-label": t("page-compare-before") }, names.map((name) => h("option", { value: name }, name)));
    const other = h("select", { "aria-label": t("page-compare-after") }, h("option", { value: "" }, t("page-plan-now")), names.map((name) => h("option", { value: name }, name)));
    const list = names.map((name) => h("li", {}, h("span", {}, name === "current" ? t("page-version-current") : name),
      button(t("page-version-open"), () => { shut(); attempt(() => change("version/open", { name })); })));
    open(t("page-versions"),
      h("form", { class: "choice", onsubmit: (event) => { event.preventDefault(); keep(); } }, h("label", { for: "version-name" }, t("page-version-name-label")), name, h("button", { type: "submit", class: "primary" }, t("page-version-keep"))),
      names.length ? h("ul", { class: "versions" }, list) : h("p", { class: "quiet" }, t("page-version-none")),
      names.length ? h("div", { class: "choice" }, one, " → ", other, button(t("page-compare"), () => compare(one.value, other.value || null))) : null);
  } catch (error) {
    fail(error);
  }
}

const FILES = ["placements.csv", "by_resident.csv", "by_facility.csv", "case_totals.csv", "ledger.csv", "audit.csv", "calendars.zip"];
/** Only of a plan that breaks no rule. */
const ANSWERS = ["plan.xlsx", "report.html"];

export function outputs() {
  open(t("page-out"),
    model.verdict.broken ? h("p", { class: "quiet" }, t("page-out-broken")) : null,
    h("ul", {}, [...(model.verdict.broken ? [] : ANSWERS), ...FILES].map((file) => h("li", {}, h("a", { href: `/out/${file}?lang=${model.lang}`, download: file }, file)))),
    h("div", { class: "choice" }, button(t("page-print"), () => { shut(); print(); })));
}

export function keys() {
  open(t("page-keys"), h("table", { class: "keys" }, h("tbody", {}, KEYS.map(([key, words]) => h("tr", {}, h("th", { scope: "row" }, key), h("td", {}, t(words)))))));
}

export async function manual(topic = null) {
  try {
    const answer = await call("manual", topic ? { name: topic } : {});
    if (answer.topics) {
      open(t("page-manual"), h("ul", {}, answer.topics.map(([id, title]) => h("li", {}, button(title, () => manual(id), { class: "link" })))));
    } else {
      open(t("page-manual"), button(t("page-back"), () => manual(), { class: "back" }), h("div", { class: "manual", tabindex: 0 }, ...markdown(answer.markdown)));
    }
  } catch (error) {
    fail(error);
  }
}

/** A page of the manual as elements: headings, fences, tables, lists, paragraphs. */
function markdown(text) {
  const blocks = [];
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    const heading = /^(#+) (.*)/.exec(line);
    if (heading) blocks.push(h(heading[1].length === 1 ? "h3" : "h4", {}, inline(heading[2])));
    else if (line.startsWith("```")) {
      const code = [];
      for (at += 1; at < lines.length && !lines[at].startsWith("```"); at += 1) code.push(lines[at]);
      blocks.push(h("pre", { tabindex: 0 }, code.join("\n")));
    } else if (line.startsWith("|")) {
      const rows = [];
      for (; at < lines.length && lines[at].startsWith("|"); at += 1) {
        if (!/^[|\s:-]+$/.test(lines[at])) rows.push(lines[at].split("|").slice(1, -1));
      }
      at -= 1;
      blocks.push(h("table", {}, h("tbody", {}, rows.map((cells, row) => h("tr", {}, cells.map((cell) => h(row ? "td" : "th", {}, inline(cell.trim()))))))));
    } else if (/^[-*] /.test(line)) {
      const items = [];
      for (; at < lines.length && /^[-*] /.test(lines[at]); at += 1) items.push(h("li", {}, inline(lines[at].slice(2))));
      at -= 1;
      blocks.push(h("ul", {}, items));
    } else if (line.trim()) blocks.push(h("p", {}, inline(line)));
  }
  return blocks;
}

function inline(text) {
  return text.split("`").map((part, at) => (at % 2 ? h("code", {}, part) : part.split("**").map((piece, bold) => (bold % 2 ? h("b", {}, piece) : piece)))).flat();
}
