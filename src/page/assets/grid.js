// The grid: residents by cohort, a block for each stay; below it the hospitals with their sections, and what staffing
// asks for, month by month. Only the rows in sight are drawn, so that hundreds of residents scroll like ten.

import { byId, h, heard, replace, t } from "./dom.js";
import { model, monthOffset, monthText } from "./server.js";

export const NAME_WIDTH = 190;
const ROW = 30;
const MARGIN_ROW = 24;
const OVERSCAN = 6;
const ZOOMS = { year: 8, quarter: 15, month: 28 };

export const view = {
  zoom: localStorage.getItem("kenshu-zoom") || "quarter",
  mode: "residents",
  search: "",
  /** Rows of a proposal by resident, while it is held against the plan. */
  after: null,
  onlyMoved: false,
  /** The block that has the focus: resident id and month. */
  focus: null,
  /** The stay that is to change places with another one. */
  marked: null,
};

export const pixels = () => ZOOMS[view.zoom] ?? ZOOMS.quarter;
export const hue = (facility) => Math.round((facility * 137.508 + 220) % 360);

/** Where a block is: a hospital, or a section of one. */
export function placeOf(block) {
  const facility = model.board.facilities[block.facility];
  const section = model.board.sections[block.section];
  if (!section) return { facility, id: facility.id, name: facility.name, mark: facility.mark };
  return { facility, section, id: section.id, name: t("page-place", { facility: facility.name, section: section.name }), mark: section.mark };
}

/** A scrolling list that draws the rows in sight. */
class Rows {
  constructor(scroller, draw) {
    this.scroller = scroller;
    this.draw = draw;
    this.items = [];
    this.drawn = new Map();
    this.head = h("div", { class: "head", role: "rowgroup" });
    this.body = h("div", { class: "body", role: "rowgroup" });
    scroller.replaceChildren(this.head, this.body);
    scroller.addEventListener("scroll", () => this.paint(), { passive: true });
    new ResizeObserver(() => this.paint()).observe(scroller);
  }

  show(items, height) {
    this.items = items;
    this.height = height;
    this.tops = [];
    let top = 0;
    for (const item of items) {
      this.tops.push(top);
      top += item.height ?? height;
    }
    this.body.style.height = `${top}px`;
    this.body.style.width = `${NAME_WIDTH + model.board.months * pixels()}px`;
    this.head.style.width = this.body.style.width;
    this.drawn.forEach((element) => element.remove());
    this.drawn.clear();
    this.paint();
  }

  /** Draws again the rows that stand for these. */
  refresh(concerned) {
    for (const [index, element] of this.drawn) {
      if (concerned(this.items[index])) {
        element.replaceWith(this.row(index));
      }
    }
  }

  row(index) {
    const item = this.items[index];
    const element = this.draw(item, index);
    element.style.top = `${this.tops[index]}px`;
    element.style.height = `${item.height ?? this.height}px`;
    // On paper rows follow each other, in whatever order they were drawn.
    element.style.order = index;
    element.setAttribute("aria-rowindex", index + 2);
    this.drawn.set(index, element);
    return element;
  }

  paint(all = false) {
    if (!this.items.length) return;
    const top = this.scroller.scrollTop - this.head.offsetHeight;
    const bottom = top + this.scroller.clientHeight + this.head.offsetHeight;
    const slack = OVERSCAN * this.height;
    const wanted = (index) => all || (this.tops[index] > top - slack - this.height && this.tops[index] < bottom + slack);
    for (const [index, element] of this.drawn) {
      if (!wanted(index) && !element.contains(document.activeElement)) {
        element.remove();
        this.drawn.delete(index);
      }
    }
    const first = all ? 0 : Math.max(0, this.search(top - slack));
    const fresh = [];
    for (let index = first; index < this.items.length && (all || this.tops[index] < bottom + slack); index += 1) {
      if (!this.drawn.has(index)) fresh.push(this.row(index));
    }
    this.body.append(...fresh);
  }

  /** The last row that begins before a height. */
  search(top) {
    let [low, high] = [0, this.tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.tops[middle] < top) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  reveal(index, left, width) {
    const top = this.tops[index];
    const height = this.items[index].height ?? this.height;
    const room = this.scroller.clientHeight - this.head.offsetHeight;
    if (top < this.scroller.scrollTop) this.scroller.scrollTop = top;
    else if (top + height > this.scroller.scrollTop + room) this.scroller.scrollTop = top + height - room;
    const across = this.scroller.clientWidth - NAME_WIDTH;
    if (left < this.scroller.scrollLeft) this.scroller.scrollLeft = left;
    else if (left + Math.min(width, across) > this.scroller.scrollLeft + across) this.scroller.scrollLeft = left + Math.min(width, across) - across;
    this.paint();
  }
}

let residents;
let hospitals;

export function begin() {
  residents = new Rows(byId("grid"), drawItem);
  hospitals = new Rows(byId("margins"), drawMargin);
  const [one, other] = [byId("grid"), byId("margins")];
  one.addEventListener("scroll", () => { if (other.scrollLeft !== one.scrollLeft) other.scrollLeft = one.scrollLeft; });
  other.addEventListener("scroll", () => { if (one.scrollLeft !== other.scrollLeft) one.scrollLeft = other.scrollLeft; });
  addEventListener("beforeprint", () => { residents.paint(true); hospitals.paint(true); });
  addEventListener("afterprint", show);
}

const matches = (row) => {
  const wanted = view.search.trim().toLowerCase();
  if (!wanted) return true;
  const places = row.blocks.map((block) => placeOf(block).name);
  return [row.id, row.name, row.course ?? "", ...places].some((text) => text.toLowerCase().includes(wanted));
};

/** Everything anew. */
export function show() {
  const { board } = model;
  if (!board) return;
  const items = view.mode === "hospitals" ? hospitalItems() : residentItems();
  byId("grid").setAttribute("aria-label", t(view.mode === "hospitals" ? "page-view-hospitals" : "page-view-residents"));
  byId("grid").setAttribute("aria-rowcount", items.length + 1);
  byId("grid").setAttribute("aria-colcount", board.months + 1);
  byId("margins").setAttribute("aria-label", t("page-margins"));
  const margins = marginItems();
  // Whoever is at a block by keyboard stays there.
  const focused = document.activeElement?.closest?.(".block") ? view.focus : null;
  byId("margins").setAttribute("aria-rowcount", margins.length + 1);
  byId("margins").setAttribute("aria-colcount", board.months + 1);
  byId("split").setAttribute("aria-label", t("page-split"));
  residents.show(items, ROW);
  replace(residents.head, heading());
  replace(hospitals.head, marginHeading());
  hospitals.show(margins, MARGIN_ROW);
  markFindings();
  if (focused) focusBlock(focused.resident, focused.month);
}

/** The rows of some residents, and the hospitals. */
export function refresh(ids) {
  if (view.mode === "hospitals" || view.after) return show();
  const concerned = new Set(ids);
  const items = residents.items;
  for (const item of items) {
    if (item.row && concerned.has(item.row.id)) item.row = model.board.residents[item.index];
  }
  const focused = document.activeElement?.closest?.(".block") ? view.focus : null;
  residents.refresh((item) => item.row && concerned.has(item.row.id));
  hospitals.refresh(() => true);
  markFindings();
  if (focused) focusBlock(focused.resident, focused.month);
}

function residentItems() {
  const items = [];
  let cohort = null;
  const rows = model.board.residents.map((row, index) => ({ row, index }));
  rows.sort((a, b) => a.row.entry_year - b.row.entry_year || a.index - b.index);
  const moved = (row) => view.after && differs(row.blocks, view.after.get(row.id)?.blocks ?? []);
  for (const { row, index } of rows) {
    if (!matches(row) || (view.after && view.onlyMoved && !moved(row))) continue;
    if (row.entry_year !== cohort) {
      cohort = row.entry_year;
      items.push({ cohort, count: model.board.residents.filter((other) => other.entry_year === cohort).length });
    }
    items.push({ row, index, height: view.after ? 2 * ROW - 6 : undefined, moved: moved(row) });
  }
  return items;
}

/** Every hospital, each followed by its sections. */
function places() {
  const { facilities, sections } = model.board;
  return facilities.flatMap((facility, index) => [
    { facility, index, name: facility.name },
    ...sections.flatMap((section, at) => (section.facility === index ? [{ facility, index, section, sectionIndex: at, name: section.name }] : [])),
  ]);
}

/** The rows below the grid: the places, then what staffing asks for. */
function marginItems() {
  const { sections, staffing } = model.board;
  const divided = new Set(sections.map((section) => section.facility));
  const of = (place) => (place.section ? { list: "sections", at: place.sectionIndex, drop: place.section.id } : { list: "facilities", at: place.index, drop: divided.has(place.index) ? null : place.facility.id });
  return [...places().map((place) => ({ ...place, ...of(place) })), ...staffing.map((row, at) => ({ staffing: row, name: row.name, list: "staffing", at }))];
}

function hospitalItems() {
  const items = [];
  const wanted = view.search.trim().toLowerCase();
  for (const place of places()) {
    if (wanted && ![place.facility.name, place.name].some((name) => name.toLowerCase().includes(wanted))) continue;
    const stays = [];
    for (const row of model.board.residents) {
      for (const block of row.blocks) if (block.facility === place.index && block.section === place.sectionIndex) stays.push({ row, block });
    }
    stays.sort((a, b) => a.block.start - b.block.start);
    const lanes = [];
    for (const stay of stays) {
      const lane = lanes.find((lane) => lane.at(-1).block.start + lane.at(-1).block.months <= stay.block.start);
      if (lane) lane.push(stay);
      else lanes.push([stay]);
    }
    if (!lanes.length) lanes.push([]);
    lanes.forEach((stays, lane) => items.push({ ...place, stays, lane }));
  }
  return items;
}

const sameBlock = (a, b) => a.start === b.start && a.months === b.months && a.facility === b.facility && a.section === b.section;
const differs = (one, other) => one.length !== other.length || one.some((block, index) => !sameBlock(block, other[index]));

function heading() {
  const { board } = model;
  const px = pixels();
  const years = [];
  const units = [];
  for (let month = 0; month < board.months; month += 1) {
    const [year, number] = monthText(month).split("-").map(Number);
    const inYear = (number - board.year_starts_in_month + 12) % 12;
    if (month === 0 || inYear === 0) {
      const length = Math.min(12 - inYear, board.months - month);
      const label = t("page-academic-year", { year: number < board.year_starts_in_month ? year - 1 : year });
      const cell = h("div", { class: month < board.decided ? "unit year past" : "unit year", role: "columnheader", "aria-colindex": month + 2, "aria-colspan": length }, h("span", {}, label));
      place(cell, month, length);
      years.push(cell);
    }
    const step = { year: 0, quarter: 3, month: 1 }[view.zoom];
    if (step && inYear % step === 0) {
      const cell = h("div", { class: "unit", "aria-hidden": "true" }, t("page-month", { month: number }));
      place(cell, month, Math.min(step, board.months - month));
      units.push(cell);
    }
  }
  const corner = h("div", { class: "name corner", role: "columnheader", "aria-colindex": 1 }, t(view.mode === "hospitals" ? "page-column-hospital" : "page-column-resident"));
  const row = h("div", { class: `heading ${view.zoom}`, role: "row", "aria-rowindex": 1 }, corner, years, units);
  row.style.setProperty("--px", `${px}px`);
  return row;
}

function marginHeading() {
  return h("div", { class: "heading small", role: "row", "aria-rowindex": 1 },
    h("div", { class: "name corner", role: "columnheader", "aria-colindex": 1 }, t("page-margins")),
    h("div", { class: "legend", role: "columnheader", "aria-colindex": 2 }, t("page-margins-legend")));
}

function place(element, start, months) {
  element.style.left = `${NAME_WIDTH + start * pixels()}px`;
  element.style.width = `${months * pixels()}px`;
}

function drawItem(item) {
  if (item.cohort !== undefined) {
    const label = t("page-cohort", { year: item.cohort, count: item.count });
    return h("div", { class: "row cohort", role: "row" }, h("div", { class: "name", role: "rowheader", "aria-colindex": 1 }, label));
  }
  return item.stays ? drawLane(item) : drawResident(item);
}

function drawResident({ row, index, moved }) {
  const wish = row.course_wish ? h("span", { class: "wish", title: t("page-course-wish", { place: row.course_wish }) }, row.course_wish) : null;
  const name = h("div", { class: "name", role: "rowheader", "aria-colindex": 1, "data-resident": row.id, tabindex: -1 },
    h("span", { class: "who" }, row.name),
    h("span", { class: "course" }, row.course ?? "–"), wish);
  const line = h("div", { class: moved ? "row resident moved" : "row resident", role: "row", "data-index": index }, name);
  const { decided } = model.board;
  const past = h("div", { class: "past", "aria-hidden": "true" });
  place(past, 0, decided);
  line.append(past);
  for (const [start, months] of gaps(row)) {
    const gap = h("div", { class: "gap block", role: "gridcell", tabindex: -1, "aria-colindex": start + 2, "aria-colspan": months, title: t("page-gap-label", { resident: row.name, start: monthText(start), months }) }, h("span", { "aria-hidden": "true" }, t("page-gap")), heard(t("page-gap-label", { resident: row.name, start: monthText(start), months })));
    data(gap, row.id, start, months);
    place(gap, start, months);
    line.append(gap);
  }
  for (const away of row.away) {
    const cell = h("div", { class: "away", role: "gridcell", "aria-colindex": away.start + 2, "aria-colspan": away.months, title: away.kind }, away.kind);
    place(cell, away.start, away.months);
    line.append(cell);
  }
  for (const block of row.blocks) line.append(drawBlock(row, block, row.blocks));
  if (view.after) {
    const blocks = view.after.get(row.id)?.blocks ?? [];
    for (const block of blocks) {
      const cell = drawBlock(row, block, blocks);
      cell.classList.add("after");
      cell.tabIndex = -1;
      if (!row.blocks.some((other) => sameBlock(other, block))) cell.classList.add("new");
      line.append(cell);
    }
  }
  return line;
}

/** Months in which the resident should be somewhere and is nowhere. */
function gaps(row) {
  const found = [];
  for (const [start, months] of row.due) {
    let from = null;
    for (let month = start; month <= start + months; month += 1) {
      const empty = month < start + months && !row.blocks.some((block) => block.start <= month && month < block.start + block.months);
      if (empty && from === null) from = month;
      if (!empty && from !== null) {
        found.push([from, month - from]);
        from = null;
      }
    }
  }
  return found;
}

function data(element, resident, start, months) {
  element.dataset.resident = resident;
  element.dataset.start = start;
  element.dataset.months = months;
}

/** Whether a stay goes on in the next academic year: its parts are drawn as one block. */
const goesOn = (one, other) => one && other && one.start + one.months === other.start && one.facility === other.facility
  && one.section === other.section && one.history === other.history && one.extension === other.extension;

function drawBlock(row, block, all) {
  const where = placeOf(block);
  const { facility, section } = where;
  const width = block.months * pixels();
  const locked = block.locked === block.months;
  const at = all.indexOf(block);
  const [continued, continues] = [goesOn(all[at - 1], block), goesOn(block, all[at + 1])];
  const { marked } = view;
  const isMarked = marked && marked.resident === row.id && marked.start === block.start && marked.months === block.months;
  const kinds = ["block", continued && "continued", continues && "continues", isMarked && "marked", block.history && "history", block.extension && "extension", locked && "locked", block.locked && !locked && "partly"];
  const label = t("page-block-label", { resident: row.name, place: where.name, start: monthText(block.start), months: block.months });
  const more = [
    block.wish && t("page-wish-label", { place: block.wish }),
    block.locked && t("page-locked"),
    block.history && t("page-history"),
    block.extension && t("page-extension"),
    ...(block.leave ?? []).map((leave) => leave.kind),
  ].filter(Boolean);
  const cell = h("div", {
    class: kinds.filter(Boolean).join(" "), role: "gridcell", tabindex: -1,
    "aria-colindex": block.start + 2, "aria-colspan": block.months,
    title: [label, ...more].join("\n"),
  }, h("span", { class: "place", "aria-hidden": "true" }, continued ? "" : width < 64 ? where.mark : section && width < 210 ? `${facility.mark} ${section.name}` : where.name), heard([label, ...more].join(", ")));
  if (block.wish && width >= 40 && !continued) cell.append(h("span", { class: "wish", "aria-hidden": "true" }, block.wish));
  for (const leave of block.leave ?? []) {
    const stripe = h("span", { class: "leave" });
    stripe.style.left = `${(leave.start - block.start) * pixels()}px`;
    stripe.style.width = `${leave.months * pixels()}px`;
    cell.append(stripe);
  }
  data(cell, row.id, block.start, block.months);
  cell.dataset.facility = facility.id;
  cell.dataset.place = where.id;
  if (section) {
    cell.classList.add("section");
    cell.style.setProperty("--section-hue", hue(block.section));
  }
  cell.style.setProperty("--hue", hue(block.facility));
  if (facility.role === "core") cell.classList.add("core");
  place(cell, block.start, block.months);
  return cell;
}

function drawLane({ facility, index, section, name: called, stays, lane }) {
  const name = h("div", { class: section ? "name part" : "name", role: "rowheader", "aria-colindex": 1, "data-facility": facility.id, tabindex: -1, title: section ? t("page-place", { facility: facility.name, section: section.name }) : facility.name }, lane === 0 ? called : heard(called));
  const line = h("div", { class: lane === 0 && !section ? "row lane first" : "row lane", role: "row" }, name);
  for (const { row, block } of stays) {
    const cell = drawBlock(row, block, [block]);
    cell.querySelector(".place").textContent = block.months * pixels() < 64 ? row.name.slice(-2) : row.name;
    cell.style.setProperty("--hue", hue(index));
    line.append(cell);
  }
  return line;
}

/** A hospital, a section or a row of staffing month by month, equal months as one cell. */
function drawMargin({ facility, index, section, sectionIndex, staffing, name: called, list, at, drop }) {
  const { present, seats, needed, tight } = model.board.occupancy[list][at];
  const after = view.after ? view.afterOccupancy[list][at].present : present;
  const whole = section ? t("page-place", { facility: facility.name, section: section.name }) : called;
  const name = h("div", { class: section ? "name part" : "name", role: "rowheader", "aria-colindex": 1, "data-facility": facility?.id, tabindex: -1, title: whole },
    staffing ? h("span", { class: "kind" }, t(staffing.kind === "must" ? "page-staffing-must" : "page-staffing-wish")) : h("span", { class: "swatch", "aria-hidden": "true" }), called);
  if (facility) name.style.setProperty("--hue", hue(section ? sectionIndex : index));
  if (facility?.role === "core" && !section) name.classList.add("core");
  const line = h("div", { class: "row margin", role: "row", "data-facility": section ? undefined : facility?.id, "data-place": drop, "data-staffing": staffing?.id }, name);
  let start = model.board.decided;
  for (let month = start + 1; month <= model.board.months; month += 1) {
    const same = month < model.board.months && present[month] === present[start] && seats[month] === seats[start] && needed[month] === needed[start] && tight[month] === tight[start] && after[month] === after[start];
    if (same) continue;
    const months = month - start;
    const figures = { present: present[start], seats: seats[start] ?? "–", needed: needed[start] };
    const kind = tight[start] ?? "";
    const sign = { over: "▲", short: "▽", full: "●" }[kind] ?? "";
    const changed = after[start] !== present[start] ? `→${after[start]}` : "";
    const text = `${sign}${figures.present}${changed}/${figures.seats}${needed[start] ? ` ≥${needed[start]}` : ""}`;
    const label = t("page-margin-label", { place: whole, start: monthText(start), months, ...figures });
    const cell = h("div", { class: `figure ${kind}${changed ? " new" : ""}`, role: "gridcell", "aria-colindex": start + 2, "aria-colspan": months, title: label }, h("span", { "aria-hidden": "true" }, months * pixels() >= 8 * text.length - 6 ? text : sign || (months * pixels() > 14 ? figures.present : "")), heard(label));
    place(cell, start, months);
    line.append(cell);
    start = month;
  }
  return line;
}

/** Shows where the judge has something against the plan. */
function markFindings() {
  const errors = model.verdict.findings.filter((finding) => finding.severity === "error");
  const people = new Map();
  for (const finding of errors) {
    if (finding.resident) people.set(finding.resident, [...(people.get(finding.resident) ?? []), finding]);
  }
  for (const [index, element] of residents.drawn) {
    const { row } = residents.items[index];
    if (!row) continue;
    const found = people.get(row.id) ?? [];
    element.classList.toggle("broken", found.length > 0);
    const name = element.querySelector(".name");
    name.querySelector(".count")?.remove();
    if (found.length) name.append(h("span", { class: "count", title: found.map((finding) => finding.message).join("\n") }, `!${found.length}`));
    for (const block of element.querySelectorAll(".block")) {
      const [start, months] = [Number(block.dataset.start), Number(block.dataset.months)];
      const here = found.some((finding) => {
        if (!finding.month) return false;
        const month = monthOffset(finding.month);
        return start <= month && month < start + months;
      });
      block.classList.toggle("wrong", here);
    }
  }
  residents.marked = true;
}

// Rows drawn while scrolling get their marks too.
const observer = new MutationObserver((changes) => {
  if (model.verdict && changes.some((change) => [...change.addedNodes].some((node) => node.classList?.contains("resident")))) markFindings();
});
export function watch() {
  observer.observe(byId("grid").querySelector(".body"), { childList: true });
}

/** The item of a resident, and the block that has a month. */
export function find(resident, month) {
  const index = residents.items.findIndex((item) => item.row?.id === resident);
  if (index < 0) return null;
  const { row } = residents.items[index];
  const spans = [...row.blocks.map((block) => [block.start, block.months]), ...gaps(row)].sort((a, b) => a[0] - b[0]);
  const at = spans.findIndex(([start, months]) => start <= month && month < start + months);
  return { index, row, spans, at };
}

/** Puts the focus on the block of a resident that has a month, else on the nearest one. */
export function focusBlock(resident, month) {
  const found = find(resident, month);
  if (!found || !found.spans.length) return null;
  const nearest = found.at >= 0 ? found.at : found.spans.findIndex(([start]) => start > month);
  const [start, months] = found.spans[nearest < 0 ? found.spans.length - 1 : nearest];
  residents.reveal(found.index, start * pixels(), months * pixels());
  const element = residents.drawn.get(found.index)?.querySelector(`.block[data-start="${start}"]:not(.after)`);
  if (!element) return null;
  byId("grid").querySelectorAll('.block[tabindex="0"]').forEach((other) => { other.tabIndex = -1; });
  element.tabIndex = 0;
  element.focus({ preventScroll: true });
  view.focus = { resident, month: found.at >= 0 ? month : start };
  return element;
}

/** The resident above or below in the list. */
export function neighbour(resident, step) {
  const index = residents.items.findIndex((item) => item.row?.id === resident);
  for (let next = index + step; next >= 0 && next < residents.items.length; next += step) {
    if (residents.items[next].row) return residents.items[next].row.id;
  }
  return null;
}

export const firstResident = () => residents.items.find((item) => item.row)?.row ?? null;
