//! Groups that the present question cannot tell apart, taken together.
//!
//! Coverage does not ask for wishes: to it, all residents with the same careers are one. Solving
//! such a question group by group would repeat the same prices and careers dozens of times, so
//! groups that agree in careers and in every value the question asks for form one *class* with the
//! sum of their residents. As goals follow one another the classes get finer.

use super::bound::{Alive, Hold, Quantity};
use super::formulation::Formulation;
use super::integral::Chosen;
use crate::scenario::GoalKind;

/// Groups alike in the present question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// Never empty; the first one stands for all.
    pub groups: Vec<usize>,
    /// Residents of all groups together.
    pub residents: i64,
}

impl Class {
    /// The group whose careers and values stand for all.
    pub fn representative(&self) -> usize {
        self.groups[0]
    }
}

/// The classes of a question, in the order of their first groups.
pub fn classes(
    formulation: &Formulation,
    objective: Option<Quantity>,
    holds: &[Hold],
    alive: &Alive,
) -> Vec<Class> {
    let mut asked: Vec<Quantity> =
        objective.into_iter().chain(holds.iter().map(|hold| hold.quantity)).collect();
    asked.sort_unstable();
    asked.dedup();
    let alike = |a: usize, b: usize| {
        let (first, second) = (&formulation.groups[a], &formulation.groups[b]);
        first.set == second.set
            && asked.iter().all(|quantity| match *quantity {
                Quantity::Coverage => true,
                Quantity::AtLeast(GoalKind::CourseWishes, level) => {
                    let values = first.values_of_courses().iter().zip(second.values_of_courses());
                    values.map(|(a, b)| (*a >= level, *b >= level)).all(|(a, b)| a == b)
                }
                Quantity::Total(GoalKind::CourseWishes) => {
                    first.values_of_courses() == second.values_of_courses()
                }
                Quantity::Total(kind) | Quantity::AtLeast(kind, _) => {
                    first.values_of_stays(kind) == second.values_of_stays(kind)
                }
            })
            && alive[a] == alive[b]
    };
    let mut classes: Vec<Class> = Vec::new();
    for group in 0..formulation.groups.len() {
        let residents = formulation.count(group);
        match classes.iter_mut().find(|class| alike(class.representative(), group)) {
            Some(class) => {
                class.groups.push(group);
                class.residents += residents;
            }
            None => classes.push(Class { groups: vec![group], residents }),
        }
    }
    classes
}

/// Deals the careers chosen for each class out to its groups, in order.
pub fn deal(formulation: &Formulation, classes: &[Class], of_classes: Vec<Vec<u32>>) -> Chosen {
    let mut chosen: Chosen = vec![Vec::new(); formulation.groups.len()];
    for (class, careers) in classes.iter().zip(of_classes) {
        let mut careers = careers.into_iter();
        for &group in &class.groups {
            chosen[group].extend(careers.by_ref().take(formulation.groups[group].residents.len()));
        }
    }
    chosen
}
