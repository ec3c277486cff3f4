//! The rules as data: the numbers of `[rules]`, and the readings that can be chosen.
//!
//! What a scenario has that says nothing of them is in `parameters`; `Default` is no more than nothing.

use rust_decimal::Decimal;

use crate::calendar::Month;

/// How prorated supervisors become seats (FACTS.md, "residents per supervisor").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum SupervisorRounding {
    #[default]
    /// Per facility floor(ratio × supervisors): 161 seats for Keio 2019.
    FacilityFloor,
    /// Only the whole program: floor(ratio × all supervisors), 162.
    Pooled,
    /// Per facility ratio × floor(supervisors), 159.
    SupervisorFloor,
}

impl SupervisorRounding {
    pub const ALL: [Self; 3] = [Self::FacilityFloor, Self::Pooled, Self::SupervisorFloor];
    /// The words of all.
    pub const IDS: [&'static str; 3] =
        [Self::FacilityFloor.id(), Self::Pooled.id(), Self::SupervisorFloor.id()];

    /// The word used in `program.toml`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::FacilityFloor => "facility-floor",
            Self::Pooled => "pooled",
            Self::SupervisorFloor => "supervisor-floor",
        }
    }
}

/// How the mean of past hires becomes a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum MeanRounding {
    #[default]
    HalfUp,
    Exact,
    Floor,
    Ceil,
}

impl MeanRounding {
    pub const ALL: [Self; 4] = [Self::HalfUp, Self::Exact, Self::Floor, Self::Ceil];
    /// The words of all.
    pub const IDS: [&'static str; 4] =
        [Self::HalfUp.id(), Self::Exact.id(), Self::Floor.id(), Self::Ceil.id()];

    /// The word used in `program.toml`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::HalfUp => "half-up",
            Self::Exact => "exact",
            Self::Floor => "floor",
            Self::Ceil => "ceil",
        }
    }
}

/// Which totals the intake cap rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum TotalsSource {
    #[default]
    Rows,
    Printed,
}

impl TotalsSource {
    pub const ALL: [Self; 2] = [Self::Rows, Self::Printed];
    /// The words of all.
    pub const IDS: [&'static str; 2] = [Self::Rows.id(), Self::Printed.id()];

    /// The word used in `program.toml`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Printed => "printed",
        }
    }
}

/// What a course or a hospital costs that is not on a list of wishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Unlisted {
    #[default]
    /// The length of the resident's own list: it is next after the last wish.
    Own,
    /// The length of the longest list anybody has: a short list is no disadvantage.
    Longest,
}

impl Unlisted {
    pub const ALL: [Self; 2] = [Self::Own, Self::Longest];
    /// The words of all.
    pub const IDS: [&'static str; 2] = [Self::Own.id(), Self::Longest.id()];

    /// The word used in `program.toml`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Longest => "longest",
        }
    }
}

/// The intake cap (source §4 \[27,28\]).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IntakeCap {
    /// Supervisors needed per new resident of a year.
    pub supervisors_per_resident: Decimal,
    /// Per volume (its position among the scenario's): cases a year needed per new resident.
    pub volume_per_resident: Vec<(usize, Decimal)>,
    pub totals: TotalsSource,
    /// Residents hired over the past `past_years`, for the urban cap; absent: not checked.
    pub past_hires: Option<u32>,
    pub past_years: u32,
    pub mean_rounding: MeanRounding,
}

/// `[rules]`, with the national standard's numbers as defaults.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules {
    pub residents_per_supervisor: u32,
    pub supervisor_rounding: SupervisorRounding,
    pub comprehensive_months_min: u32,
    pub core_months_min: u32,
    pub affiliate_stay_months_min: u32,
    pub facilities_min: u32,
    pub leave: LeaveRules,
    /// Whether an unknown case volume counts as none; else its item is not assessed.
    pub unknown_volumes_are_zero: bool,
    pub unlisted: Unlisted,
    /// Whether the months before the first decided one count towards the goal `facility-wishes`.
    pub wishes_count_history: bool,
    /// With a base plan: so many months from `changed_from` on stay as they are there.
    pub freeze_months: Option<u32>,
    /// The first month in which anything changes; the first decided month if absent.
    pub changed_from: Option<Month>,
    /// Absent: no cap is checked, and every output says so.
    pub intake_cap: Option<IntakeCap>,
}

/// What is lost when a childbirth leave exceeds its allowance (§10 \[33\] (1) can be read either way).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum ChildbirthExcess {
    #[default]
    /// The months beyond the allowance do not count.
    Beyond,
    /// Then none of its months counts.
    Whole,
}

impl ChildbirthExcess {
    pub const ALL: [Self; 2] = [Self::Beyond, Self::Whole];
    /// The words of all.
    pub const IDS: [&'static str; 2] = [Self::Beyond.id(), Self::Whole.id()];

    /// The word used in `program.toml`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Beyond => "beyond",
            Self::Whole => "whole",
        }
    }
}

/// How leaves count; the defaults are the readings of §10 \[33\].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LeaveRules {
    /// Months of a childbirth leave that count.
    pub childbirth_months_max: u32,
    /// Childbirth leaves that count at all, the earliest first.
    pub childbirth_leaves_max: u32,
    pub childbirth_excess: ChildbirthExcess,
    /// Months of illness that count, over the whole training.
    pub illness_months_max: u32,
    /// Months of part-time work that count, over the whole training.
    pub part_time_months_max: u32,
    /// Hours of part-time work that make `part_time_months_max` months.
    pub part_time_hours: u32,
    /// From so many hours a week on, part-time months count as they are, within the allowance.
    pub part_time_hours_per_week_full: u32,
    /// Months of childbirth, illness and part-time that count together; absent: no common limit.
    pub leave_months_max: Option<u32>,
    /// Whether an absent resident keeps the seat in a month that counts; else it is free for others,
    /// and the month belongs to no facility.
    pub counted_leave_keeps_seat: bool,
    /// Whether months of leave with a seat count towards the minima of their facility.
    pub leave_counts_at_facility: bool,
    /// Whether cases accrue in part-time months.
    pub part_time_cases: bool,
    /// Whether an absent resident who keeps the seat is one of those the facility counts on.
    pub covered_by_leave: bool,
}
