//! What the page can ask for. Every call is a POST of JSON with the reader's language and the tab; only the
//! page's own files and downloads are read with GET.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use super::begin::{self, Dropped};
use super::career::{plan_of, rows_of};
use super::desk::{Desk, Edited, Refusal, Snapshot};
use super::edits::{Op, outcome};
use super::job::{self, Job, Question};
use super::journal::Kind;
use super::questions::{place, prices, proofs, who};
use super::store::is_name;
use super::whatif::{self, Set};
use super::{answers, assets, completion, files, tables, words};
use crate::calendar::Month;
use crate::explain::edits::in_tables;
use crate::explain::infeasible::Explained;
use crate::explain::repair::Repair;
use crate::explain::why_not::WhyNot;
use crate::language::{Catalogue, Language, Message};
use crate::manual::Topic;
use crate::plan::Plan;
use crate::scenario::edit::{Edit, Key, Value as EditValue};
use crate::scenario::{Place, Sources};
use crate::tables::workbook::Places;

/// A page with its scenario and the question under way.
pub struct App {
    desk: Mutex<Desk>,
    job: Mutex<Option<Job>>,
    /// Questions asked so far: no two have the same number, whatever became of the one before.
    asked: AtomicU64,
    /// Japanese, English.
    catalogues: [Catalogue; 2],
    language: Language,
}

/// What is sent back.
pub enum Reply {
    Json(u16, Value),
    /// Bytes of a kind; with a name they are a file to keep.
    Bytes {
        kind: &'static str,
        bytes: Vec<u8>,
        name: Option<String>,
    },
    NotFound,
}

/// What every call may say; what a call does not ask for is left out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    lang: String,
    tab: String,
    #[serde(default)]
    revision: u64,
    op: Option<Op>,
    pub resident: Option<String>,
    pub place: Option<String>,
    pub start: Option<String>,
    #[serde(default)]
    pub months: u32,
    pub name: Option<String>,
    other: Option<String>,
    #[serde(default)]
    near: bool,
    #[serde(default)]
    force: bool,
    #[serde(default)]
    number: usize,
    file: Option<String>,
    #[serde(default)]
    row: usize,
    #[serde(default)]
    column: usize,
    text: Option<String>,
    #[serde(default)]
    pub values: Vec<String>,
    #[serde(default)]
    pub sets: Vec<Set>,
    #[serde(default)]
    files: Vec<Dropped>,
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl App {
    pub fn new(desk: Desk, language: Language) -> Arc<Self> {
        let app = Arc::new(Self {
            desk: Mutex::new(desk),
            job: Mutex::new(None),
            asked: AtomicU64::new(0),
            catalogues: Language::ALL.map(Catalogue::new),
            language,
        });
        let titles = {
            let desk = hold(&app.desk);
            let titles = desk.places().map(Places::language);
            titles.or(desk.store.is_workbook().then_some(language))
        };
        app.catalogues.iter().for_each(|catalogue| catalogue.speak_of_sheets(titles));
        let begins = !hold(&app.desk).has_plan() && !hold(&app.desk).is_unsaved();
        let about = hold(&app.desk).snapshot();
        if begins && let Ok(about) = about {
            app.ask(Question::Plan { near: false, first: true }, about);
        }
        app
    }

    /// Ends the question under way.
    pub fn stop(&self) {
        *hold(&self.job) = None;
    }

    fn catalogue(&self, language: &str) -> &Catalogue {
        let language =
            Language::ALL.into_iter().find(|known| known.tag() == language).unwrap_or(self.language);
        let [ja, en] = &self.catalogues;
        if language == Language::Ja { ja } else { en }
    }

    /// Answers a GET.
    pub fn get(&self, path: &str, query: &str) -> Reply {
        if let Some(asset) = assets::asset(path, self.language) {
            return Reply::Bytes { kind: asset.kind, bytes: asset.content, name: None };
        }
        let language = query.split('&').find_map(|pair| pair.strip_prefix("lang=")).unwrap_or_default();
        match path.strip_prefix("/out/") {
            Some(name) => self.file(name, self.catalogue(language)),
            None => Reply::NotFound,
        }
    }

    fn file(&self, name: &str, catalogue: &Catalogue) -> Reply {
        let (snapshot, path) = {
            let desk = hold(&self.desk);
            (desk.snapshot(), desk.store.path().to_path_buf())
        };
        match snapshot.ok().and_then(|snapshot| files::file(name, &snapshot, &path, catalogue)) {
            Some((kind, bytes)) => Reply::Bytes { kind, bytes, name: Some(name.to_string()) },
            None => Reply::NotFound,
        }
    }

    /// Answers a POST.
    pub fn post(self: &Arc<Self>, path: &str, body: &[u8]) -> Reply {
        let Ok(call) = serde_json::from_slice::<Call>(body) else {
            return Reply::Json(400, json!({ "error": self.catalogue("").word("page-bad-request") }));
        };
        let catalogue = self.catalogue(&call.lang);
        let answered = match path {
            "/api/words" => Ok(words::words(catalogue)),
            "/api/board" => Ok(self.everything(&call, catalogue)),
            "/api/pulse" => Ok(self.pulse(&call, catalogue)),
            "/api/edit" => self.edit(&call, catalogue),
            "/api/undo" => self.change(&call, catalogue, Desk::undo),
            "/api/redo" => self.change(&call, catalogue, Desk::redo),
            "/api/take-over" => {
                hold(&self.desk).take_over(&call.tab);
                Ok(self.everything(&call, catalogue))
            }
            "/api/release" => {
                hold(&self.desk).release(&call.tab);
                Ok(json!({}))
            }
            "/api/plan" => self.asked(&call, |_| Ok(Question::Plan { near: call.near, first: false })),
            "/api/alone" => self.alone(&call, catalogue),
            "/api/prices" => self.asked(&call, |about| prices(&call, about)),
            "/api/why" => self.asked(&call, |about| Ok(Question::Why { resident: who(&call, about)? })),
            "/api/proofs" => {
                // Where no plan was found, what is claimed is that there is none.
                let none = self.planned().ok().filter(|(_, planned)| planned.answer.plan.is_none());
                self.asked(&call, |about| {
                    about.answer = none.map(|(_, planned)| planned).or_else(|| about.answer.take());
                    proofs(about)
                })
            }
            "/api/ways-out" => self.asked(&call, |_| Ok(Question::WaysOut)),
            "/api/stop" => {
                hold(&self.job).iter().for_each(Job::stop);
                Ok(json!({}))
            }
            "/api/discard" => {
                self.stop();
                Ok(json!({}))
            }
            "/api/proposal" => self.proposal(catalogue),
            "/api/accept" => self.accept(&call, catalogue),
            "/api/grant" => self.grant(&call, catalogue),
            "/api/way" => self.way(&call, catalogue),
            "/api/way/preview" => self.preview(&call, catalogue),
            "/api/resident" => self
                .about()
                .and_then(|about| who(&call, &about).map(|who| (about, who)))
                .map(|(about, resident)| answers::resident(&about, resident, catalogue)),
            "/api/facility/could" => {
                self.asked(&call, |about| Ok(Question::Could { facility: place(&call, about)?.facility }))
            }
            "/api/facility" => self
                .about()
                .and_then(|about| place(&call, &about).map(|place| (about, place)))
                .map(|(about, place)| answers::facility(&about, place.facility, catalogue)),
            "/api/completion" => {
                let as_of = call.start.as_deref().and_then(Month::parse);
                self.about().map(|about| completion::standings(&about, as_of, catalogue))
            }
            "/api/save" => self.save(&call, catalogue),
            "/api/versions" => Ok(json!({ "names": hold(&self.desk).store.version_names() })),
            "/api/version/keep" => self.keep_version(&call, catalogue),
            "/api/version/open" => self.open_version(&call, catalogue),
            "/api/version/compare" => self.compare_versions(&call, catalogue),
            "/api/manual" => Ok(manual(&call, catalogue)),
            "/api/tables" => {
                let desk = hold(&self.desk);
                Ok(tables::tables(desk.sources(), &desk.findings(), desk.places(), catalogue))
            }
            "/api/table/cell" => self.table(&call, catalogue, |file| {
                let key = Key::Cell { file, row: call.row, column: call.column };
                Edit { key, value: EditValue::Text(call.text.clone().unwrap_or_default()) }
            }),
            "/api/table/add" => self.add_row(&call, catalogue),
            "/api/table/remove" => self.table(&call, catalogue, |file| Edit {
                key: Key::RemoveRow { file, row: call.row },
                value: EditValue::Gone,
            }),
            "/api/table/text" => self.table(&call, catalogue, |file| {
                let text = call.text.clone().unwrap_or_default();
                let text = text.replace("\r\n", "\n");
                Edit { key: Key::File(file), value: EditValue::Text(text) }
            }),
            "/api/templates" => Ok(json!({ "templates": begin::templates(catalogue) })),
            "/api/begin" => self.begin(&call, catalogue),
            "/api/numbers" => self.about().map(|about| whatif::numbers(&about.scenario, catalogue)),
            "/api/whatif" => self.asked(&call, |about| whatif::range(&call, self.sources(), about)),
            "/api/whatif/seats" => self.asked(&call, |about| whatif::of_seats(&call, self.sources(), about)),
            "/api/whatif/limit" => self.asked(&call, |about| whatif::limit(&call, self.sources(), about)),
            "/api/apply" => self.apply(&call, catalogue),
            _ => return Reply::NotFound,
        };
        match answered {
            Ok(answer) => Reply::Json(200, answer),
            Err(refusal) => {
                let (status, answer) = answers::refused(&refusal, catalogue);
                Reply::Json(status, answer)
            }
        }
    }

    fn everything(&self, call: &Call, catalogue: &Catalogue) -> Value {
        let (snapshot, state) = {
            let mut desk = hold(&self.desk);
            (desk.snapshot(), answers::state(&mut desk, &call.tab, catalogue))
        };
        answers::everything(snapshot.ok().as_ref(), state, catalogue)
    }

    fn pulse(&self, call: &Call, catalogue: &Catalogue) -> Value {
        let state = answers::state(&mut hold(&self.desk), &call.tab, catalogue);
        let job = hold(&self.job).as_ref().map(|job| answers::job(job, catalogue));
        json!({ "state": state, "job": job })
    }

    /// Does something to the desk that the tab may do, and tells what became of it. Judging happens with the
    /// desk free again.
    fn change(
        &self,
        call: &Call,
        catalogue: &Catalogue,
        change: impl FnOnce(&mut Desk) -> Result<Edited, Refusal>,
    ) -> Result<Value, Refusal> {
        let (edited, snapshot, state) = {
            let mut desk = hold(&self.desk);
            desk.admit(&call.tab, call.revision)?;
            let edited = change(&mut desk)?;
            (edited, desk.snapshot(), answers::state(&mut desk, &call.tab, catalogue))
        };
        Ok(answers::patch(snapshot.ok().as_ref(), &edited, state, catalogue))
    }

    fn edit(&self, call: &Call, catalogue: &Catalogue) -> Result<Value, Refusal> {
        let Some(op) = &call.op else { return Err(unknown("op")) };
        self.change(call, catalogue, |desk| desk.edit(op))
    }

    /// Asks a question in place of the one under way.
    fn asked(
        self: &Arc<Self>,
        call: &Call,
        question: impl FnOnce(&mut Snapshot) -> Result<Question, Refusal>,
    ) -> Result<Value, Refusal> {
        let mut about = {
            let mut desk = hold(&self.desk);
            desk.admit(&call.tab, call.revision)?;
            desk.snapshot()?
        };
        let question = question(&mut about)?;
        Ok(json!({ "number": self.ask(question, about) }))
    }

    fn ask(self: &Arc<Self>, question: Question, about: Snapshot) -> u64 {
        let mut job = hold(&self.job);
        let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let app = Arc::downgrade(self);
        let then = move |number| {
            if let Some(app) = app.upgrade() {
                app.take_first(number);
            }
        };
        // Without a thread nothing is asked, and the page sees that nothing is under way.
        *job = Job::start(number, question, about, then).ok();
        number
    }

    /// Takes the plan that was found for a program opened without one, if nothing was done meanwhile.
    fn take_first(&self, number: u64) {
        let mut held = hold(&self.job);
        let Some(job) = held.as_ref().filter(|job| job.number == number) else { return };
        if job.question != (Question::Plan { near: false, first: true }) {
            return;
        }
        let Some(planned) = job.look(|found| found.planned.clone()) else { return };
        let mut desk = hold(&self.desk);
        let Some(plan) = &planned.answer.plan else { return };
        if desk.revision() != job.about.revision {
            return;
        }
        if desk.is_unsaved() {
            // A program begun with is in the journal, so its plan has to be there too.
            if desk.set_plan(plan, Kind::Plan, "").is_err() {
                return;
            }
            desk.found_with(&planned, None);
        } else {
            desk.begin_with(&planned);
        }
        drop(desk);
        *held = None;
    }

    /// The plan as it is. The desk is free again once this is handed out: whatever is worked out about it keeps nobody
    /// waiting.
    fn about(&self) -> Result<Snapshot, Refusal> {
        hold(&self.desk).snapshot()
    }

    /// What the judge would say of each place for these months, at once.
    fn alone(&self, call: &Call, catalogue: &Catalogue) -> Result<Value, Refusal> {
        let about = self.about()?;
        let resident = who(call, &about)?;
        let Snapshot { scenario, plan, .. } = &about;
        let (own, others): (Vec<_>, Vec<_>) =
            plan.rows.iter().cloned().partition(|row| row.resident == resident);
        let rows = rows_of(scenario, &Plan::from(own));
        let trial = |place: Place| {
            let op = Op::Place {
                resident: scenario.resident(resident).id.clone(),
                start: call.start.clone().unwrap_or_default(),
                months: call.months,
                place: scenario.place_id(place),
            };
            let moved = outcome(scenario, &rows, &op)?.rows.into_iter().collect();
            let own = plan_of(scenario, &moved).rows;
            let rows: Vec<_> = others.iter().cloned().chain(own).collect();
            Ok::<_, Message>(answers::alone(scenario, place, &Plan::from(rows), catalogue))
        };
        let places = job::places(&about, resident).into_par_iter().map(trial);
        Ok(json!({ "places": places.collect::<Result<Vec<_>, _>>()? }))
    }

    fn proposal(&self, catalogue: &Catalogue) -> Result<Value, Refusal> {
        let (about, planned) = self.planned()?;
        let path = hold(&self.desk).store.path().to_path_buf();
        Ok(answers::proposal(&about, &planned, &path, catalogue))
    }

    fn planned(&self) -> Result<(Snapshot, Arc<crate::engine::Planned>), Refusal> {
        let job = hold(&self.job);
        let job = job.as_ref().ok_or_else(|| unknown("proposal"))?;
        let planned = job.look(|found| found.planned.clone()).ok_or_else(|| unknown("proposal"))?;
        Ok((job.about.clone(), planned))
    }

    fn accept(&self, call: &Call, catalogue: &Catalogue) -> Result<Value, Refusal> {
        let (about, planned) = self.planned()?;
        let plan = planned.answer.plan.clone().ok_or_else(|| unknown("proposal"))?;
        let answer = self.change(call, catalogue, |desk| {
            if desk.revision() != about.revision {
                return Err(Refusal::Stale);
            }
            let edited = desk.set_plan(&plan, Kind::Plan, "")?;
            desk.found_with(&planned, planned.has_base.then(|| Arc::clone(&about.plan)));
            Ok(edited)
        })?;
        self.stop();
        Ok(answer)
    }

    /// Takes the plan that grants a place, with everybody who moves for it.
    fn grant(&self, call: &Call, catalogue: &Catalogue) -> Result<Value, Refusal> {
        let (about, resident, span, plan) = {
            let job = hold(&self.job);
            let job = job.as_ref().ok_or_else(|| unknown("prices"))?;
            let Question::Prices { resident, span, .. } = job.question else { return Err(unknown("prices")) };
            let place = place(call, &job.about)?;
            let plan = job.look(|found| {
                found.prices.iter().find_map(|(at, answer)| match answer {
                    WhyNot::Price(price) if *at == place => Some(price.plan.clone()),
                    _ => None,
                })
            });
            (job.about.clone(), resident, span, plan.ok_or_else(|| unknown("prices"))?)
        };
        let answer = self.change(call, catalogue, |desk| {
            if desk.revision() != about.revision {
                return Err(Refusal::Stale);
            }
            desk.grant(&plan, resident, span)
        })?;
        self.stop();
        Ok(answer)
    }

    /// A way out that was found, and what it is one of.
    fn repair(&self, number: usize) -> Result<(Snapshot, Repair), Refusal> {
        let job = hold(&self.job);
        let job = job.as_ref().ok_or_else(|| unknown("ways"))?;
        let repair = job.look(|found| match &found.explained {
            Some(Explained::Infeasible(explanation)) => explanation.repairs.list.get(number).cloned(),
            _ => None,
        });
        Ok((job.about.clone(), repair.ok_or_else(|| unknown("ways"))?))
    }

    /// What a way out would change.
    fn preview(&self, call: &Call, catalogue: &Catalogue) -> Result<Value, Refusal> {
        let (about, repair) = self.repair(call.number)?;
        let before = self.sources();
        if hold(&self.desk).revision() != about.revision {
            return Err(Refusal::Stale);
        }
        let after = in_tables(&before, &about.scenario, &repair.changes)
            .map_err(|_| Message::new("page-way-refused"))?;
        Ok(answers::preview(&about, (&before, &after), &repair, catalogue))
    }

    /// Makes the changes of a way out in the tables.
    fn way(&self, call: &Call, catalogue: &Catalogue) -> Result<Value, Refusal> {
        let (about, repair) = self.repair(call.number)?;
        let answer = self.change(call, catalogue, |desk| {
            if desk.revision() != about.revision {
                return Err(Refusal::Stale);
            }
            let sources = in_tables(desk.sources(), &about.scenario, &repair.changes)
                .map_err(|_| Message::new("page-way-refused"))?;
            desk.set_tables(&sources, "")
        })?;
        self.stop();
        Ok(answer)
    }

    /// Begins with another program, a template or what was dropped, and looks for its plan.
    fn begin(self: &Arc<Self>, call: &Call, catalogue: &Catalogue) -> Result<Value, Refusal> {
        let (sources, subject) = match &call.name {
            Some(name) => (begin::named(name).ok_or_else(|| unknown(name))?, name.as_str()),
            None => (begin::dropped(&call.files, hold(&self.desk).sources())?, ""),
        };
        let answer = self.change(call, catalogue, |desk| desk.begin(&sources, subject))?;
        self.stop();
        let about = hold(&self.desk).snapshot();
        if let Ok(about) = about
            && !hold(&self.desk).findings().has_errors()
        {
            self.ask(Question::Plan { near: false, first: true }, about);
        }
        Ok(answer)
    }

    /// Edits a table that the program may have.
    fn table(
        &self,
        call: &Call,
        catalogue: &Catalogue,
        edit: impl FnOnce(&'static str) -> Edit,
    ) -> Result<Value, Refusal> {
        let name = call.file.as_deref().unwrap_or_default();
        let file = tables::file(name).ok_or_else(|| unknown(name))?;
        let mut answer = self.change(call, catalogue, |desk| desk.edit_tables(&[edit(file)], file))?;
        let desk = hold(&self.desk);
        answer["tables"] = tables::tables(desk.sources(), &desk.findings(), desk.places(), catalogue);
        Ok(answer)
    }

    /// Adds a row with its first cell: a row of which nothing is typed is none.
    fn add_row(&self, call: &Call, catalogue: &Catalogue) -> Result<Value, Refusal> {
        let text = call.text.clone().unwrap_or_default();
        let file = call.file.as_deref().unwrap_or_default();
        let heading = tables::heading(hold(&self.desk).sources(), file, call.column);
        let heading = heading.filter(|_| !text.trim().is_empty()).ok_or_else(|| unknown(file))?;
        self.table(call, catalogue, |file| Edit {
            key: Key::AddRow(file),
            value: EditValue::Row(vec![(heading, text)]),
        })
    }

    /// Sets numbers as a what-if had them; without any, the variant of the one under way.
    fn apply(&self, call: &Call, catalogue: &Catalogue) -> Result<Value, Refusal> {
        let about = hold(&self.desk).snapshot()?;
        let names: Vec<&str> = call.sets.iter().map(|set| set.name.as_str()).collect();
        let (edits, subject) = match call.sets.is_empty() {
            false => (whatif::edits(&call.sets, &about.scenario)?, names.join(", ")),
            true => {
                let job = hold(&self.job);
                let asked = job.as_ref().filter(|job| job.about.revision == about.revision);
                match asked.map(|job| &job.question) {
                    Some(Question::Seats { variants, .. } | Question::WhatIf { variants, .. }) => {
                        let variant = variants.get(call.number).ok_or_else(|| unknown("variant"))?;
                        (variant.changes.clone(), variant.labels.join(" "))
                    }
                    _ => return Err(unknown("variant")),
                }
            }
        };
        self.change(call, catalogue, |desk| desk.edit_tables(&edits, &subject))
    }

    fn sources(&self) -> Box<Sources> {
        Box::new(hold(&self.desk).sources().clone())
    }

    fn save(&self, call: &Call, catalogue: &Catalogue) -> Result<Value, Refusal> {
        let mut desk = hold(&self.desk);
        desk.admit(&call.tab, call.revision)?;
        if !call.force && desk.store.is_changed_outside() {
            return Ok(json!({ "changed_outside": true }));
        }
        desk.save(catalogue).map_err(|failure| failure.message)?;
        Ok(json!({ "state": answers::state(&mut desk, &call.tab, catalogue) }))
    }

    fn keep_version(&self, call: &Call, catalogue: &Catalogue) -> Result<Value, Refusal> {
        let name = version_name(&call.name)?;
        let mut desk = hold(&self.desk);
        desk.admit(&call.tab, call.revision)?;
        let bytes = desk.placements(catalogue)?;
        desk.store.keep_version(name, &bytes).map_err(|failure| failure.message)?;
        Ok(json!({ "names": desk.store.version_names() }))
    }

    fn open_version(&self, call: &Call, catalogue: &Catalogue) -> Result<Value, Refusal> {
        let name = version_name(&call.name)?;
        self.change(call, catalogue, |desk| {
            let plan = desk.version(name).ok_or_else(|| unknown(name))?;
            desk.set_plan(&plan, Kind::Version, name)
        })
    }

    /// Compares two versions; without a name, the plan on the desk.
    fn compare_versions(&self, call: &Call, catalogue: &Catalogue) -> Result<Value, Refusal> {
        let desk = hold(&self.desk);
        let snapshot = desk.snapshot()?;
        let plan = |name: &Option<String>| match name {
            None => Ok((*snapshot.plan).clone()),
            Some(_) => {
                let name = version_name(name)?;
                desk.version(name).ok_or_else(|| unknown(name))
            }
        };
        let (before, after) = (plan(&call.name)?, plan(&call.other)?);
        drop(desk);
        Ok(answers::compared(&snapshot.scenario, &before, &after, catalogue))
    }
}

/// Something is named that there is not.
pub fn unknown(id: &str) -> Refusal {
    Message::new("page-unknown").text("id", id).into()
}

fn version_name(name: &Option<String>) -> Result<&str, Refusal> {
    let name = name.as_deref().unwrap_or_default();
    if is_name(name) { Ok(name) } else { Err(Message::new("page-version-name").text("name", name).into()) }
}

/// A page of the manual, or their list.
fn manual(call: &Call, catalogue: &Catalogue) -> Value {
    match call.name.as_deref().and_then(Topic::find) {
        Some(topic) => json!({ "markdown": topic.markdown(catalogue) }),
        None => {
            let topics = crate::manual::TOPICS.iter();
            let titled = topics.map(|topic| json!([topic.id, topic.title(catalogue.language())]));
            json!({ "topics": titled.collect::<Vec<_>>() })
        }
    }
}
