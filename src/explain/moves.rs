//! Who would move to grant a wish: the comparison of plans is that of `diff`.

pub use crate::diff::{Chain, Move, chains, course_changes, moves_of_plans as moves, whereabouts};
