//! A program on the terminal, as it was read: facilities, courses, and the years with their intake.
//!
//! `check` shows it, so that a director sees what the tool made of the tables before it plans.

use super::facility_name;
use super::grid::{Align, Grid};
use super::occupancy::Occupancy;
use super::plan_tables::{role_key, year_name};
use crate::audit;
use crate::calendar::Month;
use crate::language::{Catalogue, Message};
use crate::scenario::{Accreditation, Part, Role, Scenario};

/// Facilities with the figures that seats rest on, as they hold over the horizon.
pub fn facilities(scenario: &Scenario, catalogue: &Catalogue) -> String {
    let column = |key, align| (catalogue.word(key), align);
    let mut grid = Grid::new(vec![
        column("column-facility", Align::Left),
        column("column-name", Align::Left),
        column("column-role", Align::Left),
        column("column-accreditation", Align::Left),
        column("column-supervisors", Align::Right),
        column("column-seats", Align::Right),
        column("column-min-residents", Align::Right),
    ]);
    for ix in scenario.facility_ixs() {
        let facility = scenario.facility(ix);
        grid.push(vec![
            facility.id.clone(),
            facility_name(facility, catalogue).to_string(),
            catalogue.word(role_key(facility)),
            over_time(scenario, |month| catalogue.word(accreditation_key(*facility.accreditation.at(month)))),
            over_time(scenario, |month| facility.supervisors.at(month).normalize().to_string()),
            over_time(scenario, |month| match audit::seat_limit(scenario, ix, month) {
                Some(seats) => seats.to_string(),
                None => "-".to_string(),
            }),
            over_time(scenario, |month| facility.min_residents.at(month).to_string()),
        ]);
    }
    grid.render()
}

/// A figure over the horizon: once if it stays, `3->2` if it changes.
fn over_time(scenario: &Scenario, figure: impl Fn(Month) -> String) -> String {
    let mut figures: Vec<String> =
        std::iter::once(scenario.start()).chain(scenario.horizon().iter()).map(figure).collect();
    figures.dedup();
    figures.join("->")
}

fn accreditation_key(accreditation: Accreditation) -> &'static str {
    match accreditation {
        Accreditation::Comprehensive => "accreditation-comprehensive",
        Accreditation::Training => "accreditation-training",
        Accreditation::Special => "accreditation-special",
        Accreditation::None => "accreditation-none",
    }
}

/// A part that asks for something else than a role, as it was written.
fn scenario_part(scenario: &Scenario, part: &Part) -> String {
    let place = part.place.map_or("free", |place| scenario.selector(place).text.as_str());
    format!("{place} {}", part.months)
}

/// Courses with every way through them, a line each: parts of a year with months, years apart.
pub fn courses(scenario: &Scenario, catalogue: &Catalogue) -> String {
    let mut grid = Grid::new(vec![
        (catalogue.word("column-course"), Align::Left),
        (catalogue.word("column-name"), Align::Left),
        (catalogue.word("column-pattern"), Align::Left),
    ]);
    let part = |part: &Part| {
        let key = match scenario.role_of(part) {
            None => return scenario_part(scenario, part),
            Some(Role::Core) => "short-role-core",
            Some(Role::Affiliate) => "short-role-affiliate",
            Some(Role::Associated) => "short-role-associated",
        };
        format!("{} {}", catalogue.word(key), part.months)
    };
    let year = |parts: &Vec<Part>| parts.iter().map(part).collect::<Vec<_>>().join(" + ");
    for course in &scenario.courses {
        let patterns: Vec<String> = course
            .patterns
            .iter()
            .map(|pattern| pattern.entries.iter().map(year).collect::<Vec<_>>().join(" / "))
            .collect();
        grid.push(vec![course.id.clone(), course.name.clone(), patterns.join("\n")]);
    }
    grid.render()
}

/// Per academic year of the horizon: who enters, who is in training, and the seats there are.
pub fn years(scenario: &Scenario, catalogue: &Catalogue) -> String {
    let mut grid = Grid::new(vec![
        (catalogue.word("column-year"), Align::Left),
        (catalogue.word("column-intake"), Align::Right),
        (catalogue.word("column-in-training"), Align::Right),
        (catalogue.word("column-seats"), Align::Right),
    ]);
    for year in Occupancy::years(scenario) {
        let start = scenario.calendar.start_of(year);
        let in_training = scenario.resident_ixs().filter(|r| scenario.training(*r).contains(start)).count();
        let entering = scenario.residents.iter().filter(|r| r.entry_year == year).count();
        // A facility without a limit of its own makes the sum meaningless.
        let seats: Option<u32> =
            scenario.facility_ixs().map(|facility| audit::seat_limit(scenario, facility, start)).sum();
        grid.push(vec![
            year_name(year, catalogue),
            entering.to_string(),
            in_training.to_string(),
            seats.map_or_else(|| "-".to_string(), |seats| seats.to_string()),
        ]);
    }
    grid.render()
}

/// How much there is: facilities, courses, residents.
pub fn size(scenario: &Scenario) -> Message {
    let anonymous = scenario.residents.iter().filter(|resident| resident.anonymous).count();
    Message::new("program-size")
        .number("facilities", scenario.facilities.len() as i64)
        .number("courses", scenario.courses.len() as i64)
        .number("residents", scenario.residents.len() as i64)
        .number("anonymous", anonymous as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::output::sample::{self, AFFILIATE_X};

    #[test]
    fn shows_what_was_read() {
        let mut scenario = sample::scenario();
        scenario.unchecked_mut().facilities[AFFILIATE_X.0].supervisors.changes =
            vec![(Month::new(2020, 4).unwrap(), 2.into())];
        let catalogue = Catalogue::new(Language::Ja);
        let text = [
            facilities(&scenario, &catalogue),
            courses(&scenario, &catalogue),
            years(&scenario, &catalogue),
            catalogue.say(&size(&scenario)),
        ]
        .join("\n");
        insta::assert_snapshot!(text, @"
        施設      名称              区分  認定      指導医  定員  必要人数
        --------  ----------------  ----  --------  ------  ----  --------
        keio      慶應義塾大学病院  基幹  修練機関      11    33         0
        ashikaga  足利赤十字病院    連携  修練機関    3->2  9->6         1
        keiyu     けいゆう病院      連携  修練機関       1     3         0

        コース  名称        進み方（月数）
        ------  ----------  ---------------------------
        A       基本コース  基幹 12 / 基幹 12 / 連携 12
        B       連携コース  基幹 12 / 連携 12 / 連携 12

        年度      採用数  在籍  定員
        --------  ------  ----  ----
        2019年度       2     3    45
        2020年度       0     3    42
        2021年度       0     2    42

        施設 3、研修コース 2、専攻医 3 名（うち名簿にない採用予定 1 名）
        ");
    }
}
