// What the page knows and asks. Every rule is the server's to judge; nothing here decides one.

import { setWords } from "./dom.js";

const tab = crypto.randomUUID();

/** All that is shown; listeners are told what has changed. */
export const model = {
  lang: localStorage.getItem("kenshu-lang") || document.documentElement.lang || "en",
  board: null,
  verdict: null,
  state: null,
  job: null,
  /** Findings that break a rule which the last edit brought, and the residents it concerned. */
  news: [],
  touched: [],
};

/** For tests: what the page has seen. */
window.kenshu = { get revision() { return model.state?.revision ?? 0; } };

const listeners = [];
export const listen = (listener) => listeners.push(listener);
const tell = (what) => listeners.forEach((listener) => listener(what));

/** A call refused, with the server's words for it. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export async function call(path, body = {}) {
  const revision = model.state?.revision ?? 0;
  const response = await fetch(`/api/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ lang: model.lang, tab, revision, ...body }),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, answer.error ?? String(response.status));
  return answer;
}

export async function load() {
  setWords(await call("words"));
  take(await call("board"));
  await pulse();
}

/** How many answers were taken in: one that was asked for before the last of them is out of date. */
let taken = 0;

/** Takes an answer in: everything, or what an edit changed. */
function take(answer) {
  taken += 1;
  const before = model.verdict && new Set(model.verdict.findings.map(key));
  model.state = answer.state;
  if ("board" in answer) model.board = answer.board;
  if (answer.rows) {
    const at = new Map(model.board.residents.map((row, index) => [row.id, index]));
    for (const row of answer.rows) model.board.residents[at.get(row.id)] = row;
    model.board.occupancy = answer.occupancy;
    model.touched = answer.rows.map((row) => row.id);
  }
  if ("board" in answer && !answer.verdict) model.verdict = null;
  if (answer.verdict) {
    model.verdict = answer.verdict;
    const errors = model.verdict.findings.filter((finding) => finding.severity === "error");
    // What was there when the page opened is not new.
    model.news = before ? errors.filter((finding) => !before.has(key(finding))) : [];
  }
  tell("board" in answer ? "all" : "rows");
}

const key = (finding) => JSON.stringify([finding.rule, finding.resident, finding.facility, finding.month, finding.measured]);

/** Takes in how things stand after something that changed neither plan nor tables. */
export function settle(state) {
  model.state = state;
  tell("state");
}

/** An edit of any kind; what is wrong with it is told by whoever asked. */
export async function change(path, body = {}) {
  try {
    const answer = await call(path, body);
    take(answer);
    return answer;
  } catch (error) {
    // Another tab was faster, or has taken over: see what there is now.
    if (error instanceof Refused && (error.status === 409 || error.status === 423)) take(await call("board"));
    throw error;
  }
}

export const edit = (op) => change("edit", { op });

let beating = null;
let fast = 0;

/** Asks how things stand; soon again while a question is under way. */
export async function pulse() {
  clearTimeout(beating);
  let wait = 2000;
  try {
    const seen = taken;
    const { state, job } = await call("pulse");
    const isLate = () => seen !== taken;
    const news = model.state && state.revision !== model.state.revision;
    const wrote = model.state?.writes;
    const had = model.job;
    model.job = job;
    model.offline = false;
    if (news && !isLate()) {
      const answer = await call("board");
      if (!isLate()) take(answer);
    } else if (!isLate()) model.state = state;
    if (wrote !== state.writes) tell("state");
    if (job || had) tell("job");
    if (job && !job.over) wait = 150;
    if (Date.now() < fast) wait = Math.min(wait, 150);
  } catch (error) {
    if (!(error instanceof Refused)) {
      model.offline = true;
      tell("state");
    }
  }
  beating = setTimeout(pulse, wait);
}

/** Asks a question and follows it. */
export async function ask(path, body = {}) {
  const answer = await call(path, body);
  fast = Date.now() + 1000;
  await pulse();
  return answer;
}

addEventListener("pagehide", () => {
  const body = JSON.stringify({ lang: model.lang, tab });
  fetch("/api/release", { method: "POST", headers: { "content-type": "application/json" }, body, keepalive: true });
});

// Months, counted from the first one shown.

export function monthText(offset) {
  const [year, month] = model.board.first.split("-").map(Number);
  const all = year * 12 + month - 1 + offset;
  return `${String(Math.floor(all / 12)).padStart(4, "0")}-${String((all % 12) + 1).padStart(2, "0")}`;
}

export function monthOffset(text) {
  const [year, month] = text.split("-").map(Number);
  const [first, start] = model.board.first.split("-").map(Number);
  return (year - first) * 12 + month - start;
}
