//! Why there is no plan, or what was left open, in words.

use std::collections::BTreeMap;

use super::statements::{listed, minimum_words, with_facilities, with_facility, with_span};
use crate::cases::Site;
use crate::explain::counting::{Count, Counted};
use crate::language::Message;
use crate::plan::{Obstacle, Reason, SeatCount, TooManyCareers, Window};
use crate::scenario::{FacilityIx, ResidentIx, Scenario};

/// Residents named in a sentence; the rest are counted.
const NAMED_MAX: usize = 12;

/// A solver's reason in one sentence.
pub fn reason(scenario: &Scenario, reason: &Reason) -> Message {
    match reason {
        Reason::Seats(count) => seats(scenario, count),
        Reason::Prices => Message::new("solve-infeasible-by-prices"),
        Reason::NoCareer { resident, either } => {
            let message = match self::either(scenario, either) {
                Some(either) => Message::new("solve-no-career").message("either", either),
                None => Message::new("solve-no-career-at-all"),
            };
            message.text("resident", &scenario.resident(*resident).id)
        }
        Reason::TooManyCareers(too_many) => too_many_careers(scenario, too_many),
        Reason::Doubtful => Message::new("solve-doubtful"),
        Reason::StoppedWithoutPlan => Message::new("solve-stopped-without-plan"),
        Reason::StoppedWithPlan => Message::new("solve-stopped-with-plan"),
    }
}

/// What to narrow where careers depend on too much.
pub fn too_many_careers(scenario: &Scenario, too_many: &TooManyCareers) -> Message {
    Message::new("solve-too-many-careers")
        .text("limit", too_many.limit)
        .text("resident", &scenario.resident(too_many.resident).id)
}

/// What of it, left out alone, would help; `None` if nothing would.
pub fn either(scenario: &Scenario, obstacles: &[Obstacle]) -> Option<Message> {
    let or = |all, one| Message::new("solve-relax-or").message("all", all).message("one", one);
    obstacles.iter().map(|one| obstacle(scenario, one)).reduce(or)
}

fn obstacle(scenario: &Scenario, obstacle: &Obstacle) -> Message {
    match *obstacle {
        Obstacle::Locks => Message::new("solve-relax-locks"),
        Obstacle::Course => Message::new("solve-relax-course"),
        Obstacle::Minimum(minimum, number) => minimum_words(minimum).number("number", i64::from(number)),
        Obstacle::Target { case, need, most } => Message::new("solve-relax-case")
            .text("case", &scenario.case(case).name)
            .number("need", i64::from(need))
            .number("most", i64::from(most)),
    }
}

fn seats(scenario: &Scenario, count: &SeatCount) -> Message {
    let message = match (count.window, count.facilities.is_empty()) {
        (Window::Years(span), _) => {
            let message = Message::new("solve-infeasible-months").number("needed", count.needed);
            with_facilities(with_span(message, span), scenario, &count.facilities)
        }
        (Window::Months(span), true) => Message::new("solve-infeasible-pooled")
            .text("from", span.start)
            .number("months", i64::from(span.months)),
        (Window::Months(span), false) => {
            let message = Message::new("solve-infeasible-seats")
                .text("from", span.start)
                .number("months", i64::from(span.months));
            with_facilities(with_residents(message, scenario, &count.residents), scenario, &count.facilities)
        }
    };
    message.number("count", count.residents.len() as i64).number("seats", count.offered)
}

/// What an explanation counted, in one sentence.
pub fn count(scenario: &Scenario, count: &Count) -> Message {
    let residents = count.residents();
    let cases = match &count.of {
        Counted::Seats(window) => {
            let facilities = count.facilities.clone();
            let (needed, offered) = (count.needed, count.offered);
            return seats(scenario, &SeatCount { window: *window, facilities, residents, needed, offered });
        }
        Counted::Cases(cases) => cases,
    };
    let message = match (cases.sites.is_empty(), residents.first()) {
        (true, Some(resident)) => {
            Message::new("explain-count-cases-one").text("resident", &scenario.resident(*resident).id)
        }
        _ => with_residents(Message::new("explain-count-cases"), scenario, &residents)
            .number("count", residents.len() as i64)
            .message("sites", sites(scenario, &cases.sites)),
    };
    message
        .text("case", &scenario.case(cases.case).name)
        .number("needed", count.needed)
        .number("offered", count.offered)
}

/// The sites by facility, each with its years and what it offers in each.
fn sites(scenario: &Scenario, sites: &[(Site, u32)]) -> Message {
    let mut years: BTreeMap<(FacilityIx, u32), Vec<i32>> = BTreeMap::new();
    for &(site, offer) in sites {
        years.entry((site.facility, offer)).or_default().push(site.academic_year);
    }
    listed(years.into_iter().map(|((facility, offer), years)| {
        let mut spans: Vec<(i32, i32)> = Vec::new();
        for year in years {
            match spans.last_mut() {
                Some((_, last)) if *last + 1 == year => *last = year,
                _ => spans.push((year, year)),
            }
        }
        let text = |dash: &str, comma: &str| {
            let span = |&(first, last): &(i32, i32)| match first == last {
                true => first.to_string(),
                false => format!("{first}{dash}{last}"),
            };
            spans.iter().map(span).collect::<Vec<_>>().join(comma)
        };
        with_facility(Message::new("explain-count-site"), scenario, facility)
            .name("years", text("～", "、"), text("–", ", "))
            .number("offer", i64::from(offer))
    }))
}

/// Adds the ids of the first residents, and how many more there are.
fn with_residents(message: Message, scenario: &Scenario, residents: &[ResidentIx]) -> Message {
    let named = residents.iter().take(NAMED_MAX).map(|&r| scenario.resident(r).id.as_str());
    message
        .text("residents", named.collect::<Vec<_>>().join(", "))
        .number("others", residents.len().saturating_sub(NAMED_MAX) as i64)
}
