//! What if: numbers of the tables set to other values, one of them through a range; how far it can go; what a seat
//! is worth. Asked, answered and told here.

use serde::Deserialize;
use serde_json::{Value, json};

use super::desk::{Refusal, Snapshot};
use super::job::{Found, Question};
use super::routes::Call;
use crate::engine::largest::{End, Stopped, Verdict};
use crate::engine::{Session, threads};
use crate::explain::asker::Asker;
use crate::explain::why_not::is_worse;
use crate::language::{Catalogue, Language, Message};
use crate::output::whatif_told::Words;
use crate::output::{facility_name, goals, remarks, whatif_binding, whatif_largest};
use crate::plan::GoalValue;
use crate::scenario::edit::{Edit, Key, Known};
use crate::scenario::{Role, Scenario, Sources};
use crate::whatif::evaluate::Bench;
use crate::whatif::largest::{self, Answers, Line, Sought, placeable};
use crate::whatif::result::{GoalEntry, VariantResult};
use crate::whatif::sweep::Variant;
use crate::whatif::{domain, seats};

/// Values of one number beside each other, at most.
const VALUES_MAX: usize = 60;

/// A number of the tables and the value it is set to.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    /// A KEY, as `kenshu whatif` takes it.
    pub name: String,
    pub text: String,
}

/// What is set as edits of the tables.
///
/// # Errors
/// A KEY that the scenario does not have, or a value that is none.
pub fn edits(sets: &[Set], scenario: &Scenario) -> Result<Vec<Edit>, Message> {
    let known = Known::of(scenario);
    sets.iter().map(|set| Edit::of(known.key(&set.name)?, &set.text)).collect()
}

/// What becomes of the tables with one number through a range, and others set.
pub fn range(call: &Call, sources: Box<Sources>, about: &Snapshot) -> Result<Question, Refusal> {
    let text = call.name.as_deref().unwrap_or_default();
    let key = Known::of(&about.scenario).key(text)?;
    let sets = edits(&call.sets, &about.scenario)?;
    let variant = |value: &String| {
        let own = Edit::of(key.clone(), value)?;
        let changes = sets.iter().cloned().chain([own]).collect();
        Ok::<_, Message>(Variant { labels: vec![value.clone()], changes })
    };
    let variants = call.values.iter().take(VALUES_MAX).map(variant).collect::<Result<_, _>>()?;
    Ok(Question::WhatIf { sources, key: text.to_string(), variants })
}

/// What a seat more or fewer is worth, in every year at every hospital.
pub fn of_seats(call: &Call, sources: Box<Sources>, about: &Snapshot) -> Result<Question, Refusal> {
    let sets = edits(&call.sets, &about.scenario)?;
    let scenario = Bench::new((*sources).clone()).scenario(&sets).map_err(Refusal::Found)?;
    Ok(Question::Seats { sources, variants: seats::variants(&scenario, &sets) })
}

/// The most residents of an intake, or the fewest of anything else that is asked for.
pub fn limit(call: &Call, sources: Box<Sources>, about: &Snapshot) -> Result<Question, Refusal> {
    let text = call.name.as_deref().unwrap_or_default();
    let key = Known::of(&about.scenario).key(text)?;
    let is_intake = matches!(&key, Key::Program(path) if path.first().is_some_and(|part| part == "intake"));
    let end = if is_intake { End::Largest } else { End::Smallest };
    let no_range = || Message::new("whatif-largest-no-amount").text("key", text);
    let domain = domain::of(&about.scenario, &key).filter(|_| key.is_amount()).ok_or_else(no_range)?;
    let sought = Sought { end, key, sets: edits(&call.sets, &about.scenario)?, domain };
    Ok(Question::Limit { sources, key: text.to_string(), sought })
}

/// Answers variant after variant, as long as somebody waits.
pub fn answer_all(
    sources: &Sources,
    variants: &[Variant],
    session: &Session<'_>,
    mut answered: impl FnMut(Result<VariantResult, Message>),
) {
    let words = Words::of(None);
    let bench = Bench::new(sources.clone()).with_base(session);
    for variant in variants {
        let answer = bench.answer(variant, session);
        // An answer that was broken off is none.
        if session.is_cancelled() {
            return;
        }
        answered(answer.map(|answer| words.told(answer)).map_err(|fault| remarks::fault(&fault)));
    }
}

/// How far a number can go.
///
/// # Errors
/// Solver and judge do not agree, or the system has no thread to give.
pub fn answer_limit(
    sources: &Sources,
    key: &str,
    sought: &Sought,
    session: &Session<'_>,
) -> Result<Vec<Line>, Message> {
    let bench = Bench::new(sources.clone()).with_base(session);
    let pool = threads::pool(None).map_err(|error| Message::new("whatif-threads").text("reason", error))?;
    let (time_left, elapsed) = (|| session.time_left(), || session.elapsed());
    let asker = Asker::new(&time_left).with_clock(&elapsed);
    largest::find(sought, &bench, &pool, &mut Afresh { key, bench: &bench, session, asker })
}

/// Answers from the solver alone.
struct Afresh<'a> {
    key: &'a str,
    bench: &'a Bench,
    session: &'a Session<'a>,
    asker: Asker<'a>,
}

impl Answers for Afresh<'_> {
    type Failure = Message;

    fn exists(
        &mut self,
        scenario: &Scenario,
        _changes: &[Edit],
    ) -> Result<Result<Verdict, Stopped>, Message> {
        if self.session.is_cancelled() {
            return Ok(Err(Stopped));
        }
        let verdict = placeable(scenario, &mut self.asker, None);
        Ok(Ok(verdict.ok_or_else(|| Message::new("whatif-fault").text("variant", self.key))?))
    }

    fn whole(&mut self, variant: Variant) -> Result<Option<VariantResult>, Message> {
        let answered = self.bench.answer(&variant, self.session).map_err(|fault| remarks::fault(&fault))?;
        Ok((!self.session.is_cancelled()).then(|| Words::of(None).told(answered)))
    }
}

/// The numbers directors turn most: how many enter in a year, and the supervisors of each hospital.
pub fn numbers(scenario: &Scenario, catalogue: &Catalogue) -> Value {
    let intakes = scenario.intake.iter().map(
        |(year, count)| json!({ "key": format!("intake.{year}"), "year": year, "now": count.to_string() }),
    );
    let placed = scenario.facilities.iter().filter(|facility| facility.role != Role::Associated);
    let supervisors = placed.map(|facility| {
        json!({
            "key": format!("facilities.{}.supervisors", facility.id),
            "facility": facility_name(facility, catalogue),
            "now": facility.supervisors.initial.normalize().to_string(),
        })
    });
    json!({ "numbers": intakes.chain(supervisors).collect::<Vec<_>>() })
}

/// Every variant as it is known by now.
pub fn variants(scenario: &Scenario, found: &Found, catalogue: &Catalogue) -> Vec<Value> {
    found.variants.iter().map(|one| variant(scenario, one, catalogue)).collect()
}

/// Whether there is a plan, what binds, and each goal as a number and in words.
fn variant(scenario: &Scenario, result: &VariantResult, catalogue: &Catalogue) -> Value {
    let goal = |entry: &GoalEntry| {
        let goal = goals::of_name(&entry.name);
        let height = match &entry.value {
            GoalValue::Number(number) => *number,
            GoalValue::Vector(pairs) => pairs.first().map_or(0, |(value, _)| *value),
        };
        json!({
            "name": goal.map_or(entry.name.clone(), |goal| catalogue.say(&goals::name(goal))),
            "height": height,
            "words": goal.map(|goal| catalogue.say(&goals::value(goal.kind, &entry.value))),
            "proved": entry.value == entry.bound,
        })
    };
    let bound = result.binding.iter().filter_map(|id| whatif_binding::words(scenario, id));
    json!({
        "value": result.labels.first(),
        "status": result.status,
        "placeable": result.placeable,
        "within_caps": result.within_caps,
        "binding": bound.map(|words| catalogue.say(&words)).collect::<Vec<_>>(),
        "goals": result.goals.iter().map(goal).collect::<Vec<_>>(),
        "told": told(result, catalogue),
    })
}

fn told<'a>(result: &'a VariantResult, catalogue: &Catalogue) -> &'a str {
    match catalogue.language() {
        Language::Ja => &result.told.ja,
        Language::En => &result.told.en,
    }
}

/// The seats that change something: in which goal, from what to what, the most important goal first.
pub fn seat_values(scenario: &Scenario, found: &Found, catalogue: &Catalogue) -> Vec<Value> {
    let Some((present, others)) = found.variants.split_first() else { return Vec::new() };
    let mut telling: Vec<(usize, Value)> = Vec::new();
    for (number, result) in (1..).zip(others) {
        let [facility, year, seats] = &result.labels[..] else { continue };
        let of = scenario.facilities.iter().find(|known| known.id == *facility);
        let mut told = json!({
            "number": number,
            "facility": of.map(|of| facility_name(of, catalogue)),
            "year": year,
            "more": seats == seats::MORE,
        });
        let rank = if result.placeable == Some(false) {
            told["worse"] = true.into();
            told["words"] = catalogue.word("page-whatif-no").into();
            0
        } else {
            let mut both = present.goals.iter().zip(&result.goals).enumerate();
            let Some((rank, (before, after))) = both.find(|(_, (a, b))| a.value != b.value) else { continue };
            let Some(goal) = goals::of_name(&before.name) else { continue };
            let value = |entry: &GoalEntry| goals::value(goal.kind, &entry.value);
            let message = Message::new("explain-goal-change").message("goal", goals::name(goal));
            let message = message.message("before", value(before)).message("after", value(after));
            told["worse"] = is_worse(&before.value, &after.value).into();
            told["words"] = catalogue.say(&message).into();
            rank + 1
        };
        telling.push((rank, told));
    }
    telling.sort_by_key(|(rank, _)| *rank);
    telling.into_iter().map(|(_, told)| told).collect()
}

/// How far the number can go, in sentences.
pub fn limits(
    scenario: &Scenario,
    key: &str,
    sought: &Sought,
    lines: &[Line],
    catalogue: &Catalogue,
) -> Value {
    let called = called(scenario, key, catalogue);
    let line = |line: &Line| {
        let words = whatif_largest::words(sought.end, &called, line, catalogue);
        json!({
            "value": line.found.best().and_then(|at| line.values.get(at)),
            "settled": line.found.is_settled(),
            "question": line.question.id(),
            "words": words.iter().map(|message| catalogue.say(message)).collect::<Vec<_>>(),
        })
    };
    lines.iter().map(line).collect()
}

/// What people call a number.
fn called(scenario: &Scenario, key: &str, catalogue: &Catalogue) -> String {
    let parts: Vec<&str> = key.split('.').collect();
    match parts[..] {
        ["intake", year] => catalogue.say(&Message::new("page-whatif-intake").text("year", year)),
        ["facilities", id, "supervisors"] => {
            let of = scenario.facilities.iter().find(|known| known.id == id);
            let name = of.map_or(id, |of| facility_name(of, catalogue));
            catalogue.say(&Message::new("page-whatif-supervisors").text("place", name))
        }
        _ => key.to_string(),
    }
}
