//! The scenario as data: facilities, courses, residents, rules and goals.
//!
//! Numbers that a document prints with decimals (prorated supervisors, case volumes) are exact
//! decimals; everything else is whole. References between parts are indices into the vectors of
//! [`Scenario`], typed so that a facility cannot stand where a resident is meant.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::conditions::{OrderRule, Points, Requirement, Staffing, StayRule};
use super::courses;
use super::leave::Leave;
use super::place::{Place, Section, Selector};
use super::records::Record;
use super::service::{self, Service};
use crate::calendar::{AcademicCalendar, Month, Span};
use crate::regulation::{Completion, RecordKind, Rules};

macro_rules! index_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub usize);
    };
}

index_type!(/** Position in [`Scenario::facilities`]. */ FacilityIx);
index_type!(/** Position in [`Scenario::residents`]. */ ResidentIx);
index_type!(/** Position in [`Scenario::courses`]. */ CourseIx);
index_type!(/** Position in [`Scenario::cases`]. */ CaseIx);
index_type!(/** Position in [`Completion::kinds`]. */ RecordKindIx);
index_type!(/** Position in [`Scenario::sections`]. */ SectionIx);
index_type!(/** Position in [`Scenario::selectors`]. */ SelectorIx);

/// A value that may change at the start of given months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<T> {
    pub initial: T,
    /// Ascending by month, at most one per month.
    pub changes: Vec<(Month, T)>,
}

impl<T> Dated<T> {
    pub fn constant(initial: T) -> Self {
        Self { initial, changes: Vec::new() }
    }

    /// Changes the value within a span only.
    pub(super) fn set_within(&mut self, span: Span, change: impl Fn(&T) -> T)
    where
        T: Clone + PartialEq,
    {
        let mut months: BTreeSet<Month> = self.changes.iter().map(|(month, _)| *month).collect();
        months.insert(span.start);
        months.insert(span.end());
        let at = |month: Month| match span.contains(month) {
            true => change(self.at(month)),
            false => self.at(month).clone(),
        };
        let mut changes: Vec<(Month, T)> = months.into_iter().map(|month| (month, at(month))).collect();
        // What repeats the value before it changes nothing.
        let mut before = self.initial.clone();
        changes.retain(|(_, now)| std::mem::replace(&mut before, now.clone()) != *now);
        self.changes = changes;
    }

    /// The value in force in `month`.
    pub fn at(&self, month: Month) -> &T {
        self.changes.iter().rev().find(|(from, _)| *from <= month).map_or(&self.initial, |(_, value)| value)
    }
}

/// A facility's role in the program (DESIGN 2; source §2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 基幹施設
    Core,
    /// 連携施設
    Affiliate,
    /// 関連施設: part-time only, never a placement (source §7.1, §2.1).
    Associated,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Core, Self::Affiliate, Self::Associated];

    /// The word used in tables.
    pub fn id(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Affiliate => "affiliate",
            Self::Associated => "associated",
        }
    }
}

/// Accreditation by the radiological society (source §2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Accreditation {
    /// 総合修練機関
    Comprehensive,
    /// 修練機関
    Training,
    /// 特殊修練機関
    Special,
    None,
}

impl Accreditation {
    pub const ALL: [Self; 4] = [Self::Comprehensive, Self::Training, Self::Special, Self::None];

    /// The word used in tables.
    pub fn id(self) -> &'static str {
        match self {
            Self::Comprehensive => "comprehensive",
            Self::Training => "training",
            Self::Special => "special",
            Self::None => "none",
        }
    }
}

/// One row of `facilities.csv` with its `facility_changes.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facility {
    pub id: String,
    /// Japanese name; the id if the table gives none.
    pub name: String,
    /// English name; the Japanese name if the table gives none.
    pub name_en: String,
    pub prefecture: String,
    pub role: Role,
    pub accreditation: Dated<Accreditation>,
    /// Supervisors, prorated over the programs the facility takes part in.
    pub supervisors: Dated<Decimal>,
    /// An explicit limit that lowers the seats below the supervisor rule.
    pub seats: Dated<Option<u32>>,
    /// Residents the facility counts on in every month; 0 if none.
    pub min_residents: Dated<u32>,
    /// Cases a year, one per [`Scenario::volumes`]; `None` is unknown.
    pub volumes: Vec<Dated<Option<Decimal>>>,
    /// What selectors can name besides the id; normalised.
    pub tags: Vec<String>,
    pub source: String,
}

/// A piece of an entry of a pattern: so many months at places of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Part {
    /// `None`: at no place (`free`): training time without a seat, which staffs nothing.
    pub place: Option<SelectorIx>,
    pub months: u32,
    /// `None`: in one piece at one facility (in whichever of its selected sections, as their steps allow).
    /// Else cut into pieces of so many months, each at any place selected; all such pieces of an entry come
    /// in any order, and pieces next to each other at one place are one stay.
    pub step: Option<u32>,
}

impl Part {
    /// So many months in one piece at a facility of the role: `core:12`.
    pub fn of_role(role: Role, months: u32) -> Self {
        Self { place: Some(SelectorIx(role as usize)), months, step: None }
    }
}

/// One way through a course: its entries in order, each with its parts, which may come in any order.
///
/// An entry's parts add up to a multiple of 12 months, all entries together to the course's length (the last entry takes
/// what is left).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pattern {
    pub entries: Vec<Vec<Part>>,
}

/// A course (研修コース; source §7.2 \[30\]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    pub id: String,
    pub name: String,
    /// `years` first, then the alternatives; never empty, no two equal.
    pub patterns: Vec<Pattern>,
    pub tags: Vec<String>,
    /// Ids or tags of the residents it is kept for; empty: everybody may take it.
    pub who: Vec<String>,
    /// Counted months of a complete training on it; `None`: the program's.
    pub training_months: Option<u32>,
    /// Residents of an intake year who may be on it at most (`[course_intake.<id>]`); whoever has decided months
    /// is counted.
    pub intake_max: BTreeMap<i32, u32>,
}

impl Course {
    pub fn is_open_to(&self, resident: &Resident) -> bool {
        let named = |name: &String| *name == resident.id || resident.tags.contains(name);
        self.who.is_empty() || self.who.iter().any(named)
    }

    /// Whether some way through it has months at no place.
    pub fn has_free_months(&self) -> bool {
        let parts = self.patterns.iter().flat_map(|pattern| pattern.entries.iter().flatten());
        parts.into_iter().any(|part| part.place.is_none())
    }
}

/// A stay: one place for a span of months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stay {
    pub facility: FacilityIx,
    pub span: Span,
    /// Of a lock without one: any section; of the past: nobody wrote down which.
    pub section: Option<SectionIx>,
}

impl Stay {
    pub fn place(&self) -> Place {
        Place { facility: self.facility, section: self.section }
    }
}

/// What a lock demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LockKind {
    /// At the facility in every month of the span.
    Must,
    /// At the facility in no month of the span.
    MustNot,
}

impl LockKind {
    pub const ALL: [Self; 2] = [Self::Must, Self::MustNot];

    /// The word used in `locks.csv`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::MustNot => "must-not",
        }
    }
}

/// One row of `locks.csv`; its span lies within the resident's decided months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lock {
    pub stay: Stay,
    pub kind: LockKind,
}

/// A resident: a row of `residents.csv` or an anonymous one of the intake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resident {
    pub id: String,
    /// Display name; the id if the table gives none.
    pub name: String,
    /// Not in `residents.csv`: one of the rest of the year's intake.
    pub anonymous: bool,
    /// Academic year of entry.
    pub entry_year: i32,
    /// The first month of training: April of `entry_year`, or another month of it.
    pub entry: Month,
    /// The course, where it is fixed (by the table, or by `course_mix` for anonymous residents).
    pub course: Option<CourseIx>,
    /// Best first; empty: no wish.
    pub course_wishes: Vec<CourseIx>,
    /// Best first, affiliates only; empty: no wish.
    pub facility_wishes: Vec<FacilityIx>,
    /// The training year (from 1) in which graduate school starts; a label, no effect on placements
    /// (source §7.2 \[30\]).
    pub graduate_school_from: Option<u32>,
    /// What `who` can name besides the id; normalised.
    pub tags: Vec<String>,
    /// Where the resident was before `first_year`: in order, from entry on, every month with a seat.
    pub history: Vec<Stay>,
    pub locks: Vec<Lock>,
    /// In order of time, without overlap, from entry on.
    pub leaves: Vec<Leave>,
    /// The month from which on the resident has left the program, if that has happened or will.
    pub resigned_from: Option<Month>,
    /// The first decided month, for somebody whose past begins no pattern of any course open to them: nothing
    /// is planned for them, and the rule `history-course` says so.
    pub set_aside_from: Option<Month>,
    /// Cases experienced before `first_year`, one per [`Scenario::cases`].
    pub logged: Vec<u32>,
    /// What has been handed in, signed and reached besides, in order of time.
    pub records: Vec<Record>,
}

impl Resident {
    /// Whoever begins in a month of an academic year, with nothing else said of them.
    pub fn entering(id: impl Into<String>, entry_year: i32, entry: Month) -> Self {
        let id = id.into();
        Self {
            name: id.clone(),
            id,
            anonymous: false,
            entry_year,
            entry,
            course: None,
            course_wishes: Vec::new(),
            facility_wishes: Vec::new(),
            graduate_school_from: None,
            tags: Vec::new(),
            history: Vec::new(),
            locks: Vec::new(),
            leaves: Vec::new(),
            resigned_from: None,
            set_aside_from: None,
            logged: Vec::new(),
            records: Vec::new(),
        }
    }

    /// The month from which on nothing of the training is left to plan though it is not complete.
    pub fn ends_early(&self) -> Option<Month> {
        self.resigned_from.into_iter().chain(self.set_aside_from).min()
    }
}

/// An item of case experience that every resident has to reach (経験症例; source §6.2 \[8,9,10,15\]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseItem {
    pub id: String,
    /// The id if the scenario gives none.
    pub name: String,
    /// Position in [`Scenario::volumes`] of the column of the same name.
    pub volume: usize,
    /// Cases per resident over the training; for a part, its minimum.
    pub target: u32,
    /// Cases of the target that courses or e-learning may replace.
    pub supplement_max: u32,
    /// Part of a facility's volume that residents may take, 0 to 1.
    pub trainee_share: Decimal,
    /// The item whose part this is: its cases count there too, and both are assessed.
    pub part_of: Option<CaseIx>,
    /// Cases that are due by the end of each training year, all years before included; empty: nothing is due before the end.
    pub by_year: Vec<u32>,
}

impl CaseItem {
    /// The most cases that courses or e-learning may replace.
    pub fn supplement(&self) -> u32 {
        self.supplement_max.min(self.target)
    }
}

/// What a goal counts (DESIGN 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GoalKind {
    Coverage,
    CourseWishes,
    FacilityWishes,
    Repeats,
    Stability,
    /// Units short of the requirements of kind `wish`.
    Requirements,
    /// Resident-months short of the staffing of kind `wish`.
    Staffing,
    /// The best attainable points less the points got.
    Points,
}

impl GoalKind {
    pub const ALL: [Self; 8] = [
        Self::Coverage,
        Self::CourseWishes,
        Self::FacilityWishes,
        Self::Repeats,
        Self::Stability,
        Self::Requirements,
        Self::Staffing,
        Self::Points,
    ];

    /// Whether it is a sum over places, which no resident has a value of.
    pub fn is_of_places(self) -> bool {
        matches!(self, Self::Coverage | Self::Staffing)
    }

    /// The word used in `program.toml` and `plan.json`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Coverage => "coverage",
            Self::CourseWishes => "course-wishes",
            Self::FacilityWishes => "facility-wishes",
            Self::Repeats => "repeats",
            Self::Stability => "stability",
            Self::Requirements => "requirements",
            Self::Staffing => "staffing",
            Self::Points => "points",
        }
    }
}

/// How the residents' values of a goal become one value (DESIGN 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    Sum,
    /// The largest resident value.
    Worst,
    /// The descending vector of the residents' values, lexicographically least (leximin).
    WorstFirst,
    /// Sum and largest resident value added, for comparison with published benchmarks.
    SumPlusWorst,
}

impl Measure {
    pub const ALL: [Self; 4] = [Self::Sum, Self::Worst, Self::WorstFirst, Self::SumPlusWorst];

    /// The word used in `program.toml` and `plan.json`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Worst => "worst",
            Self::WorstFirst => "worst-first",
            Self::SumPlusWorst => "sum-plus-worst",
        }
    }
}

/// One goal; `coverage` and `staffing` only with measure `sum`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Goal {
    pub kind: GoalKind,
    pub measure: Measure,
}

/// Limits on seats that a question leaves aside: no number that anybody could write.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lifted {
    /// Residents per supervisor: whoever has a supervisor guides any number.
    pub ratio: bool,
    /// What a facility's supervisors allow.
    pub supervisors: Vec<(FacilityIx, Span)>,
    /// What all supervisors allow together, where they are read as one pool.
    pub pool: Vec<Span>,
}

impl Lifted {
    pub fn supervisors_in(&self, facility: FacilityIx, month: Month) -> bool {
        self.supervisors.iter().any(|(at, span)| *at == facility && span.contains(month))
    }

    pub fn pool_in(&self, month: Month) -> bool {
        self.pool.iter().any(|span| span.contains(month))
    }
}

/// A program and everything that is to be decided about it, as data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    pub id: String,
    pub name: String,
    /// Counted months of a complete training.
    pub training_months: u32,
    pub calendar: AcademicCalendar,
    /// The first academic year that is decided; all before is history.
    pub first_year: i32,
    /// Residents who enter per year, from `first_year` on; includes the rows of `residents.csv`.
    pub intake: BTreeMap<i32, u32>,
    /// Weights of the courses of anonymous residents, by course.
    pub course_mix: Vec<(CourseIx, u32)>,
    pub rules: Rules,
    /// Limits that do not hold; none does not in a scenario that was read.
    pub lifted: Lifted,
    /// Totals as a document prints them, by `supervisors` or a volume's name.
    pub printed_totals: BTreeMap<String, Decimal>,
    pub courses: Vec<Course>,
    /// Lexicographic, most important first; the default order if the scenario names none.
    /// `Stability` may be among them (the default order always has it); the solver skips it
    /// where there is no base plan.
    pub goals: Vec<Goal>,
    /// Items of case experience, parts after the item they belong to.
    pub cases: Vec<CaseItem>,
    /// Names of the volume columns of `facilities.csv`, in the table's order.
    pub volumes: Vec<String>,
    pub facilities: Vec<Facility>,
    /// In the table's order.
    pub sections: Vec<Section>,
    /// Every `where` of patterns and tables, each once; the first three are the roles, in the order of [`Role::ALL`].
    pub selectors: Vec<Selector>,
    pub requirements: Vec<Requirement>,
    pub stay_rules: Vec<StayRule>,
    pub order_rules: Vec<OrderRule>,
    pub staffing: Vec<Staffing>,
    pub points: Vec<Points>,
    /// Rules that no table can say; every output names them as not checked.
    pub not_stated: Vec<String>,
    /// What completion needs besides placements and cases.
    pub completion: Completion,
    /// By entry year, within a year the rows of `residents.csv` in their order, then the anonymous.
    pub residents: Vec<Resident>,
    /// SHA-256 over the scenario's files, in hexadecimal.
    pub hash: String,
}

/// A scenario: read from tables and found valid, or made from such a one by `edit`. There is no other way
/// to have one, and nothing changes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario(pub(super) Model);

impl Scenario {
    /// For the tests' programs, which are made by hand: a model that nobody has checked. No part of the
    /// product calls it, which a test holds.
    #[doc(hidden)]
    pub fn unchecked(model: Model) -> Self {
        Self(model)
    }

    /// As [`Scenario::unchecked`].
    #[doc(hidden)]
    pub fn unchecked_mut(&mut self) -> &mut Model {
        &mut self.0
    }
}

impl std::ops::Deref for Scenario {
    type Target = Model;

    fn deref(&self) -> &Model {
        &self.0
    }
}

impl Model {
    pub fn facility(&self, ix: FacilityIx) -> &Facility {
        &self.facilities[ix.0]
    }

    pub fn resident(&self, ix: ResidentIx) -> &Resident {
        &self.residents[ix.0]
    }

    pub fn course(&self, ix: CourseIx) -> &Course {
        &self.courses[ix.0]
    }

    pub fn case(&self, ix: CaseIx) -> &CaseItem {
        &self.cases[ix.0]
    }

    pub fn record_kind(&self, ix: RecordKindIx) -> &RecordKind {
        &self.completion.kinds[ix.0]
    }

    pub fn facility_ixs(&self) -> impl Iterator<Item = FacilityIx> + use<> {
        (0..self.facilities.len()).map(FacilityIx)
    }

    pub fn resident_ixs(&self) -> impl Iterator<Item = ResidentIx> + use<> {
        (0..self.residents.len()).map(ResidentIx)
    }

    pub fn course_ixs(&self) -> impl Iterator<Item = CourseIx> + use<> {
        (0..self.courses.len()).map(CourseIx)
    }

    pub fn record_kind_ixs(&self) -> impl Iterator<Item = RecordKindIx> + use<> {
        (0..self.completion.kinds.len()).map(RecordKindIx)
    }

    pub fn case_ixs(&self) -> impl Iterator<Item = CaseIx> + use<> {
        (0..self.cases.len()).map(CaseIx)
    }

    /// The first decided month of the scenario.
    pub fn start(&self) -> Month {
        self.calendar.start_of(self.first_year)
    }

    /// Counted months of a complete training on a course.
    pub fn training_months_on(&self, course: CourseIx) -> u32 {
        self.course(course).training_months.unwrap_or(self.training_months)
    }

    /// Counted months of a resident's complete training: those of their course, or of every course open to
    /// them, since of somebody whose course is to be decided these are as long.
    pub fn training_months_of(&self, resident: ResidentIx) -> u32 {
        self.months_of(self.resident(resident))
    }

    pub(super) fn months_of(&self, resident: &Resident) -> u32 {
        courses::training_months_of(&self.courses, self.training_months, resident)
    }

    /// All months of a resident's training, history, leave and extension included.
    pub fn training(&self, resident: ResidentIx) -> Span {
        service::training(self, self.resident(resident))
    }

    /// What a resident's training is month by month, as leave and its rules make it.
    pub fn service(&self, resident: ResidentIx) -> Service {
        Service::of(self, self.resident(resident))
    }

    /// The residents for whom nothing is planned, since their past fits no course.
    pub fn set_aside(&self) -> impl Iterator<Item = &Resident> {
        self.residents.iter().filter(|resident| resident.set_aside_from.is_some())
    }

    /// The months of a resident's training that are to be decided; in months of leave without a seat
    /// there is nothing to decide.
    pub fn decided(&self, resident: ResidentIx) -> Span {
        let training = self.training(resident);
        Span::between(training.start.max(self.start()), training.end())
    }

    /// The decided months in which a resident takes a seat somewhere.
    pub fn due(&self, resident: ResidentIx) -> impl Iterator<Item = Month> + use<> {
        let (decided, service) = (self.decided(resident), self.service(resident));
        decided.iter().filter(move |month| service.has_seat(*month))
    }

    /// Whether a resident has anything to decide and is to complete the training.
    pub fn completes(&self, resident: ResidentIx) -> bool {
        self.resident(resident).ends_early().is_none() && !self.decided(resident).is_empty()
    }

    /// All months in which somebody is to be decided; empty without residents.
    pub fn horizon(&self) -> Span {
        let end = self.resident_ixs().map(|r| self.training(r).end()).max();
        Span::between(self.start(), end.unwrap_or(self.start()))
    }

    /// The last academic year in which somebody enters; `first_year` if nobody does.
    pub fn last_intake_year(&self) -> i32 {
        self.residents.iter().map(|r| r.entry_year).fold(self.first_year, i32::max)
    }

    /// The first month that has not happened: the first decided one, or the one in which changes begin.
    pub fn now(&self) -> Month {
        self.rules.changed_from.map_or(self.start(), |from| from.max(self.start()))
    }

    /// The months in which a base plan is kept: from the first decided one until `freeze_months` after
    /// `changed_from`. What lies before the change has happened. `None` where the rules ask for neither.
    pub fn frozen(&self) -> Option<Span> {
        let Rules { freeze_months, changed_from, .. } = self.rules;
        if freeze_months.is_none() && changed_from.is_none() {
            return None;
        }
        let end = changed_from.unwrap_or(self.start()).plus(freeze_months.unwrap_or(0));
        Some(Span::between(self.start(), end))
    }

    /// The months the goal `coverage` counts: from `first_year` to the last intake year.
    pub fn coverage_months(&self) -> Span {
        Span::between(self.start(), self.calendar.span_of(self.last_intake_year()).end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_value_changes_within_the_span_only(
            changes in proptest::collection::btree_map(0u32..60, 0u32..4, 0..5),
            start in 0u32..50,
            months in 1u32..20,
        ) {
            let zero = Month::new(2000, 1).unwrap();
            let changes = changes.into_iter().map(|(month, value)| (zero.plus(month), value)).collect();
            let old = Dated { initial: 1, changes };
            let mut new = old.clone();
            let span = Span::new(zero.plus(start), months);
            new.set_within(span, |value| value + 7);
            for month in Span::new(zero, 90).iter() {
                let expected = old.at(month) + if span.contains(month) { 7 } else { 0 };
                prop_assert_eq!(*new.at(month), expected);
            }
            prop_assert!(new.changes.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
    }
}
