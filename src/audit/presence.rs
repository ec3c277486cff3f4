//! Where everybody is, month by month: history and the rows of a plan laid over the calendar.
//!
//! Every rule reads a plan through this table, so that the order of rows, and whether a stay is
//! written in one row or in several, can make no difference. Nothing is repaired here: a month may
//! have no row, several rows, or lie outside the training.
//!
//! A month of leave without a seat is nobody's business but `leave-seat`'s: whatever rows say of it, the
//! resident is nowhere, and it is not open. Nor is a month without a row where a pattern the resident may follow
//! has free months: it is taken for one, and `course-pattern` says if there are too many.
//!
//! Invariants: every index met here is one of the scenario's (rows with others are set aside as
//! [`Presence::foreign`]); `spots` has one entry per month of the training.

use std::collections::{BTreeMap, BTreeSet};

use super::training_months::{Standing, Training, TrainingMonth};
use crate::calendar::{Month, Span, YEARS};
use crate::language::Message;
use crate::plan::Plan;
use crate::scenario::{CourseIx, FacilityIx, Place, ResidentIx, Role, Scenario, SelectorIx};

/// All the months a scenario may speak of: no row is longer, whatever it claims.
const ROW_MONTHS_MAX: u32 = (*YEARS.end() - *YEARS.start() + 1) as u32 * 12;

/// Where somebody is in a month, as far as that is beyond doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spot {
    /// At a place; at a facility with sections without one if history does not say in which.
    At(Place),
    /// In some section of the facility: the row does not say which, or names one that is not there.
    Within(FacilityIx),
    /// At no place: a free month.
    Free,
    /// No row, rows at several facilities, or an associated facility, each of which is another rule's finding;
    /// and months of leave without a seat.
    Open,
}

impl Spot {
    pub fn facility(self) -> Option<FacilityIx> {
        match self {
            Self::At(place) => Some(place.facility),
            Self::Within(facility) => Some(facility),
            Self::Free | Self::Open => None,
        }
    }

    /// Whether the selector means where the resident is, whatever is open about it.
    pub fn is_at(self, scenario: &Scenario, selector: SelectorIx, month: Month) -> bool {
        match self {
            Self::At(place) => scenario.selects(selector, place, month),
            Self::Within(facility) => {
                scenario.places_of(facility).into_iter().all(|place| scenario.selects(selector, place, month))
            }
            Self::Free | Self::Open => false,
        }
    }

    /// Whether the selector may mean where the resident is.
    pub fn may_be_at(self, scenario: &Scenario, selector: SelectorIx, month: Month) -> bool {
        match self {
            Self::At(place) => scenario.selects(selector, place, month),
            Self::Within(facility) => scenario.selects_facility(selector, facility, month),
            Self::Free => false,
            Self::Open => true,
        }
    }
}

/// The rows of a month.
#[derive(Default)]
struct Claims {
    /// Sorted; one entry per row, so a facility may stand there twice.
    facilities: Vec<FacilityIx>,
    /// In the order of the rows.
    places: Vec<Place>,
}

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
    /// Per month of the training where the resident is: by history before the decided months, by the one
    /// placement in a decided month.
    spots: Vec<Spot>,
    history: BTreeMap<Month, Place>,
    rows: BTreeMap<Month, Claims>,
}

impl Career {
    fn new(scenario: &Scenario, resident: ResidentIx) -> Self {
        let calendar = Training::of(scenario, scenario.resident(resident));
        let training = calendar.span();
        let mut history = BTreeMap::new();
        for stay in &scenario.resident(resident).history {
            history.extend(stay.span.iter().map(|month| (month, stay.place())));
        }
        Self {
            resident,
            calendar,
            training,
            decided: Span::between(training.start.max(scenario.start()), training.end()),
            courses: BTreeSet::new(),
            spots: Vec::new(),
            history,
            rows: BTreeMap::new(),
        }
    }

    /// Settles what is known, once all rows are in.
    fn settle(&mut self, scenario: &Scenario) {
        for row in self.rows.values_mut() {
            row.facilities.sort_unstable();
        }
        let by_rows = self.has_free_months(scenario, &self.courses);
        // What history does not tell was free on whatever course, if there is one on which it can have been.
        let by_tables = self.has_free_months(scenario, &BTreeSet::new());
        let spot = |month: &TrainingMonth| {
            let is_decided = self.decided.contains(month.month);
            let spot = match is_decided {
                _ if !month.has_seat => Spot::Open,
                true => self.row_spot(scenario, month.month),
                false => self.past_place(month.month).map_or(Spot::Open, Spot::At),
            };
            let nothing_said = if is_decided { self.claims(month.month).is_empty() } else { true };
            let has_free = if is_decided { by_rows } else { by_tables };
            let may_be_free = has_free && month.has_seat && matches!(month.standing, Standing::Pattern(_));
            match spot {
                Spot::Open if may_be_free && nothing_said => Spot::Free,
                Spot::At(Place { facility, .. }) | Spot::Within(facility)
                    if scenario.facility(facility).role == Role::Associated =>
                {
                    Spot::Open
                }
                spot => spot,
            }
        };
        self.spots = self.calendar.months.iter().map(spot).collect();
    }

    /// Where the rows have the resident in a decided month.
    fn row_spot(&self, scenario: &Scenario, month: Month) -> Spot {
        let Some(claims) = self.rows.get(&month) else { return Spot::Open };
        let (Some(&facility), true) =
            (claims.facilities.first(), claims.facilities.first() == claims.facilities.last())
        else {
            return Spot::Open;
        };
        let is_there =
            |place: &Place| place.section.is_some_and(|ix| scenario.section(ix).facility == facility);
        match claims.places.first() {
            _ if !scenario.has_sections(facility) => Spot::At(Place { facility, section: None }),
            Some(first) if is_there(first) && claims.places.iter().all(|place| place == first) => {
                Spot::At(*first)
            }
            _ => Spot::Within(facility),
        }
    }

    /// Whether a pattern that the resident may follow has months at no place; `named`: the courses there are to
    /// choose from, if any are named.
    fn has_free_months(&self, scenario: &Scenario, named: &BTreeSet<CourseIx>) -> bool {
        let resident = scenario.resident(self.resident);
        let may_be = |course: CourseIx| match resident.course {
            Some(fixed) => fixed == course,
            None if named.is_empty() => scenario.course(course).is_open_to(resident),
            None => named.contains(&course),
        };
        scenario.course_ixs().any(|course| may_be(course) && scenario.course(course).has_free_months())
    }

    /// The facilities of the rows of a month, ascending, one entry per row.
    pub fn claims(&self, month: Month) -> &[FacilityIx] {
        self.rows.get(&month).map_or(&[], |claims| &claims.facilities)
    }

    /// The places of the rows of a month as the rows say them, one entry per row.
    pub fn claimed_places(&self, month: Month) -> &[Place] {
        self.rows.get(&month).map_or(&[], |claims| &claims.places)
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
        Some(self.past_place(month)?.facility)
    }

    /// The same with the section, if history says it.
    pub fn past_place(&self, month: Month) -> Option<Place> {
        self.history.get(&month).copied()
    }

    /// All months of the training with where the resident is.
    pub fn spots(&self) -> impl Iterator<Item = (&TrainingMonth, Spot)> {
        self.calendar.months.iter().zip(self.spots.iter().copied())
    }

    /// Where the resident is in a month of the training.
    pub fn spot(&self, month: Month) -> Spot {
        let place = usize::try_from(month.since(self.calendar.start)).ok();
        place.and_then(|place| self.spots.get(place).copied()).unwrap_or(Spot::Open)
    }

    /// The months with a seat; where nothing is known of one, it is open. Free months are none of them.
    pub fn seats(&self) -> impl Iterator<Item = (&TrainingMonth, Option<FacilityIx>)> {
        let seats = self.spots().filter(|(month, spot)| month.has_seat && *spot != Spot::Free);
        seats.map(|(month, spot)| (month, spot.facility()))
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
    /// Who is at a facility (without a section), and who in a section, in a decided month with a seat; each
    /// resident once per place and month.
    present: BTreeMap<Place, BTreeMap<Month, Vec<ResidentIx>>>,
}

impl<'a> Presence<'a> {
    pub fn new(scenario: &'a Scenario, plan: &Plan) -> Self {
        let mut careers: Vec<Career> = scenario.resident_ixs().map(|r| Career::new(scenario, r)).collect();
        let mut foreign = Vec::new();
        let end_of_time = scenario.calendar.span_of(*YEARS.end()).end();
        for (position, row) in plan.rows.iter().enumerate() {
            let known_facility = row.facility.0 < scenario.facilities.len();
            let known_course = row.course.is_none_or(|course| course.0 < scenario.courses.len());
            let known_section = row.section.is_none_or(|section| section.0 < scenario.sections.len());
            let is_known = known_facility && known_course && known_section;
            let Some(career) = careers.get_mut(row.resident.0).filter(|_| is_known) else {
                foreign.push(position);
                continue;
            };
            career.courses.extend(row.course);
            let end = row.span.start.plus(row.span.months.min(ROW_MONTHS_MAX)).min(end_of_time);
            for month in Span::between(row.span.start, end).iter() {
                let claims = career.rows.entry(month).or_default();
                claims.facilities.push(row.facility);
                claims.places.push(Place { facility: row.facility, section: row.section });
            }
        }
        for &(resident, course) in &plan.nowhere {
            let is_known = course.0 < scenario.courses.len();
            let career = careers.get_mut(resident.0).filter(|career| is_known && career.rows.is_empty());
            career.into_iter().for_each(|career| _ = career.courses.insert(course));
        }
        let mut present: BTreeMap<Place, BTreeMap<Month, Vec<ResidentIx>>> = BTreeMap::new();
        for career in &mut careers {
            career.settle(scenario);
            for (TrainingMonth { month, .. }, _) in career.due() {
                let facilities = career.places(*month).map(|facility| Place { facility, section: None });
                let sections = career.claimed_places(*month).iter().filter(|place| {
                    place.section.is_some_and(|ix| scenario.section(ix).facility == place.facility)
                });
                let places: BTreeSet<Place> = facilities.chain(sections.copied()).collect();
                for place in places {
                    present.entry(place).or_default().entry(*month).or_default().push(career.resident);
                }
            }
        }
        Self { scenario, careers, foreign, present }
    }

    /// The careers with something to decide. What ended before `first_year` is not judged.
    pub fn undecided(&self) -> impl Iterator<Item = &Career> {
        self.careers.iter().filter(|career| !career.decided.is_empty())
    }

    /// Who is at the facility, or in the section if the place names one, for every month in which anybody is.
    pub fn at(&self, place: Place) -> impl Iterator<Item = (Month, &[ResidentIx])> {
        self.present.get(&place).into_iter().flatten().map(|(month, list)| (*month, list.as_slice()))
    }

    /// How many of those at the place in the month are at work there.
    pub fn at_work(&self, place: Place, month: Month) -> u32 {
        let here = self.present.get(&place).and_then(|months| months.get(&month));
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

/// The name of a facility, or of a section of it, in each language.
pub(super) fn place_name(scenario: &Scenario, message: Message, arg: &'static str, place: Place) -> Message {
    let facility = scenario.facility(place.facility);
    match place.section.map(|ix| scenario.section(ix)) {
        None => message.name(arg, &facility.name, &facility.name_en),
        Some(section) => {
            let names = [(&facility.name, &section.name), (&facility.name_en, &section.name_en)];
            let [ja, en] = names.map(|(facility, section)| format!("{facility} {section}"));
            message.name(arg, ja, en)
        }
    }
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
