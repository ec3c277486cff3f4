// The menu of a block: every hospital, and every section of one, for its months, first with what the judge says of the bare move, then with its
// exact price as it becomes known; locks, and the questions why.

import { button, byId, h, replace, t } from "./dom.js";
import { focusBlock, placeOf } from "./grid.js";
import { ask, call, change, edit, listen, model, monthText } from "./server.js";
import { leave } from "./drag.js";
import { swap, swapWith } from "./keys.js";
import { attempt } from "./main.js";
import { showFacility, showResident } from "./side.js";

/** A touch that rests so long opens the menu. */
const LONG_MS = 500;
const LONG_PX = 8;

let shown = null;

export function begin() {
  byId("grid").addEventListener("contextmenu", (event) => {
    const block = event.target.closest(".block");
    if (!block) return;
    event.preventDefault();
    open(block);
  });
  byId("grid").addEventListener("dblclick", (event) => {
    const block = event.target.closest(".block");
    if (block) open(block);
  });
  byId("grid").addEventListener("pointerdown", (event) => {
    const block = event.target.closest(".block");
    if (!block || event.pointerType !== "touch") return;
    const end = () => { clearTimeout(timer); ["pointerup", "pointercancel"].forEach((name) => removeEventListener(name, end)); removeEventListener("pointermove", far); };
    const far = (other) => { if (Math.hypot(other.clientX - event.clientX, other.clientY - event.clientY) > LONG_PX) end(); };
    const timer = setTimeout(() => { end(); leave(); open(block); }, LONG_MS);
    ["pointerup", "pointercancel"].forEach((name) => addEventListener(name, end));
    addEventListener("pointermove", far);
  });
  byId("menu").addEventListener("keydown", move);
  addEventListener("pointerdown", (event) => {
    if (shown && !event.target.closest("#menu")) close();
  });
  listen((what) => { if (what === "job" && shown) fill(); });
}

/** Opens the menu of a block. */
export async function open(block) {
  close();
  const resident = block.dataset.resident;
  const [start, months] = [Number(block.dataset.start), Number(block.dataset.months)];
  const isPast = block.classList.contains("history");
  shown = { resident, start, months, place: block.dataset.place, places: null, number: null };
  const menu = byId("menu");
  const row = model.board.residents.find((other) => other.id === resident);
  const stay = row.blocks.find((other) => other.start === start);
  const place = stay && placeOf(stay);
  const facility = place?.facility;
  const writes = model.state.writes && !isPast;
  const isLocked = block.classList.contains("locked") || block.classList.contains("partly");
  const from = { resident, start: monthText(start), months };
  const item = (label, press) => button(label, press, { role: "menuitem", class: "item", tabindex: -1 });
  const doing = (op) => () => { close(); attempt(() => edit(op), () => focusBlock(resident, start)); };
  replace(menu,
    h("div", { class: "title" }, t("page-menu-title", { resident: row.name, place: place?.name ?? t("page-gap"), start: from.start, months })),
    writes && facility ? item(isLocked ? t("page-unlock") : t("page-lock"), doing({ op: isLocked ? "unlock" : "lock", ...from })) : null,
    writes && facility ? pushes(from, start, item) : null,
    writes && facility ? item(t(swapWith(from) ? "page-swap-with" : "page-swap-mark"), () => { close(); swap(focusBlock(resident, start)); }) : null,
    writes && facility ? item(t("page-forbid", { place: place.name }), doing({ op: "forbid", ...from, place: place.id })) : null,
    item(t("page-show-resident"), () => { close(); showResident(resident); }),
    facility ? item(t("page-show-hospital", { place: facility.name }), () => { close(); showFacility(facility.id); }) : null,
    writes ? h("div", { class: "title" }, t("page-alternatives")) : null,
    writes ? h("div", { id: "alternatives", role: "group", "aria-label": t("page-alternatives") }, h("p", { class: "quiet" }, t("page-waiting"))) : null);
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", t("page-menu"));
  menu.hidden = false;
  // As if it were as high as it can get: nothing moves under a finger while the prices come in.
  put(menu, block.getBoundingClientRect(), 0.62 * innerHeight);
  menu.querySelector('[role="menuitem"]')?.focus();
  if (!writes) return;
  const mine = shown;
  try {
    mine.places = (await call("alone", from)).places;
    if (shown !== mine) return;
    fill();
    if (!model.job || model.job.over || model.job.kind !== "plan") {
      mine.number = (await ask("prices", from)).number;
      if (shown === mine) fill();
    }
  } catch (error) {
    if (shown === mine) replace(byId("alternatives"), h("p", { class: "quiet" }, error.message));
  }
}

/** What Shift does by mouse and by keyboard, where there is neither. */
function pushes(from, start, item) {
  const push = (step) => () => { close(); attempt(() => edit({ op: "push", ...from, at: monthText(start + step) }), () => focusBlock(from.resident, start + step)); };
  return [item(t("page-push-earlier"), push(-1)), item(t("page-push-later"), push(1))];
}

export function put(element, box, height = element.offsetHeight) {
  const width = element.offsetWidth;
  const left = Math.min(box.left, innerWidth - width - 8);
  const below = box.bottom + 4;
  element.style.left = `${Math.max(8, left)}px`;
  element.style.top = `${below + height < innerHeight ? below : Math.max(8, innerHeight - height - 8)}px`;
}

/** The alternatives, as far as they are known: prices first, in their order; then those still asked about. */
function fill() {
  const list = byId("alternatives");
  if (!list || !shown.places) return;
  const job = model.job?.kind === "prices" && model.job.number === shown.number ? model.job : null;
  const prices = job?.prices ?? [];
  const known = new Set(prices.map((price) => price.place));
  const alone = new Map(shown.places.map((place) => [place.place, place]));
  const focused = document.activeElement?.dataset?.key;
  const rows = [
    ...prices.map((price) => [alone.get(price.place), price]),
    ...shown.places.filter((place) => !known.has(place.place)).map((place) => [place, null]),
  ].filter(([place]) => place && place.place !== shown.place);
  replace(list, rows.map(([place, price]) => alternative(place, price)),
    job && !job.over ? h("p", { class: "quiet" }, t("page-prices-progress", { known: prices.length, asked: job.asked })) : null);
  if (focused) list.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

/** Who else moves, by name. */
function moving(others) {
  const names = new Map(model.board.residents.map((row) => [row.id, row.name]));
  return others.length ? t("page-others", { count: others.length, names: others.map((id) => names.get(id) ?? id).join(", ") }) : t("page-others-none");
}

function alternative(place, price) {
  const { resident, start, months } = shown;
  const from = { resident, start: monthText(start), months };
  const bare = place.broken ? t("page-alone-broken", { count: place.broken }) : t("page-alone-fine");
  const move = button(place.name, () => { close(); attempt(() => edit({ op: "place", ...from, place: place.place }), () => focusBlock(resident, start)); },
    { role: "menuitem", class: "item", tabindex: -1, "data-key": `move ${place.place}`, title: t("page-move-only") });
  move.append(h("span", { class: place.broken ? "bad" : "good" }, bare));
  const lines = [move];
  if (price) {
    const words = price.words.slice(1, price.answer === "forbidden" ? 4 : 2).join(" ");
    const others = price.answer === "price" ? moving(price.others) : "";
    const text = h("span", { class: "price", title: price.words.join("\n") }, words, others ? h("em", {}, others) : null);
    lines.push(price.answer === "price"
      ? h("button", { type: "button", role: "menuitem", class: "item grant", tabindex: -1, "data-key": `grant ${place.place}`, onclick: () => grant(place.place) }, text, h("b", {}, t("page-grant")))
      : text);
  }
  return h("div", { class: "alternative", role: "none" }, lines);
}

function grant(place) {
  const { resident, start } = shown;
  shown = null;
  byId("menu").hidden = true;
  attempt(() => change("grant", { place }), () => focusBlock(resident, start));
}

export function close() {
  if (!shown) return;
  const { resident, start, number } = shown;
  const inside = byId("menu").contains(document.activeElement);
  shown = null;
  byId("menu").hidden = true;
  if (number !== null && model.job?.kind === "prices") call("discard").catch(() => {});
  if (inside) focusBlock(resident, start);
}

function move(event) {
  const items = [...byId("menu").querySelectorAll('[role="menuitem"]')];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items[(to + items.length) % items.length]?.focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    close();
  }
}
