//! The numbers and readings a director can change, one row each: key in `[rules]` of `program.toml`,
//! bounds, the standard's value, the rule and with it the clause that asks for it, and where it is kept.
//!
//! Whoever reads, writes, changes or lists rules goes through these rows and knows none by name: the
//! reader of `program.toml`, its writer, the keys of a what-if, the minima that explanations loosen.
//! What a parameter means, in a sentence, is in the message catalogues under [`Parameter::words`].
//!
//! The bounds are far beyond any real program: a number outside them is a slip of the pen.

use std::ops::RangeInclusive;

use rust_decimal::Decimal;

use super::Rule;
use super::rules::{
    ChildbirthExcess, IntakeCap, MeanRounding, Rules, SupervisorRounding, TotalsSource, Unlisted,
};
use crate::calendar::Month;

/// What a parameter can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A whole number within bounds, both included.
    Whole(RangeInclusive<u32>),
    /// A decimal above 0, up to a bound: something is divided by it.
    Divisor(u32),
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A month as `YYYY-MM`.
    Month,
}

impl Kind {
    /// Whether there can be more or less of it.
    pub fn is_amount(&self) -> bool {
        matches!(self, Self::Whole(_) | Self::Divisor(_))
    }
}

/// What a parameter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    Whole(u32),
    Decimal(Decimal),
    Flag(bool),
    Word(&'static str),
    Month(Month),
}

/// A row of the catalogue; `T` is what keeps the value.
#[derive(Debug)]
pub struct Parameter<T> {
    /// In `[rules]`, or in `[rules.intake_cap]`.
    pub key: &'static str,
    /// The key of its words in the message catalogues.
    pub words: &'static str,
    pub kind: Kind,
    /// What holds where a scenario says nothing; `None`: then nothing is asked.
    pub standard: Option<Value>,
    /// The rule that looks at it; `None`: it is the director's own.
    pub rule: Option<Rule>,
    /// Of a number that every career has to reach.
    pub reached: Option<Reached>,
    pub get: fn(&T) -> Option<Value>,
    /// A value of another kind changes nothing.
    pub set: fn(&mut T, Value),
}

/// What explanations have to know of a number that every career has to reach.
#[derive(Debug)]
pub struct Reached {
    /// From here down it asks for nothing: everybody is somewhere, for at least a month.
    pub least: u32,
    /// Keys of what is said of it: what is asked, that it is lowered, what a career has to spare.
    pub asked: &'static str,
    pub lowered: &'static str,
    pub spare: &'static str,
}

macro_rules! last {
    ($field:ident) => {
        stringify!($field)
    };
    ($group:ident.$field:ident) => {
        stringify!($field)
    };
}

macro_rules! words {
    ($field:ident) => {
        concat!("parameter-", stringify!($field))
    };
    ($group:ident.$field:ident) => {
        concat!("parameter-", stringify!($field))
    };
}

macro_rules! row {
    ($($field:ident).+, $kind:expr, $standard:expr, $rule:expr, $get:expr, $set:expr) => {
        Parameter {
            key: last!($($field).+),
            words: words!($($field).+),
            kind: $kind,
            standard: $standard,
            rule: $rule,
            reached: None,
            get: $get,
            set: $set,
        }
    };
}

/// A whole number.
macro_rules! whole {
    ($($field:ident).+, $bounds:expr, $standard:expr, $rule:expr) => {
        row!(
            $($field).+,
            Kind::Whole($bounds),
            Some(Value::Whole($standard)),
            $rule,
            |of| Some(Value::Whole(of.$($field).+)),
            |of, value| if let Value::Whole(number) = value { of.$($field).+ = number }
        )
    };
}

/// A whole number that every career has to reach; it asks for nothing from `$least` down.
macro_rules! minimum {
    ($field:ident, $bounds:expr, $standard:expr, $rule:ident, $least:expr) => {
        Parameter {
            reached: Some(Reached {
                least: $least,
                asked: concat!("parameter-", stringify!($field), "-asked"),
                lowered: concat!("parameter-", stringify!($field), "-lowered"),
                spare: concat!("parameter-", stringify!($field), "-spare"),
            }),
            ..whole!($field, $bounds, $standard, Some(Rule::$rule))
        }
    };
}

/// A whole number that may be absent.
macro_rules! any {
    ($($field:ident).+, $bounds:expr, $rule:expr) => {
        row!(
            $($field).+,
            Kind::Whole($bounds),
            None,
            $rule,
            |of| of.$($field).+.map(Value::Whole),
            |of, value| if let Value::Whole(number) = value { of.$($field).+ = Some(number) }
        )
    };
}

macro_rules! flag {
    ($($field:ident).+, $standard:expr, $rule:expr) => {
        row!(
            $($field).+,
            Kind::Flag,
            Some(Value::Flag($standard)),
            $rule,
            |of| Some(Value::Flag(of.$($field).+)),
            |of, value| if let Value::Flag(flag) = value { of.$($field).+ = flag }
        )
    };
}

/// A reading out of several.
macro_rules! word {
    ($($field:ident).+, $words:ident, $standard:ident, $rule:expr) => {
        row!(
            $($field).+,
            Kind::Word(&$words::IDS),
            Some(Value::Word($words::$standard.id())),
            $rule,
            |of| Some(Value::Word(of.$($field).+.id())),
            |of, value| {
                let Value::Word(word) = value else { return };
                if let Some(found) = $words::ALL.into_iter().find(|one| one.id() == word) {
                    of.$($field).+ = found;
                }
            }
        )
    };
}

/// Months that a rule may ask for or allow; 0 switches it off.
const MONTHS: RangeInclusive<u32> = 0..=120;
const HOURS_OF_WEEK: u32 = 168;
const SUPERVISORS_MAX: u32 = 1000;

/// What an unknown case volume means for its item.
const UNKNOWN_VOLUMES: [&str; 2] = ["not-assessed", "zero"];

const LEAVE: Option<Rule> = Some(Rule::LeaveCredit);

/// `[rules]`, in the order in which they are written.
pub static RULES: [Parameter<Rules>; 23] = [
    // §2: a supervisor guides at most three residents in all.
    whole!(residents_per_supervisor, 1..=100, 3, Some(Rule::SupervisorRatio)),
    word!(supervisor_rounding, SupervisorRounding, FacilityFloor, Some(Rule::SupervisorRatio)),
    // §7.1: at least a year at a comprehensive institution, six months at the core, three months of each
    // stay at an affiliate, always several facilities.
    minimum!(comprehensive_months_min, MONTHS, 12, ComprehensiveMonths, 0),
    minimum!(core_months_min, MONTHS, 6, CoreMonths, 0),
    minimum!(affiliate_stay_months_min, MONTHS, 3, AffiliateStay, 1),
    minimum!(facilities_min, 0..=100, 2, SeveralFacilities, 1),
    // §10 (1): six months of a childbirth leave count, once.
    whole!(leave.childbirth_months_max, MONTHS, 6, LEAVE),
    whole!(leave.childbirth_leaves_max, 0..=100, 1, Some(Rule::LeaveOnce)),
    word!(leave.childbirth_excess, ChildbirthExcess, Beyond, LEAVE),
    // §10 (2): six months of illness count.
    whole!(leave.illness_months_max, MONTHS, 6, LEAVE),
    // §10 (3): six months of part-time work count, 800 hours (100 days of 8) making the six, and without
    // such a reckoning from 30 hours a week on.
    whole!(leave.part_time_months_max, MONTHS, 6, LEAVE),
    whole!(leave.part_time_hours, 1..=10_000, 800, LEAVE),
    whole!(leave.part_time_hours_per_week_full, 0..=HOURS_OF_WEEK, 30, LEAVE),
    // §10 prints no common limit.
    any!(leave.leave_months_max, MONTHS, LEAVE),
    flag!(leave.counted_leave_keeps_seat, true, Some(Rule::LeaveSeat)),
    flag!(leave.leave_counts_at_facility, true, Some(Rule::LeaveMinima)),
    flag!(leave.part_time_cases, false, Some(Rule::CaseVolume)),
    // Nobody's clause: what `min_residents` of a facility asks for is people at work.
    flag!(leave.covered_by_leave, false, None),
    Parameter {
        key: "unknown_volumes",
        words: "parameter-unknown_volumes",
        kind: Kind::Word(&UNKNOWN_VOLUMES),
        standard: Some(Value::Word(UNKNOWN_VOLUMES[0])),
        rule: Some(Rule::CaseVolume),
        reached: None,
        get: |of| Some(Value::Word(UNKNOWN_VOLUMES[usize::from(of.unknown_volumes_are_zero)])),
        set: |of, value| of.unknown_volumes_are_zero = value == Value::Word(UNKNOWN_VOLUMES[1]),
    },
    // How wishes are counted is the director's own.
    word!(unlisted, Unlisted, Own, None),
    flag!(wishes_count_history, false, None),
    any!(freeze_months, MONTHS, None),
    row!(changed_from, Kind::Month, None, None, |of| of.changed_from.map(Value::Month), |of, value| {
        if let Value::Month(month) = value {
            of.changed_from = Some(month);
        }
    }),
];

/// `[rules.intake_cap]` (§4 \[27,28\]), the volumes aside, which `facilities.csv` names.
pub static INTAKE_CAP: [Parameter<IntakeCap>; 5] = [
    // One new resident of a year needs one supervisor of the group.
    row!(
        supervisors_per_resident,
        Kind::Divisor(SUPERVISORS_MAX),
        Some(Value::Decimal(Decimal::ONE)),
        Some(Rule::IntakeCap),
        |of| Some(Value::Decimal(of.supervisors_per_resident)),
        |of, value| if let Value::Decimal(number) = value {
            of.supervisors_per_resident = number;
        }
    ),
    word!(totals, TotalsSource, Rows, Some(Rule::IntakeCap)),
    any!(past_hires, 0..=100_000, Some(Rule::UrbanCap)),
    // The urban cap looks back five years, and rounds their mean half up unless the scenario says otherwise.
    whole!(past_years, 1..=50, 5, Some(Rule::UrbanCap)),
    word!(mean_rounding, MeanRounding, HalfUp, Some(Rule::UrbanCap)),
];

/// A number of `[rules]` that every career has to reach; in the order of the rows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minimum(usize);

impl std::fmt::Debug for Minimum {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.id())
    }
}

impl Minimum {
    pub fn all() -> impl Iterator<Item = Self> {
        (0..RULES.len()).filter(|&at| RULES[at].reached.is_some()).map(Self)
    }

    /// The one that a rule asks for.
    pub fn of_rule(rule: Rule) -> Option<Self> {
        Self::all().find(|minimum| minimum.row().rule == Some(rule))
    }

    fn row(self) -> &'static Parameter<Rules> {
        &RULES[self.0]
    }

    /// The key in `[rules]`.
    pub fn id(self) -> &'static str {
        self.row().key
    }

    pub fn rule(self) -> Option<Rule> {
        self.row().rule
    }

    pub fn reached(self) -> Option<&'static Reached> {
        self.row().reached.as_ref()
    }

    pub fn of(self, rules: &Rules) -> u32 {
        match (self.row().get)(rules) {
            Some(Value::Whole(number)) => number,
            _ => 0,
        }
    }

    pub fn set(self, rules: &mut Rules, number: u32) {
        (self.row().set)(rules, Value::Whole(number));
    }

    /// From here down the number asks for nothing.
    pub fn least(self) -> u32 {
        self.reached().map_or(0, |reached| reached.least)
    }
}

/// The rules a scenario has that says nothing in `[rules]`: the standard's.
pub fn default_rules() -> Rules {
    standard(&RULES)
}

/// The cap of a scenario whose `[rules.intake_cap]` is empty.
pub fn default_cap() -> IntakeCap {
    standard(&INTAKE_CAP)
}

fn standard<T: Default>(rows: &[Parameter<T>]) -> T {
    let mut all = T::default();
    for row in rows {
        if let Some(value) = row.standard {
            (row.set)(&mut all, value);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::fmt::Debug;

    /// A value that is not the standard's.
    fn another<T>(row: &Parameter<T>) -> Value {
        let whole = |bounds: &RangeInclusive<u32>, not| bounds.clone().find(|n| Some(*n) != not).unwrap();
        match (&row.kind, row.standard) {
            (Kind::Whole(bounds), Some(Value::Whole(standard))) => {
                Value::Whole(whole(bounds, Some(standard)))
            }
            (Kind::Whole(bounds), _) => Value::Whole(whole(bounds, None)),
            (Kind::Divisor(max), _) => Value::Decimal(Decimal::from(*max)),
            (Kind::Flag, standard) => Value::Flag(standard != Some(Value::Flag(true))),
            (Kind::Word(words), standard) => {
                Value::Word(words.iter().find(|word| standard != Some(Value::Word(word))).unwrap())
            }
            (Kind::Month, _) => Value::Month(Month::new(2020, 4).unwrap()),
        }
    }

    fn hold<T: Default + Clone + PartialEq + Debug>(rows: &[Parameter<T>], standard: T) {
        let keys: BTreeSet<&str> = rows.iter().map(|row| row.key).collect();
        assert_eq!(keys.len(), rows.len(), "a key stands twice");
        for row in rows {
            assert_eq!((row.get)(&standard), row.standard, "{}", row.key);
            let mut changed = standard.clone();
            (row.set)(&mut changed, another(row));
            assert_eq!((row.get)(&changed), Some(another(row)), "{}", row.key);
            let others = rows.iter().filter(|other| other.key != row.key);
            others.for_each(|other| assert_eq!((other.get)(&changed), other.standard, "{}", other.key));
            if let (Kind::Whole(bounds), Some(Value::Whole(standard))) = (&row.kind, row.standard) {
                assert!(bounds.contains(&standard), "{}", row.key);
            }
        }
    }

    /// Each row keeps its own value and touches no other's.
    #[test]
    fn every_row_gets_what_it_sets() {
        hold(&RULES, default_rules());
        hold(&INTAKE_CAP, default_cap());
    }
}
