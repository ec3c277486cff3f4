//! Where everybody is, month by month: history and the rows of a plan laid over the calendar.
//!
//! Every rule reads a plan through this table, so that the order of rows, and whether a stay is
//! written in one row or in several, can make no difference. Nothing is repaired here: a month may
//! have no row, several rows, or lie outside the training.
//!
//! A month of leave without a seat is nobody's business but `leave-seat`'s: whatever rows say of it, the
//! resident is nowhere, and it is not open.
//!
//! Invariants: every index met here is one of the scenario's (rows with others are set aside as
//! [`Presence::foreign`]); `known` has one entry per month of the training.

use std::collections::{BTreeMap, BTreeSet};

use super::training_months::{Training, TrainingMonth};
use crate::calendar::{Month, Span, YEARS};
use crate::language::Message;
use crate::plan::Plan;
use crate::scenario::{CourseIx, FacilityIx, ResidentIx, Role, Scenario};

/// All the months a scenario may speak of: no row is longer, whatever it claims.
const ROW_MONTHS_MAX: u32 = (*YEARS.end() - *YEARS.start() + 1) as u32 * 12;

/// The whereabouts of one resident.
pub(super) struct Career {
    pub resident: ResidentIx,
    /// What each month of the training is.
    pub calendar: Training,
    /// All months of the training, history, leave and extension included.
    pub training: Span,
    /// The months of the training from `first_year` on.
    pub decided: Span,
    /// The courses that the rows name.
    pub courses: BTreeSet<CourseIx>,
    /// Per month of the training the facility, where that is beyond doubt: history before the
    /// decided months, the one placement in a decided month. `None` in a month with a seat is an open
    /// month: no row, rows at several facilities, or an associated facility, each of which is another
    /// rule's finding.
    known: Vec<Option<FacilityIx>>,
    history: BTreeMap<Month, FacilityIx>,
    /// Sorted by facility; one entry per row, so a facility may stand there twice.
    rows: BTreeMap<Month, Vec<FacilityIx>>,
}

impl Career {
    fn new(scenario: &Scenario, resident: ResidentIx) -> Self {
        let calendar = Training::of(scenario, scenario.resident(resident));
        let training = calendar.span();
        let mut history = BTreeMap::new();
        for stay in &scenario.resident(resident).history {
            history.extend(stay.span.iter().map(|month| (month, stay.facility)));
        }
        Self {
            resident,
            calendar,
            training,
            decided: Span::between(training.start.max(scenario.start()), training.end()),
            courses: BTreeSet::new(),
            known: Vec::new(),
            history,
            rows: BTreeMap::new(),
        }
    }

    /// Settles what is known, once all rows are in.
    fn settle(&mut self, scenario: &Scenario) {
        for row in self.rows.values_mut() {
            row.sort_unstable();
        }
        let placeable = |facility: &FacilityIx| scenario.facility(*facility).role != Role::Associated;
        self.known = self
            .calendar
            .months
            .iter()
            .map(|TrainingMonth { month, has_seat, .. }| {
                if !has_seat {
                    return None;
                }
                if !self.decided.contains(*month) {
                    return self.past(*month);
                }
                let mut places = self.places(*month);
                places.next().filter(|_| places.next().is_none())
            })
            .map(|facility| facility.filter(placeable))
            .collect();
    }

    /// The facilities of the rows of a month, ascending, one entry per row.
    pub fn claims(&self, month: Month) -> &[FacilityIx] {
        self.rows.get(&month).map_or(&[], Vec::as_slice)
    }

    /// The facilities of the rows of a month, ascending, each once.
    pub fn places(&self, month: Month) -> impl Iterator<Item = FacilityIx> {
        self.claims(month).chunk_by(|a, b| a == b).filter_map(|same| same.first().copied())
    }

    /// The months that rows speak of, within the training or not, in order.
    pub fn row_months(&self) -> impl Iterator<Item = Month> {
        self.rows.keys().copied()
    }

    /// Where history says the resident was.
    pub fn past(&self, month: Month) -> Option<FacilityIx> {
        self.history.get(&month).copied()
    }

    /// The months of the training with what is known about each; nothing of those without a seat.
    pub fn months(&self) -> impl Iterator<Item = (&TrainingMonth, Option<FacilityIx>)> {
        self.calendar.months.iter().zip(self.known.iter().copied())
    }

    /// The months with a seat; where nothing is known of one, it is open.
    pub fn seats(&self) -> impl Iterator<Item = (&TrainingMonth, Option<FacilityIx>)> {
        self.months().filter(|(month, _)| month.has_seat)
    }

    /// The months with a seat that are to be decided, known or open.
    pub fn due(&self) -> impl Iterator<Item = (&TrainingMonth, Option<FacilityIx>)> {
        self.seats().filter(|(month, _)| self.decided.contains(month.month))
    }
}

/// The whereabouts of everybody, and who is at each facility.
pub(super) struct Presence<'a> {
    pub scenario: &'a Scenario,
    /// One per resident, in the scenario's order.
    pub careers: Vec<Career>,
    /// Rows, by position in the plan, whose resident, facility or course the scenario does not have.
    pub foreign: Vec<usize>,
    /// Who is at a facility in a decided month with a seat; each resident once per facility and month.
    present: BTreeMap<FacilityIx, BTreeMap<Month, Vec<ResidentIx>>>,
}

impl<'a> Presence<'a> {
    pub fn new(scenario: &'a Scenario, plan: &Plan) -> Self {
        let mut careers: Vec<Career> = scenario.resident_ixs().map(|r| Career::new(scenario, r)).collect();
        let mut foreign = Vec::new();
        let end_of_time = scenario.calendar.span_of(*YEARS.end()).end();
        for (position, row) in plan.rows.iter().enumerate() {
            let known_facility = row.facility.0 < scenario.facilities.len();
            let known_course = row.course.is_none_or(|course| course.0 < scenario.courses.len());
            let Some(career) = careers.get_mut(row.resident.0).filter(|_| known_facility && known_course)
            else {
                foreign.push(position);
                continue;
            };
            career.courses.extend(row.course);
            let end = row.span.start.plus(row.span.months.min(ROW_MONTHS_MAX)).min(end_of_time);
            for month in Span::between(row.span.start, end).iter() {
                career.rows.entry(month).or_default().push(row.facility);
            }
        }
        let mut present: BTreeMap<FacilityIx, BTreeMap<Month, Vec<ResidentIx>>> = BTreeMap::new();
        for career in &mut careers {
            career.settle(scenario);
            for (TrainingMonth { month, .. }, _) in career.due() {
                for facility in career.places(*month) {
                    present.entry(facility).or_default().entry(*month).or_default().push(career.resident);
                }
            }
        }
        Self { scenario, careers, foreign, present }
    }

    /// The careers with something to decide. What ended before `first_year` is not judged.
    pub fn undecided(&self) -> impl Iterator<Item = &Career> {
        self.careers.iter().filter(|career| !career.decided.is_empty())
    }

    /// Who is at the facility, for every month in which anybody is.
    pub fn at(&self, facility: FacilityIx) -> impl Iterator<Item = (Month, &[ResidentIx])> {
        self.present.get(&facility).into_iter().flatten().map(|(month, list)| (*month, list.as_slice()))
    }

    /// How many of those at the facility in the month are at work there.
    pub fn at_work(&self, facility: FacilityIx, month: Month) -> u32 {
        let here = self.present.get(&facility).and_then(|months| months.get(&month));
        let rules = &self.scenario.rules.leave;
        let works = |resident: &&ResidentIx| {
            self.careers[resident.0].calendar.at(month).is_some_and(|this| this.is_at_work(rules))
        };
        here.map_or(0, |list| list.iter().filter(works).count() as u32)
    }
}

/// Maximal runs of consecutive months with the same key; the months come in ascending order.
pub(super) fn runs<K: PartialEq>(months: impl IntoIterator<Item = (Month, K)>) -> Vec<(Span, K)> {
    let mut list: Vec<(Span, K)> = Vec::new();
    for (month, key) in months {
        match list.last_mut() {
            Some((span, last)) if span.end() == month && *last == key => span.months += 1,
            _ => list.push((Span::new(month, 1), key)),
        }
    }
    list
}

/// A message about a resident.
pub(super) fn about(scenario: &Scenario, key: &'static str, resident: ResidentIx) -> Message {
    Message::new(key).text("resident", &scenario.resident(resident).id)
}

/// The last month of a non-empty span.
pub(super) fn last_month(span: Span) -> Month {
    span.end().minus(1)
}

/// Facility names as a list in each language.
pub(super) fn facility_names(
    scenario: &Scenario,
    message: Message,
    arg: &'static str,
    list: impl IntoIterator<Item = FacilityIx>,
) -> Message {
    let facilities: Vec<_> = list.into_iter().map(|ix| scenario.facility(ix)).collect();
    let ja: Vec<&str> = facilities.iter().map(|f| f.name.as_str()).collect();
    let en: Vec<&str> = facilities.iter().map(|f| f.name_en.as_str()).collect();
    message.name(arg, ja.join("、"), en.join(", "))
}
