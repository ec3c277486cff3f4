//! Rows of the tables of rules and of sections (DESIGN 4b) by their place in the scenario, and the bounds that they
//! set: what an explanation names, and what a way out moves.

use super::conditions::Force;
use super::files::{ORDER, PROGRAM, REQUIREMENTS, SECTIONS, STAFFING, STAYS};
use super::model::{CourseIx, Dated, Model};

/// A row of a table of rules, by its place in the model's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleIx {
    Requirement(usize),
    Stays(usize),
    Order(usize),
    Staffing(usize),
    /// The seats of a section.
    Section(usize),
    /// How many of those who enter in a year may take a course.
    CourseIntake(CourseIx, i32),
}

impl RuleIx {
    /// The rows that have to be kept.
    pub fn all(model: &Model) -> Vec<Self> {
        let requirements = positions(&model.requirements, |row| row.force == Force::Must);
        let order = positions(&model.order_rules, |row| row.force == Force::Must);
        let staffing = positions(&model.staffing, |row| row.force == Force::Must);
        let stays = positions(&model.stay_rules, |_| true);
        let sections = positions(&model.sections, |row| row.seats != Dated::constant(None));
        let courses = model.courses.iter().enumerate();
        let intakes = courses.flat_map(|(at, course)| {
            course.intake_max.keys().map(move |year| Self::CourseIntake(CourseIx(at), *year))
        });
        (requirements.map(Self::Requirement))
            .chain(stays.map(Self::Stays))
            .chain(order.map(Self::Order))
            .chain(staffing.map(Self::Staffing))
            .chain(sections.map(Self::Section))
            .chain(intakes)
            .collect()
    }

    /// The table it stands in.
    pub fn file(self) -> &'static str {
        match self {
            Self::Requirement(_) => REQUIREMENTS,
            Self::Stays(_) => STAYS,
            Self::Order(_) => ORDER,
            Self::Staffing(_) => STAFFING,
            Self::Section(_) => SECTIONS,
            Self::CourseIntake(..) => PROGRAM,
        }
    }

    /// Whether it says how many may be somewhere, and nothing of one career.
    pub fn is_of_all(self) -> bool {
        matches!(self, Self::Staffing(_) | Self::Section(_) | Self::CourseIntake(..))
    }

    /// The word for programs.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Requirement(_) => "requirement",
            Self::Stays(_) => "stays",
            Self::Order(_) => "order",
            Self::Staffing(_) => "staffing",
            Self::Section(_) => "section-seats",
            Self::CourseIntake(..) => "course-intake",
        }
    }

    /// What people call it: its name, or the number of its row where rows have none.
    pub fn name(self, model: &Model) -> String {
        match self {
            Self::Requirement(at) => model.requirements[at].name.clone(),
            Self::Staffing(at) => model.staffing[at].name.clone(),
            Self::Section(at) => model.sections[at].name.clone(),
            Self::CourseIntake(course, _) => model.courses[course.0].id.clone(),
            Self::Stays(at) | Self::Order(at) => (at + 1).to_string(),
        }
    }

    /// Makes the row ask for nothing; the others keep their places.
    pub(super) fn empty(self, model: &mut Model) {
        match self {
            Self::Requirement(at) => {
                let row = &mut model.requirements[at];
                (row.min, row.max, row.of_months) = (None, None, None);
            }
            Self::Stays(at) => {
                let row = &mut model.stay_rules[at];
                (row.months_min, row.months_max, row.step_months) = (None, None, None);
                (row.gap_months, row.visits_max) = (None, None);
                row.starts.clear();
            }
            Self::Order(at) => model.order_rules[at].months = 0,
            Self::Staffing(at) => {
                let row = &mut model.staffing[at];
                (row.min, row.max) = (None, None);
            }
            Self::Section(at) => model.sections[at].seats = Dated::constant(None),
            Self::CourseIntake(course, year) => {
                model.courses[course.0].intake_max.remove(&year);
            }
        }
    }
}

fn positions<T>(rows: &[T], counts: impl Fn(&T) -> bool) -> impl Iterator<Item = usize> {
    rows.iter().enumerate().filter(move |(_, row)| counts(row)).map(|(at, _)| at)
}

/// Which end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    Min,
    Max,
}

impl End {
    pub const ALL: [Self; 2] = [Self::Min, Self::Max];

    /// The column.
    pub fn id(self) -> &'static str {
        match self {
            Self::Min => "min",
            Self::Max => "max",
        }
    }
}

/// A bound that a row of `requirements.csv` or `staffing.csv` sets, the seats of a section, or those of a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bound {
    pub row: RuleIx,
    pub end: End,
}

impl Bound {
    /// The bounds that have to be kept.
    pub fn all(model: &Model) -> Vec<Self> {
        let rows = RuleIx::all(model).into_iter();
        let bounds = rows.flat_map(|row| End::ALL.map(|end| Self { row, end }));
        bounds.filter(|bound| bound.get(model).is_some()).collect()
    }

    pub fn get(self, model: &Model) -> Option<u32> {
        let (min, max) = match self.row {
            RuleIx::Requirement(at) => (model.requirements[at].min, model.requirements[at].max),
            RuleIx::Staffing(at) => (model.staffing[at].min, model.staffing[at].max),
            // Seats that change are no one number.
            RuleIx::Section(at) => {
                let seats = &model.sections[at].seats;
                (None, seats.initial.filter(|_| seats.changes.is_empty()))
            }
            RuleIx::CourseIntake(course, year) => {
                (None, model.courses[course.0].intake_max.get(&year).copied())
            }
            RuleIx::Stays(_) | RuleIx::Order(_) => (None, None),
        };
        match self.end {
            End::Min => min,
            End::Max => max,
        }
    }

    /// The id of its row.
    pub fn id(self, model: &Model) -> &str {
        match self.row {
            RuleIx::Requirement(at) => &model.requirements[at].id,
            RuleIx::Staffing(at) => &model.staffing[at].id,
            RuleIx::Section(at) => &model.sections[at].id,
            RuleIx::CourseIntake(course, _) => &model.courses[course.0].id,
            RuleIx::Stays(_) | RuleIx::Order(_) => "",
        }
    }

    /// Sets a bound that there is.
    pub(super) fn set(self, model: &mut Model, to: u32) {
        let (min, max) = match self.row {
            RuleIx::Requirement(at) => {
                let row = &mut model.requirements[at];
                (&mut row.min, &mut row.max)
            }
            RuleIx::Staffing(at) => {
                let row = &mut model.staffing[at];
                (&mut row.min, &mut row.max)
            }
            RuleIx::Section(at) => {
                model.sections[at].seats = Dated::constant(Some(to));
                return;
            }
            RuleIx::CourseIntake(course, year) => {
                model.courses[course.0].intake_max.insert(year, to);
                return;
            }
            RuleIx::Stays(_) | RuleIx::Order(_) => return,
        };
        let bound = match self.end {
            End::Min => min,
            End::Max => max,
        };
        *bound = Some(to);
    }
}
