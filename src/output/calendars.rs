//! `calendar/`: a calendar for every resident and every hospital (`.ics`, RFC 5545).
//!
//! A stay is one all-day event from its first day to the day after its last, whatever academic years it crosses.
//! Ids and stamps come from the scenario and not from a clock: the same plan gives the same bytes, and a stay that
//! keeps its resident, place and first month keeps its id, so that importing a later plan replaces it. The
//! format is written here, since the library for it brings a calendar of its own and folds by characters where the
//! standard counts octets.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::file_names::file_names;
use super::{away_in_words, facility_name, place_name, section_name, with_leave};
use crate::calendar::{Month, Span};
use crate::language::{Catalogue, Message};
use crate::plan::careers::{Career, Piece};
use crate::scenario::{FacilityIx, Scenario};

/// The folder they are in.
pub const FOLDER: &str = "calendar";

/// Octets of a line, its end not counted (RFC 5545, 3.1).
const LINE_MAX: usize = 75;

/// What takes place from the first day of a month on.
pub(super) struct Event {
    pub span: Span,
    /// What keeps its id the same.
    pub id: [String; 4],
    pub summary: String,
    pub place: String,
    pub description: String,
}

/// All calendars by their paths in the out folder. Hospitals where nobody is have none.
pub fn files(scenario: &Scenario, careers: &[Career], catalogue: &Catalogue) -> BTreeMap<String, Vec<u8>> {
    let mut calendars: Vec<(String, String, Vec<Event>)> = Vec::new();
    let mut hospitals: BTreeMap<FacilityIx, Vec<Event>> = BTreeMap::new();
    for career in careers {
        let person = scenario.resident(career.resident);
        let called = if person.name == person.id {
            person.id.clone()
        } else {
            format!("{} {}", person.id, person.name)
        };
        let mut events = Vec::new();
        for stay in stays(career) {
            let name = place_name(scenario, stay.place(), catalogue);
            let place = scenario.place_id(stay.place());
            let event = |kind: &str, summary: String| Event {
                span: stay.span,
                id: [kind.to_string(), person.id.clone(), place.clone(), stay.span.start.to_string()],
                summary,
                place: name.clone(),
                description: description(scenario, career, catalogue),
            };
            let leave = || career.leave_in(stay.span);
            events.push(event("resident", with_leave(name.clone(), leave(), catalogue)));
            let called = match stay.section.map(|section| scenario.section(section)) {
                None => called.clone(),
                Some(section) => {
                    let message = Message::new("calendar-in-section").text("resident", &called);
                    catalogue.say(&message.text("section", section_name(section, catalogue)))
                }
            };
            let at_hospital = event("hospital", with_leave(called, leave(), catalogue));
            hospitals.entry(stay.facility).or_default().push(at_hospital);
        }
        let away = career.away.iter().filter(|away| away.span.end() > scenario.start()).map(|away| Event {
            span: away.span,
            id: ["leave".to_string(), person.id.clone(), String::new(), away.span.start.to_string()],
            summary: away_in_words(away, catalogue),
            place: String::new(),
            description: description(scenario, career, catalogue),
        });
        events.extend(away);
        calendars.push((format!("resident_{}", person.id), called, events));
    }
    for (facility, events) in hospitals {
        let facility = scenario.facility(facility);
        let name = facility_name(facility, catalogue).to_string();
        calendars.push((format!("hospital_{}", facility.id), name, events));
    }
    files_of(scenario, calendars, catalogue)
}

/// Calendars by their paths; each comes with the name of its file, its title and its events.
pub(super) fn files_of(
    scenario: &Scenario,
    calendars: Vec<(String, String, Vec<Event>)>,
    catalogue: &Catalogue,
) -> BTreeMap<String, Vec<u8>> {
    let names = file_names(calendars.iter().map(|(name, ..)| name.as_str()));
    let file = |(name, (_, title, events)): (String, (String, String, Vec<Event>))| {
        (format!("{FOLDER}/{name}.ics"), calendar(scenario, &title, events, catalogue))
    };
    names.into_iter().zip(calendars).map(file).collect()
}

/// The decided stays, each whole.
fn stays(career: &Career) -> Vec<Piece> {
    let mut stays: Vec<Piece> = Vec::new();
    for piece in career.years.values().flatten().filter(|piece| piece.decided) {
        match stays.last_mut() {
            Some(last) if last.place() == piece.place() && last.span.end() == piece.span.start => {
                last.span.months += piece.span.months;
            }
            _ => stays.push(*piece),
        }
    }
    stays
}

fn description(scenario: &Scenario, career: &Career, catalogue: &Catalogue) -> String {
    match career.course {
        Some(course) => {
            let message = Message::new("calendar-course").text("program", &scenario.name);
            catalogue.say(&message.text("course", &scenario.course(course).id))
        }
        None => scenario.name.clone(),
    }
}

fn calendar(scenario: &Scenario, title: &str, mut events: Vec<Event>, catalogue: &Catalogue) -> Vec<u8> {
    events.sort_by(|one, other| (one.span, &one.id).cmp(&(other.span, &other.id)));
    let mut text = Lines::default();
    text.push("BEGIN:VCALENDAR");
    text.push("VERSION:2.0");
    let version = env!("CARGO_PKG_VERSION");
    text.push(&format!("PRODID:-//kenshu//kenshu {version}//{}", catalogue.language().tag().to_uppercase()));
    text.push("CALSCALE:GREGORIAN");
    text.push("METHOD:PUBLISH");
    text.text("X-WR-CALNAME", title);
    for event in events {
        text.push("BEGIN:VEVENT");
        text.push(&format!("UID:{}@kenshu", uid(scenario, &event.id)));
        text.push(&format!("DTSTAMP:{}T000000Z", day(scenario.start())));
        text.push(&format!("DTSTART;VALUE=DATE:{}", day(event.span.start)));
        text.push(&format!("DTEND;VALUE=DATE:{}", day(event.span.end())));
        text.text("SUMMARY", &event.summary);
        if !event.place.is_empty() {
            text.text("LOCATION", &event.place);
        }
        text.text("DESCRIPTION", &event.description);
        // Whoever trains somewhere for a year is not busy all the time.
        text.push("TRANSP:TRANSPARENT");
        text.push("END:VEVENT");
    }
    text.push("END:VCALENDAR");
    text.0.into_bytes()
}

/// The first day of a month.
fn day(month: Month) -> String {
    format!("{:04}{:02}01", month.year(), month.month_of_year())
}

fn uid(scenario: &Scenario, id: &[String; 4]) -> String {
    /// Half a hash: no two stays on earth share one.
    const BYTES: usize = 16;
    let mut hasher = Sha256::new();
    for part in std::iter::once(&scenario.id).chain(id) {
        hasher.update(format!("{}\n{part}\n", part.len()));
    }
    hasher.finalize().iter().take(BYTES).map(|byte| format!("{byte:02x}")).collect()
}

/// Content lines, folded and ended as the format asks.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A property whose value is any text.
    fn text(&mut self, name: &str, value: &str) {
        let mut line = format!("{name}:");
        for c in value.chars() {
            match c {
                '\\' | ';' | ',' => line.extend(['\\', c]),
                '\n' => line.push_str("\\n"),
                c if c.is_control() => {}
                c => line.push(c),
            }
        }
        self.push(&line);
    }

    /// A line; the blank that begins its further parts counts among their octets.
    fn push(&mut self, line: &str) {
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > LINE_MAX {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(c);
            octets += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::output::sample;
    use crate::plan::careers;
    use icalendar::parser::{read_calendar, unfold};
    use icalendar::{CalendarComponent, Component};
    use proptest::prelude::*;

    fn made(scenario: &Scenario, language: Language) -> BTreeMap<String, Vec<u8>> {
        let careers = careers::careers(scenario, &sample::plan());
        files(scenario, &careers, &Catalogue::new(language))
    }

    /// First day, day after the last, what it is called and the id of every event, as another reader has them.
    fn read(bytes: &[u8]) -> Vec<[String; 4]> {
        let text = unfold(std::str::from_utf8(bytes).unwrap());
        let calendar: icalendar::Calendar = read_calendar(&text).unwrap().into();
        let event = |component: &CalendarComponent| {
            let event = component.as_event().unwrap();
            let date = |name| event.property_value(name).unwrap().to_string();
            assert!(event.get_start().is_some() && event.get_end().is_some());
            [date("DTSTART"), date("DTEND"), event.get_summary().unwrap().to_string(), date("UID")]
        };
        calendar.components.iter().map(event).collect()
    }

    #[test]
    fn another_reader_finds_every_stay() {
        let scenario = sample::scenario();
        let files = made(&scenario, Language::Ja);
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "calendar/hospital_ashikaga.ics",
                "calendar/hospital_keio.ics",
                "calendar/hospital_keiyu.ics",
                "calendar/resident_2018-01.ics",
                "calendar/resident_2019-01.ics",
                "calendar/resident_2019-02.ics",
            ]
        );
        let said: Vec<[String; 3]> = read(&files["calendar/resident_2019-02.ics"])
            .into_iter()
            .map(|[start, end, summary, _]| [start, end, summary])
            .collect();
        // Two years at the core are one stay.
        assert_eq!(
            said,
            [["20190401", "20210401", "慶應義塾大学病院"], ["20210401", "20220401", "足利赤十字病院"]]
        );
        let said = read(&files["calendar/hospital_ashikaga.ics"]);
        let people: Vec<&str> = said.iter().map(|[.., summary, _]| summary.as_str()).collect();
        assert_eq!(people, ["2018-01", "2019-01", "2019-02"]);
    }

    #[test]
    fn sections_are_places_of_their_own() {
        let (scenario, plan) = sample::with_sections();
        let careers = careers::careers(&scenario, &plan);
        let files = files(&scenario, &careers, &Catalogue::new(Language::En));
        let said = |file: &str| read(&files[file]).into_iter().map(|[start, _, what, _]| [start, what]);
        let own: Vec<_> = said("calendar/resident_2018-01.ics").take(2).collect();
        assert_eq!(own[0], ["20190401", "Keio University Hospital – IVR"]);
        assert_eq!(own[1], ["20190801", "Keio University Hospital – CT"]);
        let hospital: Vec<_> = said("calendar/hospital_keio.ics").map(|[_, what]| what).collect();
        assert!(hospital.contains(&"2018-01 (IVR)".to_string()), "{hospital:?}");
    }

    #[test]
    fn ids_outlive_other_lengths_and_languages_and_no_clock_is_asked() {
        let scenario = sample::scenario();
        let ids = |files: &BTreeMap<String, Vec<u8>>| -> Vec<String> {
            files.values().flat_map(|bytes| read(bytes)).map(|[.., id]| id).collect()
        };
        let (ja, en) = (made(&scenario, Language::Ja), made(&scenario, Language::En));
        assert_eq!(ids(&ja), ids(&en));
        let mut different = ids(&ja);
        different.sort();
        different.dedup();
        assert_eq!(different.len(), ids(&ja).len());
        assert!(ja == made(&scenario, Language::Ja));
        let text = String::from_utf8(ja["calendar/resident_2018-01.ics"].clone()).unwrap();
        assert!(text.contains("DTSTAMP:20190401T000000Z\r\n"), "{text}");
    }

    proptest! {
        #[test]
        fn any_name_is_read_back(name in ".{0,120}", more in "[髙﨑𠮷,;\\\\\n ]{0,60}") {
            let name = format!("x{name}{more}");
            let mut scenario = sample::scenario();
            scenario.unchecked_mut().facilities[0].name = name.clone();
            let files = made(&scenario, Language::Ja);
            let bytes = &files["calendar/resident_2019-02.ics"];
            let text = std::str::from_utf8(bytes).unwrap();
            prop_assert!(text.ends_with("\r\n"));
            for line in text.split("\r\n") {
                prop_assert!(line.len() <= LINE_MAX && !line.contains(['\r', '\n']), "{:?}", line);
            }
            let expected: String = name.chars().filter(|c| !c.is_control() || *c == '\n').collect();
            prop_assert_eq!(&read(bytes)[0][2], &expected);
        }
    }
}
