//! The plan as a page shows it: a row per resident with the stays as blocks, and how many are at each facility, in
//! each of its sections, and of each kind that `staffing.csv` asks for.
//!
//! Months are counted from the first month shown. Blocks are the pieces that every other output shows:
//! stays cut where academic years meet. What a page draws of a rule, such as a full month, is counted here
//! and by the judge, never in the page.

use std::collections::BTreeMap;

use serde::Serialize;

use super::short_names::short_names;
use super::{facility_name, section_name};
use crate::audit::{self, Staffed};
use crate::calendar::{Month, Span};
use crate::language::Catalogue;
use crate::plan::Plan;
use crate::plan::careers::{Away, Career, Granted, careers};
use crate::scenario::{FacilityIx, LockKind, ResidentIx, Role, Scenario, SectionIx, Service};

/// The whole of what is drawn.
#[derive(Debug, Serialize)]
pub struct Board<'a> {
    pub scenario: &'a str,
    pub name: &'a str,
    /// The first month shown, and how many there are.
    pub first: String,
    pub months: u32,
    /// Months before the first decided one.
    pub decided: u32,
    pub year_starts_in_month: u32,
    pub facilities: Vec<Place<'a>>,
    pub sections: Vec<InFacility<'a>>,
    pub staffing: Vec<StaffingRow<'a>>,
    pub courses: Vec<CourseName<'a>>,
    pub residents: Vec<Row<'a>>,
    pub occupancy: Occupancy,
}

#[derive(Debug, Serialize)]
pub struct Place<'a> {
    pub id: &'a str,
    pub name: &'a str,
    /// Two letters that no other facility has, for where the name has no room.
    pub mark: String,
    pub role: &'static str,
}

/// A section of a facility.
#[derive(Debug, Serialize)]
pub struct InFacility<'a> {
    /// `facility/section`
    pub id: String,
    /// Without its facility's.
    pub name: &'a str,
    /// For where the name has no room.
    pub mark: String,
    /// Position among the facilities.
    pub facility: usize,
}

/// A row of `staffing.csv`.
#[derive(Debug, Serialize)]
pub struct StaffingRow<'a> {
    pub id: &'a str,
    pub name: &'a str,
    /// `must` or `wish`
    pub kind: &'static str,
}

#[derive(Debug, Serialize)]
pub struct CourseName<'a> {
    pub id: &'a str,
    pub name: &'a str,
}

/// One resident.
#[derive(Debug, Serialize)]
pub struct Row<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub entry_year: i32,
    pub course: Option<&'a str>,
    /// The place of the course among the wishes, from 1; 0: none of them; absent without wishes.
    pub course_wish: Option<usize>,
    pub blocks: Vec<Block>,
    pub away: Vec<Leave>,
    /// Spans of decided months in which the resident takes a seat somewhere: (start, months).
    pub due: Vec<(u32, u32)>,
    pub must_not: Vec<Forbidden>,
    /// Facility wishes, best first.
    pub wishes: Vec<&'a str>,
}

/// A stay, or the part of it in one academic year.
#[derive(Debug, Serialize)]
pub struct Block {
    pub start: u32,
    pub months: u32,
    /// Position among the facilities.
    pub facility: usize,
    /// Position among the sections, where it is in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<usize>,
    /// Place among the facility wishes, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wish: Option<usize>,
    /// Months of it that are locked.
    #[serde(skip_serializing_if = "is_zero")]
    pub locked: u32,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub history: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub extension: bool,
    /// Leave in the seat.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub leave: Vec<Leave>,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[derive(Debug, Serialize)]
pub struct Leave {
    pub start: u32,
    pub months: u32,
    pub kind: String,
}

#[derive(Debug, Serialize)]
pub struct Forbidden {
    pub start: u32,
    pub months: u32,
    pub facility: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<usize>,
}

/// How many are where, in the order of the board's facilities, sections and rows of staffing.
#[derive(Debug, Serialize)]
pub struct Occupancy {
    pub facilities: Vec<Occupied>,
    pub sections: Vec<Occupied>,
    pub staffing: Vec<Occupied>,
}

/// A facility, a section or a row of staffing month by month.
#[derive(Debug, Default, Serialize)]
pub struct Occupied {
    pub present: Vec<u32>,
    /// Absent: no limit of its own.
    pub seats: Vec<Option<u32>>,
    /// Residents it counts on.
    pub needed: Vec<u32>,
    pub tight: Vec<Option<Tight>>,
}

/// What is noteworthy about a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tight {
    /// More than there are seats.
    Over,
    /// Fewer at work than are counted on.
    Short,
    Full,
}

impl Occupied {
    fn push(&mut self, present: u32, at_work: u32, seats: Option<u32>, needed: u32) {
        self.present.push(present);
        self.seats.push(seats);
        self.needed.push(needed);
        self.tight.push(match seats {
            Some(seats) if present > seats => Some(Tight::Over),
            _ if at_work < needed => Some(Tight::Short),
            Some(seats) if present == seats && present > 0 => Some(Tight::Full),
            _ => None,
        });
    }
}

/// All of a plan.
pub fn board<'a>(scenario: &'a Scenario, plan: &Plan, catalogue: &Catalogue) -> Board<'a> {
    let frame = Frame::of(scenario);
    let careers = careers(scenario, plan);
    let marks = marks(scenario, catalogue);
    let places = scenario.facilities.iter().zip(marks).map(|(facility, mark)| Place {
        id: &facility.id,
        name: facility_name(facility, catalogue),
        mark,
        role: facility.role.id(),
    });
    let names = short_names(scenario, catalogue);
    let section = |ix: SectionIx| {
        let section = scenario.section(ix);
        let place = crate::scenario::Place { facility: section.facility, section: Some(ix) };
        InFacility {
            id: scenario.place_id(place),
            name: section_name(section, catalogue),
            mark: names.of(place).map_or_else(String::new, |name| name.short.clone()),
            facility: section.facility.0,
        }
    };
    let staffing = scenario.staffing.iter().map(|row| StaffingRow {
        id: &row.id,
        name: &row.name,
        kind: row.force.id(),
    });
    let courses = scenario.courses.iter().map(|course| CourseName { id: &course.id, name: &course.name });
    Board {
        scenario: &scenario.id,
        name: &scenario.name,
        first: frame.span.start.to_string(),
        months: frame.span.months,
        decided: frame.at(scenario.start()),
        year_starts_in_month: scenario.calendar.starts_in_month,
        facilities: places.collect(),
        sections: scenario.section_ixs().map(section).collect(),
        staffing: staffing.collect(),
        courses: courses.collect(),
        residents: careers.iter().map(|career| frame.row(career, catalogue)).collect(),
        occupancy: occupancy(scenario, plan),
    }
}

/// The rows of some residents.
pub fn rows<'a>(
    scenario: &'a Scenario,
    plan: &Plan,
    residents: &[ResidentIx],
    catalogue: &Catalogue,
) -> Vec<Row<'a>> {
    let frame = Frame::of(scenario);
    let careers = careers(scenario, plan);
    let of = |resident: &ResidentIx| careers.get(resident.0).map(|career| frame.row(career, catalogue));
    residents.iter().filter_map(of).collect()
}

/// Everything over the months shown.
pub fn occupancy(scenario: &Scenario, plan: &Plan) -> Occupancy {
    let frame = Frame::of(scenario);
    let counted = scenario.coverage_months();
    let needed = |month, needed: u32| if counted.contains(month) { needed } else { 0 };
    // Per place and month: present, and at work.
    let empty = || vec![(0u32, 0u32); frame.span.months as usize];
    let mut facilities = vec![empty(); scenario.facilities.len()];
    let mut sections = vec![empty(); scenario.sections.len()];
    let services: Vec<Service> = scenario.resident_ixs().map(|resident| scenario.service(resident)).collect();
    for row in &plan.rows {
        let service = services.get(row.resident.0);
        for month in row.span.iter().filter(|month| frame.span.contains(*month)) {
            let works = service.and_then(|service| service.at(month)).is_some_and(|this| this.staffs);
            let section = row.section.and_then(|section| sections.get_mut(section.0));
            for months in facilities.get_mut(row.facility.0).into_iter().chain(section) {
                if let Some((present, at_work)) = months.get_mut(frame.at(month) as usize) {
                    *present += 1;
                    *at_work += u32::from(works);
                }
            }
        }
    }
    let facility = |(ix, months): (FacilityIx, Vec<(u32, u32)>)| {
        let mut of = Occupied::default();
        for (month, (present, at_work)) in frame.span.iter().zip(months) {
            let seats = audit::seat_limit(scenario, ix, month);
            let min = *scenario.facility(ix).min_residents.at(month);
            of.push(present, at_work, seats, needed(month, min));
        }
        of
    };
    let section = |(ix, months): (SectionIx, Vec<(u32, u32)>)| {
        let (mut of, section) = (Occupied::default(), scenario.section(ix));
        for (month, (present, at_work)) in frame.span.iter().zip(months) {
            let min = *section.min_residents.at(month);
            of.push(present, at_work, *section.seats.at(month), needed(month, min));
        }
        of
    };
    let staffing = |months: Vec<Staffed>| {
        let mut of = Occupied::default();
        months.iter().for_each(|this| of.push(this.seated, this.at_work, this.max, this.min.unwrap_or(0)));
        of
    };
    Occupancy {
        facilities: scenario.facility_ixs().zip(facilities).map(facility).collect(),
        sections: scenario.section_ixs().zip(sections).map(section).collect(),
        staffing: audit::staffed(scenario, plan, frame.span).into_iter().map(staffing).collect(),
    }
}

/// The months shown: from the first entry on until the last training ends.
struct Frame<'a> {
    scenario: &'a Scenario,
    span: Span,
}

/// The first month shown.
pub fn first_month(scenario: &Scenario) -> Month {
    Frame::of(scenario).span.start
}

impl<'a> Frame<'a> {
    fn of(scenario: &'a Scenario) -> Self {
        let starts = scenario.resident_ixs().map(|resident| scenario.training(resident).start);
        let first = starts.min().unwrap_or(scenario.start()).min(scenario.start());
        let year = scenario.calendar.year_of(scenario.horizon().end().minus(1));
        let end = scenario.calendar.span_of(year.max(scenario.first_year)).end();
        Self { scenario, span: Span::between(first, end) }
    }

    fn at(&self, month: Month) -> u32 {
        month.since(self.span.start).max(0) as u32
    }

    fn row(&self, career: &Career, catalogue: &Catalogue) -> Row<'a> {
        let scenario = self.scenario;
        let person = scenario.resident(career.resident);
        let service = scenario.service(career.resident);
        let locked = |place: crate::scenario::Place, span: Span| {
            // A lock without a section means any of them.
            let is_here = |lock: &crate::scenario::Stay| {
                lock.facility == place.facility && (lock.section.is_none() || lock.section == place.section)
            };
            let musts = person.locks.iter().filter(|lock| lock.kind == LockKind::Must && is_here(&lock.stay));
            musts.map(|lock| lock.stay.span.intersection(span).months).sum::<u32>().min(span.months)
        };
        let leave = |away: Away| Leave {
            start: self.at(away.span.start),
            months: away.span.months,
            kind: catalogue.word(away.kind.key()),
        };
        let pieces = career.years.values().flatten();
        let blocks = pieces.map(|piece| {
            let is_affiliate = scenario.facility(piece.facility).role == Role::Affiliate;
            let wish = person.facility_wishes.iter().position(|wish| *wish == piece.facility);
            let position = service.at(piece.span.start).and_then(|this| this.position);
            Block {
                start: self.at(piece.span.start),
                months: piece.span.months,
                facility: piece.facility.0,
                section: piece.section.map(|section| section.0),
                wish: wish.filter(|_| is_affiliate).map(|place| place + 1),
                locked: if piece.decided { locked(piece.place(), piece.span) } else { 0 },
                history: !piece.decided,
                extension: position.is_some_and(|position| position >= scenario.training_months),
                leave: career.leave_in(piece.span).map(leave).collect(),
            }
        });
        let must_not = person.locks.iter().filter(|lock| lock.kind == LockKind::MustNot);
        Row {
            id: &person.id,
            name: &person.name,
            entry_year: person.entry_year,
            course: career.course.map(|course| scenario.course(course).id.as_str()),
            course_wish: career.granted(scenario).and_then(|granted| match granted {
                Granted::Wish(place) => Some(place),
                Granted::Unlisted => Some(0),
                Granted::NoWish => None,
            }),
            blocks: blocks.collect(),
            away: career.away.iter().copied().map(leave).collect(),
            due: self.due(career.resident),
            must_not: must_not
                .map(|lock| Forbidden {
                    start: self.at(lock.stay.span.start),
                    months: lock.stay.span.months,
                    facility: lock.stay.facility.0,
                    section: lock.stay.section.map(|section| section.0),
                })
                .collect(),
            wishes: person.facility_wishes.iter().map(|&wish| scenario.facility(wish).id.as_str()).collect(),
        }
    }

    fn due(&self, resident: ResidentIx) -> Vec<(u32, u32)> {
        let mut spans: Vec<(u32, u32)> = Vec::new();
        for month in self.scenario.due(resident) {
            let at = self.at(month);
            match spans.last_mut() {
                Some((start, months)) if *start + *months == at => *months += 1,
                _ => spans.push((at, 1)),
            }
        }
        spans
    }
}

/// Two letters for each facility: the first two of its name, or the first with a later one, so that no two
/// facilities have the same; its number where letters run out.
fn marks(scenario: &Scenario, catalogue: &Catalogue) -> Vec<String> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut marks = Vec::new();
    for (number, facility) in scenario.facilities.iter().enumerate() {
        let letters: Vec<char> =
            facility_name(facility, catalogue).chars().filter(|letter| letter.is_alphanumeric()).collect();
        let first = letters.first().copied().unwrap_or('?');
        let mut pairs = letters.iter().skip(1).map(|second| format!("{first}{second}"));
        let mark = pairs.find(|pair| !taken.contains_key(pair)).unwrap_or_else(|| (number + 1).to_string());
        taken.insert(mark.clone(), number);
        marks.push(mark);
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::output::sample;

    #[test]
    fn a_row_shows_history_plan_and_wishes() {
        let (scenario, plan) = (sample::scenario(), sample::plan());
        let board = board(&scenario, &plan, &Catalogue::new(Language::En));
        let first = &board.residents[0];
        let shown: Vec<(u32, u32, bool)> =
            first.blocks.iter().map(|block| (block.start, block.months, block.history)).collect();
        assert_eq!(shown, [(0, 12, true), (12, 8, false), (20, 4, false), (24, 12, false)]);
        assert_eq!((board.first.as_str(), board.decided), ("2018-04", 12));
        assert_eq!(first.due, [(12, 24)]);
    }

    #[test]
    fn present_adds_up_to_the_months_of_the_plan() {
        let (scenario, plan) = (sample::scenario(), sample::plan());
        let present: u32 = occupancy(&scenario, &plan).facilities.iter().flat_map(|of| &of.present).sum();
        assert_eq!(present, plan.rows.iter().map(|row| row.span.months).sum::<u32>());
    }

    #[test]
    fn no_two_facilities_have_the_same_mark() {
        let mut scenario = sample::scenario();
        let one = scenario.facilities[1].clone();
        scenario.unchecked_mut().facilities.extend(vec![one; 30]);
        let mut marks = marks(&scenario, &Catalogue::new(Language::Ja));
        marks.sort();
        let count = marks.len();
        marks.dedup();
        assert_eq!(marks.len(), count);
    }
}
