//! One opened scenario under somebody's hands: its tables, the plan, and everything done to them.
//!
//! An edit is a [`Step`]: new rows of some residents, new contents of some tables. Applying one gives the
//! step that takes it back, so undo and redo are the same thing and go back without end. The tables are read
//! again after each change of them by the reader that reads any others; the judge sees what it made of them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::career::{Rows, plan_of, resident, rows_of};
use super::edits::{Op, outcome};
use super::journal::{Content, Entry, Journal, Kind, Refused, Step, VERSION};
use super::store::Store;
use crate::calendar::Span;
use crate::diagnostic::Findings;
use crate::engine::Planned;
use crate::files::Failure;
use crate::language::{Catalogue, Message};
use crate::output::placements;
use crate::plan::careers::careers;
use crate::plan::{Plan, earlier};
use crate::scenario::edit::{Edit, apply};
use crate::scenario::{self, ResidentIx, Scenario, Sources};
use crate::tables::workbook::Places;

/// The version that a save writes and opening reads.
const CURRENT: &str = "current";
/// A writer not heard of for so long has gone.
const LEASE: Duration = Duration::from_secs(30);

/// What the reader says of tables.
type Read = (Option<Scenario>, Findings);

/// What was done, with what takes it back.
struct Done {
    step: Step,
    back: Step,
}

/// A scenario with a plan, as they are at one moment.
#[derive(Clone)]
pub struct Snapshot {
    pub scenario: Arc<Scenario>,
    pub plan: Arc<Plan>,
    pub revision: u64,
    /// The answer the plan was found with, as long as nothing has changed since.
    pub answer: Option<Arc<Planned>>,
    /// The plan that the answer stays near.
    pub base: Option<Arc<Plan>>,
}

pub struct Desk {
    pub store: Store,
    sources: Sources,
    /// Of a workbook: where the lines of the tables are in it.
    places: Option<Places>,
    /// `None` while the tables have never been one: they were opened or dropped with faults.
    scenario: Option<Arc<Scenario>>,
    /// What the reader says of the tables; errors only while they are no scenario, and then `scenario` is the
    /// last they were.
    findings: Arc<Findings>,
    rows: Rows,
    plan: Arc<Plan>,
    answer: Option<Arc<Planned>>,
    base: Option<Arc<Plan>>,
    done: Vec<Done>,
    undone: Vec<Step>,
    revision: u64,
    journal: Option<Journal>,
    /// Edits taken over from a journal.
    pub resumed: usize,
    writer: Option<(String, Instant)>,
}

/// Who concerns an edit, and what was not done of it.
#[derive(Default)]
pub struct Edited {
    pub residents: Vec<ResidentIx>,
    /// Whether more than rows and locks has changed.
    pub everything: bool,
    pub told: Option<Message>,
}

/// Why an edit was not made.
pub enum Refusal {
    /// Another tab writes.
    NotWriter,
    /// The tab has not seen what was done meanwhile.
    Stale,
    Said(Message),
    /// What was handed in cannot be read.
    Found(Findings),
}

impl From<Message> for Refusal {
    fn from(message: Message) -> Self {
        Self::Said(message)
    }
}

impl Desk {
    /// Puts tables on the desk, with the plan that was saved with them and the edits of a journal.
    ///
    /// # Errors
    /// Another page has it open, or its journal cannot be read.
    pub fn new(store: Store, sources: Sources, places: Option<Places>) -> Result<Self, Message> {
        let mut desk = Self {
            plan: Arc::default(),
            scenario: None,
            findings: Arc::default(),
            store,
            sources,
            places,
            rows: Rows::new(),
            answer: None,
            base: None,
            done: Vec::new(),
            undone: Vec::new(),
            revision: 1,
            journal: None,
            resumed: 0,
            writer: None,
        };
        desk.read_tables();
        if let Some(scenario) = &desk.scenario {
            desk.rows = saved_rows(&desk.store, scenario);
            desk.draw();
        }
        desk.resume()?;
        Ok(desk)
    }

    fn resume(&mut self) -> Result<(), Message> {
        let path = self.store.journal();
        let Some((journal, entries)) = Journal::resume(&path).map_err(|refused| self.said(refused))? else {
            return Ok(());
        };
        let mut entries = entries.into_iter();
        let Some(Entry::Begin { version: VERSION, files, rows }) = entries.next() else {
            return Err(Message::new("page-journal-unreadable")
                .text("path", path.display())
                .text("reason", "-"));
        };
        let files: BTreeMap<String, Vec<u8>> =
            files.into_iter().map(|(name, content)| (name, content.into_bytes())).collect();
        if files != self.sources.files {
            // The workbook has changed since: its cells are not those of the journal's lines.
            self.places = None;
        }
        self.sources.files = files;
        self.rows = rows;
        self.scenario = None;
        self.read_tables();
        self.draw();
        for entry in entries {
            self.resumed += 1;
            match entry {
                Entry::Do(step) => _ = self.perform(step, None),
                Entry::Undo => _ = self.take_back(),
                Entry::Redo => _ = self.do_again(),
                Entry::Begin { .. } => {}
            }
        }
        self.journal = Some(journal);
        Ok(())
    }

    fn said(&self, refused: Refused) -> Message {
        let path = self.store.journal();
        match refused {
            Refused::InUse => Message::new("page-in-use").text("path", self.store.path().display()),
            Refused::Unreadable(error) => {
                Message::new("page-journal-unreadable").text("path", path.display()).text("reason", error)
            }
        }
    }

    /// # Errors
    /// That the tables have not been a scenario yet.
    pub fn snapshot(&self) -> Result<Snapshot, Refusal> {
        Ok(Snapshot {
            scenario: Arc::clone(self.scenario()?),
            plan: Arc::clone(&self.plan),
            revision: self.revision,
            answer: self.answer.clone(),
            base: self.base.clone(),
        })
    }

    fn scenario(&self) -> Result<&Arc<Scenario>, Message> {
        self.scenario.as_ref().ok_or_else(|| Message::new("page-no-scenario"))
    }

    /// The plan on the desk anew, after its rows or what they refer to have changed.
    fn draw(&mut self) {
        let plan = self.scenario.as_ref().map(|scenario| plan_of(scenario, &self.rows));
        self.plan = Arc::new(plan.unwrap_or_default());
    }

    pub fn revision(&self) -> u64 {
        self.revision
    }

    pub fn findings(&self) -> Arc<Findings> {
        Arc::clone(&self.findings)
    }

    /// Where in a workbook the lines of the tables are.
    pub fn places(&self) -> Option<&Places> {
        self.places.as_ref()
    }

    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    pub fn has_plan(&self) -> bool {
        !self.plan.rows.is_empty()
    }

    pub fn is_unsaved(&self) -> bool {
        self.journal.is_some()
    }

    /// The step that undo would take back, and the one that redo would do.
    pub fn around(&self) -> (Option<&Step>, Option<&Step>) {
        (self.done.last().map(|done| &done.step), self.undone.last())
    }

    /// Whether a tab may write; where nobody does, it becomes the writer.
    pub fn claims(&mut self, tab: &str) -> bool {
        let now = Instant::now();
        let is_free = match &self.writer {
            None => true,
            Some((writer, seen)) => writer == tab || now.duration_since(*seen) > LEASE,
        };
        if is_free {
            self.writer = Some((tab.to_string(), now));
        }
        is_free
    }

    /// Makes a tab the writer whoever was.
    pub fn take_over(&mut self, tab: &str) {
        self.writer = Some((tab.to_string(), Instant::now()));
    }

    /// A tab is closed.
    pub fn release(&mut self, tab: &str) {
        if self.writer.as_ref().is_some_and(|(writer, _)| writer == tab) {
            self.writer = None;
        }
    }

    /// Passes a tab that writes and has seen all that was done.
    pub fn admit(&mut self, tab: &str, revision: u64) -> Result<(), Refusal> {
        if !self.claims(tab) {
            return Err(Refusal::NotWriter);
        }
        if revision != self.revision { Err(Refusal::Stale) } else { Ok(()) }
    }

    /// Does an edit of the plan.
    pub fn edit(&mut self, op: &Op) -> Result<Edited, Refusal> {
        let outcome = outcome(self.scenario()?, &self.rows, op)?;
        let (kind, subject) = named(op);
        let mut step = Step { kind, subject, rows: outcome.rows, files: Vec::new() };
        let mut told = None;
        let mut ahead = None;
        let locked =
            apply(&self.sources, &outcome.locks).ok().map(|sources| (scenario::read(&sources), sources));
        match locked {
            Some((read, sources)) if read.0.is_some() => {
                step.files = self.changed(&sources);
                ahead = Some(read);
            }
            // The move is made and judged; only the lock has no place in the tables.
            _ if !step.rows.is_empty() => told = Some(Message::new("page-lock-refused")),
            _ => return Err(Message::new("page-lock-refused").into()),
        }
        self.log(&Entry::Do(step.clone()))?;
        Ok(Edited { told, ..self.perform(step, ahead) })
    }

    /// Puts other tables in the place of these.
    pub fn set_tables(&mut self, sources: &Sources, subject: &str) -> Result<Edited, Refusal> {
        let files = self.changed(sources);
        if files.is_empty() {
            return Ok(Edited::default());
        }
        self.step(Step { kind: Kind::Tables, subject: subject.to_string(), rows: Vec::new(), files })
    }

    /// Puts another program in the place of this one, which need not be readable; the plan goes with its tables.
    pub fn begin(&mut self, sources: &Sources, subject: &str) -> Result<Edited, Refusal> {
        let rows = self.rows.keys().map(|id| (id.clone(), Vec::new())).collect();
        let files = self.changed(sources);
        self.step(Step { kind: Kind::Begin, subject: subject.to_string(), rows, files })
    }

    /// Edits the tables; they may be no scenario afterwards, which is told with every finding.
    pub fn edit_tables(&mut self, edits: &[Edit], subject: &str) -> Result<Edited, Refusal> {
        let sources = apply(&self.sources, edits).map_err(|_| Message::new("page-way-refused"))?;
        self.set_tables(&sources, subject)
    }

    /// Puts another plan in the place of this one.
    pub fn set_plan(&mut self, plan: &Plan, kind: Kind, subject: &str) -> Result<Edited, Refusal> {
        let scenario = self.scenario()?;
        let new = rows_of(scenario, plan);
        let known = scenario.residents.iter().map(|resident| &resident.id);
        let rows: Vec<_> = known
            .filter(|id| self.rows.get(*id) != new.get(*id))
            .map(|id| (id.clone(), new.get(id).cloned().unwrap_or_default()))
            .collect();
        self.step(Step { kind, subject: subject.to_string(), rows, files: Vec::new() })
    }

    /// Takes a plan that puts somebody where they are now locked.
    pub fn grant(&mut self, plan: &Plan, who: ResidentIx, span: Span) -> Result<Edited, Refusal> {
        let scenario = self.scenario()?;
        let subject = scenario.resident(who).id.clone();
        let new = rows_of(scenario, plan);
        let changed = new.iter().filter(|(id, rows)| self.rows.get(*id) != Some(rows));
        let rows = changed.map(|(id, rows)| (id.clone(), rows.clone())).collect();
        let lock = Op::Lock { resident: subject.clone(), start: span.start.to_string(), months: span.months };
        let locks = outcome(scenario, &new, &lock)?.locks;
        let sources = apply(&self.sources, &locks).ok().filter(|sources| scenario::read(sources).0.is_some());
        let files = sources.map(|sources| self.changed(&sources)).unwrap_or_default();
        self.step(Step { kind: Kind::Move, subject, rows, files })
    }

    /// Takes the first plan, which was found without anybody's asking: nothing to undo or keep.
    pub fn begin_with(&mut self, planned: &Arc<Planned>) {
        let (Some(plan), Some(scenario)) = (&planned.answer.plan, &self.scenario) else { return };
        self.rows = rows_of(scenario, plan);
        self.draw();
        (self.answer, self.base) = (Some(Arc::clone(planned)), None);
        self.revision += 1;
    }

    /// Remembers the answer that the plan on the desk was found with.
    /// `base` is the plan it had to stay near.
    pub fn found_with(&mut self, planned: &Arc<Planned>, base: Option<Arc<Plan>>) {
        (self.answer, self.base) = (Some(Arc::clone(planned)), base);
    }

    fn changed(&self, sources: &Sources) -> Vec<(String, Option<Content>)> {
        let (before, after) = (&self.sources.files, &sources.files);
        let gone = before.keys().filter(|name| !after.contains_key(*name)).map(|name| (name.clone(), None));
        let new = after.iter().filter(|(name, bytes)| before.get(*name) != Some(bytes));
        let new = new.map(|(name, bytes)| (name.clone(), Some(Content::of(bytes))));
        gone.chain(new).collect()
    }

    /// Does a step, once it is in the journal.
    fn step(&mut self, step: Step) -> Result<Edited, Refusal> {
        self.log(&Entry::Do(step.clone()))?;
        Ok(self.perform(step, None))
    }

    /// `ahead`: what the reader says of the tables after the step, where somebody has asked already.
    fn perform(&mut self, step: Step, ahead: Option<Read>) -> Edited {
        let (back, edited) = self.put(&step, ahead);
        self.done.push(Done { step, back });
        self.undone.clear();
        edited
    }

    pub fn undo(&mut self) -> Result<Edited, Refusal> {
        if self.done.is_empty() {
            return Ok(Edited::default());
        }
        self.log(&Entry::Undo)?;
        Ok(self.take_back())
    }

    pub fn redo(&mut self) -> Result<Edited, Refusal> {
        if self.undone.is_empty() {
            return Ok(Edited::default());
        }
        self.log(&Entry::Redo)?;
        Ok(self.do_again())
    }

    fn take_back(&mut self) -> Edited {
        let Some(done) = self.done.pop() else { return Edited::default() };
        let (_, edited) = self.put(&done.back, None);
        self.undone.push(done.step);
        edited
    }

    fn do_again(&mut self) -> Edited {
        let Some(step) = self.undone.pop() else { return Edited::default() };
        let (back, edited) = self.put(&step, None);
        self.done.push(Done { step, back });
        edited
    }

    /// Applies a step; gives the one that takes it back.
    fn put(&mut self, step: &Step, ahead: Option<Read>) -> (Step, Edited) {
        let mut back =
            Step { kind: step.kind, subject: step.subject.clone(), rows: Vec::new(), files: Vec::new() };
        for (id, rows) in &step.rows {
            let before = match rows.is_empty() {
                true => self.rows.remove(id),
                false => self.rows.insert(id.clone(), rows.clone()),
            };
            back.rows.push((id.clone(), before.unwrap_or_default()));
        }
        for (name, content) in &step.files {
            let before = match content {
                None => self.sources.files.remove(name),
                Some(content) => self.sources.files.insert(name.clone(), content.clone().into_bytes()),
            };
            back.files.push((name.clone(), before.as_deref().map(Content::of)));
        }
        let before = self.scenario.clone();
        if step.kind == Kind::Begin {
            // Faults in another program's tables are not to be judged by this one's.
            self.scenario = None;
            self.places = None;
        }
        if !step.files.is_empty() || step.kind == Kind::Begin {
            self.take_tables(ahead.unwrap_or_else(|| scenario::read(&self.sources)));
        }
        self.draw();
        self.answer = None;
        self.revision += 1;
        (back, self.concerned(step, before.as_deref()))
    }

    /// Whose rows look different now.
    fn concerned(&self, step: &Step, before: Option<&Scenario>) -> Edited {
        let everything = Edited { everything: true, ..Edited::default() };
        let (Some(before), Some(scenario)) = (before, &self.scenario) else { return everything };
        let is_locks = |(name, _): &(String, Option<Content>)| name == "locks.csv";
        let is_same = step.kind != Kind::Begin && before.residents.len() == scenario.residents.len();
        if !is_same || !step.files.iter().all(is_locks) {
            return everything;
        }
        let with_rows = step.rows.iter().filter_map(|(id, _)| resident(scenario, id));
        let locked =
            scenario.resident_ixs().filter(|ix| before.resident(*ix).locks != scenario.resident(*ix).locks);
        let mut residents: Vec<ResidentIx> = with_rows.chain(locked).collect();
        residents.sort();
        residents.dedup();
        Edited { residents, ..Edited::default() }
    }

    fn read_tables(&mut self) {
        self.take_tables(scenario::read(&self.sources));
    }

    fn take_tables(&mut self, (scenario, findings): Read) {
        if let Some(scenario) = scenario {
            self.scenario = Some(Arc::new(scenario));
        }
        self.findings = Arc::new(findings);
    }

    fn log(&mut self, entry: &Entry) -> Result<(), Message> {
        let path = self.store.journal();
        let journal = match self.journal.take() {
            Some(journal) => self.journal.insert(journal),
            None => {
                let files = self.sources.files.iter().map(|(name, bytes)| (name.clone(), Content::of(bytes)));
                let first =
                    Entry::Begin { version: VERSION, files: files.collect(), rows: self.rows.clone() };
                let journal = Journal::begin(&path, &first).map_err(|refused| self.said(refused))?;
                self.journal.insert(journal)
            }
        };
        journal.write(entry).map_err(|error| {
            Message::new("page-journal-unwritable").text("path", path.display()).text("reason", error)
        })
    }

    /// Writes the tables back and the plan beside them; then nothing is left in the journal.
    pub fn save(&mut self, catalogue: &Catalogue) -> Result<(), Failure> {
        self.store.save(&self.sources, self.scenario.as_deref(), catalogue)?;
        self.places = self.store.places(&self.sources);
        if self.has_plan()
            && let Ok(bytes) = self.placements(catalogue)
        {
            self.store.keep_version(CURRENT, &bytes)?;
        }
        if let Some(journal) = self.journal.take() {
            journal.finish();
        }
        Ok(())
    }

    /// The plan as `placements.csv`.
    pub fn placements(&self, catalogue: &Catalogue) -> Result<Vec<u8>, Message> {
        let scenario = self.scenario()?;
        Ok(placements::csv(scenario, &careers(scenario, &self.plan), catalogue))
    }

    /// A version as a plan of the scenario.
    pub fn version(&self, name: &str) -> Option<Plan> {
        let bytes = self.store.version(name).ok()?;
        let (plan, _) = earlier::read(name, &bytes, self.scenario.as_ref()?);
        plan.map(|earlier| earlier.plan)
    }
}

/// The plan that was saved last, as far as the tables still know its residents.
fn saved_rows(store: &Store, scenario: &Scenario) -> Rows {
    let Ok(bytes) = store.version(CURRENT) else { return Rows::new() };
    let (plan, _) = earlier::read(CURRENT, &bytes, scenario);
    plan.map(|earlier| rows_of(scenario, &earlier.plan)).unwrap_or_default()
}

fn named(op: &Op) -> (Kind, String) {
    let (kind, subject) = match op {
        Op::Place { resident, .. } | Op::Push { resident, .. } => (Kind::Move, resident),
        Op::Exchange { resident, .. } => (Kind::Swap, resident),
        Op::Resize { resident, .. } => (Kind::Resize, resident),
        Op::Lock { resident, .. } | Op::Forbid { resident, .. } => (Kind::Lock, resident),
        Op::Unlock { resident, .. } => (Kind::Unlock, resident),
        Op::Course { resident, .. } => (Kind::Course, resident),
    };
    (kind, subject.clone())
}
