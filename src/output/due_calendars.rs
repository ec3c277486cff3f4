//! What is due as calendars (`.ics`): one for every resident and every hospital, an event for every month in which
//! something is due that has no record yet.

use std::collections::BTreeMap;

use super::calendars::{Event, files_of};
use super::{due, facility_name};
use crate::calendar::{Month, Span};
use crate::completion::{DueDate, DueState};
use crate::language::{Catalogue, Message};
use crate::scenario::{FacilityIx, ResidentIx, Scenario};

/// All calendars by their paths in the out folder; nobody with nothing due has one.
pub fn files(scenario: &Scenario, dates: &[DueDate], catalogue: &Catalogue) -> BTreeMap<String, Vec<u8>> {
    let mut residents: BTreeMap<ResidentIx, BTreeMap<Month, Vec<&DueDate>>> = BTreeMap::new();
    let mut hospitals: BTreeMap<FacilityIx, BTreeMap<Month, Vec<&DueDate>>> = BTreeMap::new();
    for date in dates.iter().filter(|date| date.state != DueState::Done) {
        residents.entry(date.resident).or_default().entry(date.month).or_default().push(date);
        if let Some(facility) = date.facility {
            hospitals.entry(facility).or_default().entry(date.month).or_default().push(date);
        }
    }
    let mut calendars = Vec::new();
    for (resident, months) in residents {
        let id = &scenario.resident(resident).id;
        let events = months.into_iter().map(|(month, dates)| {
            let things: Vec<String> = dates.iter().map(|date| thing(scenario, date, catalogue)).collect();
            let at =
                |date: &&DueDate| date.facility.map(|ix| facility_name(scenario.facility(ix), catalogue));
            let mut places: Vec<&str> = Vec::new();
            for place in dates.iter().filter_map(at) {
                if !places.contains(&place) {
                    places.push(place);
                }
            }
            // In the month of a move a report is due at the hospital left and a signature at the new one.
            let line = |(date, thing): (&&DueDate, &String)| match at(date) {
                Some(place) if places.len() > 1 => {
                    catalogue.say(&Message::new("due-at").text("thing", thing).text("place", place))
                }
                _ => thing.clone(),
            };
            let lines: Vec<String> = dates.iter().zip(&things).map(line).collect();
            let place = places.join(&catalogue.word("completion-and"));
            event(["due-resident", id, ""], month, &things, (place, lines.join("\n")), catalogue)
        });
        calendars.push((format!("resident_{id}"), called(scenario, resident), events.collect()));
    }
    for (facility, months) in hospitals {
        let facility = scenario.facility(facility);
        let name = facility_name(facility, catalogue).to_string();
        let events = months.into_iter().map(|(month, dates)| {
            let mut of: BTreeMap<ResidentIx, Vec<String>> = BTreeMap::new();
            for date in dates {
                of.entry(date.resident).or_default().push(thing(scenario, date, catalogue));
            }
            let separator = catalogue.word("completion-and");
            let line = |(resident, things): (&ResidentIx, &Vec<String>)| {
                let message = Message::new("due-of").text("resident", called(scenario, *resident));
                catalogue.say(&message.text("things", things.join(&separator)))
            };
            let lines: Vec<String> = of.iter().map(line).collect();
            let people: Vec<String> = of.keys().map(|resident| called(scenario, *resident)).collect();
            event(
                ["due-hospital", "", &facility.id],
                month,
                &people,
                (name.clone(), lines.join("\n")),
                catalogue,
            )
        });
        let events = events.collect();
        calendars.push((format!("hospital_{}", facility.id), name.clone(), events));
    }
    files_of(scenario, calendars, catalogue)
}

fn called(scenario: &Scenario, resident: ResidentIx) -> String {
    let person = scenario.resident(resident);
    if person.name == person.id { person.id.clone() } else { format!("{} {}", person.id, person.name) }
}

fn thing(scenario: &Scenario, date: &DueDate, catalogue: &Catalogue) -> String {
    catalogue.say(&due::name(scenario, date.kind))
}

/// An event of a month; what stays the same keeps its id.
fn event(
    [kind, resident, facility]: [&str; 3],
    month: Month,
    things: &[String],
    (place, description): (String, String),
    catalogue: &Catalogue,
) -> Event {
    let things = things.join(&catalogue.word("completion-and"));
    Event {
        span: Span::new(month, 1),
        id: [kind.to_string(), resident.to_string(), facility.to_string(), month.to_string()],
        summary: catalogue.say(&Message::new("due-summary").text("things", things)),
        place,
        description,
    }
}
