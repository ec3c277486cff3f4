// The tables as they are typed: a cell is changed where it stands, and what the reader says of it stands beside it.

import { button, byId, h, heard, t } from "./dom.js";
import { open as dialog } from "./dialogs.js";
import { call, change, model } from "./server.js";
import { fail } from "./main.js";

let all = null;
let shown = "residents.csv";
/** The table that gets a row once something is typed in it. */
let growing = null;

/** Opens a table, at its first fault if there is one. */
export async function open(file = shown) {
  shown = file;
  try {
    all = await call("tables");
    draw();
    byId("dialog").querySelector("td.fault input")?.focus();
  } catch (error) {
    fail(error);
  }
}

async function edit(path, body) {
  const at = byId("dialog").querySelector(".sheet");
  const [top, left] = [at?.scrollTop ?? 0, at?.scrollLeft ?? 0];
  const focused = document.activeElement?.dataset?.cell;
  try {
    const answer = await change(`table/${path}`, body);
    all = answer.tables;
  } catch (error) {
    fail(error);
    all = await call("tables");
  }
  draw();
  const sheet = byId("dialog").querySelector(".sheet");
  if (sheet) [sheet.scrollTop, sheet.scrollLeft] = [top, left];
  if (focused) byId("dialog").querySelector(`[data-cell="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function draw() {
  const faults = (file) => all.findings.filter((finding) => finding.file.endsWith(file));
  const tab = (file, title) => {
    const errors = faults(file).filter((finding) => finding.severity === "error").length;
    return button(errors ? `${title} !${errors}` : title, () => { shown = file; draw(); }, { role: "tab", "aria-selected": file === shown });
  };
  const table = all.tables.find((other) => other.file === shown);
  dialog(t("page-tables"),
    h("div", { class: "tables", role: "tablist" }, tab("program.toml", "program.toml"), all.tables.map((other) => tab(other.file, other.title))),
    table ? sheet(table, faults(table.file)) : program(),
    told(faults(shown)));
  byId("dialog").classList.add("wide");
}

/** A finding of the reader as a way to its cell. */
export function entry(finding) {
  const go = async () => {
    await open(finding.file);
    const row = all.tables.find((table) => table.file === finding.file)?.rows.findIndex((row) => row.line === finding.line) ?? -1;
    if (row >= 0) byId("dialog").querySelector(`td.fault [data-cell^="${row} "]`)?.focus();
  };
  return h("li", { class: finding.severity },
    h("button", { type: "button", class: "finding", onclick: go }, h("b", {}, where(finding)), h("span", {}, finding.message), finding.remedy ? h("small", {}, finding.remedy) : null));
}

/** Where people look: file and line, of a workbook sheet and cell. */
const where = ({ place }) => [place.file, place.cell ?? place.line, place.column].filter((part) => part !== null && part !== undefined).join(" · ");

const told = (findings) => h("ul", { class: "findings" }, findings.map((finding) => h("li", { class: finding.severity },
  h("p", { class: "finding" }, h("b", {}, where(finding)), h("span", {}, finding.message), finding.remedy ? h("small", {}, finding.remedy) : null))));

function program() {
  const text = h("textarea", { "aria-label": "program.toml", spellcheck: "false", readonly: !model.state.writes });
  text.value = all.program ?? "";
  return h("div", {}, text, h("div", { class: "choice" }, button(t("page-tables-take"), () => edit("text", { file: "program.toml", text: text.value }), { class: "primary", disabled: !model.state.writes })));
}

function sheet(table, findings) {
  const writes = model.state.writes;
  const at = (line, column) => findings.find((finding) => finding.line === line && (finding.column === column.id || finding.column === column.name));
  const cell = (row, index, column, position) => {
    const value = row.cells[position] ?? "";
    const fault = at(row.line, column);
    const input = h("input", {
      type: "text", readonly: !writes, "data-cell": `${index} ${position}`, "aria-label": `${column.name} ${row.line}`, "aria-invalid": fault ? "true" : undefined, title: fault?.message,
      onchange: () => {
        if (input.value === value) return;
        const isNew = index === table.rows.length;
        if (isNew) growing = null;
        edit(isNew ? "add" : "cell", { file: table.file, row: index + 1, column: position, text: input.value });
      },
    });
    input.value = value;
    return h("td", { class: fault ? "fault" : "" }, input);
  };
  const rows = growing === table.file ? [...table.rows, { line: 0, cells: [] }] : table.rows;
  const grow = () => { growing = table.file; draw(); byId("dialog").querySelector(`[data-cell="${table.rows.length} 0"]`)?.focus(); };
  const remove = (index) => { if (index < table.rows.length) return edit("remove", { file: table.file, row: index + 1 }); growing = null; draw(); };
  return h("div", {},
    h("div", { class: "sheet", tabindex: 0, role: "region", "aria-label": table.title }, h("table", {},
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "#"), table.columns.map((column) => h("th", { scope: "col" }, column.name)), writes ? h("th", { scope: "col" }, heard(t("page-tables-remove"))) : null)),
      h("tbody", {}, rows.map((row, index) => h("tr", {}, h("td", { class: "line" }, row.line || "+"), table.columns.map((column, position) => cell(row, index, column, position)),
        writes ? h("td", {}, button("×", () => remove(index), { "aria-label": `${t("page-tables-remove")} ${row.line}` })) : null))))),
    h("div", { class: "choice" }, button(t("page-tables-add"), grow, { disabled: !writes })));
}
