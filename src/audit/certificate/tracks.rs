//! What the rows of tables count along one career, month by month: the memory a search carries with it.
//!
//! The graph of `ways` knows the pattern and the facility of the present stay, nothing of the rest. A *track* is one
//! row as it counts for the residents of a class on a course: `step` takes the memory through a month and says
//! whether the row allows it, `end` whether a career may end so. Numbers are counted no further than a row can
//! tell them apart, so careers that are alike in all that is still to come have the same memory.
//!
//! Judged is what the rules judge (`requirements`, `stay_rule`, `order`, `section_step`), and counted what the goals
//! `requirements` and `points` count; only the other way round: from the beginning on instead of over the whole.

use std::collections::BTreeMap;
use std::sync::Arc as Shared;

use crate::audit::training_months::{Standing, Training, TrainingMonth};
use crate::calendar::Month;
use crate::scenario::{
    Count, CourseIx, Earns, FacilityIx, Force, OrderRule, Place, Points, Requirement, Resident, ResidentIx,
    Scenario, SectionIx, SelectorIx, StayRule,
};

/// Where somebody is in a month with a seat; `None`: a free month.
pub type Here = Option<Place>;

/// What has been counted so far. Equal memories at the same point have the same future.
pub type Memory = Vec<u32>;

/// A month with a seat as the rows see it.
struct Moment<'m> {
    month: &'m TrainingMonth,
    here: Here,
    /// The last place before, and whether a free month came since.
    last: (Option<Place>, bool),
    is_decided: bool,
}

/// What a month, or the end, adds to the goals `requirements` and `points`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Gain {
    pub short: i64,
    pub points: i64,
}

/// The rows that concern residents of a class on one course.
pub struct Tracks<'s> {
    scenario: &'s Scenario,
    calendar: Shared<Training>,
    start: Month,
    tracks: Vec<Track<'s>>,
    /// Whether anything asks at which facility the resident was before, and whether in which section and how long ago.
    has_last: bool,
    has_last_place: bool,
    size: usize,
}

/// One row, where its numbers begin in the memory, and how many they are.
#[derive(Clone)]
struct Track<'s> {
    of: Row<'s>,
    at: usize,
    size: usize,
}

#[derive(Clone)]
enum Row<'s> {
    /// Months in the section so far, as far as the step tells them apart.
    Step(Place, u32),
    /// Whether the present stay is meant, its months, the stays so far, and months since the last (from 1).
    Stay(&'s StayRule),
    /// What is counted, and with `of_months` the months it is of; for `facilities` and `places` which.
    Requirement(&'s Requirement, Bounds),
    /// Months at the first.
    Order(&'s OrderRule),
    Points(&'s Points),
    /// Free months that count once somebody is somewhere again. What they earn is given at once, and taken back if
    /// nobody is; what they cost is taken then: no beginning of a career promises less than it may bring.
    Idle(i64),
}

/// The table of a row, by number, and what tells it apart there.
pub type RowId = (u8, i64);

impl Row<'_> {
    fn id(&self, scenario: &Scenario) -> RowId {
        fn number<T>(rows: &[T], row: &T) -> i64 {
            rows.iter().position(|of| std::ptr::eq(of, row)).map_or(-1, |at| at as i64)
        }
        match self {
            Self::Step(place, _) => (0, place.section.map_or(-1, |section| section.0 as i64)),
            Self::Stay(row) => (1, number(&scenario.stay_rules, row)),
            Self::Requirement(row, _) => (2, number(&scenario.requirements, row)),
            Self::Order(row) => (3, number(&scenario.order_rules, row)),
            Self::Points(row) => (4, number(&scenario.points, row)),
            Self::Idle(points) => (5, *points),
        }
    }
}

/// The bounds of a requirement, in units.
#[derive(Clone)]
struct Bounds {
    unit: u32,
    /// What history alone has.
    past: u32,
    /// The facilities or places that are told apart.
    among: Vec<Place>,
}

/// Numbers of the memory before those of the tracks: the last facility and section (from 1), and whether a free
/// month came since.
const LAST: usize = 3;

impl<'s> Tracks<'s> {
    /// Which rows they are: of residents with the same ways, those with the same rows have the same tracks.
    pub fn rows(&self) -> Vec<RowId> {
        self.tracks.iter().map(|track| track.of.id(self.scenario)).collect()
    }

    /// The same without the rows that are not kept; `None` if none is.
    pub fn only(&self, is_kept: impl Fn(RowId) -> bool) -> Option<Self> {
        let mut some = Self {
            scenario: self.scenario,
            calendar: Shared::clone(&self.calendar),
            start: self.start,
            tracks: Vec::new(),
            has_last: false,
            has_last_place: false,
            size: LAST,
        };
        for track in self.tracks.iter().filter(|track| is_kept(track.of.id(self.scenario))) {
            some.add(track.of.clone(), track.size);
        }
        (!some.tracks.is_empty()).then_some(some)
    }

    /// Rows that ask where somebody was, one place or facility by the other: they make many memories, and few of them
    /// decide which career is the cheapest.
    pub fn light_rows(&self) -> Vec<RowId> {
        let is_light = |track: &&Track<'_>| match &track.of {
            Row::Stay(_) | Row::Order(_) => true,
            Row::Requirement(row, _) => row.count == Count::Months && row.min.is_none(),
            Row::Points(row) => matches!(row.earns, Earns::Stay(_)),
            Row::Step(..) | Row::Idle(_) => false,
        };
        self.tracks.iter().filter(is_light).map(|track| track.of.id(self.scenario)).collect()
    }

    /// What the rows see in months; the same for places that they do not tell apart. `None` where they may tell any two
    /// apart.
    pub fn signature(
        &self,
        months: std::ops::Range<usize>,
        here: impl Fn(&TrainingMonth) -> Here,
    ) -> Option<Vec<u32>> {
        let mut seen = Vec::new();
        for month in self.calendar.months[months].iter().filter(|month| month.has_seat) {
            let Some(place) = here(month) else {
                seen.push(0);
                continue;
            };
            seen.push(place.facility.0 as u32 + 1);
            for track in &self.tracks {
                let selects = |selector| self.scenario.selects(selector, place, month.month);
                match &track.of {
                    Row::Requirement(row, _) if row.count == Count::Months => {
                        seen.push(u32::from(selects(row.place)));
                    }
                    Row::Order(row) => {
                        seen.push(u32::from(selects(row.first)) + 2 * u32::from(selects(row.then)))
                    }
                    Row::Points(row) => match row.earns {
                        Earns::Month(selector) => seen.push(u32::from(selects(selector))),
                        Earns::Change | Earns::Idle => {}
                        Earns::Stay(_) => return None,
                    },
                    Row::Idle(_) => {}
                    Row::Step(..) | Row::Stay(_) | Row::Requirement(..) => return None,
                }
            }
        }
        Some(seen)
    }

    /// Rows that allow so many stays at places in a section, of which each piece in these months begins one: two
    /// in a row would be longer than a stay may be. `pieces`: months and places of all pieces.
    pub fn visits<'p>(
        &self,
        pieces: impl Iterator<Item = (std::ops::Range<usize>, Here)> + Clone + 'p,
    ) -> Vec<(RowId, u32, Vec<usize>)> {
        if self.calendar.months.iter().any(|month| month.month < self.start) {
            return Vec::new();
        }
        let mut visits = Vec::new();
        for track in &self.tracks {
            let Row::Stay(row) = track.of else { continue };
            let Some((max, months_max)) = row.visits_max.zip(row.months_max) else { continue };
            if !self.scenario.selector(row.place).names_sections() {
                continue;
            }
            let mut begins = Vec::new();
            // Per place whether all pieces there begin a stay that is meant and are too long for two, and whether any is.
            let mut at: BTreeMap<Place, (bool, bool)> = BTreeMap::new();
            for (number, (months, here)) in pieces.clone().enumerate() {
                let mut seats = self.calendar.months[months].iter().filter(|month| month.has_seat);
                let Some(first) = seats.next() else { continue };
                let Some(place) = here.and_then(|place| self.stay_place(row.place, place)) else { continue };
                let is_meant = self.scenario.selects(row.place, place, first.month);
                let is_long = 2 * (1 + seats.count() as u64) > u64::from(months_max);
                let (all, any) = at.entry(place).or_insert((true, false));
                (*all, *any) = (*all && is_meant && is_long, *any || is_meant);
                if is_meant {
                    begins.push(number);
                }
            }
            let is_apart = at.values().all(|&(all, any)| all || !any);
            if is_apart && !begins.is_empty() {
                visits.push((track.of.id(self.scenario), max, begins));
            }
        }
        visits
    }

    /// `None` where no row concerns the resident.
    pub fn of(
        scenario: &'s Scenario,
        ix: ResidentIx,
        calendar: &Shared<Training>,
        course: CourseIx,
        counts: Counts,
    ) -> Option<Self> {
        let resident = scenario.resident(ix);
        let means = |who: &crate::scenario::Who| who.means(resident, course, 0);
        let mut tracks = Self {
            scenario,
            calendar: Shared::clone(calendar),
            start: scenario.start(),
            tracks: Vec::new(),
            has_last: false,
            has_last_place: false,
            size: LAST,
        };
        for section in scenario.section_ixs() {
            let of = scenario.section(section);
            if of.step_months > 1 {
                let place = Place { facility: of.facility, section: Some(section) };
                tracks.add(Row::Step(place, of.step_months), 1);
            }
        }
        for row in scenario.stay_rules.iter().filter(|row| means(&row.who)) {
            tracks.add(Row::Stay(row), 4);
        }
        let is_judged = |force| force == Force::Must || counts.requirements;
        for row in scenario.order_rules.iter().filter(|row| is_judged(row.force) && means(&row.who)) {
            tracks.add(Row::Order(row), 1);
        }
        for row in scenario.requirements.iter().filter(|row| is_judged(row.force) && means(&row.who)) {
            let among = tracks.among(row);
            let size = match row.count {
                Count::Months | Count::Stays => 1,
                Count::Facilities | Count::Places => among.len().div_ceil(32),
            };
            let unit = if row.count == Count::Months { calendar.unit } else { 1 };
            let bounds = Bounds { unit: u32::try_from(unit).unwrap_or(u32::MAX), past: 0, among };
            // The months it is of come last.
            tracks.add(Row::Requirement(row, bounds), size + usize::from(row.of_months.is_some()));
        }
        if counts.points {
            let rows = scenario.points.iter().filter(|row| row.resident.is_none_or(|one| one == ix));
            let mut idle = 0;
            for row in rows {
                match row.earns {
                    Earns::Idle => idle += i64::from(row.points),
                    Earns::Month(_) | Earns::Stay(_) | Earns::Change => tracks.add(Row::Points(row), 0),
                }
            }
            if idle != 0 {
                tracks.add(Row::Idle(idle), 1);
            }
        }
        if tracks.tracks.is_empty() {
            return None;
        }
        tracks.remember_past(resident);
        Some(tracks)
    }

    fn add(&mut self, of: Row<'s>, size: usize) {
        self.has_last |= match &of {
            Row::Stay(_) => true,
            Row::Requirement(row, _) => row.count == Count::Stays,
            Row::Points(row) => matches!(row.earns, Earns::Stay(_) | Earns::Change),
            Row::Step(..) | Row::Order(_) | Row::Idle(_) => false,
        };
        self.has_last_place |= match &of {
            Row::Points(row) => row.earns != Earns::Change && !matches!(row.earns, Earns::Month(_)),
            _ => self.has_last,
        };
        self.tracks.push(Track { of, at: self.size, size });
        self.size += size;
    }

    /// The facilities or places a requirement tells apart.
    fn among(&self, row: &Requirement) -> Vec<Place> {
        let scenario = self.scenario;
        match row.count {
            Count::Months | Count::Stays => Vec::new(),
            Count::Facilities => {
                scenario.facility_ixs().map(|facility| Place { facility, section: None }).collect()
            }
            Count::Places => scenario.places(),
        }
    }

    /// What history has of every requirement: maxima allow at least that.
    fn remember_past(&mut self, resident: &Resident) {
        let mut memory = self.begin();
        for month in self.calendar.months.iter().filter(|month| month.month < self.start) {
            let stay = resident.history.iter().find(|stay| stay.span.contains(month.month));
            let here = stay.map(|stay| stay.place());
            let is_free = here.is_none() && month.has_seat && month.standing != Standing::Suspended;
            if month.has_seat && (here.is_some() || is_free) {
                self.seat(&mut memory, month, here);
            } else {
                self.pass(&mut memory, month);
            }
        }
        let counted: Vec<u32> = self.tracks.iter().map(|track| self.counted(track, &memory)).collect();
        for (track, counted) in self.tracks.iter_mut().zip(counted) {
            if let Row::Requirement(_, bounds) = &mut track.of {
                bounds.past = counted;
            }
        }
    }

    pub fn begin(&self) -> Memory {
        vec![0; self.size]
    }

    /// Takes the memory through the months at these places in the training; `None` if a row forbids it. Months
    /// without a seat are passed over, whatever `here` says of them.
    pub fn step(
        &self,
        memory: &mut Memory,
        months: std::ops::Range<usize>,
        here: impl Fn(&TrainingMonth) -> Here,
    ) -> Option<Gain> {
        let mut gain = Gain::default();
        for month in &self.calendar.months[months] {
            match month.has_seat {
                true => {
                    let more = self.seat(memory, month, here(month))?;
                    gain.short += more.short;
                    gain.points += more.points;
                }
                false => self.pass(memory, month),
            }
        }
        Some(gain)
    }

    /// A month without a seat: time goes by between stays.
    pub fn pass(&self, memory: &mut Memory, month: &TrainingMonth) {
        if month.standing == Standing::Suspended {
            return;
        }
        for track in &self.tracks {
            if let Row::Stay(row) = track.of {
                later(&mut memory[track.at + 3], row);
            }
        }
    }

    fn seat(&self, memory: &mut Memory, month: &TrainingMonth, here: Here) -> Option<Gain> {
        let last = (self.last(memory), memory[2] == 1);
        let moment = Moment { month, here, last, is_decided: month.month >= self.start };
        let mut gain = Gain::default();
        for track in &self.tracks {
            let more = self.month(track, memory, &moment)?;
            gain.short += more.short;
            gain.points += more.points;
        }
        if self.has_last {
            match here {
                Some(place) => {
                    let section = place.section.filter(|_| self.has_last_place);
                    memory[0] = place.facility.0 as u32 + 1;
                    memory[1] = section.map_or(0, |section| section.0 as u32 + 1);
                    memory[2] = 0;
                }
                None => memory[2] = u32::from(self.has_last_place),
            }
        }
        Some(gain)
    }

    fn last(&self, memory: &Memory) -> Option<Place> {
        let facility = FacilityIx((memory[0].checked_sub(1)?) as usize);
        let section = memory[1].checked_sub(1).map(|section| SectionIx(section as usize));
        Some(Place { facility, section })
    }

    /// The place of a stay as the selector counts stays; `None` where there is none.
    fn stay_place(&self, selector: SelectorIx, place: Place) -> Option<Place> {
        if !self.scenario.selector(selector).names_sections() {
            return Some(Place { facility: place.facility, section: None });
        }
        let is_told = place.section.is_some() || !self.scenario.has_sections(place.facility);
        is_told.then_some(place)
    }

    /// Whether a stay, as the selector counts stays, begins with this month.
    fn begins(&self, selector: SelectorIx, place: Place, last: (Option<Place>, bool)) -> Option<Place> {
        let here = self.stay_place(selector, place)?;
        let before = last.0.and_then(|last| self.stay_place(selector, last));
        (last.1 || before != Some(here)).then_some(here)
    }

    fn month(&self, track: &Track<'_>, memory: &mut Memory, moment: &Moment<'_>) -> Option<Gain> {
        let &Moment { month, here, last, is_decided } = moment;
        let (scenario, at) = (self.scenario, track.at);
        let selects = |selector, place| scenario.selects(selector, place, month.month);
        match &track.of {
            Row::Step(place, step) => {
                if here == Some(*place) {
                    memory[at] = memory[at] % step + 1;
                } else {
                    // What was over before anything was decided is as it is.
                    if is_decided && !memory[at].is_multiple_of(*step) {
                        return None;
                    }
                    memory[at] = 0;
                }
            }
            Row::Stay(row) => self.stay(row, &mut memory[at..at + 4], moment)?,
            Row::Order(row) => {
                let Some(place) = here else { return Some(Gain::default()) };
                let mut early = 0;
                if is_decided && memory[at] < row.months && selects(row.then, place) {
                    match row.force {
                        Force::Must => return None,
                        Force::Wish => early = 1,
                    }
                }
                if memory[at] < row.months && selects(row.first, place) {
                    memory[at] += 1;
                }
                return Some(Gain { short: early, points: 0 });
            }
            Row::Requirement(row, bounds) => {
                self.requirement(row, bounds, &mut memory[at..], moment)?;
            }
            Row::Points(row) => {
                let Some(place) = here.filter(|_| is_decided) else { return Some(Gain::default()) };
                let is_earned = match row.earns {
                    Earns::Month(selector) => selects(selector, place),
                    Earns::Stay(selector) => {
                        self.begins(selector, place, last).is_some_and(|place| selects(selector, place))
                    }
                    Earns::Change => last.0.is_some_and(|last| last.facility != place.facility),
                    Earns::Idle => false,
                };
                let points = if is_earned { i64::from(row.points) } else { 0 };
                return Some(Gain { short: 0, points });
            }
            Row::Idle(points) => {
                let gain = |points| Some(Gain { short: 0, points });
                match here {
                    None if is_decided => {
                        memory[at] += 1;
                        return gain((*points).max(0));
                    }
                    None => {}
                    Some(_) => {
                        let idle = std::mem::take(&mut memory[at]);
                        return gain((*points).min(0) * i64::from(idle));
                    }
                }
            }
        }
        Some(Gain::default())
    }

    fn stay(&self, row: &StayRule, memory: &mut [u32], moment: &Moment<'_>) -> Option<()> {
        let &Moment { month, here, last, is_decided } = moment;
        let began = here.and_then(|place| self.begins(row.place, place, last));
        let goes_on =
            began.is_none() && here.is_some_and(|place| self.stay_place(row.place, place).is_some());
        if goes_on && memory[0] == 0 {
            later(&mut memory[3], row);
            return Some(());
        }
        if !goes_on && memory[0] == 1 {
            if is_decided && !is_whole(row, memory[1]) {
                return None;
            }
            (memory[0], memory[1]) = (0, 0);
        }
        if let Some(place) = began {
            if !self.scenario.selects(row.place, place, month.month) {
                later(&mut memory[3], row);
                return Some(());
            }
            if is_decided {
                let starts_well =
                    row.starts.is_empty() || row.starts.contains(&self.month_of_year(month.month));
                let is_apart = memory[3] == 0 || row.gap_months.is_none_or(|gap| memory[3] > gap);
                let is_allowed = row.visits_max.is_none_or(|max| memory[2] < max);
                if !starts_well || !is_apart || !is_allowed {
                    return None;
                }
            }
            memory[0] = 1;
            if let Some(max) = row.visits_max {
                memory[2] = (memory[2] + 1).min(max);
            }
        }
        if memory[0] == 0 {
            later(&mut memory[3], row);
            return Some(());
        }
        memory[1] = told_apart(row, memory[1] + 1);
        if is_decided && row.months_max.is_some_and(|max| memory[1] > max) {
            return None;
        }
        memory[3] = u32::from(row.gap_months.is_some());
        Some(())
    }

    fn month_of_year(&self, month: Month) -> u32 {
        let calendar = self.scenario.calendar;
        u32::try_from(month.since(calendar.start_of(calendar.year_of(month)))).unwrap_or(0) + 1
    }

    fn requirement(
        &self,
        row: &Requirement,
        bounds: &Bounds,
        memory: &mut [u32],
        moment: &Moment<'_>,
    ) -> Option<()> {
        let &Moment { month, here, last, is_decided } = moment;
        let Some(place) = here else { return Some(()) };
        let scenario = self.scenario;
        let position = self.calendar.position(month);
        if !position.is_some_and(|position| row.when.contains(position, self.calendar.length)) {
            return Some(());
        }
        let size = self.counted_size(row, bounds);
        if let Some(of) = row.of_months {
            let is_told = is_decided || place.section.is_some();
            if is_told && scenario.selects_facility(row.place, place.facility, month.month) {
                memory[size] = (memory[size] + 1).min(of);
            }
        }
        let selects = |place| scenario.selects(row.place, place, month.month);
        match row.count {
            Count::Months if selects(place) => {
                let credit = month.credit_at_facility(&scenario.rules.leave);
                memory[0] = self.capped(row, bounds, memory[0] + u32::try_from(credit).unwrap_or(0));
            }
            Count::Stays if self.begins(row.place, place, last).is_some_and(selects) => {
                memory[0] = self.capped(row, bounds, memory[0] + 1);
            }
            Count::Facilities | Count::Places if selects(place) => {
                let apart = match row.count {
                    Count::Facilities => Place { facility: place.facility, section: None },
                    _ => place,
                };
                if let Some(at) = bounds.among.iter().position(|other| *other == apart) {
                    memory[at / 32] |= 1 << (at % 32);
                }
            }
            _ => return Some(()),
        }
        let counted = count(row, &memory[..size]);
        let most = row.max.map(|max| (max * bounds.unit).max(bounds.past));
        let is_too_many = row.force == Force::Must && is_decided && most.is_some_and(|most| counted > most);
        if is_too_many { None } else { Some(()) }
    }

    fn counted_size(&self, row: &Requirement, bounds: &Bounds) -> usize {
        match row.count {
            Count::Months | Count::Stays => 1,
            Count::Facilities | Count::Places => bounds.among.len().div_ceil(32),
        }
    }

    /// Where nothing limits it, a count matters up to the minimum only.
    fn capped(&self, row: &Requirement, bounds: &Bounds, counted: u32) -> u32 {
        match row.max {
            None => counted.min(row.min.unwrap_or(0).saturating_mul(bounds.unit)),
            Some(_) => counted,
        }
    }

    fn counted(&self, track: &Track<'_>, memory: &Memory) -> u32 {
        match &track.of {
            Row::Requirement(row, bounds) => {
                let size = self.counted_size(row, bounds);
                count(row, &memory[track.at..track.at + size])
            }
            _ => 0,
        }
    }

    /// What the end adds; `None` if a row forbids to end so.
    pub fn end(&self, memory: &Memory) -> Option<Gain> {
        let is_cut = self.calendar.resigned;
        let mut gain = Gain::default();
        for track in &self.tracks {
            let at = track.at;
            match &track.of {
                Row::Step(_, step) if !is_cut && !memory[at].is_multiple_of(*step) => return None,
                Row::Stay(row) if !is_cut && memory[at] == 1 && !is_whole(row, memory[at + 1]) => {
                    return None;
                }
                Row::Requirement(row, bounds) => {
                    let size = self.counted_size(row, bounds);
                    let counted = count(row, &memory[at..at + size]);
                    let min =
                        row.min.filter(|_| !is_cut).map(|min| match row.of_months.filter(|of| *of > 0) {
                            Some(of) => min * memory[at + size].min(of) / of,
                            None => min,
                        });
                    let below = min.map_or(0, |min| (min * bounds.unit).saturating_sub(counted));
                    match row.force {
                        Force::Must if below > 0 => return None,
                        Force::Must => {}
                        Force::Wish => {
                            let above = row.max.map_or(0, |max| counted.saturating_sub(max * bounds.unit));
                            let short = below.div_ceil(bounds.unit) + above.div_ceil(bounds.unit);
                            gain.short += i64::from(short);
                        }
                    }
                }
                Row::Idle(points) => gain.points -= (*points).max(0) * i64::from(memory[at]),
                _ => {}
            }
        }
        Some(gain)
    }

    /// The most points that the months at these places in the training can earn, whatever came before.
    pub fn points_most(&self, months: std::ops::Range<usize>, here: impl Fn(&TrainingMonth) -> Here) -> i64 {
        let mut most = 0;
        let mut last: Option<Place> = None;
        for month in self.calendar.months[months].iter().filter(|month| month.has_seat) {
            let here = here(month);
            // Where history does not say the section, a stay may begin within the months of an arc.
            let is_first = last.is_none() || last != here;
            for track in self.tracks.iter().filter(|_| month.month >= self.start) {
                most += match (&track.of, here) {
                    (Row::Points(row), Some(place)) => {
                        let selects = |selector, place| self.scenario.selects(selector, place, month.month);
                        let points = i64::from(row.points);
                        match row.earns {
                            Earns::Month(selector) if selects(selector, place) => points,
                            // In the first month a stay may begin or go on, and a change may have been made.
                            Earns::Stay(selector) => match self.stay_place(selector, place) {
                                Some(of_stay) if is_first && selects(selector, of_stay) => points.max(0),
                                _ => 0,
                            },
                            Earns::Change if is_first => points.max(0),
                            _ => 0,
                        }
                    }
                    (Row::Idle(points), None) => (*points).max(0),
                    _ => 0,
                };
            }
            last = here;
        }
        most
    }
}

/// Which goals are counted besides what has to be kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub requirements: bool,
    pub points: bool,
}

fn count(row: &Requirement, memory: &[u32]) -> u32 {
    match row.count {
        Count::Months | Count::Stays => memory[0],
        Count::Facilities | Count::Places => memory.iter().map(|bits| bits.count_ones()).sum(),
    }
}

/// One month more since the last stay, as far as the gap asks.
fn later(since: &mut u32, row: &StayRule) {
    if let (Some(gap), true) = (row.gap_months, *since > 0) {
        *since = (*since + 1).min(gap + 1);
    }
}

/// Whether a stay of so many months may end.
fn is_whole(row: &StayRule, months: u32) -> bool {
    row.months_min.is_none_or(|min| months >= min)
        && row.step_months.filter(|step| *step > 1).is_none_or(|step| months.is_multiple_of(step))
}

/// The months of a stay as far as its row tells them apart.
fn told_apart(row: &StayRule, months: u32) -> u32 {
    let most = row.months_min.unwrap_or(0).max(row.months_max.map_or(0, |max| max + 1));
    match row.step_months.filter(|step| *step > 1) {
        None => months.min(most),
        // Beyond all bounds only what is over the last whole step matters.
        Some(step) => {
            let beyond = most.div_ceil(step) * step;
            if months > beyond + step { months - step } else { months }
        }
    }
}
