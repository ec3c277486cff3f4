//! Residents that the present question cannot tell apart, taken together.
//!
//! Coverage does not ask for wishes: to it, all residents with the same careers are one. Solving
//! such a question resident by resident would repeat the same prices and careers dozens of times,
//! so residents who agree in careers and in every value the question asks for form one *class*, and
//! the master has one whole number where it would have a symmetry. As goals follow one another the
//! classes get finer.

use std::sync::Arc;

use super::bound::{Alive, Hold, Quantity, ResidentGoal};
use super::formulation::Formulation;
use super::integral::Chosen;

/// Residents alike in the present question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// Never empty.
    pub residents: Vec<usize>,
}

impl Class {
    /// The resident whose careers and values stand for all.
    pub fn representative(&self) -> usize {
        self.residents[0]
    }

    pub fn len(&self) -> i64 {
        self.residents.len() as i64
    }
}

/// The classes of a question, in the order of their first residents.
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
        let (first, second) = (&formulation.values[a], &formulation.values[b]);
        first.set == second.set
            && asked.iter().all(|quantity| match *quantity {
                Quantity::Coverage | Quantity::Staffing => true,
                // Each of them is to be at most the worst.
                Quantity::TotalAndWorst(_) => false,
                Quantity::Cases(cut) => formulation.cuts.need(cut, a) == formulation.cuts.need(cut, b),
                Quantity::AtLeast(kind @ ResidentGoal::CourseWishes, level) => {
                    let values = first.values_of_courses(kind).iter().zip(second.values_of_courses(kind));
                    values.map(|(a, b)| (*a >= level, *b >= level)).all(|(a, b)| a == b)
                }
                Quantity::Total(kind) | Quantity::AtLeast(kind, _) => first.counts_alike(second, kind),
            })
            && (Arc::ptr_eq(&alive[a], &alive[b]) || alive[a] == alive[b])
    };
    let mut classes: Vec<Class> = Vec::new();
    for resident in 0..formulation.values.len() {
        match classes.iter_mut().find(|class| alike(class.representative(), resident)) {
            Some(class) => class.residents.push(resident),
            None => classes.push(Class { residents: vec![resident] }),
        }
    }
    classes
}

/// Deals the careers chosen for each class out to its residents, in order; `None` if the numbers
/// differ.
pub fn deal(formulation: &Formulation, classes: &[Class], of_classes: &[Vec<u32>]) -> Option<Chosen> {
    let mut chosen: Chosen = vec![0; formulation.values.len()];
    for (class, careers) in classes.iter().zip(of_classes) {
        if class.residents.len() != careers.len() {
            return None;
        }
        for (&resident, &career) in class.residents.iter().zip(careers) {
            chosen[resident] = career;
        }
    }
    Some(chosen)
}
