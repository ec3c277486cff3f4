//! Course time: the months in which a resident's course pattern runs, in order, whatever lies between them.
//!
//! Leave that does not count suspends a training: the pattern goes on afterwards where it stopped. Careers
//! are therefore drawn in *positions* of the pattern, 0, 1, 2, …, and this table says which calendar month
//! each position is and what may be done in it. Positions from the pattern's length on are the extension.
//! Without leave position p is simply the p-th month from entry.

use crate::calendar::{Month, Span};
use crate::scenario::service::training_year;
use crate::scenario::{CourseIx, FacilityIx, LockKind, Place, ResidentIx, Scenario, SectionIx};

/// A month of course time.
#[derive(Debug, Clone)]
pub struct CourseMonth {
    pub month: Month,
    /// Whether a seat is taken; else nobody is anywhere.
    pub seat: bool,
    /// Whether it counts as a month of a stay at the facility it is spent at.
    pub at_facility: bool,
    /// How much it counts towards the minima of that facility, in [`CourseTime::unit`]s.
    pub counted: u32,
    pub decided: bool,
    /// The only place possible, by history or a must-lock; without a section that of a facility, whatever the
    /// section.
    only: Option<Place>,
    /// Another section that a must-lock demands too, so that there is no place.
    torn: bool,
    /// Places that a lock forbids; without a section, of a facility all.
    never: Vec<Place>,
    /// A month of the past that history does not tell, where courses have free months: it was one.
    was_free: bool,
}

/// One resident's course time, up to the end of training or to resignation.
#[derive(Debug, Clone)]
pub struct CourseTime {
    pub months: Vec<CourseMonth>,
    /// Units of a whole month.
    pub unit: u32,
    /// Months of the pattern; positions from here on are the extension.
    pub pattern_months: u32,
    /// The resident leaves before the training is complete: nothing has to be reached.
    pub resigns: bool,
    /// The resident left before anything is decided: nothing of the past can be mended.
    pub is_over: bool,
    /// Months with a seat in which no cases accrue.
    pub without_cases: Vec<Month>,
    /// Months with a seat in which the facility cannot count on the resident.
    pub not_at_work: Vec<Month>,
}

impl CourseTime {
    pub fn of(scenario: &Scenario, resident: ResidentIx) -> Self {
        let person = scenario.resident(resident);
        let service = scenario.service(resident);
        let start = scenario.start();
        let mut months: Vec<CourseMonth> = Vec::with_capacity(service.months.len());
        let (mut without_cases, mut not_at_work) = (Vec::new(), Vec::new());
        let mut position_of = vec![None; service.months.len()];
        for (at, (month, this)) in service.iter().enumerate() {
            if this.seat && !this.cases {
                without_cases.push(month);
            }
            if this.seat && !this.staffs {
                not_at_work.push(month);
            }
            if this.position.is_some() {
                position_of[at] = Some(months.len());
                let (seat, at_facility) = (this.seat, this.at_facility);
                months.push(CourseMonth {
                    month,
                    seat,
                    at_facility,
                    counted: if seat && at_facility { this.counted } else { 0 },
                    decided: month >= start,
                    only: None,
                    torn: false,
                    never: Vec::new(),
                    was_free: false,
                });
            }
        }
        let span = service.span();
        let mut each = |span_of: Span, enter: &mut dyn FnMut(&mut CourseMonth)| {
            for month in span_of.intersection(span).iter() {
                if let Some(position) = position_of[month.since(span.start) as usize] {
                    enter(&mut months[position]);
                }
            }
        };
        for stay in &person.history {
            each(stay.span, &mut |month| month.only = Some(stay.place()));
        }
        for lock in &person.locks {
            let place = lock.stay.place();
            each(lock.stay.span, &mut |month| match lock.kind {
                LockKind::Must => month.demand(place),
                LockKind::MustNot => month.never.push(place),
            });
        }
        let open = |course: &CourseIx| {
            person.course.is_none_or(|fixed| fixed == *course) && scenario.course(*course).is_open_to(person)
        };
        if scenario.course_ixs().filter(open).any(|course| scenario.course(course).has_free_months()) {
            let past = months.iter_mut().take(service.training_months as usize);
            past.for_each(|month| month.was_free = month.seat && !month.decided && month.only.is_none());
        }
        let resigns = person.ends_early().is_some();
        let is_over = resigns && span.end() <= start;
        Self {
            months,
            unit: service.unit,
            pattern_months: service.training_months,
            resigns,
            is_over,
            without_cases,
            not_at_work,
        }
    }

    /// The positions there are before the pattern ends or the resident leaves.
    pub fn pattern_end(&self) -> u32 {
        self.pattern_months.min(self.months.len() as u32)
    }

    /// The months of the extension.
    pub fn extension(&self) -> &[CourseMonth] {
        self.months.get(self.pattern_months as usize..).unwrap_or_default()
    }

    /// The months at these positions, as far as there are any.
    pub fn between(&self, from: u32, until: u32) -> &[CourseMonth] {
        let length = self.months.len();
        &self.months[(from as usize).min(length)..(until as usize).min(length)]
    }

    /// The first decided position with a seat.
    pub fn first_decided(&self) -> Option<u32> {
        let first = self.months.iter().position(|month| month.decided && month.seat);
        first.map(|position| position as u32)
    }

    /// The training year (from 1) of a position.
    pub fn year_of(&self, position: u32) -> u32 {
        training_year(position, self.pattern_months)
    }
}

impl CourseMonth {
    /// A must-lock on top of what is known; the later one counts, but for one that leaves the section open.
    fn demand(&mut self, place: Place) {
        match self.only {
            Some(known) if known.facility == place.facility && place.section.is_none() => {}
            Some(known) if known.facility == place.facility && known.section.is_some() => {
                self.torn |= known != place;
            }
            _ => self.only = Some(place),
        }
    }

    /// Whether the resident may be at the place; where no seat is taken that is no question.
    pub fn allows(&self, place: Place) -> bool {
        let is_it = |of: &Place| {
            of.facility == place.facility && of.section.is_none_or(|section| place.section == Some(section))
        };
        let may_be = !self.torn && !self.was_free;
        !self.seat || (may_be && self.only.as_ref().is_none_or(is_it) && !self.never.iter().any(is_it))
    }

    /// Whether the resident may be nowhere.
    pub fn allows_nowhere(&self) -> bool {
        self.only.is_none()
    }

    /// Whether history or a lock says that the resident is at the facility.
    pub fn is_fixed_at(&self, facility: FacilityIx) -> bool {
        self.only.is_some_and(|only| only.facility == facility)
    }

    /// The section that history or a lock says.
    pub fn known_section(&self) -> Option<SectionIx> {
        self.only.and_then(|only| only.section)
    }

    /// Whether history or a lock says where the resident is.
    pub fn is_fixed(&self) -> bool {
        self.only.is_some()
    }

    /// The facility in a month of the extension (§9.2 \[21,53\]): that of a lock or of history, else the one
    /// before.
    pub fn extends(&self, last: FacilityIx) -> FacilityIx {
        self.only.map_or(last, |only| only.facility)
    }
}
