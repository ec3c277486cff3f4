//! Statements in words, and the parts that sentences about a scenario are made of.

use crate::audit;
use crate::calendar::Span;
use crate::explain::statement::Statement;
use crate::language::Message;
use crate::regulation::Minimum;
use crate::scenario::{Bound, Facility, FacilityIx, Lock, LockKind, ResidentIx, RuleIx, Scenario};

/// The statement in words.
pub fn statement(scenario: &Scenario, statement: Statement) -> Message {
    let id = |resident: ResidentIx| &scenario.resident(resident).id;
    match statement {
        Statement::Lock { resident, lock } => lock_words(scenario, lock).text("resident", id(resident)),
        Statement::Course { resident, course } => Message::new(match scenario.resident(resident).anonymous {
            true => "explain-statement-course-mix",
            false => "explain-statement-course",
        })
        .text("resident", id(resident))
        .text("course", &scenario.course(course).id),
        Statement::History { resident } => {
            let stays = scenario.resident(resident).history.iter().map(|stay| {
                with_span(with_facility(Message::new("explain-stay"), scenario, stay.facility), stay.span)
            });
            Message::new("explain-statement-history")
                .text("resident", id(resident))
                .message("stays", listed(stays))
        }
        Statement::Leave { resident, leave } => {
            let message = Message::new("explain-statement-leave").text("resident", id(resident));
            with_span(message.message("kind", Message::new(leave.kind.key())), leave.span)
        }
        Statement::Seats { facility, year } => {
            let seats = months_of(scenario, year).iter();
            let seats = seats.filter_map(|month| audit::seat_limit(scenario, facility, month)).min();
            with_facility(
                seats_in(["explain-statement-seats", "explain-statement-seats-all"], seats, year),
                scenario,
                facility,
            )
        }
        Statement::Pool { year } => {
            let months = months_of(scenario, year).iter();
            let most = months.filter_map(|month| audit::program_limit(scenario, month)).min();
            seats_in(["explain-statement-pool", "explain-statement-pool-all"], most, year)
        }
        Statement::Intake { year } => {
            let entering = scenario.residents.iter().filter(|resident| resident.entry_year == year);
            Message::new("explain-statement-intake")
                .number("count", entering.count() as i64)
                .text("year", year)
        }
        Statement::Minimum(minimum) => {
            minimum_words(minimum).number("number", i64::from(minimum.of(&scenario.rules)))
        }
        Statement::Rule(row) | Statement::Bound(Bound { row, .. }) => rule_words(scenario, row),
        Statement::Volume { case, facility } => {
            let message = Message::new("explain-statement-volume").text("case", &scenario.case(case).name);
            with_facility(message, scenario, facility)
        }
        Statement::Share(case) => Message::new("explain-statement-share")
            .text("case", &scenario.case(case).name)
            .text("share", scenario.case(case).trainee_share.normalize()),
        Statement::Target(case) => {
            let item = scenario.case(case);
            Message::new("explain-statement-target")
                .text("case", &item.name)
                .number("number", i64::from(item.target))
                .number("supplement", i64::from(item.supplement()))
        }
        Statement::Ratio => Message::new("explain-statement-ratio")
            .number("number", i64::from(scenario.rules.residents_per_supervisor)),
    }
}

/// The months of an academic year, or all that are decided.
fn months_of(scenario: &Scenario, year: Option<i32>) -> Span {
    year.map_or(scenario.horizon(), |year| scenario.calendar.span_of(year))
}

/// The least seats of an academic year, or of all: one key for either.
fn seats_in([in_year, in_all]: [&'static str; 2], least: Option<u32>, year: Option<i32>) -> Message {
    let message = match year {
        Some(year) => Message::new(in_year).text("year", year),
        None => Message::new(in_all),
    };
    message.number("seats", i64::from(least.unwrap_or(0)))
}

/// Why a group of residents is where it is: what is said of the first of them, to the same effect for all.
pub fn because(scenario: &Scenario, statements: &[Statement]) -> Message {
    if statements.is_empty() {
        return Message::new("explain-because-nothing");
    }
    let words = |one: &Statement| match *one {
        Statement::Lock { lock, .. } => with_span(
            with_facility(
                Message::new(match lock.kind {
                    LockKind::Must => "explain-because-must",
                    LockKind::MustNot => "explain-because-must-not",
                }),
                scenario,
                lock.stay.facility,
            ),
            lock.stay.span,
        ),
        Statement::Course { course, .. } => {
            Message::new("explain-because-course").text("course", &scenario.course(course).id)
        }
        Statement::History { .. } => Message::new("explain-because-history"),
        other => statement(scenario, other),
    };
    listed(statements.iter().map(words))
}

/// What a minimum asks for, but for its number.
pub(super) fn minimum_words(minimum: Minimum) -> Message {
    Message::new(minimum.reached().map_or("", |reached| reached.asked))
}

/// A row of a table of rules: what it is called and where it stands.
pub(super) fn rule_words(scenario: &Scenario, rule: RuleIx) -> Message {
    let named = |key| Message::new(key).text("name", rule.name(scenario));
    match rule {
        RuleIx::Requirement(_) => named("explain-rule-requirement"),
        RuleIx::Stays(_) => named("explain-rule-stays"),
        RuleIx::Order(_) => named("explain-rule-order"),
        RuleIx::Staffing(_) => named("explain-rule-staffing"),
        RuleIx::CourseIntake(_, year) => named("explain-rule-course-intake").text("year", year),
        RuleIx::Section(at) => {
            let section = &scenario.sections[at];
            let message = Message::new("explain-rule-section").name("name", &section.name, &section.name_en);
            with_facility(message, scenario, section.facility)
        }
    }
}

fn lock_words(scenario: &Scenario, lock: Lock) -> Message {
    let near = scenario.frozen().is_some_and(|window| window.intersection(lock.stay.span) == lock.stay.span);
    let message = Message::new(match lock.kind {
        // What stays of a base plan binds as a lock does, and looks like one.
        LockKind::Must if near => "explain-statement-frozen",
        LockKind::Must => "explain-statement-must",
        LockKind::MustNot => "explain-statement-must-not",
    });
    with_span(with_facility(message, scenario, lock.stay.facility), lock.stay.span)
}

/// Adds a facility by its name in either language.
pub fn with_facility(message: Message, scenario: &Scenario, facility: FacilityIx) -> Message {
    let facility = scenario.facility(facility);
    message.name("facility", &facility.name, &facility.name_en)
}

/// Adds the first and the last month of a span.
pub fn with_span(message: Message, span: Span) -> Message {
    message.text("from", span.start).text("until", span.end().minus(1))
}

/// Messages as one list.
pub fn listed(messages: impl IntoIterator<Item = Message>) -> Message {
    let join = |list, next| Message::new("list").message("first", list).message("rest", next);
    messages.into_iter().reduce(join).unwrap_or_else(|| Message::new("list-empty"))
}

/// Adds facilities by their names in either language, and how many they are.
pub fn with_facilities(message: Message, scenario: &Scenario, facilities: &[FacilityIx]) -> Message {
    let names = |of: fn(&Facility) -> &str, comma: &str| {
        let names: Vec<&str> = facilities.iter().map(|&f| of(scenario.facility(f))).collect();
        names.join(comma)
    };
    message
        .name("facilities", names(|f| &f.name, "、"), names(|f| &f.name_en, ", "))
        .number("places", facilities.len() as i64)
}
