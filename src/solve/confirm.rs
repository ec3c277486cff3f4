//! A second opinion where nothing exact proves that a value is the best.
//!
//! One library's "there is none" is not passed on: such words have been wrong. Where another library
//! was built in, it solves the same question; that two which share nothing agree is what
//! `Proof::Solver` means. Without one, or where they differ, only the bound of the prices is claimed.

use super::bound::{Quantity, rounded_up};
use super::classes::Class;
use super::integral::measure;
use super::pool::Context;
use super::prices::Proved;
use super::search::{Chance, Search};

impl Search<'_> {
    /// Whether another library finds no plan with less than `at_least` of a quantity either. A better
    /// plan that it does find becomes the plan at hand. `None`: its plan was short of cases, and what
    /// that one overdraws is held now; ask again.
    pub(super) fn is_confirmed(
        &mut self,
        quantity: Quantity,
        classes: &[Class],
        proved: &Proved,
        at_least: i64,
    ) -> Option<bool> {
        let Some(backend) = self.context.backend.other() else { return Some(false) };
        let context = Context { backend, ..self.context };
        // The plan at hand is among these careers, so there is a solution whoever is right.
        let value = measure(self.formulation(), quantity, &self.incumbent);
        let Some(careers) = self.affordable(Some(quantity), classes, proved, value) else {
            return Some(false);
        };
        let bound = rounded_up(proved.bound).max(0);
        match self.choose_with(context, Some(quantity), bound, classes, &careers) {
            Chance::Found { chosen, best } => {
                let reached = measure(self.formulation(), quantity, &chosen);
                if reached < value {
                    self.incumbent = chosen;
                }
                Some(best && reached >= at_least)
            }
            Chance::Short => None,
            Chance::None | Chance::Stopped => Some(false),
        }
    }
}
