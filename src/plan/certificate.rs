//! What proves an answer, as data that travels with it in `plan.json`.
//!
//! A certificate is a list of steps. A step says: whatever plan keeps the *holds*, its *quantity* is
//! at least *bound*. It is proved by prices for the rows of the problem (weak duality): for prices
//! that are not negative, and coverage prices that do not exceed what a missing resident costs,
//!
//! ```text
//! quantity ≥ Σ_residents least priced career − Σ seat price × seats
//!            + Σ coverage price × residents counted on − Σ hold price × at_most
//! priced career = its quantity + Σ hold price × its share of the hold
//!                 + Σ seat prices − Σ coverage prices of the rows it is present in
//!                 + Σ worst prices of the resident × their value of the goal
//! ```
//!
//! Staffing at most, and residents of an intake year on a course, are rows like seats; staffing at least is
//! a row like coverage. What may be missed at a cost bounds its price: a row of the goals `coverage` and
//! `staffing` costs, for one resident too few or too many in all its months, as much as these months of the
//! quantity and of the holds of that goal. What must be kept bounds it by nothing.
//!
//! A sum and worst value together is Σ value + t, where t is no less than anybody's value: a *worst price*
//! is that of one resident's value being at most t. All of a goal together come to no more than the
//! price of t, which is 1 where it is the quantity itself, and the prices of its holds. Where something else
//! says that t is at least some level, what is left of the price of t is worth that level.
//!
//! Bounds are proved so, or by cases, a tree of decisions about single residents whose leaves carry prices. In a step
//! without a quantity everything costs nothing, and a bound above 0 means there is no plan.
//!
//! Quantities are whole, so a bound is rounded up. A total of `facility-wishes` is a sum of what the parts of patterns
//! add at facilities, their decided months times a place: where all of these are multiples of some number, so is the
//! total, and a bound is rounded up to the next multiple. A plan of less than what a step claims uses no career
//! whose priced cost above its resident's least exceeds what the greatest value below the claim leaves above the
//! bound. Where all sums of what these careers have leave the same rest by some number, and none that does lies
//! between bound and claim, the claim holds.
//!
//! A step may leave careers out: those that exceed an earlier settled value on their own (a hold of
//! 0 residents), and those that an earlier settled step's `prices` exclude, because their priced
//! cost above the resident's least exceeds that step's value minus its bound.
//!
//! All prices are whole numbers of 1/`unit`. Whoever checks a certificate needs the tables and
//! integer arithmetic, no solver.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// No number of a certificate lies beyond ±this, so that sums of products of them can be bounded.
pub const NUMBER_MAX: i64 = 1_000_000_000_000_000;

/// What proves an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default, JsonSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Prices are whole numbers of 1/`unit`.
    pub unit: i64,
    /// Shared case volumes that plans were found to overdraw, for [`Quantity::Cases`].
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub cuts: Vec<Cut>,
    pub steps: Vec<Step>,
}

impl Certificate {
    /// Whether every number lies within ±[`NUMBER_MAX`].
    pub fn is_bounded(&self) -> bool {
        let mut numbers = vec![self.unit];
        numbers.extend(self.cuts.iter().map(|cut| cut.offer));
        for step in &self.steps {
            numbers.extend([step.value, step.bound]);
            numbers.extend(step.quantity.and_then(Quantity::level));
            numbers.extend(step.holds.iter().map(|hold| hold.at_most));
            numbers.extend(step.holds.iter().filter_map(|hold| hold.quantity.level()));
            let mut open: Vec<&Cases> = step.cases.as_deref().into_iter().collect();
            let mut prices = vec![&step.prices];
            while let Some(cases) = open.pop() {
                match cases {
                    Cases::Prices(of) => prices.push(of),
                    Cases::NoCareer(_) => {}
                    Cases::Split { decision, yes, no } => {
                        numbers.extend(decision.level());
                        open.extend([&**yes, &**no]);
                    }
                }
            }
            for of in prices {
                let rows = [&of.seats, &of.coverage, &of.staffing_max, &of.staffing_min];
                numbers.extend(rows.into_iter().flatten().map(|row| row.3));
                numbers.extend(of.intake.iter().map(|row| row.2));
                numbers.extend(of.worst.iter().map(|row| row.2));
                numbers.extend(&of.holds);
            }
        }
        numbers.iter().all(|number| number.unsigned_abs() <= NUMBER_MAX.unsigned_abs())
    }

    /// The cuts that a proof rests on.
    pub fn priced_cuts(&self) -> Vec<Cut> {
        let holds = self.steps.iter().flat_map(|step| step.holds.iter().zip(&step.prices.holds));
        let priced: BTreeSet<usize> = holds
            .filter_map(|(hold, &price)| match hold.quantity {
                Quantity::Cases(cut) if price != 0 => Some(cut),
                _ => None,
            })
            .collect();
        priced.into_iter().filter_map(|cut| self.cuts.get(cut).cloned()).collect()
    }
}

/// What some facilities in some academic years offer of a case item.
///
/// A resident's *demand* on them is the need less what the career allows elsewhere, at least 0. All
/// demands together may not exceed what they offer: that every such set is kept is the same as that
/// everybody can reach the target (maximum flow, minimum cut).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, JsonSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cut {
    pub case: String,
    /// (facility id, academic year); none at all: each career on its own has to allow the need.
    pub sites: Vec<(String, i32)>,
    /// Cases that the sites offer together.
    pub offer: i64,
}

/// One proved statement.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Position of the goal in `plan.json`'s `goals`; absent where it is about any plan at all.
    pub goal: Option<usize>,
    /// Absent: whether there is any plan at all.
    pub quantity: Option<Quantity>,
    pub holds: Vec<Hold>,
    /// What the plan at hand has.
    pub value: i64,
    /// What is proved; equal to the value if the step is settled.
    pub bound: i64,
    /// `certified`, `solver` or `none` (see `plan::Proof`).
    pub proof: String,
    pub prices: Prices,
    /// Where the prices alone do not prove the bound.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cases: Option<Box<Cases>>,
}

/// Something a plan has a number of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Quantity {
    /// Missing resident-months at facilities that count on residents.
    Coverage,
    /// The residents' values of a goal, added up.
    Total(ResidentGoal),
    /// Residents whose value of a goal is at least this.
    AtLeast(ResidentGoal, i64),
    /// Resident-months below or above staffing of kind `wish`.
    Staffing,
    /// The residents' values of a goal, added up, and the largest of them once more.
    TotalAndWorst(ResidentGoal),
    /// The residents' demands on the cut at this position in [`Certificate::cuts`], added up. No plan
    /// has more than the cut's offer.
    Cases(usize),
}

impl Quantity {
    fn level(self) -> Option<i64> {
        match self {
            Self::AtLeast(_, level) => Some(level),
            Self::Coverage | Self::Total(_) | Self::Cases(_) | Self::Staffing | Self::TotalAndWorst(_) => {
                None
            }
        }
    }
}

/// A goal that has a value for each resident (`scenario::GoalKind` without `coverage` and `staffing`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResidentGoal {
    CourseWishes,
    FacilityWishes,
    Repeats,
    Stability,
    Requirements,
    Points,
}

impl ResidentGoal {
    pub const ALL: [Self; 6] = [
        Self::CourseWishes,
        Self::FacilityWishes,
        Self::Repeats,
        Self::Stability,
        Self::Requirements,
        Self::Points,
    ];
}

/// A settled quantity, kept: no plan considered has more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    pub quantity: Quantity,
    pub at_most: i64,
}

/// Prices of the rows and holds of a step; what is not named is 0.
#[derive(Debug, Clone, PartialEq, Eq, Default, JsonSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prices {
    /// For one resident present in these months.
    pub seats: Vec<RowPrice>,
    pub coverage: Vec<RowPrice>,
    /// For one resident who counts there; named are rows of `staffing.csv`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub staffing_max: Vec<RowPrice>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub staffing_min: Vec<RowPrice>,
    /// For one resident of the intake year on the course.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub intake: Vec<IntakePrice>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub worst: Vec<WorstPrice>,
    /// One per hold of the step.
    pub holds: Vec<i64>,
}

/// (facility id, `facility/section`, id of a row of staffing, or none for all facilities together; first month
/// `YYYY-MM`; months; price).
///
/// Every career is present in all months of a row or in none, and nothing about the place
/// changes within them.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct RowPrice(pub Option<String>, pub String, pub u32, pub i64);

/// (course id, intake year, price).
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct IntakePrice(pub String, pub i32, pub i64);

/// (goal, resident id, price).
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct WorstPrice(pub ResidentGoal, pub String, pub i64);

/// Decisions above one another in a proof by cases; nobody goes deeper, who proves or who checks.
pub const DEPTH_MAX: usize = 500;

/// A proof by cases. In JSON a flat list: each split is followed by its `yes` part, then its `no` part,
/// since readers of JSON limit how deep a text may nest.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(try_from = "Vec<CaseNode>", into = "Vec<CaseNode>")]
pub enum Cases {
    Prices(Prices),
    /// This resident has no career left.
    NoCareer(String),
    Split {
        decision: Decision,
        yes: Box<Cases>,
        no: Box<Cases>,
    },
}

/// An entry of the list.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum CaseNode {
    Prices(Prices),
    NoCareer(String),
    Split(Decision),
}

impl From<Cases> for Vec<CaseNode> {
    fn from(cases: Cases) -> Self {
        let mut nodes = Vec::new();
        let mut open = vec![cases];
        while let Some(cases) = open.pop() {
            nodes.push(match cases {
                Cases::Prices(prices) => CaseNode::Prices(prices),
                Cases::NoCareer(resident) => CaseNode::NoCareer(resident),
                Cases::Split { decision, yes, no } => {
                    open.extend([*no, *yes]);
                    CaseNode::Split(decision)
                }
            });
        }
        nodes
    }
}

impl TryFrom<Vec<CaseNode>> for Cases {
    type Error = String;

    fn try_from(nodes: Vec<CaseNode>) -> Result<Self, String> {
        // From the end: the parts of a split are whole before the split itself comes.
        let mut whole: Vec<(Self, usize)> = Vec::new();
        for node in nodes.into_iter().rev() {
            let next = match node {
                CaseNode::Prices(prices) => (Self::Prices(prices), 0),
                CaseNode::NoCareer(resident) => (Self::NoCareer(resident), 0),
                CaseNode::Split(decision) => {
                    let (Some((yes, left)), Some((no, right))) = (whole.pop(), whole.pop()) else {
                        return Err("a split lacks a part".into());
                    };
                    (Self::Split { decision, yes: yes.into(), no: no.into() }, left.max(right) + 1)
                }
            };
            if next.1 > DEPTH_MAX {
                return Err(format!("cases are split more than {DEPTH_MAX} times"));
            }
            whole.push(next);
        }
        match (whole.pop(), whole.is_empty()) {
            (Some((cases, _)), true) => Ok(cases),
            _ => Err("the cases are not one tree".into()),
        }
    }
}

/// A statement that is true or false of every plan: but for the last about one resident's career.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Decision {
    Course {
        resident: String,
        course: String,
    },
    /// At the facility in the month, in whichever section.
    Facility {
        resident: String,
        facility: String,
        month: String,
    },
    /// In the section (`facility/section`) in the month.
    Section {
        resident: String,
        section: String,
        month: String,
    },
    /// Somebody's value of a goal is at least the level.
    Worst {
        goal: ResidentGoal,
        level: i64,
    },
}

impl Decision {
    fn level(&self) -> Option<i64> {
        match self {
            Self::Worst { level, .. } => Some(*level),
            Self::Course { .. } | Self::Facility { .. } | Self::Section { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(number: i64) -> Cases {
        Cases::Prices(Prices { holds: vec![number], ..Prices::default() })
    }

    fn split(number: usize, yes: Cases, no: Cases) -> Cases {
        let decision = Decision::Course { resident: number.to_string(), course: "A".into() };
        Cases::Split { decision, yes: yes.into(), no: no.into() }
    }

    fn chain(length: usize) -> Cases {
        (0..length).fold(leaf(0), |no, number| split(number, Cases::NoCareer("r".into()), no))
    }

    #[test]
    fn a_tree_of_cases_is_a_flat_list_and_reads_back() {
        let lopsided = split(1, split(2, leaf(3), split(4, leaf(5), leaf(6))), leaf(7));
        for tree in [leaf(1), split(1, leaf(2), leaf(3)), lopsided, chain(DEPTH_MAX)] {
            let json = serde_json::to_string(&tree).unwrap();
            assert_eq!(serde_json::from_str::<Cases>(&json).unwrap(), tree);
        }
        let flat = serde_json::to_value(split(1, leaf(2), leaf(3))).unwrap();
        assert_eq!(flat[0]["split"]["course"]["resident"], "1");
        assert_eq!((&flat[1]["prices"]["holds"][0], &flat[2]["prices"]["holds"][0]), (&2.into(), &3.into()));
    }

    #[test]
    fn no_tree_is_refused_however_long() {
        let split = r#"{"split":{"course":{"resident":"1","course":"A"}}}"#;
        let leaf = r#"{"no-career":"1"}"#;
        let read = |nodes: &[&str]| serde_json::from_str::<Cases>(&format!("[{}]", nodes.join(",")));
        assert!(read(&[split, leaf, leaf]).is_ok());
        for nodes in [&[][..], &[split], &[split, leaf], &[leaf, leaf], &[split, leaf, leaf, leaf]] {
            assert!(read(nodes).is_err(), "{nodes:?}");
        }
        let deep = Vec::from(chain(DEPTH_MAX + 1));
        assert!(Cases::try_from(deep).unwrap_err().contains("more than 500 times"));
        let endless = [vec![split; 100_000], vec![leaf; 100_001]].concat();
        assert!(read(&endless).is_err());
    }
}
