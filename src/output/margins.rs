//! How far a plan is from a shortage of cases: by what factor all targets of each item could grow.

use super::grid::{Align, Grid};
use crate::language::{Catalogue, Message};
use crate::plan::Margin;
use crate::scenario::{Facility, Scenario};

/// Sites and residents named in a cell; the rest are counted.
const NAMED_MAX: usize = 3;

/// A row per assessed item; empty if there is none.
pub fn table(scenario: &Scenario, margins: &[Margin], catalogue: &Catalogue, width: Option<usize>) -> String {
    if margins.is_empty() {
        return String::new();
    }
    let mut grid = Grid::new(vec![
        (catalogue.word("column-case"), Align::Left),
        (catalogue.word("column-target"), Align::Right),
        (catalogue.word("column-margin"), Align::Right),
        (catalogue.word("column-binding"), Align::Left),
    ]);
    for margin in margins {
        let item = scenario.case(margin.case);
        grid.push(vec![
            item.name.clone(),
            item.target.to_string(),
            factor(margin.factor),
            catalogue.say(&binding(scenario, margin)),
        ]);
    }
    format!("{}\n{}", catalogue.word("margin-heading"), grid.render_within(width))
}

/// As the exact fraction and, unless that is whole, in two decimals that are not above it.
pub fn factor((numerator, denominator): (u128, u128)) -> String {
    if denominator <= 1 {
        return numerator.to_string();
    }
    let hundredths = numerator * 100 / denominator;
    format!("{}.{:02} ({numerator}/{denominator})", hundredths / 100, hundredths % 100)
}

/// What stands in the way of more.
pub fn binding(scenario: &Scenario, margin: &Margin) -> Message {
    if margin.sites.is_empty() {
        let ids: Vec<&str> = margin.residents.iter().map(|&r| scenario.resident(r).id.as_str()).collect();
        return named("margin-own-months", [ids.clone(), ids]);
    }
    let named_in = |name: fn(&Facility) -> &str| -> Vec<String> {
        let site = |&(year, facility): &(i32, _)| format!("{} {year}", name(scenario.facility(facility)));
        margin.sites.iter().map(site).collect()
    };
    named("margin-sites", [named_in(|f| &f.name), named_in(|f| &f.name_en)])
}

/// The first few names in each language, and how many more there are.
fn named<T: AsRef<str>>(key: &'static str, names: [Vec<T>; 2]) -> Message {
    let others = names[0].len().saturating_sub(NAMED_MAX) as i64;
    let [ja, en] = names.map(|names| -> Vec<String> {
        names.iter().take(NAMED_MAX).map(|name| name.as_ref().to_string()).collect()
    });
    Message::new(key).name("names", ja.join("、"), en.join(", ")).number("others", others)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_is_never_rounded_up() {
        assert_eq!(factor((3, 1)), "3");
        assert_eq!(factor((2, 3)), "0.66 (2/3)");
        assert_eq!(factor((1999, 1000)), "1.99 (1999/1000)");
    }
}
