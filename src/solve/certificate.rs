//! Writes down what proves the result, in the certificate's own words (`plan::certificate`).

use super::bound::{self, UNIT};
use super::branching::{self, Proof};
use super::formulation::Formulation;
use super::goals::Steps;
use super::rows::Of;
use crate::plan::certificate::{
    Cases, Certificate, Decision, IntakePrice, Prices, RowPrice, Step, WorstPrice,
};
use crate::scenario::{Place, Scenario, SectionIx};

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
            let id = |resident: usize| scenario.residents[resident].id.clone();
            let decision = match *decision {
                branching::Decision::Course { resident, course } => {
                    Decision::Course { resident: id(resident), course: scenario.course(course).id.clone() }
                }
                branching::Decision::Facility { resident, facility, month } => Decision::Facility {
                    resident: id(resident),
                    facility: scenario.facility(facility).id.clone(),
                    month: month.to_string(),
                },
                branching::Decision::Section { resident, section, month } => Decision::Section {
                    resident: id(resident),
                    section: section_id(scenario, section),
                    month: month.to_string(),
                },
                branching::Decision::Worst { goal, level } => Decision::Worst { goal, level },
            };
            Cases::Split {
                decision,
                yes: Box::new(cases(formulation, yes)),
                no: Box::new(cases(formulation, no)),
            }
        }
    }
}

fn section_id(scenario: &Scenario, section: SectionIx) -> String {
    let facility = scenario.section(section).facility;
    scenario.place_id(Place { facility, section: Some(section) })
}

fn prices(formulation: &Formulation<'_>, of: &bound::Prices) -> Prices {
    let scenario = formulation.scenario;
    let mut prices = Prices { holds: of.holds.clone(), ..Prices::default() };
    for (row, (&seat, &least)) in formulation.rows.iter().zip(of.seats.iter().zip(&of.coverage)) {
        let (name, most, at_least) = match row.of {
            Of::Program => (None, &mut prices.seats, &mut prices.coverage),
            Of::Facility(facility) => {
                (Some(scenario.facility(facility).id.clone()), &mut prices.seats, &mut prices.coverage)
            }
            Of::Section(section) => {
                (Some(section_id(scenario, section)), &mut prices.seats, &mut prices.coverage)
            }
            Of::Staffing(number) => {
                let id = scenario.staffing[number].id.clone();
                (Some(id), &mut prices.staffing_max, &mut prices.staffing_min)
            }
            Of::Intake(course, year) => {
                if seat != 0 {
                    prices.intake.push(IntakePrice(scenario.course(course).id.clone(), year, seat));
                }
                continue;
            }
        };
        let priced = |price: i64| RowPrice(name.clone(), row.span.start.to_string(), row.span.months, price);
        most.extend((seat != 0).then(|| priced(seat)));
        at_least.extend((least != 0).then(|| priced(least)));
    }
    let worst = of
        .worst
        .iter()
        .map(|(&(goal, resident), &price)| WorstPrice(goal, scenario.residents[resident].id.clone(), price));
    prices.worst.extend(worst);
    prices
}
