// Where a page begins: with nothing yet, or with tables that have faults; and files dropped on it at any time.

import { button, byId, h, replace, t } from "./dom.js";
import { open as dialog } from "./dialogs.js";
import { call, change, model } from "./server.js";
import { fail } from "./main.js";
import { entry as fault, open as tables } from "./tables.js";

export function begin() {
  const brings = (event) => event.dataTransfer?.types.includes("Files");
  const mark = (on) => document.body.classList.toggle("over", on);
  addEventListener("dragover", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    mark(true);
  });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) mark(false); });
  addEventListener("drop", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    mark(false);
    take([...event.dataTransfer.files]);
  });
}

/** Begins with files; what there is goes only when somebody says so, and comes back with undo. */
function take(files) {
  if (!files.length) return;
  const names = files.map((file) => file.name).join(", ");
  confirmed(names, async () => ({ files: await Promise.all(files.map(read)) }));
}

function confirmed(name, body) {
  const start = async () => {
    try {
      const answer = await change("begin", await body());
      byId("dialog").close();
      byId("beside").hidden = true;
      return answer;
    } catch (error) {
      byId("dialog").close();
      fail(error);
    }
  };
  if (!model.board && !model.state.undo) return start();
  dialog(t("page-begin-replace", { name }),
    h("p", {}, t("page-begin-replace-text")),
    h("div", { class: "choice" }, button(t("page-begin-replace-do"), start), button(t("page-cancel"), () => byId("dialog").close(), { class: "primary" })));
}

/** A file as the server takes it: its name, its content in base 64. */
function read(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done({ name: file.name, content: reader.result.slice(reader.result.indexOf(",") + 1) });
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}

/** Shows where to begin, as long as there is no board. */
export async function show() {
  const place = byId("start");
  place.hidden = Boolean(model.board);
  document.body.classList.toggle("empty", !model.board);
  if (model.board) return replace(place);
  try {
    const [{ findings, program }, content] = await Promise.all([call("tables"), choices()]);
    if (model.board) return;
    const errors = findings.filter((finding) => finding.severity === "error");
    replace(place, program === null ? null : faults(errors), content);
  } catch (error) {
    fail(error);
  }
}

/** The faults that keep the tables from being a program, each with the way to its cell. */
function faults(errors) {
  return [
    h("h2", {}, t("page-begin-faults", { count: errors.length })),
    h("p", {}, t("page-begin-mend")),
    h("ul", { class: "findings" }, errors.slice(0, 200).map((finding) => fault(finding))),
    h("div", { class: "choice" }, button(t("page-tables"), () => tables(errors[0]?.file), { class: "primary" })),
  ];
}

/** What to begin with: a workbook, a template, a shipped program. */
export async function choices() {
  const { templates } = await call("templates");
  const disabled = !model.state.writes;
  const input = h("input", { type: "file", id: "begin-file", multiple: true, accept: ".xlsx,.xlsm,.csv,.toml", disabled, onchange: () => take([...input.files]) });
  const one = (template) => h("li", {}, button(template.name, () => confirmed(template.name, () => ({ name: template.id })), { class: "link", disabled, "data-template": template.id }),
    " ", h("small", { class: "quiet" }, t("page-begin-size", { facilities: template.facilities, residents: template.residents })));
  return [
    h("h2", {}, t("page-begin")),
    h("label", { class: "drop", for: "begin-file" }, h("span", {}, t("page-begin-drop")), input),
    h("h3", {}, t("page-begin-templates")),
    h("ul", { class: "templates" }, templates.map(one)),
    h("p", { class: "quiet" }, t("page-begin-unsaved")),
  ];
}

/** The same, above a program that is open. */
export async function open() {
  try {
    dialog(t("page-begin"), ...(await choices()).slice(1));
  } catch (error) {
    fail(error);
  }
}
