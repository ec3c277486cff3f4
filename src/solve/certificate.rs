//! What proves the result, as data that travels with the plan.
//!
//! Each step names its quantity, the holds in force, the value reached, the bound, and the prices
//! that prove it (`bound` states the inequality), or a tree of decisions with prices in its leaves
//! (`branching`). Prices are whole numbers of 1/`unit`ths; what is
//! zero is left out. A career that an earlier step's prices exclude (its priced cost above the
//! cheapest exceeds what that step's value left above its bound) may be left out in later steps.

use serde_json::{Value, json};

use super::bound::{Hold, Quantity, UNIT};
use super::branching::{Decision, Proof};
use super::formulation::Formulation;
use super::goals::Steps;

pub fn json(formulation: &Formulation<'_>, steps: &Steps) -> Value {
    let list: Vec<Value> = steps
        .iter()
        .map(|(goal, step)| {
            json!({
                "goal": goal.map(|goal| goal.kind.id()),
                "measure": goal.map(|goal| goal.measure.id()),
                "quantity": step.quantity.map(quantity),
                "value": step.value,
                "bound": step.bound,
                "proof": step.proof.id(),
                "holds": step.holds.iter().map(hold).collect::<Vec<_>>(),
                "evidence": evidence(formulation, &step.evidence),
            })
        })
        .collect();
    json!({ "unit": UNIT, "steps": list })
}

fn evidence(formulation: &Formulation<'_>, proof: &Proof) -> Value {
    let scenario = formulation.scenario;
    match proof {
        Proof::Prices(prices) => json!({
            "hold_prices": prices.holds,
            "seat_prices": rows(formulation, &prices.seats),
            "coverage_prices": rows(formulation, &prices.coverage),
        }),
        Proof::NoCareer(resident) => json!({ "no_career": scenario.residents[*resident].id }),
        Proof::Cases { decision, yes, no } => {
            let resident = &scenario.residents[decision.resident()].id;
            let decision = match *decision {
                Decision::Course { course, .. } => {
                    json!({ "resident": resident, "course": scenario.course(course).id })
                }
                Decision::Facility { facility, month, .. } => json!({
                    "resident": resident,
                    "facility": scenario.facility(facility).id,
                    "month": month.to_string(),
                }),
            };
            json!({
                "decision": decision,
                "yes": evidence(formulation, yes),
                "no": evidence(formulation, no),
            })
        }
    }
}

fn quantity(quantity: Quantity) -> Value {
    match quantity {
        Quantity::Coverage => json!({ "missing": "coverage" }),
        Quantity::Total(kind) => json!({ "total": kind.id() }),
        Quantity::AtLeast(kind, level) => json!({ "residents_with": kind.id(), "at_least": level }),
    }
}

fn hold(hold: &Hold) -> Value {
    json!({ "quantity": quantity(hold.quantity), "at_most": hold.at_most })
}

/// [facility id (null: all together), first month, months, price] of every row with a price.
fn rows(formulation: &Formulation<'_>, prices: &[i64]) -> Value {
    let priced = formulation.rows.iter().zip(prices).filter(|&(_, &price)| price != 0);
    let row = |(row, price): (&super::formulation::Row, &i64)| {
        let facility = row.facility.map(|f| formulation.scenario.facility(f).id.clone());
        json!([facility, row.span.start.to_string(), row.span.months, price])
    };
    Value::Array(priced.map(row).collect())
}
