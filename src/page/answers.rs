//! What the page is told: forms of `output` put together, and what undo, a question or a proposal is at.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Value, json};

use super::career::{plan_of, rows_of};
use super::desk::{Desk, Edited, Refusal, Snapshot};
use super::job::{Found, Job, Question};
use super::journal::{Kind, Step};
use super::{tables, whatif};
use crate::audit::{self, Audit};
use crate::diagnostic::Severity;
use crate::diff::{Diff, diff};
use crate::engine::Planned;
use crate::explain::edits::written;
use crate::explain::infeasible::Explained;
use crate::explain::repair::Repair;
use crate::explain::why_not::{WhyNot, Wish};
use crate::language::{Catalogue, Message};
use crate::output::moves::{chain_words, shift_words};
use crate::output::{board, changes, diff as diff_text, explanation, explanation_json, goals};
use crate::output::{moves, one, place_name, progress, remarks, summary, verdict, verification};
use crate::plan::careers::careers;
use crate::plan::{GoalValue, Plan};
use crate::scenario::{self, FacilityIx, Goal, Place, ResidentIx, Role, Scenario, Sources};

/// Everything, for a page that opens or has missed something; no board where the tables are no scenario yet.
pub fn everything(snapshot: Option<&Snapshot>, state: Value, catalogue: &Catalogue) -> Value {
    let Some(snapshot) = snapshot else { return json!({ "state": state, "board": null, "verdict": null }) };
    let Snapshot { scenario, plan, .. } = snapshot;
    json!({
        "state": state,
        "board": value(&board::board(scenario, plan, catalogue)),
        "verdict": judged(scenario, plan, catalogue),
    })
}

/// What an edit changed, judged.
pub fn patch(snapshot: Option<&Snapshot>, edited: &Edited, state: Value, catalogue: &Catalogue) -> Value {
    let told = edited.told.as_ref().map(|told| catalogue.say(told));
    let Some(Snapshot { scenario, plan, .. }) = snapshot.filter(|_| !edited.everything) else {
        let mut answer = everything(snapshot, state, catalogue);
        answer["told"] = value(&told);
        return answer;
    };
    json!({
        "state": state,
        "rows": value(&board::rows(scenario, plan, &edited.residents, catalogue)),
        "occupancy": value(&board::occupancy(scenario, plan)),
        "verdict": judged(scenario, plan, catalogue),
        "told": told,
    })
}

fn judged(scenario: &Scenario, plan: &Plan, catalogue: &Catalogue) -> Value {
    let audit: Audit = audit::audit(scenario, plan, None);
    value(&verdict::verdict(scenario, &audit, &careers(scenario, plan), catalogue))
}

/// A form as JSON; plain data with text keys has no way to fail.
pub fn value(form: &impl Serialize) -> Value {
    serde_json::to_value(form).unwrap_or_default()
}

/// Where the desk stands, for a tab.
pub fn state(desk: &mut Desk, tab: &str, catalogue: &Catalogue) -> Value {
    let writes = desk.claims(tab);
    let (undo, redo) = desk.around();
    let label = |step: Option<&Step>| step.map(|step| catalogue.say(&step_words(step)));
    let snapshot = desk.snapshot();
    json!({
        "revision": desk.revision(),
        "undo": label(undo),
        "redo": label(redo),
        "writes": writes,
        "unsaved": desk.is_unsaved(),
        "planned": desk.has_plan(),
        "resumed": desk.resumed,
        "broken_tables": desk.findings().has_errors(),
        "proof": snapshot.ok().and_then(|snapshot| snapshot.answer).as_ref().map(|planned| proof(planned, catalogue)),
    })
}

fn step_words(step: &Step) -> Message {
    let key = match step.kind {
        Kind::Move => "page-step-move",
        Kind::Swap => "page-step-swap",
        Kind::Resize => "page-step-resize",
        Kind::Lock => "page-step-lock",
        Kind::Unlock => "page-step-unlock",
        Kind::Course => "page-step-course",
        Kind::Plan => "page-step-plan",
        Kind::Version => "page-step-version",
        Kind::Tables => "page-step-tables",
        Kind::Begin => "page-step-begin",
    };
    Message::new(key).text("subject", &step.subject)
}

/// What is proved of a plan: its status and each goal.
fn proof(planned: &Planned, catalogue: &Catalogue) -> Value {
    let goal = |result: &crate::plan::GoalResult| {
        json!({
            "name": catalogue.say(&goals::name(result.goal)),
            "value": catalogue.say(&goals::value(result.goal.kind, &result.value)),
            "proof": catalogue.say(&goals::proof(result)),
            "settled": result.is_settled(),
        })
    };
    json!({
        "status": planned.answer.status.id(),
        "words": catalogue.word(summary::status_key(planned.answer.status)),
        "goals": planned.answer.goals.iter().map(goal).collect::<Vec<_>>(),
    })
}

/// How far a question is, and what has been found.
pub fn job(job: &Job, catalogue: &Catalogue) -> Value {
    let stopped = job.is_stopped();
    let mut answer = job.look(|found| match &job.question {
        Question::Plan { near, first } => json!({
            "kind": "plan", "near": near, "first": first,
            "progress": found.progress.as_ref().map(|at| catalogue.say(&progress::words(at))),
            "proposal": found.planned.is_some(),
            "fault": found.fault.as_ref().map(|fault| catalogue.say(fault)),
            "over": found.is_over,
        }),
        Question::Prices { resident, span, places } => json!({
            "kind": "prices",
            "resident": job.about.scenario.resident(*resident).id,
            "start": span.start.to_string(),
            "months": span.months,
            "asked": places.len(),
            "prices": prices(job, *resident, found, catalogue),
            "over": found.is_over,
        }),
        Question::Why { resident } => json!({
            "kind": "why",
            "resident": job.about.scenario.resident(*resident).id,
            "lines": found.why.as_ref().map(|answers| {
                explanation::said(&moves::why_lines(&job.about.scenario, *resident, answers), catalogue)
            }),
            "over": found.is_over,
        }),
        Question::WhatIf { key, variants, .. } => json!({
            "kind": "whatif",
            "key": key,
            "asked": variants.len(),
            "variants": whatif::variants(&job.about.scenario, found, catalogue),
            "fault": found.fault.as_ref().map(|fault| catalogue.say(fault)),
            "over": found.is_over,
        }),
        Question::Seats { variants, .. } => json!({
            "kind": "seats",
            "asked": variants.len(),
            "known": found.variants.len(),
            "seats": whatif::seat_values(&job.about.scenario, found, catalogue),
            "fault": found.fault.as_ref().map(|fault| catalogue.say(fault)),
            "over": found.is_over,
        }),
        Question::Limit { key, sought, .. } => json!({
            "kind": "limit",
            "key": key,
            "limits": found.limits.as_ref().map(|lines| {
                whatif::limits(&job.about.scenario, key, sought, lines, catalogue)
            }),
            "fault": found.fault.as_ref().map(|fault| catalogue.say(fault)),
            "over": found.is_over,
        }),
        Question::Could { facility } => json!({
            "kind": "could",
            "facility": job.about.scenario.facility(*facility).id,
            "lines": found.could.as_ref().map(|could| {
                explanation::said(&one::could_lines(&job.about.scenario, could), catalogue)
            }),
            "over": found.is_over,
        }),
        Question::Proofs => json!({
            "kind": "proofs",
            "verdicts": found.verdicts.as_ref().map(|verdicts| verification::rows(verdicts, catalogue)),
            "over": found.is_over,
        }),
        Question::WaysOut => json!({
            "kind": "ways",
            "explained": found.explained.as_ref().map(|explained| explained_json(job, explained, catalogue)),
            "over": found.is_over,
        }),
    });
    answer["number"] = job.number.into();
    answer["revision"] = job.about.revision.into();
    answer["stopped"] = stopped.into();
    answer
}

/// The prices known so far, the best plan first, what is forbidden last.
fn prices(job: &Job, resident: ResidentIx, found: &Found, catalogue: &Catalogue) -> Vec<Value> {
    let Question::Prices { span, .. } = &job.question else { return Vec::new() };
    let scenario = &job.about.scenario;
    let mut known: Vec<&(Place, WhyNot)> = found.prices.iter().collect();
    known.sort_by(|(a, one), (b, other)| {
        rank(one).cmp(&rank(other)).then_with(|| better(one, other)).then(a.cmp(b))
    });
    let one = |(place, answer): &&(Place, WhyNot)| {
        let wish = Wish::At { place: *place, span: *span };
        let text = moves::json(scenario, resident, wish, answer, catalogue);
        let mut json: Value = serde_json::from_str(&text).unwrap_or_default();
        json["place"] = scenario.place_id(*place).into();
        json
    };
    known.iter().map(one).collect()
}

fn rank(answer: &WhyNot) -> u8 {
    match answer {
        WhyNot::Granted => 0,
        WhyNot::Price(_) => 1,
        WhyNot::Unknown(_) => 2,
        WhyNot::Forbidden(_) | WhyNot::Impossible => 3,
    }
}

/// Of two prices the plan that is better in the order of the goals, then the one in which fewer move.
fn better(one: &WhyNot, other: &WhyNot) -> std::cmp::Ordering {
    let (WhyNot::Price(one), WhyNot::Price(other)) = (one, other) else { return std::cmp::Ordering::Equal };
    let values = |price: &crate::explain::why_not::Price| -> Vec<Vec<(i64, u32)>> {
        let value = |value: &GoalValue| match value {
            GoalValue::Number(number) => vec![(*number, 0)],
            GoalValue::Vector(pairs) => pairs.clone(),
        };
        price.goals.iter().map(|(_, _, after)| value(after)).collect()
    };
    let moves = |price: &crate::explain::why_not::Price| price.moves.len() + price.shifts.len();
    values(one).cmp(&values(other)).then(moves(one).cmp(&moves(other)))
}

fn explained_json(job: &Job, explained: &Explained, catalogue: &Catalogue) -> Value {
    let scenario = &job.about.scenario;
    let text = explanation_json::json(scenario, explained, catalogue);
    let mut json: Value = serde_json::from_str(&text).unwrap_or_default();
    if let Explained::Infeasible(explanation) = explained {
        let words = |repair: &Repair| catalogue.say(&changes::changes(scenario, &repair.changes));
        json["ways"] = explanation.repairs.list.iter().map(words).collect();
    }
    json
}

/// A plan that was found, beside the one at hand.
pub fn proposal(about: &Snapshot, planned: &Planned, path: &std::path::Path, catalogue: &Catalogue) -> Value {
    let scenario = &about.scenario;
    let said = |message: &Message| catalogue.say(message);
    let mut answer = json!({
        "proof": proof(planned, catalogue),
        "remarks": remarks::remarks(planned, path).iter().map(said).collect::<Vec<_>>(),
    });
    let Some(plan) = &planned.answer.plan else { return answer };
    let compared = compared(scenario, &about.plan, plan, catalogue);
    answer["diff"] = compared;
    let residents: Vec<ResidentIx> = scenario.resident_ixs().collect();
    answer["rows"] = value(&board::rows(scenario, plan, &residents, catalogue));
    answer["occupancy"] = value(&board::occupancy(scenario, plan));
    answer["verdict"] = judged(scenario, plan, catalogue);
    answer
}

/// Two plans in words: who moves, whose seat each takes, what becomes of the goals.
pub fn compared(scenario: &Scenario, before: &Plan, after: &Plan, catalogue: &Catalogue) -> Value {
    let diff = diff(scenario, &before.clone().into(), &after.clone().into());
    let id = |who| diff.person(scenario, who).0;
    let chains = diff.chains.iter().map(|chain| catalogue.say(&chain_words(scenario, chain, &id)));
    let shifts = diff.shifts.iter().map(|shift| catalogue.say(&shift_words(scenario, shift)));
    let goal = |(goal, before, after): &(Goal, GoalValue, GoalValue)| {
        json!({
            "name": catalogue.say(&goals::name(*goal)),
            "before": catalogue.say(&goals::value(goal.kind, before)),
            "after": catalogue.say(&goals::value(goal.kind, after)),
            "same": before == after,
        })
    };
    json!({
        "headline": headline(&diff, catalogue),
        "chains": chains.chain(shifts).collect::<Vec<_>>(),
        "goals": diff.goals.iter().map(goal).collect::<Vec<_>>(),
    })
}

/// How many people move, and how many are only in another section.
fn headline(diff: &Diff, catalogue: &Catalogue) -> String {
    let mut said = catalogue.say(&diff_text::headline(diff));
    if !diff.shifts.is_empty() {
        let people: BTreeSet<ResidentIx> = diff.shifts.iter().map(|shift| shift.resident).collect();
        said.push(' ');
        said.push_str(&catalogue.say(&Message::new("page-shifts").number("count", people.len() as i64)));
    }
    said
}

/// What a way out changes in the tables, and who moves in the plan it was found with.
pub fn preview(
    about: &Snapshot,
    tables: (&Sources, &Sources),
    repair: &Repair,
    catalogue: &Catalogue,
) -> Value {
    let mut answer = json!({ "cells": tables::changes(tables.0, tables.1, catalogue) });
    // Whoever is not taken has another position in the changed tables; ids stay.
    let found_in = written(&about.scenario, &repair.changes);
    if let (Ok(found_in), (Some(changed), _)) = (found_in, scenario::read(tables.1)) {
        let before = plan_of(&changed, &rows_of(&about.scenario, &about.plan));
        let after = plan_of(&changed, &rows_of(&found_in, &repair.plan));
        answer["diff"] = compared(&changed, &before, &after, catalogue);
    }
    answer
}

/// Everything about one resident, in words.
pub fn resident(about: &Snapshot, resident: ResidentIx, catalogue: &Catalogue) -> Value {
    let facts = crate::explain::one::resident_facts(&about.scenario, &about.plan, resident);
    let text = crate::output::one_json::resident_json(&about.scenario, &facts, catalogue);
    serde_json::from_str(&text).unwrap_or_default()
}

/// Everything about one facility, in words.
pub fn facility(about: &Snapshot, facility: FacilityIx, catalogue: &Catalogue) -> Value {
    let facts = crate::explain::one::facility_facts(&about.scenario, &about.plan, facility);
    let text = crate::output::one_json::facility_json(&about.scenario, &facts, catalogue);
    serde_json::from_str(&text).unwrap_or_default()
}

/// What the judge says of a plan in which somebody is moved to a place and everybody else stays.
pub fn alone(scenario: &Scenario, place: Place, plan: &Plan, catalogue: &Catalogue) -> Value {
    let audit = audit::audit(scenario, plan, None);
    let broken = audit.findings.iter().filter(|finding| finding.severity == Severity::Error);
    json!({
        "place": scenario.place_id(place),
        "name": place_name(scenario, place, catalogue),
        "core": scenario.facility(place.facility).role == Role::Core,
        "broken": broken.count(),
    })
}

/// Why something was not done, and the status that says so to programs.
pub fn refused(refusal: &Refusal, catalogue: &Catalogue) -> (u16, Value) {
    match refusal {
        Refusal::NotWriter => (423, json!({ "error": catalogue.word("page-not-writer") })),
        Refusal::Stale => (409, json!({ "error": catalogue.word("page-stale") })),
        Refusal::Found(findings) => {
            let errors = findings.list.iter().filter(|finding| finding.severity == Severity::Error);
            let said: Vec<String> = errors.map(|finding| catalogue.say(&finding.message)).collect();
            (422, json!({ "error": said.join("\n") }))
        }
        Refusal::Said(message) => (422, json!({ "error": catalogue.say(message) })),
    }
}
