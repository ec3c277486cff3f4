//! Writes down what proves the result, in the certificate's own words (`plan::certificate`).

use super::bound::{self, UNIT};
use super::branching::{self, Proof};
use super::formulation::Formulation;
use super::goals::Steps;
use crate::plan::certificate::{Cases, Certificate, Decision, Prices, RowPrice, Step};

pub fn certificate(formulation: &Formulation<'_>, steps: &Steps) -> Certificate {
    let steps = steps
        .iter()
        .map(|(goal, step)| Step {
            goal: *goal,
            quantity: step.quantity,
            holds: step.holds.clone(),
            value: step.value,
            bound: step.bound,
            proof: step.proof.id().to_string(),
            prices: prices(formulation, &step.prices),
            cases: step.cases.as_ref().map(|proof| Box::new(cases(formulation, proof))),
        })
        .collect();
    Certificate { unit: UNIT, cuts: formulation.cuts.written(formulation.scenario), steps }
}

fn cases(formulation: &Formulation<'_>, proof: &Proof) -> Cases {
    let scenario = formulation.scenario;
    match proof {
        Proof::Prices(of) => Cases::Prices(prices(formulation, of)),
        Proof::NoCareer(resident) => Cases::NoCareer(scenario.residents[*resident].id.clone()),
        Proof::Cases { decision, yes, no } => {
            let resident = scenario.residents[decision.resident()].id.clone();
            let decision = match *decision {
                branching::Decision::Course { course, .. } => {
                    Decision::Course { resident, course: scenario.course(course).id.clone() }
                }
                branching::Decision::Facility { facility, month, .. } => Decision::Facility {
                    resident,
                    facility: scenario.facility(facility).id.clone(),
                    month: month.to_string(),
                },
            };
            Cases::Split {
                decision,
                yes: Box::new(cases(formulation, yes)),
                no: Box::new(cases(formulation, no)),
            }
        }
    }
}

fn prices(formulation: &Formulation<'_>, of: &bound::Prices) -> Prices {
    let rows = |prices: &[i64]| {
        let priced = formulation.rows.iter().zip(prices).filter(|&(_, &price)| price != 0);
        priced
            .map(|(row, &price)| {
                let facility = row.facility.map(|f| formulation.scenario.facility(f).id.clone());
                RowPrice(facility, row.span.start.to_string(), row.span.months, price)
            })
            .collect()
    };
    Prices {
        seats: rows(&of.seats),
        coverage: rows(&of.coverage),
        holds: of.holds.clone(),
        ..Prices::default()
    }
}
