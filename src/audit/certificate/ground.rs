//! What a claim is judged by, as facts: why a step of a certificate is refused, and what became of a claim.

use super::claim::Outcome;
use super::limits::Limit;
use crate::language::Message;

/// Why a step, or its prices, prove nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// The unit is not positive.
    Unit,
    /// There is not one price for each hold.
    HoldPrices,
    /// A number is beyond all bounds.
    Number,
    /// A price is negative.
    Sign,
    /// A price names a facility, month or span that does not exist.
    Row,
    /// A price is on a row whose limit changes, or which has none.
    RowLimit,
    /// Two prices are on one row in one month.
    RowTwice,
    /// A price of coverage exceeds what a missing resident costs.
    CoveragePrice,
    /// It names a goal that is not there.
    Goal,
    /// It holds what is not settled before.
    Hold,
    /// It holds case volumes that the tables do not name, or to less than they offer.
    Cut,
    /// The prices prove less than it claims.
    Bound,
    /// Who is said to have no career left has one.
    NoCareer,
    /// The cases are nested too deeply.
    Depth,
    /// A decision names what does not exist.
    Name,
}

/// A step of a certificate, counted from 1, that proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusedStep {
    pub step: usize,
    pub refusal: Refusal,
}

/// Frozen months: in how many resident-months of the base plan something is frozen, and in how many of them the
/// plan is another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrozenMonths {
    pub months: usize,
    pub changed: usize,
}

/// Why a claim holds, is open or is rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground {
    OtherScenario,
    StatusUnknown,
    /// No plan, and yet goals have values.
    StatusWithGoals,
    NothingClaimed,
    NoPlanProved,
    NoPlanNotProved,
    PlacementsNeeded,
    NotChecked(Limit),
    GoalsDiffer,
    ProofUnknown,
    ValueDiffers,
    BoundAbove,
    /// Said to be optimal, with a bound that is not the value.
    OptimalBound,
    NotCertified,
    Proved,
    BoundDiffers,
    /// With the first step that was refused, if one was.
    NotProved(Option<RefusedStep>),
    FrozenWithoutBase,
    FrozenKept(FrozenMonths),
    FrozenNotChecked(FrozenMonths),
    /// No plan changes fewer.
    FrozenLeast(FrozenMonths),
    /// So many have to be changed at least; listed as those that had to.
    FrozenOpen(FrozenMonths, i64),
    /// Though only so many are known to have to be.
    FrozenChanged(FrozenMonths, i64),
    /// How many things are wrong with the planned cases, and the first.
    CasesRefused(usize, Message),
    CasesNotAssessed,
    /// How many quotas there are, and how many items nobody can assess.
    CasesHold {
        quotas: usize,
        open: usize,
    },
}

impl Ground {
    /// What it makes of the claim.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::NoPlanProved
            | Self::Proved
            | Self::FrozenKept(_)
            | Self::FrozenLeast(_)
            | Self::CasesHold { .. } => Outcome::Holds,
            Self::NothingClaimed
            | Self::NotChecked(_)
            | Self::NotCertified
            | Self::FrozenWithoutBase
            | Self::FrozenNotChecked(_)
            | Self::FrozenOpen(..)
            | Self::CasesNotAssessed => Outcome::Open,
            Self::OtherScenario
            | Self::StatusUnknown
            | Self::StatusWithGoals
            | Self::NoPlanNotProved
            | Self::PlacementsNeeded
            | Self::GoalsDiffer
            | Self::ProofUnknown
            | Self::ValueDiffers
            | Self::BoundAbove
            | Self::OptimalBound
            | Self::BoundDiffers
            | Self::NotProved(_)
            | Self::FrozenChanged(..)
            | Self::CasesRefused(..) => Outcome::Rejected,
        }
    }
}
