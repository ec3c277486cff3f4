//! `kenshu explain …`: why not, what would help, who would move.
//!
//! The explanation is what was asked for, so it goes to stdout, as text or as JSON. Exit codes say of
//! what was asked about whether it can be: 0 that there is a plan, or that a wish can be granted, at
//! whatever price; 1 that there is none or that it cannot.

use std::path::Path;

use super::console::Console;
use super::progress::interruptible;
use super::{Exit, ExplainCommand, Failure, OneOptions, Planned, WhyNotOptions, input, replan};
use crate::calendar::Span;
use crate::engine::{self, Session};
use crate::explain::infeasible::Explained;
use crate::explain::one;
use crate::explain::why_not::{AtHand, WhyNot, Wish};
use crate::files::folder;
use crate::language::Message;
use crate::output::statements::with_span;
use crate::output::{self, explanation, explanation_json, moves};
use crate::plan::Plan;
use crate::plan::certificate::Certificate;
use crate::plan::claims::{self, Claims};
use crate::replan::freeze::locked;
use crate::scenario::{CourseIx, FacilityIx, GoalKind, Place, ResidentIx, Scenario, code};
use crate::tables::value::{self, Names};

/// Ways out that are looked for.
pub const WAYS_OUT: usize = 3;
/// More months than anybody's training has.
const MONTHS_MOST: u32 = 1_200;

pub fn run(command: &ExplainCommand, console: &Console) -> Result<Exit, Failure> {
    match command {
        ExplainCommand::Infeasible { scenario, time_limit } => {
            infeasible(scenario, &interruptible(*time_limit), console)
        }
        ExplainCommand::WhyNot(options) => a_wish(options, console),
        ExplainCommand::Why { planned, resident } => better_wishes(planned, resident, console),
        ExplainCommand::Resident(options) => one_resident(options, console),
        ExplainCommand::Facility(options) => one_facility(options, console),
    }
}

fn infeasible(path: &Path, session: &Session<'_>, console: &Console) -> Result<Exit, Failure> {
    let read = input::scenario_or_stop(path, console)?;
    let scenario = &read.scenario;
    let explained = engine::explain::infeasible(scenario, WAYS_OUT, session);
    if console.json {
        console.out(&explanation_json::json(scenario, &explained, &console.catalogue))?;
    } else {
        let lines = explanation::lines(scenario, &explained);
        console.out(&explanation::text(&lines, &console.catalogue))?;
    }
    Ok(match explained {
        Explained::Feasible => Exit::Good,
        Explained::Infeasible(_) => Exit::Negative,
        Explained::Unknown(_) => Exit::Failure,
    })
}

fn a_wish(options: &WhyNotOptions, console: &Console) -> Result<Exit, Failure> {
    let session = interruptible(options.planned.time_limit);
    let read = Asked::read(&options.planned, console)?;
    let scenario = &read.scenario;
    let resident = resident(scenario, &options.resident)?;
    let wish = wish(scenario, resident, options)?;
    let answer = engine::explain::why_not(scenario, read.at_hand(), resident, wish, &session);
    if console.json {
        console.out(&moves::json(scenario, resident, wish, &answer, &console.catalogue))?;
    } else {
        let mut lines = moves::lines(scenario, resident, wish, &answer);
        // A course may have a part of the year only for such a place.
        if options.year.is_some() && matches!(answer, WhyNot::Forbidden(_) | WhyNot::Impossible) {
            lines.push(Some(Message::new("explain-part-of-the-year")));
        }
        console.out(&explanation::text(&lines, &console.catalogue))?;
    }
    Ok(match answer {
        WhyNot::Granted | WhyNot::Price(_) => Exit::Good,
        WhyNot::Forbidden(_) | WhyNot::Impossible => Exit::Negative,
        WhyNot::Unknown(_) => Exit::Failure,
    })
}

fn better_wishes(planned: &Planned, id: &str, console: &Console) -> Result<Exit, Failure> {
    let session = interruptible(planned.time_limit);
    let read = Asked::read(planned, console)?;
    let scenario = &read.scenario;
    let resident = resident(scenario, id)?;
    let answers = engine::explain::why(scenario, read.at_hand(), resident, &session);
    if console.json {
        console.out(&moves::why_json(scenario, resident, &answers, &console.catalogue))?;
    } else {
        let lines = moves::why_lines(scenario, resident, &answers);
        console.out(&explanation::text(&lines, &console.catalogue))?;
    }
    let unknown = answers.iter().any(|one| matches!(one.answer, WhyNot::Unknown(_)));
    Ok(if unknown { Exit::Failure } else { Exit::Good })
}

fn one_resident(options: &OneOptions, console: &Console) -> Result<Exit, Failure> {
    let (scenario, plan) = scenario_and_plan(&options.scenario, &options.plan_dir, console)?;
    let facts = one::resident_facts(&scenario, &plan, resident(&scenario, &options.id)?);
    console.out(&match console.json {
        true => output::one_json::resident_json(&scenario, &facts, &console.catalogue),
        false => explanation::text(&output::one::resident_lines(&scenario, &facts), &console.catalogue),
    })?;
    Ok(Exit::Good)
}

fn one_facility(options: &OneOptions, console: &Console) -> Result<Exit, Failure> {
    let (scenario, plan) = scenario_and_plan(&options.scenario, &options.plan_dir, console)?;
    let facility = facility(&scenario, &options.id)?;
    let could = one::could(&scenario, &plan, facility, &|| false);
    let facts = one::FacilityFacts { could, ..one::facility_facts(&scenario, &plan, facility) };
    console.out(&match console.json {
        true => output::one_json::facility_json(&scenario, &facts, &console.catalogue),
        false => explanation::text(&output::one::facility_lines(&scenario, &facts), &console.catalogue),
    })?;
    Ok(Exit::Good)
}

/// A scenario and the plan in a folder, which has to have been made from these very tables.
fn scenario_and_plan(path: &Path, plan_dir: &Path, console: &Console) -> Result<(Scenario, Plan), Failure> {
    let scenario = input::scenario_or_stop(path, console)?.scenario;
    claims_of(&scenario, path, plan_dir, console)?;
    let (_, plan) = input::plan_in_or_stop(plan_dir, &scenario, "plan-beside-edited-here", console)?;
    Ok((scenario, plan))
}

/// What the plan's `plan.json` says, if it belongs to the scenario.
fn claims_of(
    scenario: &Scenario,
    path: &Path,
    plan_dir: &Path,
    console: &Console,
) -> Result<Claims, Failure> {
    let json = plan_dir.join("plan.json");
    let bytes = folder::load_file(&json).map_err(|findings| input::stop(&findings, &json, console))?;
    let claims = claims::read(&bytes).map_err(|reason| {
        let message = Message::new("claims-unreadable").text("path", json.display());
        Failure::usage(message.text("reason", reason))
    })?;
    if claims.scenario_hash != scenario.hash {
        let message = Message::new("explain-other-scenario").text("path", plan_dir.display());
        return Err(Failure::usage(message.text("scenario", path.display())));
    }
    Ok(claims)
}

/// A scenario, the plan that was made from it, and what that plan was to stay close to.
struct Asked {
    scenario: Scenario,
    plan: Plan,
    base: Option<Plan>,
    certificate: Certificate,
}

impl Asked {
    fn at_hand(&self) -> AtHand<'_> {
        AtHand { plan: &self.plan, base: self.base.as_ref(), certificate: Some(&self.certificate) }
    }

    fn read(planned: &Planned, console: &Console) -> Result<Self, Failure> {
        let (scenario, plan) = scenario_and_plan(&planned.scenario, &planned.plan_dir, console)?;
        let claims = claims_of(&scenario, &planned.scenario, &planned.plan_dir, console)?;
        let had_base = claims.goals.iter().any(|goal| goal.goal == GoalKind::Stability.id());
        let asks_for_one = scenario.goals.iter().any(|goal| goal.kind == GoalKind::Stability);
        let wrong = match (had_base, &planned.base) {
            (true, None) => Some("explain-base-missing"),
            (false, Some(_)) if asks_for_one => Some("explain-base-unknown"),
            _ => None,
        };
        if let Some(key) = wrong {
            return Err(Failure::usage(Message::new(key).text("path", planned.plan_dir.display())));
        }
        let base = |path: &Path| input::earlier_or_stop(path, &scenario, console).map(|read| read.plan.plan);
        let base = planned.base.as_deref().map(base).transpose()?;
        let frozen = replan::claimed(&scenario, base.as_ref(), &claims)?;
        Ok(Self { scenario: locked(&scenario, &frozen), plan, base, certificate: claims.certificate })
    }
}

fn wish(scenario: &Scenario, resident: ResidentIx, options: &WhyNotOptions) -> Result<Wish, Failure> {
    if scenario.decided(resident).is_empty() {
        let message = Message::new("explain-nothing-decided").text("start", scenario.start());
        return Err(Failure::usage(message.text("resident", &scenario.resident(resident).id)));
    }
    if let Some(course) = &options.course {
        let ids = scenario.courses.iter().map(|course| (&course.id, &course.name));
        return find(course, ids, code::UNKNOWN_COURSE).map(|at| Wish::Course(CourseIx(at)));
    }
    let place = place(scenario, options.facility.as_deref().unwrap_or_default())?;
    let span = match (&options.start, options.months) {
        (Some(start), Some(months)) => some_months(scenario, resident, start, months)?,
        _ => year(scenario, resident, options.year.as_deref().unwrap_or_default())?,
    };
    Ok(Wish::At { place, span })
}

/// A facility, or `facility/section`.
fn place(scenario: &Scenario, id: &str) -> Result<Place, Failure> {
    let section = scenario.places().into_iter().find(|&place| scenario.place_id(place) == id);
    match section {
        Some(place) => Ok(place),
        None => facility(scenario, id).map(|facility| Place { facility, section: None }),
    }
}

fn facility(scenario: &Scenario, id: &str) -> Result<FacilityIx, Failure> {
    let ids = scenario.facilities.iter().map(|facility| (&facility.id, &facility.name));
    find(id, ids, code::UNKNOWN_FACILITY).map(FacilityIx)
}

fn resident(scenario: &Scenario, id: &str) -> Result<ResidentIx, Failure> {
    let ids = scenario.residents.iter().map(|resident| (&resident.id, &resident.name));
    find(id, ids, code::UNKNOWN_RESIDENT).map(ResidentIx)
}

/// The decided months of a resident in an academic year.
fn year(scenario: &Scenario, resident: ResidentIx, text: &str) -> Result<Span, Failure> {
    let years = scenario.calendar.split(scenario.decided(resident));
    let asked = value::normal(text).parse::<i32>().ok();
    let known = years.iter().find(|(year, _)| Some(*year) == asked);
    // A whole year of leave without a seat is no year to ask about.
    let service = scenario.service(resident);
    if let Some((_, span)) = known
        && !span.iter().any(|month| service.has_seat(month))
    {
        let message = Message::new("explain-year-away").text("text", text);
        return Err(Failure::usage(message.text("resident", &scenario.resident(resident).id)));
    }
    known.map(|(_, span)| *span).ok_or_else(|| {
        let names: Vec<String> = years.iter().map(|(year, _)| year.to_string()).collect();
        let message = Message::new("explain-unknown-year").text("text", text);
        let message = message.text("resident", &scenario.resident(resident).id);
        Failure::usage(message.text("years", names.join(", ")))
    })
}

/// Months that are decided of a resident, some of them with a seat.
fn some_months(scenario: &Scenario, resident: ResidentIx, start: &str, months: u32) -> Result<Span, Failure> {
    let span = Span::new(value::month(start).map_err(Failure::usage)?, months.min(MONTHS_MOST));
    let (decided, service) = (scenario.decided(resident), scenario.service(resident));
    if span.intersection(decided) == span && span.iter().any(|month| service.has_seat(month)) {
        return Ok(span);
    }
    let message = with_span(Message::new("explain-unknown-months"), decided).text("start", span.start);
    let message = message.number("months", months.into());
    Err(Failure::usage(message.text("resident", &scenario.resident(resident).id)))
}

/// The position of an id among ids and names, or the nearest one named.
fn find<'a>(
    text: &str,
    ids: impl Iterator<Item = (&'a String, &'a String)>,
    unknown: &'static str,
) -> Result<usize, Failure> {
    let mut names = Names::default();
    for (position, (id, name)) in ids.enumerate() {
        names.insert(id, position);
        names.call(id, name);
    }
    let nothing = || Message::new(unknown).text("text", text).message("hint", Message::new("list-empty"));
    names.find(text, unknown).map_err(|message| Failure::usage(message.unwrap_or_else(nothing)))
}
