// Everything by keyboard: the arrows go from block to block, with Alt they move it, and so on (see the list).

import { byId, t } from "./dom.js";
import { find, firstResident, focusBlock, neighbour, view } from "./grid.js";
import { open } from "./menu.js";
import { change, edit, model, monthText } from "./server.js";
import { attempt, beside } from "./main.js";

/** What the help shows. */
export const KEYS = [
  ["← → ↑ ↓", "page-key-arrows"],
  ["Enter", "page-key-menu"],
  ["Alt ← →", "page-key-swap"],
  ["Alt ↑ ↓", "page-key-person"],
  ["Shift Alt ← →", "page-key-push"],
  ["[ ]", "page-key-resize"],
  ["{ }", "page-key-resize-start"],
  ["X", "page-key-exchange"],
  ["L", "page-key-lock"],
  ["Ctrl Z · Ctrl Y", "page-key-undo"],
  ["Ctrl F", "page-key-search"],
];

export function begin() {
  addEventListener("keydown", everywhere);
  byId("grid").addEventListener("keydown", inGrid);
  byId("grid").addEventListener("focusin", (event) => {
    const block = event.target.closest(".block");
    if (block && Number(block.dataset.start) > (view.focus?.month ?? -1) || block?.dataset.resident !== view.focus?.resident) {
      if (block) view.focus = { resident: block.dataset.resident, month: Number(block.dataset.start) };
    }
  });
}

function everywhere(event) {
  const control = event.ctrlKey || event.metaKey;
  const inField = event.target.matches?.("input, textarea, select");
  if (control && event.key.toLowerCase() === "f") {
    event.preventDefault();
    byId("search").focus();
  } else if (control && !inField && event.key.toLowerCase() === "z") {
    event.preventDefault();
    attempt(() => change(event.shiftKey ? "redo" : "undo"));
  } else if (control && !inField && event.key.toLowerCase() === "y") {
    event.preventDefault();
    attempt(() => change("redo"));
  }
}

async function inGrid(event) {
  const block = event.target.closest(".block");
  if (!block) {
    const first = firstResident();
    if (first && event.key.startsWith("Arrow") && !event.target.closest(".name")) {
      event.preventDefault();
      focusBlock(first.id, model.board.decided);
    }
    return;
  }
  const resident = block.dataset.resident;
  const [start, months] = [Number(block.dataset.start), Number(block.dataset.months)];
  const found = find(resident, start);
  if (!found) return;
  const handled = await act(event, { resident, start, months, found });
  if (handled) event.preventDefault();
}

function act(event, { resident, start, months, found }) {
  const from = { resident, start: monthText(start), months };
  const go = (op, month, who = resident) => {
    event.preventDefault();
    attempt(() => edit(op), () => focusBlock(who, month));
    return true;
  };
  const { key, altKey, shiftKey } = event;
  if (event.ctrlKey || event.metaKey) return false;
  const side = { ArrowLeft: -1, ArrowRight: 1 }[key];
  const updown = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (side && !altKey) {
    event.preventDefault();
    const next = found.spans[found.at + side];
    return next ? Boolean(focusBlock(resident, next[0])) : true;
  }
  if (updown && !altKey) {
    event.preventDefault();
    const other = neighbour(resident, updown);
    return other ? Boolean(focusBlock(other, view.focus?.month ?? start)) : true;
  }
  if (side && shiftKey) return go({ op: "push", ...from, at: monthText(start + side) }, start + side);
  if (side) {
    const next = found.spans[found.at + side];
    if (!next || next[0] < model.board.decided) return true;
    const at = side > 0 ? start + next[1] : next[0];
    return go({ op: "push", ...from, at: monthText(at) }, at);
  }
  if (updown) {
    const other = neighbour(resident, updown);
    return other ? go({ op: "exchange", ...from, with: other, at: from.start }, start, other) : true;
  }
  if (key === "]") return go({ op: "resize", ...from, at: from.start, length: months + 1 }, start);
  if (key === "[" && months > 1) return go({ op: "resize", ...from, at: from.start, length: months - 1 }, start);
  if (key === "{") return go({ op: "resize", ...from, at: monthText(start - 1), length: months + 1 }, start - 1);
  if (key === "}" && months > 1) return go({ op: "resize", ...from, at: monthText(start + 1), length: months - 1 }, start + 1);
  if (key === "x" || key === "X") {
    swap(event.target);
    return true;
  }
  if (key === "Escape" && view.marked) {
    mark(null);
    return true;
  }
  if (key === "l" || key === "L") {
    const isLocked = event.target.classList.contains("locked") || event.target.classList.contains("partly");
    return go({ op: isLocked ? "unlock" : "lock", ...from }, start);
  }
  if (key === "Enter" || key === " " || key === "ContextMenu" || (key === "F10" && shiftKey)) {
    event.preventDefault();
    open(event.target);
    return true;
  }
  return false;
}

function mark(block) {
  byId("grid").querySelectorAll(".block.marked").forEach((other) => other.classList.remove("marked"));
  view.marked = block && { resident: block.dataset.resident, start: Number(block.dataset.start), months: Number(block.dataset.months) };
  block?.classList.add("marked");
}

/** The stay that was marked for a swap, if it is another than this. */
export const swapWith = ({ resident, start }) => (view.marked && (view.marked.resident !== resident || monthText(view.marked.start) !== start) ? view.marked : null);

/** Marks a stay; the next one it is said of, however far away and whoever's, changes places with it. */
export function swap(block) {
  if (!block || !model.state.writes || view.after || block.matches(".history, .gap")) return;
  const [resident, start] = [block.dataset.resident, Number(block.dataset.start)];
  const other = swapWith({ resident, start: monthText(start) });
  const isSame = view.marked && !other;
  mark(other || isSame ? null : block);
  if (!other) {
    if (!isSame) beside(block, t("page-swap-marked"));
    return;
  }
  const op = { op: "exchange", resident: other.resident, start: monthText(other.start), months: other.months, with: resident, at: monthText(start) };
  attempt(() => edit(op), () => focusBlock(resident, start));
}
