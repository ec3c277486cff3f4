//! What is due when and where, against dates worked out by hand from the source's calendar (§8, §9).

use std::collections::{BTreeMap, BTreeSet};

use icalendar::parser::{read_calendar, unfold};
use icalendar::{CalendarComponent, Component, EventLike};
use kenshu::internal::calendar::{Month, Span};
use kenshu::internal::completion::{DueDate, DueKind, DueState, due};
use kenshu::internal::scenario::{Leave, LeaveKind, Record, RecordKindIx, Scenario};

use crate::common::folder;
use crate::common::program::{good_plan, month, program, resident_ix, span};
use crate::desk::Desk;

fn of(scenario: &Scenario, dates: &[DueDate], who: &str, id: &str) -> Vec<(String, String)> {
    let called = |kind: DueKind| match kind {
        DueKind::Record(ix) => scenario.record_kind(ix).id.clone(),
        DueKind::ExtensionEnd => "extension-end".into(),
        DueKind::KeepUntil => "keep-until".into(),
    };
    let own = dates.iter().filter(|date| date.resident == resident_ix(scenario, who));
    own.filter(|date| called(date.kind) == id)
        .map(|date| {
            let facility = date.facility.map_or("", |facility| &scenario.facility(facility).id);
            (date.month.to_string(), facility.to_string())
        })
        .collect()
}

fn list(dates: &[(&str, &str)]) -> Vec<(String, String)> {
    dates.iter().map(|(month, facility)| (month.to_string(), facility.to_string())).collect()
}

#[test]
fn a_training_of_three_years_has_its_dates_where_the_resident_is() {
    let scenario = program();
    let plan = good_plan(&scenario);
    let dates = due(&scenario, Some(&plan));
    let r4 = |id| of(&scenario, &dates, "r4", id);
    assert_eq!(r4("registration"), list(&[("2020-04", "core")]));
    let middle = [("2020-09", "core"), ("2021-09", "core"), ("2022-09", "north")];
    assert_eq!(r4("mid-year-report"), list(&middle));
    // The report of a year is due after it, at the hospital of its last month.
    let end = [("2021-04", "core"), ("2022-04", "west"), ("2023-04", "north")];
    assert_eq!(r4("year-end-report"), list(&end));
    assert_eq!(r4("multi-profession").len(), 6);
    assert_eq!(r4("assessment"), list(&[("2023-03", "north")]));
    assert_eq!(r4("lecture"), list(&[("2023-03", "north")]));
    assert_eq!(r4("keep-until"), list(&[("2028-03", "north")]));
    assert_eq!(r4("signature").len(), 36);
    assert_eq!(r4("signature")[20], ("2021-12".to_string(), "west".to_string()));
    assert!(r4("extension-end").is_empty());
    // Goals are due at no time.
    assert!(r4("talk").is_empty() && r4("paper").is_empty());
    assert!(dates.is_sorted());
    // Without a plan the dates are the same, and the places of the future not known.
    let bare = due(&scenario, None);
    assert_eq!(bare.len(), dates.len());
    assert_eq!(of(&scenario, &bare, "r4", "registration"), list(&[("2020-04", "")]));
    assert_eq!(of(&scenario, &bare, "r1", "registration"), list(&[("2018-04", "core")]));
}

#[test]
fn an_extension_moves_the_decision_to_its_last_month() {
    let mut scenario = program();
    let r4 = resident_ix(&scenario, "r4").0;
    let leave =
        Leave { kind: LeaveKind::Illness, span: span("2020-06", 8), hours_per_week: None, hours: None };
    scenario.unchecked_mut().residents[r4].leaves = vec![leave];
    let dates = due(&scenario, None);
    let months = |id| of(&scenario, &dates, "r4", id).into_iter().map(|(month, _)| month).collect::<Vec<_>>();
    assert_eq!(months("assessment"), ["2023-05"]);
    assert_eq!(months("extension-end"), ["2023-05"]);
    assert_eq!(months("keep-until"), ["2028-05"]);
    // Nobody gives feedback to somebody who is away: 38 months, of which 8 are leave.
    assert_eq!(months("signature").len(), 30);
    assert!(!months("signature").contains(&"2020-06".to_string()));
    // Whoever leaves is not judged at the end, and nothing is due after it.
    scenario.unchecked_mut().residents[r4].resigned_from = Some(month("2021-04"));
    let dates = due(&scenario, None);
    assert!(of(&scenario, &dates, "r4", "assessment").is_empty());
    assert!(of(&scenario, &dates, "r4", "keep-until").is_empty());
    assert_eq!(of(&scenario, &dates, "r4", "signature").len(), 4);
}

#[test]
fn what_has_a_record_is_done() {
    let mut scenario = program();
    let r2 = resident_ix(&scenario, "r2");
    let kind =
        |id: &str| RecordKindIx(scenario.completion.kinds.iter().position(|kind| kind.id == id).unwrap());
    let [signature, year_end, registration] = ["signature", "year-end-report", "registration"].map(kind);
    scenario.unchecked_mut().residents[r2.0].records = vec![
        Record { month: month("2019-05"), kind: signature, count: 1 },
        // A month before it is due, and three months late.
        Record { month: month("2020-03"), kind: year_end, count: 1 },
        Record { month: month("2021-07"), kind: year_end, count: 1 },
    ];
    let dates = due(&scenario, None);
    let done: Vec<_> =
        dates.iter().filter(|date| date.state == DueState::Done).map(|date| date.month.to_string()).collect();
    assert_eq!(done, ["2019-05", "2020-04", "2021-04"]);
    // Somebody's signatures are written down, so the others are lacking; of registrations nobody knows.
    let states = |kind| {
        let of = dates.iter().filter(move |date| date.kind == DueKind::Record(kind));
        of.map(|date| (date.month, date.state)).collect::<BTreeSet<_>>()
    };
    assert!(states(signature).contains(&(month("2018-04"), DueState::Open)));
    let registration = states(registration);
    let past = registration.iter().filter(|(at, _)| *at <= month("2020-04")).collect::<Vec<_>>();
    assert!(past.len() > 1 && past.iter().all(|(_, state)| *state == DueState::NotKnown), "{registration:?}");
    let ahead =
        |scenario: &Scenario| due(scenario, None).into_iter().filter(|date| date.month > month("2021-07"));
    assert!(ahead(&scenario).all(|date| date.state == DueState::Open));
}

#[test]
fn the_command_prints_a_table_or_writes_it() {
    let desk = Desk::empty();
    let scenario = program();
    folder::write(&desk.path("program"), &scenario, None).unwrap();
    folder::write(&desk.path("plan"), &scenario, Some(&good_plan(&scenario))).unwrap();
    let printed = desk.run(&["due", "program", "plan"]);
    assert_eq!(printed.code, 0, "{printed:?}");
    let lines: Vec<&str> = printed.stdout.lines().collect();
    assert_eq!(lines[0], "month,resident,name,facility,facility_name,item,item_name,required,status,clause");
    let first = "2018-04,r1,r1,core,core hospital,registration,registration,1,not-known,\"§8 [41]\"";
    assert_eq!(lines[1].replace('"', ""), first.replace('"', ""));
    assert_eq!(lines.len(), 1 + due(&scenario, Some(&good_plan(&scenario))).len());
    let some = desk.run(&["due", "program", "plan", "--from", "2020-09", "--until", "2021/4/1"]).stdout;
    let months = some.lines().skip(1).map(|line| line[..7].to_string()).collect::<BTreeSet<_>>();
    let ends = (months.first().map(String::as_str), months.last().map(String::as_str));
    assert_eq!((ends, months.len()), ((Some("2020-09"), Some("2021-04")), 8));
    let asked = lines.iter().filter(|line| months.contains(&line[..7])).count();
    assert_eq!(some.lines().count(), 1 + asked);
    assert_eq!(desk.run(&["due", "program", "--from", "2020-13"]).code, 2);
    let written = desk.run(&["due", "program", "plan", "--out", "calendar", "--lang", "ja"]);
    assert_eq!((written.code, written.stdout.as_str()), (0, ""), "{written:?}");
    let table = desk.read("calendar/due.csv");
    assert!(table.starts_with("\u{feff}月,専攻医,") && table.contains("修了判定"), "{table}");
    let calendars = desk.names("calendar/calendar");
    assert!(calendars.contains(&"resident_r4.ics".to_string()), "{calendars:?}");
    assert!(calendars.contains(&"hospital_west.ics".to_string()), "{calendars:?}");
    let ics = desk.read("calendar/calendar/resident_r4.ics");
    assert!(ics.contains("DTSTART;VALUE=DATE:20200901") && ics.contains("年度中間報告"), "{ics}");
    let json: serde_json::Value =
        serde_json::from_str(&desk.run(&["due", "program", "--json"]).stdout).unwrap();
    assert_eq!(json["due"][0]["item"], "registration");
}

/// Month, place and description of every event of a calendar, as another reader has them.
fn events(desk: &Desk, file: &str, ids: &mut BTreeSet<String>) -> Vec<[String; 3]> {
    let text = unfold(&desk.read(file));
    let calendar: icalendar::Calendar = read_calendar(&text).unwrap().into();
    let event = |component: &CalendarComponent| {
        let event = component.as_event().unwrap();
        let day = |name| event.property_value(name).unwrap();
        let (from, to) = (month_of(day("DTSTART")), month_of(day("DTEND")));
        assert_eq!(Span::new(from, 1).end(), to, "{file}");
        assert!(ids.insert(event.get_uid().unwrap().to_string()), "{file}: an id twice");
        let description = event.get_description().unwrap().to_string();
        [from.to_string(), event.get_location().unwrap_or_default().to_string(), description]
    };
    calendar.components.iter().map(event).collect()
}

fn month_of(day: &str) -> Month {
    let first = day.strip_suffix("01").unwrap();
    month(&format!("{}-{}", &first[..4], &first[4..]))
}

#[test]
fn the_calendars_say_all_of_the_table_that_is_open_and_nothing_else() {
    let desk = Desk::empty();
    let mut scenario = program();
    let registration = scenario.completion.kinds.iter().position(|kind| kind.id == "registration").unwrap();
    let r4 = resident_ix(&scenario, "r4");
    let done = Record { month: month("2020-04"), kind: RecordKindIx(registration), count: 1 };
    scenario.unchecked_mut().residents[r4.0].records = vec![done];
    folder::write(&desk.path("program"), &scenario, None).unwrap();
    folder::write(&desk.path("plan"), &scenario, Some(&good_plan(&scenario))).unwrap();
    for (lang, done, colon, between, headings) in [
        ("en", "done", ": ", ", ", ["month", "resident", "facility", "facility_name", "item_name", "status"]),
        ("ja", "済み", "：", "、", ["月", "専攻医", "施設", "施設名", "項目名", "状況"]),
    ] {
        assert_eq!(desk.run(&["due", "program", "plan", "--out", lang, "--lang", lang]).code, 0);
        let rows = desk.rows(&format!("{lang}/due.csv"));
        let at = headings.map(|heading| rows[0].iter().position(|one| one == heading).unwrap());
        let rows: Vec<[&str; 6]> = rows[1..].iter().map(|row| at.map(|at| row[at].as_str())).collect();
        let open: Vec<_> = rows.iter().filter(|row| row[5] != done).collect();
        assert_eq!(open.len(), rows.len() - 1, "{lang}");
        let mut ids = BTreeSet::new();
        let mut said = [BTreeSet::new(), BTreeSet::new()];
        for file in desk.names(&format!("{lang}/calendar")) {
            let (of, id) = file.strip_suffix(".ics").unwrap().split_once('_').unwrap();
            for [month, place, description] in events(&desk, &format!("{lang}/calendar/{file}"), &mut ids) {
                for line in description.lines() {
                    match of {
                        "resident" => said[0].insert([&month, id, &place, line].map(str::to_string)),
                        _ => said[1].insert([&month, id, &place, line].map(str::to_string)),
                    };
                }
            }
        }
        let mut residents = BTreeMap::<_, Vec<[&str; 2]>>::new();
        for [month, who, _, place, item, _] in &open {
            residents.entry([*month, *who]).or_default().push([place, item]);
        }
        let moved =
            residents.iter().filter(|(_, due)| due.iter().any(|[place, _]| *place != due[0][0])).count();
        assert!(moved > 0, "somebody moves when something is due");
        let residents = residents.iter().flat_map(|([month, who], due)| {
            let mut places: Vec<&str> =
                due.iter().map(|[place, _]| *place).filter(|place| !place.is_empty()).collect();
            places.dedup();
            let lines = due.iter().map(|[place, item]| match (places.len(), lang) {
                (0 | 1, _) => item.to_string(),
                (_, "ja") => format!("{item}（{place}）"),
                _ => format!("{item} ({place})"),
            });
            let row = |line: String| [month.to_string(), who.to_string(), places.join(between), line];
            lines.map(row).collect::<Vec<_>>()
        });
        assert_eq!(said[0], residents.collect(), "{lang}");
        let mut hospitals = BTreeMap::<_, Vec<&str>>::new();
        for [month, who, at, place, item, _] in &open {
            if !at.is_empty() {
                hospitals.entry([*month, *at, *place, *who]).or_default().push(item);
            }
        }
        let hospitals = hospitals.into_iter().map(|([month, at, place, who], items)| {
            [month, at, place, &format!("{who}{colon}{}", items.join(between))].map(str::to_string)
        });
        assert_eq!(said[1], hospitals.collect(), "{lang}");
    }
}
