//! What a `plan.json` claims, read back for re-checking.
//!
//! Only what can be checked is read; the rest of the file (words, seconds, counts) is ignored.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::Error;

use super::certificate::{Certificate, NUMBER_MAX};
use super::{GoalValue, Quota};
use crate::calendar::{Month, Span};
use crate::scenario::{CaseIx, CourseIx, FacilityIx, ResidentIx, Scenario, Stay};

/// The claims of a `plan.json`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Claims {
    pub scenario_hash: String,
    pub status: String,
    pub goals: Vec<GoalClaim>,
    /// Who is to experience which cases where; absent where the scenario has no case items.
    #[serde(default, rename = "cases")]
    pub quotas: Vec<QuotaClaim>,
    pub certificate: Certificate,
    /// Months of the base plan that had to stay; the certificate holds among plans that keep them.
    #[serde(default)]
    pub frozen: Vec<FrozenClaim>,
    /// The courses of those who have no placement.
    #[serde(default)]
    pub nowhere: Vec<NowhereClaim>,
}

/// Somebody who is placed nowhere, and their course.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NowhereClaim {
    pub resident: String,
    pub course: String,
}

/// Those who are placed nowhere in terms of a scenario; what it does not have says nothing of anybody.
pub fn nowhere(scenario: &Scenario, claims: &[NowhereClaim]) -> Vec<(ResidentIx, CourseIx)> {
    let residents = positions(scenario.residents.iter().map(|resident| resident.id.as_str()));
    let courses = positions(scenario.courses.iter().map(|course| course.id.as_str()));
    let of = |claim: &NowhereClaim| {
        let resident = residents.get(claim.resident.as_str())?;
        Some((ResidentIx(*resident), CourseIx(*courses.get(claim.course.as_str())?)))
    };
    claims.iter().filter_map(of).collect()
}

/// Months that had to stay as they were in the base plan.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FrozenClaim {
    pub resident: String,
    pub facility: String,
    pub start: String,
    pub months: u32,
}

/// The frozen months in terms of a scenario.
///
/// # Errors
/// The first claim that names something the scenario does not have.
pub fn frozen<'a>(
    scenario: &Scenario,
    claims: &'a [FrozenClaim],
) -> Result<Vec<(ResidentIx, Stay)>, &'a FrozenClaim> {
    let residents = positions(scenario.residents.iter().map(|resident| resident.id.as_str()));
    let facilities = positions(scenario.facilities.iter().map(|facility| facility.id.as_str()));
    let of = |claim: &FrozenClaim| {
        let resident = ResidentIx(*residents.get(claim.resident.as_str())?);
        let facility = FacilityIx(*facilities.get(claim.facility.as_str())?);
        let span = Span::new(Month::parse(&claim.start)?, claim.months);
        // Only decided months can be frozen; that bounds the number too.
        let inside = span.intersection(scenario.decided(resident)) == span;
        inside.then_some((resident, Stay { facility, span, section: None }))
    };
    claims.iter().map(|claim| of(claim).ok_or(claim)).collect()
}

/// A row of planned cases as it stands in the file (see [`Quota`]).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct QuotaClaim {
    pub resident: String,
    pub case: String,
    pub academic_year: i32,
    pub facility: String,
    pub planned: u32,
}

/// The planned cases in terms of a scenario.
///
/// # Errors
/// The first row that names something the scenario does not have.
pub fn quotas<'a>(scenario: &Scenario, claims: &'a [QuotaClaim]) -> Result<Vec<Quota>, &'a QuotaClaim> {
    let residents = positions(scenario.residents.iter().map(|resident| resident.id.as_str()));
    let cases = positions(scenario.cases.iter().map(|case| case.id.as_str()));
    let facilities = positions(scenario.facilities.iter().map(|facility| facility.id.as_str()));
    let of = |claim: &QuotaClaim| {
        Some(Quota {
            resident: ResidentIx(*residents.get(claim.resident.as_str())?),
            case: CaseIx(*cases.get(claim.case.as_str())?),
            academic_year: claim.academic_year,
            facility: FacilityIx(*facilities.get(claim.facility.as_str())?),
            planned: claim.planned,
        })
    };
    claims.iter().map(|claim| of(claim).ok_or(claim)).collect()
}

fn positions<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    ids.zip(0..).collect()
}

/// What is claimed of one goal.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct GoalClaim {
    pub goal: String,
    pub measure: String,
    pub value: GoalValue,
    pub bound: GoalValue,
    pub proof: String,
}

impl GoalClaim {
    /// Whether the claimed bound is a bound at all: of the same form as the value counted, and not above it.
    pub fn bound_is_below(&self, value: &GoalValue) -> bool {
        match (&self.bound, value) {
            (GoalValue::Number(bound), GoalValue::Number(value)) => bound <= value,
            (GoalValue::Vector(bound), GoalValue::Vector(value)) => {
                let descends = bound.windows(2).all(|pair| pair[0].0 > pair[1].0);
                let residents = |pairs: &[(i64, u32)]| pairs.iter().map(|(_, n)| u64::from(*n)).sum::<u64>();
                // Of vectors of one length from the worst down, the pairs compare as the vectors do.
                descends && residents(bound) == residents(value) && bound <= value
            }
            _ => false,
        }
    }
}

/// Reads a `plan.json`.
///
/// # Errors
/// The JSON reader's reason with line and column, or that a number is beyond all bounds.
pub fn read(bytes: &[u8]) -> Result<Claims, serde_json::Error> {
    // Some editors put a mark in front of UTF-8.
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let claims: Claims = serde_json::from_slice(bytes)?;
    match claims.certificate.is_bounded() {
        true => Ok(claims),
        false => Err(serde_json::Error::custom(format!("a number of the certificate exceeds {NUMBER_MAX}"))),
    }
}
