//! The tables of rules: requirements, stays, order, staffing, points.

use super::super::conditions::{Earns, Window};
use super::super::model::{Scenario, SelectorIx};
use super::csv::{Csv, any};

fn at(scenario: &Scenario, selector: SelectorIx) -> &str {
    &scenario.selector(selector).text
}

/// A window as tables write it.
fn window(window: Window) -> String {
    match window {
        Window::Whole => String::new(),
        Window::Years { first, last } if first == last => format!("year{first}"),
        Window::Years { first, last } => format!("year{first}-{last}"),
        Window::First(months) => format!("first{months}"),
        Window::Last(months) => format!("last{months}"),
    }
}

pub(super) fn requirements(scenario: &Scenario) -> Csv {
    let mut table = Csv::new([
        "id",
        "name",
        "who",
        "where",
        "when",
        "count",
        "min",
        "max",
        "of_months",
        "kind",
        "clause",
    ]);
    for row in &scenario.requirements {
        table.row([
            row.id.as_str(),
            &row.name,
            &row.who.text,
            at(scenario, row.place),
            &window(row.when),
            row.count.id(),
            &any(row.min),
            &any(row.max),
            &any(row.of_months),
            row.force.id(),
            &row.clause,
        ]);
    }
    table
}

pub(super) fn stays(scenario: &Scenario) -> Csv {
    let mut table = Csv::new([
        "who",
        "where",
        "months_min",
        "months_max",
        "step_months",
        "starts",
        "gap_months",
        "visits_max",
        "clause",
    ]);
    for row in &scenario.stay_rules {
        let starts: Vec<String> = row.starts.iter().map(ToString::to_string).collect();
        table.row([
            row.who.text.as_str(),
            at(scenario, row.place),
            &any(row.months_min),
            &any(row.months_max),
            &any(row.step_months),
            &starts.join(";"),
            &any(row.gap_months),
            &any(row.visits_max),
            &row.clause,
        ]);
    }
    table
}

pub(super) fn order(scenario: &Scenario) -> Csv {
    let mut table = Csv::new(["who", "first", "months", "then", "kind", "clause"]);
    for row in &scenario.order_rules {
        table.row([
            row.who.text.as_str(),
            at(scenario, row.first),
            &row.months.to_string(),
            at(scenario, row.then),
            row.force.id(),
            &row.clause,
        ]);
    }
    table
}

pub(super) fn staffing(scenario: &Scenario) -> Csv {
    let mut table = Csv::new(["id", "name", "where", "who", "from", "until", "min", "max", "kind", "clause"]);
    for row in &scenario.staffing {
        table.row([
            row.id.as_str(),
            &row.name,
            at(scenario, row.place),
            &row.who.text,
            &any(row.from),
            &any(row.until),
            &any(row.min),
            &any(row.max),
            row.force.id(),
            &row.clause,
        ]);
    }
    table
}

pub(super) fn points(scenario: &Scenario) -> Csv {
    let mut table = Csv::new(["resident", "where", "points"]);
    for row in &scenario.points {
        let resident = row.resident.map_or("", |resident| scenario.resident(resident).id.as_str());
        let earns = match row.earns {
            Earns::Month(selector) => at(scenario, selector).to_string(),
            Earns::Stay(selector) => format!("@stay:{}", at(scenario, selector)),
            Earns::Change => "@change".to_string(),
            Earns::Idle => "@idle".to_string(),
        };
        table.row([resident, &earns, &row.points.to_string()]);
    }
    table
}
