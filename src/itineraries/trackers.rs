//! The rules about one resident as *trackers*: each says what it has to know of the past, and until when.
//!
//! Rows of `requirements.csv`, `stays.csv` and `order.csv`, the steps of sections and the national standard's own
//! minima (source §7.1 \[16,25,30\]) are the same few kinds. A tracker that can find nothing more, because its window is
//! over or nobody can come to its places any more, is closed: what it counted is held against its rule then
//! and forgotten, so that careers which differ in nothing else become one state. A rule of kind `wish` is
//! followed only where a goal asks for it.

use super::course_time::CourseTime;
use crate::calendar::Month;
use crate::scenario::{
    Accreditation, Count, CourseIx, Force, GoalKind, Meanings, Place, ResidentIx, Role, Scenario, SectionIx,
    SelectorIx, Who, Window,
};

/// Which places a tracker is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Selector(SelectorIx),
    Section(SectionIx),
    Comprehensive,
    OfRole(Role),
    Any,
}

impl Meaning {
    pub fn means(self, meanings: &Meanings<'_>, place: Place, month: Month) -> bool {
        let of = || meanings.scenario().facility(place.facility);
        match self {
            Self::Selector(selector) => meanings.selects(selector, place, month),
            Self::Section(section) => place.section == Some(section),
            Self::Comprehensive => *of().accreditation.at(month) == Accreditation::Comprehensive,
            Self::OfRole(role) => of().role == role,
            Self::Any => true,
        }
    }

    fn means_facility(self, meanings: &Meanings<'_>, place: Place, month: Month) -> bool {
        match self {
            Self::Selector(selector) => meanings.scenario().selects_facility(selector, place.facility, month),
            _ => self.means(meanings, place, month),
        }
    }
}

/// The bounds of something that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    pub window: Window,
    pub min: Option<u32>,
    pub max: Option<u32>,
    pub of_months: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Units of months.
    Months(Bounds),
    /// Stays that begin.
    Begun(Bounds),
    /// Different facilities, or places.
    Seen {
        bounds: Bounds,
        places: bool,
    },
    /// How long a stay is. The standard's own counts the months that count at the facility.
    Length {
        min: u32,
        max: Option<u32>,
        step: u32,
        standard: bool,
    },
    Visits {
        max: u32,
    },
    Gap {
        months: u32,
    },
    Starts(Vec<u32>),
    /// Months at `first` before there may be any at the places meant.
    Order {
        first: SelectorIx,
        months: u32,
    },
}

#[derive(Debug, Clone)]
pub(super) struct Tracker {
    pub meaning: Meaning,
    /// Whether stays are by section.
    pub by_section: bool,
    pub kind: Kind,
    pub wish: bool,
    /// Whether it holds for months before the decided ones as well.
    pub strict: bool,
    /// From this position on it finds nothing more.
    pub end: u32,
    /// Its place among numbers, two of them, and among sets.
    pub slot: usize,
    pub set: usize,
}

impl Tracker {
    fn new(meaning: Meaning, by_section: bool, kind: Kind) -> Self {
        Self { meaning, by_section, kind, wish: false, strict: false, end: 0, slot: 0, set: 0 }
    }

    pub fn bounds(&self) -> Option<Bounds> {
        match self.kind {
            Kind::Months(bounds) | Kind::Begun(bounds) | Kind::Seen { bounds, .. } => Some(bounds),
            _ => None,
        }
    }

    /// Whether it has to know if a stay goes on.
    pub fn is_about_stays(&self) -> bool {
        matches!(
            self.kind,
            Kind::Begun(_) | Kind::Length { .. } | Kind::Visits { .. } | Kind::Gap { .. } | Kind::Starts(_)
        )
    }

    /// Whether what it has found is held against a minimum in the end.
    fn has_minimum(&self) -> bool {
        self.bounds().is_some_and(|bounds| bounds.min.is_some())
    }
}

/// All trackers of a resident, and which of them a course has.
#[derive(Debug, Clone)]
pub(super) struct Trackers {
    pub list: Vec<Tracker>,
    /// Per profile and tracker whether it applies.
    pub profiles: Vec<Profile>,
    /// What numbers and sets there are.
    pub numbers: usize,
    pub sets: usize,
}

/// What the rules make of a course; courses of which they make the same share it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Profile {
    pub has: Vec<bool>,
    /// The first course that no staffing tells apart from it.
    pub course: CourseIx,
}

/// What of a stay the rest of the scenario wants to know.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tells {
    pub begins: bool,
    pub changes: bool,
    pub idle: bool,
    pub years: bool,
}

impl Tells {
    pub fn of(scenario: &Scenario) -> Self {
        use crate::scenario::{Earns, WhoName};
        let is_counted = scenario.goals.iter().any(|goal| goal.kind == GoalKind::Points);
        let earns = |kind: fn(&Earns) -> bool| is_counted && scenario.points.iter().any(|of| kind(&of.earns));
        let names = scenario.staffing.iter().flat_map(|of| of.who.any.iter().flatten());
        Self {
            begins: earns(|of| matches!(of, Earns::Stay(_))),
            changes: earns(|of| *of == Earns::Change),
            idle: earns(|of| *of == Earns::Idle),
            years: names.into_iter().any(|term| matches!(term.name, WhoName::Year(_))),
        }
    }
}

/// Where somebody can be at each position, and whether a stay there can end before the length asked.
pub(super) struct Possible {
    /// Per position; nothing where no seat is taken.
    pub places: Vec<Vec<Place>>,
}

impl Trackers {
    /// `short`: whether a stay at the places meant can come out shorter than so many months.
    pub fn of(
        meanings: &Meanings<'_>,
        time: &CourseTime,
        resident: ResidentIx,
        courses: &[CourseIx],
        possible: &Possible,
        short: &dyn Fn(&Tracker, u32) -> bool,
    ) -> (Self, Vec<usize>) {
        let scenario = meanings.scenario();
        let mut trackers = Self { list: Vec::new(), profiles: Vec::new(), numbers: 0, sets: 0 };
        let person = scenario.resident(resident);
        let mut rules: Vec<(Tracker, Who)> = rules(scenario, time);
        rules.retain(|(_, who)| courses.iter().any(|&course| who.means(person, course, 0)));
        let mut whos = Vec::new();
        for (mut tracker, who) in rules {
            let Some(end) = end(meanings, time, &tracker, possible) else { continue };
            if let Kind::Length { min, max: None, step: 1, .. } = tracker.kind
                && !short(&tracker, min)
            {
                continue;
            }
            tracker.end = end;
            trackers.list.push(tracker);
            whos.push(who);
        }
        trackers.place();
        let staffs = |course: CourseIx| -> Vec<bool> {
            let years = 1..=time.year_of(time.pattern_months.saturating_sub(1));
            let of =
                |who: &Who| years.clone().map(|year| who.means(person, course, year)).collect::<Vec<_>>();
            scenario.staffing.iter().flat_map(|staffing| of(&staffing.who)).collect()
        };
        let mut profile_of = Vec::new();
        for &course in courses {
            let has = whos.iter().map(|who| who.means(person, course, 0)).collect();
            let own = staffs(course);
            let alike = courses.iter().copied().find(|&other| staffs(other) == own);
            let profile = Profile { has, course: alike.unwrap_or(course) };
            let known = trackers.profiles.iter().position(|known| *known == profile);
            profile_of.push(known.unwrap_or(trackers.profiles.len()));
            if known.is_none() {
                trackers.profiles.push(profile);
            }
        }
        (trackers, profile_of)
    }

    /// Gives each tracker its place among numbers and sets.
    fn place(&mut self) {
        (self.numbers, self.sets) = (0, 0);
        for tracker in &mut self.list {
            (tracker.slot, tracker.set) = (self.numbers, self.sets);
            self.numbers += 2;
            self.sets += usize::from(matches!(tracker.kind, Kind::Seen { .. }));
        }
    }

    /// Leaves out the trackers that are not `kept`.
    pub fn retain(&mut self, kept: &[bool]) {
        let mut of_list = kept.iter();
        self.list.retain(|_| of_list.next().copied().unwrap_or(true));
        for profile in &mut self.profiles {
            let mut of_profile = kept.iter();
            profile.has.retain(|_| of_profile.next().copied().unwrap_or(true));
        }
        self.place();
    }

    /// Whether every profile has the tracker.
    pub fn is_common(&self, tracker: usize) -> bool {
        self.profiles.iter().all(|profile| profile.has[tracker])
    }
}

/// Every rule about a resident and whom it is for.
fn rules(scenario: &Scenario, time: &CourseTime) -> Vec<(Tracker, Who)> {
    let everybody = Who::default();
    let standard = &scenario.rules;
    let whole = |min: u32| Bounds { window: Window::Whole, min: Some(min), max: None, of_months: None };
    let mut rules = Vec::new();
    let mut strict = |meaning: Meaning, kind: Kind| {
        rules.push((Tracker { strict: true, ..Tracker::new(meaning, false, kind) }, everybody.clone()));
    };
    if !time.resigns {
        let comprehensive = standard.comprehensive_months_min;
        if comprehensive > 0 {
            strict(Meaning::Comprehensive, Kind::Months(whole(comprehensive)));
        }
        if standard.core_months_min > 0 {
            strict(Meaning::OfRole(Role::Core), Kind::Months(whole(standard.core_months_min)));
        }
        if standard.facilities_min > 0 {
            strict(Meaning::Any, Kind::Seen { bounds: whole(standard.facilities_min), places: false });
        }
    }
    let min = standard.affiliate_stay_months_min;
    if min > 0 {
        let kind = Kind::Length { min, max: None, step: 1, standard: true };
        strict(Meaning::OfRole(Role::Affiliate), kind);
    }
    for section in scenario.section_ixs() {
        let step = scenario.section(section).step_months.max(1);
        if step > 1 {
            let kind = Kind::Length { min: 0, max: None, step, standard: false };
            rules.push((Tracker::new(Meaning::Section(section), true, kind), everybody.clone()));
        }
    }
    let counts_wishes = scenario.goals.iter().any(|goal| goal.kind == GoalKind::Requirements);
    let is_followed = |force: Force| force == Force::Must || counts_wishes;
    for of in scenario.requirements.iter().filter(|of| is_followed(of.force)) {
        let min = of.min.filter(|_| !time.resigns);
        let bounds = Bounds { window: of.when, min, max: of.max, of_months: of.of_months };
        let kind = match of.count {
            Count::Months => Kind::Months(bounds),
            Count::Stays => Kind::Begun(bounds),
            Count::Facilities => Kind::Seen { bounds, places: false },
            Count::Places => Kind::Seen { bounds, places: true },
        };
        let by_section = scenario.selector(of.place).names_sections();
        let tracker = Tracker::new(Meaning::Selector(of.place), by_section, kind);
        rules.push((Tracker { wish: of.force == Force::Wish, ..tracker }, of.who.clone()));
    }
    for of in &scenario.stay_rules {
        let by_section = scenario.selector(of.place).names_sections();
        let mut add = |kind: Kind| {
            rules.push((Tracker::new(Meaning::Selector(of.place), by_section, kind), of.who.clone()));
        };
        if of.months_min.is_some() || of.months_max.is_some() || of.step_months.is_some() {
            let (min, step) = (of.months_min.unwrap_or(0), of.step_months.unwrap_or(1).max(1));
            add(Kind::Length { min, max: of.months_max, step, standard: false });
        }
        of.visits_max.into_iter().for_each(|max| add(Kind::Visits { max }));
        of.gap_months.into_iter().for_each(|months| add(Kind::Gap { months }));
        if !of.starts.is_empty() {
            add(Kind::Starts(of.starts.clone()));
        }
    }
    for of in scenario.order_rules.iter().filter(|of| is_followed(of.force)) {
        let kind = Kind::Order { first: of.first, months: of.months };
        let tracker = Tracker::new(Meaning::Selector(of.then), false, kind);
        rules.push((Tracker { wish: of.force == Force::Wish, ..tracker }, of.who.clone()));
    }
    rules
}

/// The position from which on a tracker finds nothing more; `None` if it never finds anything and asks for nothing.
fn end(meanings: &Meanings<'_>, time: &CourseTime, tracker: &Tracker, possible: &Possible) -> Option<u32> {
    let finds = |position: usize, place: Place| {
        let month = &time.months[position];
        let is_meant = tracker.meaning.means(meanings, place, month.month);
        match (&tracker.kind, tracker.bounds()) {
            (Kind::Order { .. }, _) => is_meant && month.decided,
            (_, Some(bounds)) => {
                let context = bounds.of_months.is_some()
                    && tracker.meaning.means_facility(meanings, place, month.month);
                bounds.window.contains(position as u32, time.pattern_months) && (is_meant || context)
            }
            _ => is_meant,
        }
    };
    let places = possible.places.iter().enumerate();
    let found = places.rev().find(|(position, places)| places.iter().any(|&place| finds(*position, place)));
    let found = found.map(|(position, _)| position as u32 + 1);
    // What is asked for of the decided months is held against them, so that whatever is short stands in one of
    // them.
    let owed = if tracker.has_minimum() { time.first_decided().map_or(1, |first| first + 1) } else { 0 };
    match found.unwrap_or(0).max(owed) {
        0 => None,
        end => Some(end),
    }
}

/// Whether a month at a place is one of those that a requirement's minimum is in proportion to.
pub(super) fn is_context(
    meanings: &Meanings<'_>,
    meaning: Meaning,
    place: Place,
    month: Month,
    decided: bool,
) -> bool {
    (decided || place.section.is_some()) && meaning.means_facility(meanings, place, month)
}
