// Moving with the pointer: a block to another time (Shift pushes what follows), to another person (the two change
// places), onto a hospital or a section below; its ends to make it longer or shorter. By touch a tap chooses a block and
// a second touch moves it. What is drawn while dragging is one ghost.

import { byId, h, t } from "./dom.js";
import { NAME_WIDTH, focusBlock, pixels, view } from "./grid.js";
import { edit, model, monthText } from "./server.js";
import { attempt } from "./main.js";

const THRESHOLD = 4;
const EDGE = 7;
/** A finger is broader than a pointer. */
const EDGE_TOUCH = 14;

let drag = null;

export function begin() {
  const grid = byId("grid");
  grid.addEventListener("pointerdown", press);
  grid.addEventListener("pointermove", hint);
  addEventListener("pointermove", follow);
  addEventListener("pointerup", release);
  addEventListener("pointercancel", cancel);
  addEventListener("keydown", (event) => { if (event.key === "Escape" && drag) cancel(); });
}

const isFree = (block) => model.state.writes && !view.after && view.mode === "residents"
  && !block.classList.contains("history") && !block.classList.contains("after") && !block.classList.contains("gap");

function edgeOf(block, event) {
  const box = block.getBoundingClientRect();
  const edge = event.pointerType === "touch" ? EDGE_TOUCH : EDGE;
  if (box.width < 4 * edge) return null;
  if (event.clientX > box.right - edge) return "end";
  if (event.clientX < box.left + edge) return "start";
  return null;
}

function hint(event) {
  const block = event.target.closest?.(".block");
  if (!drag && block && isFree(block)) block.style.cursor = edgeOf(block, event) ? "ew-resize" : "grab";
}

function press(event) {
  const block = event.target.closest(".block");
  if (!block || event.button !== 0) return;
  view.focus = { resident: block.dataset.resident, month: Number(block.dataset.start) };
  // A finger scrolls, until a tap has chosen the block.
  if (!isFree(block) || (event.pointerType === "touch" && document.activeElement !== block)) return;
  const box = block.getBoundingClientRect();
  drag = {
    block, box, edge: edgeOf(block, event), x: event.clientX, y: event.clientY, moved: false,
    resident: block.dataset.resident, start: Number(block.dataset.start), months: Number(block.dataset.months),
  };
}

function follow(event) {
  if (!drag) return;
  const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
  if (!drag.moved) {
    if (Math.hypot(dx, dy) < THRESHOLD) return;
    drag.moved = true;
    drag.ghost = drag.block.cloneNode(true);
    drag.ghost.classList.add("ghost");
    drag.ghost.setAttribute("aria-hidden", "true");
    drag.ghost.removeAttribute("tabindex");
    Object.assign(drag.ghost.style, { left: `${drag.box.left}px`, top: `${drag.box.top}px`, width: `${drag.box.width}px`, height: `${drag.box.height}px` });
    document.body.append(drag.ghost);
    drag.block.classList.add("dragged");
    document.body.classList.add("dragging");
  }
  event.preventDefault();
  drag.delta = Math.round(dx / pixels());
  if (drag.edge) {
    const px = pixels();
    const grow = drag.edge === "end" ? Math.max(1 - drag.months, drag.delta) : -Math.min(drag.months - 1, drag.delta);
    drag.grow = grow;
    drag.ghost.style.width = `${(drag.months + grow) * px}px`;
    if (drag.edge === "start") drag.ghost.style.transform = `translateX(${-grow * px}px)`;
    return;
  }
  drag.ghost.style.transform = `translate(${drag.delta * pixels()}px, ${dy}px)`;
  aim(event);
}

/** What lies under the pointer. */
function aim(event) {
  const under = document.elementFromPoint(event.clientX, event.clientY);
  // A hospital with sections is none somebody can be dropped on; its sections are.
  const row = under?.closest?.(".row.resident, .row.margin[data-place]") ?? null;
  if (row !== drag.row) {
    drag.row?.classList.remove("target");
    row?.classList.add("target");
    drag.row = row;
  }
}

/** A long touch has opened the menu instead. */
export const leave = () => { if (drag && !drag.moved) clear(); };

async function release(event) {
  if (!drag) return;
  const done = drag;
  clear();
  if (!done.moved) return;
  event.preventDefault();
  const { resident, months } = done;
  const start = monthText(done.start);
  let op = null;
  if (done.edge) {
    const at = monthText(done.edge === "start" ? done.start - done.grow : done.start);
    if (done.grow) op = { op: "resize", resident, start, months, at, length: done.months + done.grow };
  } else if (done.row?.dataset.place) {
    op = { op: "place", resident, start, months, place: done.row.dataset.place };
  } else if (done.row) {
    const other = model.board.residents[Number(done.row.dataset.index)].id;
    const at = monthText(done.start + (done.delta ?? 0));
    if (other !== resident) op = { op: "exchange", resident, start, months, with: other, at };
    else if (done.delta) op = event.shiftKey ? { op: "push", resident, start, months, at } : { op: "exchange", resident, start, months, with: resident, at };
  }
  if (op) await attempt(() => edit(op), () => focusBlock(op.with ?? resident, done.edge ? done.start : done.start + (op.op === "place" ? 0 : done.delta ?? 0)));
}

function cancel() {
  if (drag) clear();
}

function clear() {
  drag.ghost?.remove();
  drag.row?.classList.remove("target");
  drag.block.classList.remove("dragged");
  document.body.classList.remove("dragging");
  drag = null;
}

/** The hospitals' panel gets another height. */
export function splitter() {
  const split = byId("split");
  const set = (height) => {
    const clamped = Math.min(Math.max(height, 60), innerHeight * 0.6);
    byId("margins").style.height = `${clamped}px`;
    split.setAttribute("aria-valuenow", Math.round(clamped));
  };
  split.setAttribute("aria-orientation", "horizontal");
  split.setAttribute("aria-valuemin", 60);
  split.setAttribute("aria-valuemax", Math.round(innerHeight * 0.6));
  set(190);
  split.addEventListener("pointerdown", (event) => {
    split.setPointerCapture(event.pointerId);
    const [y, height] = [event.clientY, byId("margins").offsetHeight];
    split.onpointermove = (move) => set(height + y - move.clientY);
    split.onpointerup = () => { split.onpointermove = null; };
  });
  split.addEventListener("keydown", (event) => {
    const step = { ArrowUp: 24, ArrowDown: -24 }[event.key];
    if (step) {
      event.preventDefault();
      set(byId("margins").offsetHeight + step);
    }
  });
}
