//! What all values of a quantity are multiples of: then a bound between two of them proves the upper one.
//!
//! Months of a stay times a place come in such steps. Two are told apart. Where a plan is looked for, the stays there are
//! say it. Where a bound is claimed, whoever checks it has to come to the same from the tables, so it is the lengths of the
//! courses' parts that say it, whatever careers the rules leave, and nothing is claimed where something may cut them. Where
//! the prices leave out every plan of a smaller value that has shorter parts, the steps are wider (`lifted`).

use super::bound::{Hold, Quantity, ResidentGoal, rounded_up};
use super::classes::Class;
use super::formulation::Formulation;
use super::pool::{Context, Pool};
use super::prices::Proved;
use crate::scenario::Scenario;

/// Months of an academic year: the first decided month may cut a part there.
pub const YEAR_MONTHS: i64 = 12;

/// What all values of a quantity are multiples of by the stays there are; at least 1.
pub fn of_stays(formulation: &Formulation<'_>, quantity: Quantity) -> i64 {
    let (Quantity::Total(kind) | Quantity::TotalAndWorst(kind)) = quantity else { return 1 };
    if matches!(kind, ResidentGoal::CourseWishes | ResidentGoal::Repeats) {
        return 1;
    }
    let values = formulation
        .values
        .iter()
        .flat_map(|values| values.values_of_stays(kind).iter().chain(values.values_of_courses(kind)));
    values.fold(0, |unit, &value| gcd(unit, value)).max(1)
}

/// What all values of a quantity are multiples of by the tables; at least 1.
pub fn of_tables(scenario: &Scenario, quantity: Quantity) -> i64 {
    if quantity != Quantity::Total(ResidentGoal::FacilityWishes)
        || scenario.rules.wishes_count_history
        || !scenario.sections.is_empty()
    {
        return 1;
    }
    let start = scenario.start();
    let is_cut = scenario.residents.iter().any(|resident| {
        let since = i64::from(start.since(resident.entry));
        !resident.leaves.is_empty() || resident.ends_early().is_some() || since % YEAR_MONTHS != 0
    });
    if is_cut {
        return 1;
    }
    let patterns = scenario.courses.iter().flat_map(|course| &course.patterns);
    let parts = patterns.flat_map(|pattern| pattern.entries.iter().flatten());
    let lengths = parts.map(|part| i64::from(part.step.unwrap_or(part.months)));
    let wholes =
        scenario.courses.iter().map(|course| course.training_months.unwrap_or(scenario.training_months));
    lengths.chain(wholes.map(i64::from)).fold(YEAR_MONTHS, gcd).max(1)
}

/// The least value that prices leave, up to `value`, where what plans of less can use comes in wider steps than `grid`.
///
/// A plan below a claim uses no career that costs more than the claim leaves above the bound. If none of the values
/// that the others add up to lies between the bound and the claim, there is no such plan. A higher claim leaves more
/// careers in, so the first that fails is the last.
pub fn lifted(
    context: Context<'_>,
    pool: &Pool,
    (quantity, holds): (Quantity, &[Hold]),
    classes: &[Class],
    proved: &Proved,
    (grid, value): (i64, i64),
) -> i64 {
    let mut least = self::proved(grid, proved.bound).min(value);
    // Of other totals, and where somebody pays for the largest value, whoever checks it would not follow.
    let Quantity::Total(kind @ ResidentGoal::FacilityWishes) = quantity else { return least };
    if !proved.prices.worst.is_empty() || grid % YEAR_MONTHS == 0 {
        return least;
    }
    // Steps wider than a year's are nothing to count on.
    let most = value.min(least.saturating_add(YEAR_MONTHS));
    while least < most {
        let claim = on_grid(grid, least + 1).min(value);
        let last = on_grid(grid, claim - grid);
        let residue = pool.residue(context, (kind, holds), classes, proved, (last, grid));
        let Some(residue) = residue else { break };
        if residue.next(rounded_up(proved.bound)).is_some_and(|next| next <= last) {
            break;
        }
        least = claim;
    }
    least
}

/// The least multiple of `grid` that is not below `value`.
pub fn on_grid(grid: i64, value: i64) -> i64 {
    value.checked_add(grid - 1).map_or(value, |sum| sum.div_euclid(grid) * grid)
}

/// The least value that a bound in [`super::bound::UNIT`]ths leaves.
pub fn proved(grid: i64, bound: i128) -> i64 {
    on_grid(grid, rounded_up(bound))
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sample;
    use crate::solve::bound::UNIT;

    #[test]
    fn a_bound_proves_the_next_value_there_can_be() {
        assert_eq!([8, 9, 11, 12, -3].map(|value| on_grid(4, value)), [8, 12, 12, 12, 0]);
        assert_eq!(proved(4, i128::from(UNIT) * 8), 8);
        assert_eq!(proved(4, i128::from(UNIT) * 8 + 1), 12);
    }

    #[test]
    fn what_may_cut_a_part_leaves_single_months() {
        let total = Quantity::Total(ResidentGoal::FacilityWishes);
        let scenario = sample::scenario();
        let grid = of_tables(&scenario, total);
        assert!(grid > 1, "{grid}");
        assert_eq!(of_tables(&scenario, Quantity::AtLeast(ResidentGoal::FacilityWishes, 3)), 1);
        let rule = crate::scenario::edit::Edit::rule("wishes_count_history", true);
        assert_eq!(of_tables(&scenario.edited(&[rule]).unwrap(), total), 1);
    }
}
