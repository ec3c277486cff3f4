//! What every month of a training is, by the judge's own reckoning (§10 \[33\], §9.2 \[21,53\]).
//!
//! Leaves let a training stand still, run on without counting in full, or count like any month. Nothing
//! is walked through here. What a month of leave counts by its own kind depends on the months of that
//! kind before it, which are counted from the table; the common limit is shared out in the order of
//! time; and then two sums over the months before say all the rest: a month belongs to the training
//! while less than a whole training has been counted, and its position in the course pattern is the
//! number of months before it in which the pattern ran.
//!
//! Invariants: the months follow each other from entry on without a gap; what they count adds up to the
//! whole training unless the resident resigns, and exceeds it by less than a month; the positions are
//! 0, 1, 2, …, each once.

use rust_decimal::Decimal;

use super::Figure;
use crate::calendar::{Month, Span};
use crate::scenario::{ChildbirthExcess, Leave, LeaveKind, LeaveRules, Resident, Scenario};

/// Months of a training year.
const YEAR_MONTHS: u32 = 12;

/// What a month is to the course pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The pattern runs; the position is counted from 0.
    Pattern(u32),
    /// The pattern is done, and the training goes on until enough months are counted.
    Extension,
    /// A month of leave that counts nothing: the pattern stands still.
    Suspended,
}

/// A calendar month of a training.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrainingMonth {
    pub month: Month,
    pub leave: Option<LeaveKind>,
    pub standing: Standing,
    /// What the month counts, in [`Training::unit`]s.
    pub credit: u64,
    /// Whether the resident belongs to a facility in it.
    pub has_seat: bool,
}

impl TrainingMonth {
    /// Whether it is a month of a leave that may count only in part: whatever rests on it, rests on leave.
    pub fn is_absence(&self) -> bool {
        matches!(self.leave, Some(LeaveKind::Childbirth | LeaveKind::Illness | LeaveKind::PartTime))
    }

    /// Whether the month counts towards the minima of the facility the resident belongs to.
    pub fn counts_at_facility(&self, rules: &LeaveRules) -> bool {
        self.has_seat && (!self.is_absence() || (rules.leave_counts_at_facility && self.credit > 0))
    }

    /// What the month counts towards the minima of the facility, in [`Training::unit`]s.
    pub fn credit_at_facility(&self, rules: &LeaveRules) -> u64 {
        if self.counts_at_facility(rules) { self.credit } else { 0 }
    }

    /// Whether the resident experiences cases in it.
    pub fn has_cases(&self, rules: &LeaveRules) -> bool {
        self.has_seat
            && match self.leave {
                None | Some(LeaveKind::GraduateSchoolClinical) => true,
                Some(LeaveKind::PartTime) => rules.part_time_cases,
                Some(_) => false,
            }
    }

    /// Whether the resident is at work at the facility, so that it can count on them.
    pub fn is_at_work(&self, rules: &LeaveRules) -> bool {
        let absent = matches!(self.leave, Some(LeaveKind::Childbirth | LeaveKind::Illness));
        self.has_seat && (!absent || rules.covered_by_leave)
    }

    /// Whether somebody has to be placed in it to make up for what is missing.
    pub fn is_extension(&self) -> bool {
        self.standing == Standing::Extension && self.has_seat
    }
}

/// The months of a resident's training.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Training {
    /// From entry on, without a gap.
    pub months: Vec<TrainingMonth>,
    pub start: Month,
    /// What a whole month counts. Hours of part-time work make months, and so parts of a month.
    pub unit: u64,
    /// What a whole training counts.
    pub whole: u64,
    /// Months of the course pattern.
    pub length: u32,
    /// Whether the resident resigns before the training is complete.
    pub resigned: bool,
    last_year: u32,
}

impl Training {
    pub fn of(scenario: &Scenario, resident: &Resident) -> Self {
        let rules = &scenario.rules.leave;
        let start = resident.entry;
        let unit = unit(rules);
        let length = length(scenario, resident);
        let whole = unit * u64::from(length);
        // Every month without leave counts in full, so no month of leave delays the end by more than one.
        let leave_months: u32 = resident.leaves.iter().map(|leave| leave.span.months).sum();
        let longest = Span::new(start, length + leave_months);
        let leaves = Leaves { rules, start, list: &resident.leaves, births: one_leave_each(resident) };
        let own = longest.iter().map(|month| leaves.own(month)).collect();
        let credits = share_out(rules, own);
        let counted_before = sums(credits.iter().map(|(_, credit)| *credit));
        let ran_before = sums(credits.iter().map(|(leave, credit)| u64::from(runs(*leave, *credit))));
        let complete = counted_before.partition_point(|before| *before < whole).min(credits.len());
        let end = start.plus(complete as u32);
        // Nothing is planned for somebody who is set aside.
        let last = [resident.resigned_from, resident.set_aside_from].into_iter().flatten();
        let until = last.fold(end, Month::min);
        let month = |(position, (leave, credit)): (usize, &(Option<LeaveKind>, u64))| TrainingMonth {
            month: start.plus(position as u32),
            leave: *leave,
            standing: match ran_before[position] {
                _ if !runs(*leave, *credit) => Standing::Suspended,
                before if before < u64::from(length) => Standing::Pattern(before as u32),
                _ => Standing::Extension,
            },
            credit: *credit,
            has_seat: match leave {
                Some(LeaveKind::Childbirth | LeaveKind::Illness) => {
                    *credit > 0 && rules.counted_leave_keeps_seat
                }
                _ => runs(*leave, *credit),
            },
        };
        let lasts = Span::between(start, until).months as usize;
        Self {
            months: credits.iter().enumerate().take(lasts).map(month).collect(),
            start,
            unit,
            whole,
            length,
            resigned: until < end,
            last_year: length.saturating_sub(1) / YEAR_MONTHS + 1,
        }
    }

    pub fn span(&self) -> Span {
        Span::new(self.start, self.months.len() as u32)
    }

    /// `None` before the training and after it.
    pub fn at(&self, month: Month) -> Option<&TrainingMonth> {
        self.months.get(usize::try_from(month.since(self.start)).ok()?)
    }

    /// The place of a month in training time, which an extension goes on with; `None`: suspended.
    pub fn position(&self, month: &TrainingMonth) -> Option<u32> {
        match month.standing {
            Standing::Pattern(position) => Some(position),
            // The pattern runs in all months before but for the suspended ones.
            Standing::Extension => {
                let before = self.months.iter().take_while(|this| this.month < month.month);
                Some(before.filter(|this| this.standing != Standing::Suspended).count() as u32)
            }
            Standing::Suspended => None,
        }
    }

    /// The training year of a month, from 1; an extension belongs to the last, a suspended month to none.
    pub fn year(&self, month: &TrainingMonth) -> Option<u32> {
        match month.standing {
            Standing::Pattern(position) => Some(position / YEAR_MONTHS + 1),
            Standing::Extension => Some(self.last_year),
            Standing::Suspended => None,
        }
    }

    /// A number of [`Training::unit`]s as months: `3`, `3.75`, or a fraction such as `22/7`.
    pub fn in_months(&self, units: u64) -> Figure {
        let common = common_divisor(units, self.unit);
        let (parts, of) = (units / common, self.unit / common);
        // A denominator of twos and fives alone makes a decimal that ends.
        let mut rest = of;
        for prime in [2, 5] {
            while rest % prime == 0 {
                rest /= prime;
            }
        }
        let decimal = || Decimal::from(parts).checked_div(Decimal::from(of));
        match decimal().filter(|_| rest == 1) {
            Some(months) => Figure::Number(months.normalize()),
            None => Figure::Text(format!("{parts}/{of}")),
        }
    }
}

/// Counted months of a complete training: those of the resident's course, which is known where courses differ.
fn length(scenario: &Scenario, resident: &Resident) -> u32 {
    let open = || scenario.courses.iter().find(|course| course.is_open_to(resident));
    let course = resident.course.map(|ix| scenario.course(ix)).or_else(open);
    course.and_then(|course| course.training_months).unwrap_or(scenario.training_months)
}

/// All months in which somebody's training is to be decided; empty if there are none.
pub fn horizon(scenario: &Scenario) -> Span {
    let ends = scenario.residents.iter().map(|resident| end(scenario, resident));
    Span::between(scenario.start(), ends.max().unwrap_or(scenario.start()))
}

/// The month after a resident's training.
fn end(scenario: &Scenario, resident: &Resident) -> Month {
    if !resident.leaves.is_empty() {
        return Training::of(scenario, resident).span().end();
    }
    // Every month counts in full.
    let start = resident.entry;
    let last = [resident.resigned_from, resident.set_aside_from].into_iter().flatten();
    last.fold(start.plus(length(scenario, resident)), Month::min).max(start)
}

/// Whether a resident resigns before the training is complete, or is set aside.
pub fn resigns(scenario: &Scenario, resident: &Resident) -> bool {
    let is_said = resident.resigned_from.is_some() || resident.set_aside_from.is_some();
    is_said && Training::of(scenario, resident).resigned
}

/// Whether a childbirth leave is too long to count at all; it uses up no allowance then.
pub fn is_lost(rules: &LeaveRules, leave: Span) -> bool {
    rules.childbirth_excess == ChildbirthExcess::Whole && leave.months > rules.childbirth_months_max
}

/// The leaves of one kind: rows that continue each other are one leave.
pub fn leaves_of(resident: &Resident, kind: LeaveKind) -> Vec<Span> {
    let mut list: Vec<Span> = Vec::new();
    for span in resident.leaves.iter().filter(|leave| leave.kind == kind).map(|leave| leave.span) {
        match list.last_mut() {
            Some(last) if last.end() == span.start => last.months += span.months,
            _ => list.push(span),
        }
    }
    list
}

fn one_leave_each(resident: &Resident) -> Vec<Span> {
    leaves_of(resident, LeaveKind::Childbirth)
}

fn unit(rules: &LeaveRules) -> u64 {
    u64::from(rules.part_time_hours.max(1))
}

/// Whether the course pattern runs in a month that counts so much.
fn runs(leave: Option<LeaveKind>, credit: u64) -> bool {
    match leave {
        None | Some(LeaveKind::GraduateSchoolClinical | LeaveKind::PartTime) => true,
        Some(LeaveKind::Childbirth | LeaveKind::Illness) => credit > 0,
        Some(LeaveKind::Abroad | LeaveKind::GraduateSchoolResearch) => false,
    }
}

/// The sum of everything before each place, and of everything at the end.
fn sums(numbers: impl Iterator<Item = u64>) -> Vec<u64> {
    let running = numbers.scan(0, |sum, number| {
        *sum += number;
        Some(*sum)
    });
    std::iter::once(0).chain(running).collect()
}

pub fn common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a.max(1) } else { common_divisor(b, a % b) }
}

/// A resident's leaves with what each kind allows.
struct Leaves<'a> {
    rules: &'a LeaveRules,
    start: Month,
    list: &'a [Leave],
    births: Vec<Span>,
}

impl Leaves<'_> {
    /// What a month counts as far as the allowance of its own kind goes.
    fn own(&self, month: Month) -> (Option<LeaveKind>, u64) {
        let unit = unit(self.rules);
        let kind = self.list.iter().find(|leave| leave.span.contains(month)).map(|leave| leave.kind);
        let credit = match kind {
            None | Some(LeaveKind::GraduateSchoolClinical) => unit,
            Some(LeaveKind::Abroad | LeaveKind::GraduateSchoolResearch) => 0,
            Some(LeaveKind::Childbirth) => unit * u64::from(self.birth_counts(month)),
            Some(LeaveKind::Illness) => {
                unit * u64::from(self.ill_before(month) < self.rules.illness_months_max)
            }
            Some(LeaveKind::PartTime) => {
                let most = unit * u64::from(self.rules.part_time_months_max);
                self.earned_before(month.plus(1)).min(most) - self.earned_before(month).min(most)
            }
        };
        (kind, credit)
    }

    fn birth_counts(&self, month: Month) -> bool {
        let most = self.rules.childbirth_months_max;
        let mut counting = self.births.iter().filter(|leave| !is_lost(self.rules, **leave));
        let first = counting.by_ref().take(self.rules.childbirth_leaves_max as usize);
        first.into_iter().any(|leave| leave.contains(month) && month < leave.start.plus(most))
    }

    fn ill_before(&self, month: Month) -> u32 {
        let before = Span::between(self.start, month);
        let ill = self.list.iter().filter(|leave| leave.kind == LeaveKind::Illness);
        ill.map(|leave| leave.span.intersection(before).months).sum()
    }

    /// What all part-time work before the month earns, in units.
    fn earned_before(&self, month: Month) -> u64 {
        let rows = self.list.iter().filter(|leave| leave.kind == LeaveKind::PartTime);
        rows.map(|row| self.earned(row, Span::between(row.span.start, month).months.min(row.span.months)))
            .sum()
    }

    /// What the first months of a row of part-time work earn: months as such where the week is long
    /// enough, else the hours of the row, spread evenly over its months, up to a month each.
    fn earned(&self, row: &Leave, months: u32) -> u64 {
        let (rules, unit) = (self.rules, unit(self.rules));
        let (all, months) = (u64::from(row.span.months), u64::from(months));
        let full = Decimal::from(rules.part_time_hours_per_week_full);
        if row.hours_per_week.is_some_and(|hours| hours >= full) {
            return months * unit;
        }
        let hours = u64::from(row.hours.unwrap_or(0)) * u64::from(rules.part_time_months_max);
        let most = all.saturating_mul(unit);
        let earned = u128::from(hours.min(most)) * u128::from(months) / u128::from(all.max(1));
        u64::try_from(earned).unwrap_or(u64::MAX)
    }
}

/// What is left of each month's credit under the common limit, in the order of time.
///
/// A month of childbirth or illness counts as a whole or not at all; part-time takes what there is.
fn share_out(rules: &LeaveRules, own: Vec<(Option<LeaveKind>, u64)>) -> Vec<(Option<LeaveKind>, u64)> {
    let Some(limit) = rules.leave_months_max else { return own };
    let mut room = unit(rules) * u64::from(limit);
    let share = |(leave, credit): (Option<LeaveKind>, u64)| {
        let given = match leave {
            Some(LeaveKind::Childbirth | LeaveKind::Illness) if credit > room => 0,
            Some(LeaveKind::Childbirth | LeaveKind::Illness | LeaveKind::PartTime) => credit.min(room),
            _ => return (leave, credit),
        };
        room -= given;
        (leave, given)
    };
    own.into_iter().map(share).collect()
}
