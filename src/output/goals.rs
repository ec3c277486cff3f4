//! Goals in plain words: what each counts, what a plan is worth by it, and how sure that is.

use std::collections::BTreeMap;

use super::grid::{Align, Grid};
use crate::language::{Catalogue, Message};
use crate::plan::careers::{Career, Granted};
use crate::plan::{GoalResult, GoalValue, Proof};
use crate::scenario::{Goal, GoalKind, Measure, Scenario};

/// The goal with its measure: "course wishes (worst first)".
pub fn name(goal: Goal) -> Message {
    let kind = match goal.kind {
        GoalKind::Coverage => "goal-coverage",
        GoalKind::CourseWishes => "goal-course-wishes",
        GoalKind::FacilityWishes => "goal-facility-wishes",
        GoalKind::Repeats => "goal-repeats",
        GoalKind::Stability => "goal-stability",
        GoalKind::Requirements => "goal-requirements",
        GoalKind::Staffing => "goal-staffing",
        GoalKind::Points => "goal-points",
    };
    let measure = match goal.measure {
        Measure::Sum => "measure-sum",
        Measure::Worst => "measure-worst",
        Measure::WorstFirst => "measure-worst-first",
        Measure::SumPlusWorst => "measure-sum-plus-worst",
    };
    Message::new("goal-name").message("goal", Message::new(kind)).message("measure", Message::new(measure))
}

/// The goal that files call `coverage.sum`.
pub fn of_name(name: &str) -> Option<Goal> {
    let mut all =
        GoalKind::ALL.into_iter().flat_map(|kind| Measure::ALL.map(|measure| Goal { kind, measure }));
    all.find(|goal| format!("{}.{}", goal.kind.id(), goal.measure.id()) == name)
}

/// A value of the goal in its own unit.
pub fn value(kind: GoalKind, value: &GoalValue) -> Message {
    match value {
        GoalValue::Number(number) => quantity(kind, *number),
        GoalValue::Vector(shares) => listed(shares.iter().map(|(number, residents)| {
            Message::new("value-share")
                .message("quantity", quantity(kind, *number))
                .number("residents", i64::from(*residents))
        })),
    }
}

fn quantity(kind: GoalKind, number: i64) -> Message {
    let key = match kind {
        GoalKind::Coverage => "value-coverage",
        GoalKind::CourseWishes => "value-course-wishes",
        GoalKind::FacilityWishes => "value-facility-wishes",
        GoalKind::Repeats => "value-repeats",
        GoalKind::Stability => "value-stability",
        GoalKind::Requirements => "value-requirements",
        GoalKind::Staffing => "value-staffing",
        GoalKind::Points => "value-points",
    };
    Message::new(key).number("value", number)
}

/// What a plan is worth by a goal, in the words that say most: for course wishes who got which one.
pub fn result(scenario: &Scenario, goal: Goal, worth: &GoalValue, careers: &[Career]) -> Message {
    if (goal.kind, goal.measure) == (GoalKind::CourseWishes, Measure::WorstFirst) {
        return course_wishes(scenario, careers);
    }
    value(goal.kind, worth)
}

/// The goals of a plan and what it is worth by each.
pub fn table(
    scenario: &Scenario,
    goals: &[(Goal, GoalValue)],
    careers: &[Career],
    catalogue: &Catalogue,
) -> Grid {
    let mut grid = Grid::new(vec![
        (catalogue.word("column-goal"), Align::Left),
        (catalogue.word("column-result"), Align::Left),
    ]);
    for (goal, worth) in goals {
        let result = result(scenario, *goal, worth, careers);
        grid.push(vec![catalogue.say(&name(*goal)), catalogue.say(&result)]);
    }
    grid
}

/// How many residents have which course wish: "choice 1: 34, choice 2: 2".
///
/// The goal's own values cannot say this: a course that is not listed counts as the list's length.
fn course_wishes(scenario: &Scenario, careers: &[Career]) -> Message {
    let mut residents: BTreeMap<Granted, i64> = BTreeMap::new();
    for granted in careers.iter().filter_map(|career| career.granted(scenario)) {
        *residents.entry(granted).or_insert(0) += 1;
    }
    listed(residents.into_iter().map(|(granted, residents)| {
        let message = match granted {
            Granted::Wish(place) => Message::new("granted-wish").number("place", place as i64),
            Granted::Unlisted => Message::new("granted-unlisted"),
            Granted::NoWish => Message::new("granted-no-wish"),
        };
        message.number("residents", residents)
    }))
}

/// How sure it is that no plan does better.
pub fn proof(result: &GoalResult) -> Message {
    if result.bound != result.value {
        return Message::new("proof-open").message("bound", value(result.goal.kind, &result.bound));
    }
    Message::new(match result.proof {
        Proof::Certified => "proof-certified",
        Proof::Solver => "proof-solver",
        Proof::None => "proof-trivial",
    })
}

/// Messages one after another, as a list in a sentence.
fn listed(messages: impl DoubleEndedIterator<Item = Message>) -> Message {
    messages
        .rev()
        .reduce(|rest, first| Message::new("list").message("first", first).message("rest", rest))
        .unwrap_or_else(|| Message::new("list-empty"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::output::sample;
    use crate::plan::careers;

    #[test]
    fn wishes_are_counted_per_resident() {
        let scenario = sample::scenario();
        let message = course_wishes(&scenario, &careers::careers(&scenario, &sample::plan()));
        let say = |language| Catalogue::new(language).say(&message);
        assert_eq!(say(Language::En), "choice 1: 1, choice 2: 1, no wish: 1");
        assert_eq!(say(Language::Ja), "第1希望 1 名、第2希望 1 名、希望なし 1 名");
    }

    #[test]
    fn every_value_and_proof_has_words() {
        for language in [Language::Ja, Language::En] {
            let catalogue = Catalogue::new(language);
            for kind in GoalKind::ALL {
                for measure in Measure::ALL {
                    let result = |bound, proof| GoalResult {
                        goal: Goal { kind, measure },
                        value: GoalValue::Vector(vec![(2, 1), (0, 3)]),
                        bound,
                        proof,
                    };
                    let met = GoalValue::Vector(vec![(2, 1), (0, 3)]);
                    let said = [
                        catalogue.say(&name(Goal { kind, measure })),
                        catalogue.say(&value(kind, &met)),
                        catalogue.say(&proof(&result(GoalValue::Number(0), Proof::None))),
                        catalogue.say(&proof(&result(met.clone(), Proof::Certified))),
                        catalogue.say(&proof(&result(met.clone(), Proof::Solver))),
                        catalogue.say(&proof(&result(met.clone(), Proof::None))),
                    ];
                    for text in said {
                        assert!(
                            !text.contains('{') && text.contains(|c: char| c == ' ' || !c.is_ascii()),
                            "{text}"
                        );
                    }
                }
            }
        }
    }
}
