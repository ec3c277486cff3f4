//! A plan on the terminal: residents × years and facilities × years.
//!
//! Residents stand in groups by entry year, under the academic years of their own training, so the
//! table needs as many columns as the training has years however long the horizon is. Facilities are
//! written out where the terminal is wide enough, else by id: the table of facilities beside it gives
//! both. History is in parentheses; a year at one facility needs no months behind its name.

use std::collections::BTreeMap;

use super::grid::{Align, Grid};
use super::occupancy::{FacilityYear, Occupancy};
use super::{away_in_words, facility_name, place_name, with_leave};
use crate::language::{Catalogue, Message};
use crate::plan::careers::{Career, Entry, Granted, Piece};
use crate::scenario::{Facility, Place, Scenario};

const MONTHS_PER_YEAR: u32 = 12;

/// Residents × years. `width` is the terminal's, if there is one.
pub fn residents(
    scenario: &Scenario,
    careers: &[Career],
    catalogue: &Catalogue,
    width: Option<usize>,
) -> String {
    let table = |name: &dyn Fn(Place) -> String| residents_grid(scenario, careers, catalogue, name);
    let named = table(&|place| place_name(scenario, place, catalogue));
    let grid = match width {
        Some(width) if named.width() > width => table(&|place| scenario.place_id(place)),
        _ => named,
    };
    titled("plan-residents-title", "plan-residents-legend", &grid, catalogue)
}

fn residents_grid(
    scenario: &Scenario,
    careers: &[Career],
    catalogue: &Catalogue,
    name: &dyn Fn(Place) -> String,
) -> Grid {
    let training_years = years_shown(scenario, careers);
    let any_name = scenario.residents.iter().any(|resident| resident.name != resident.id);
    let mut columns = vec![(catalogue.word("column-resident"), Align::Left)];
    if any_name {
        columns.push((catalogue.word("column-name"), Align::Left));
    }
    columns.push((catalogue.word("column-course"), Align::Left));
    columns.push((catalogue.word("column-wish"), Align::Right));
    for year in 1..=training_years {
        let header = catalogue.say(&Message::new("column-training-year").number("year", year.into()));
        columns.push((header, Align::Left));
    }
    let mut grid = Grid::new(columns);
    let mut groups: BTreeMap<i32, Vec<&Career>> = BTreeMap::new();
    for career in careers {
        groups.entry(scenario.resident(career.resident).entry_year).or_default().push(career);
    }
    for (index, (entry_year, group)) in groups.into_iter().enumerate() {
        if index > 0 {
            grid.push(Vec::new());
        }
        let mut heading =
            vec![catalogue.say(&Message::new("plan-group").number("residents", group.len() as i64))];
        heading.resize(columns_before_years(any_name), String::new());
        heading.extend((0..training_years).map(|year| year_name(entry_year + year, catalogue)));
        grid.push(heading);
        for career in group {
            grid.push(resident_row(scenario, career, catalogue, name, (any_name, training_years)));
        }
    }
    grid
}

fn columns_before_years(any_name: bool) -> usize {
    if any_name { 4 } else { 3 }
}

fn resident_row(
    scenario: &Scenario,
    career: &Career,
    catalogue: &Catalogue,
    name: &dyn Fn(Place) -> String,
    (any_name, training_years): (bool, i32),
) -> Vec<String> {
    let resident = scenario.resident(career.resident);
    let mut row = vec![resident.id.clone()];
    if any_name {
        row.push(if resident.name == resident.id { String::new() } else { resident.name.clone() });
    }
    row.push(career.course.map_or(String::new(), |course| scenario.course(course).id.clone()));
    row.push(match career.granted(scenario) {
        Some(Granted::Wish(place)) => place.to_string(),
        Some(Granted::Unlisted) => catalogue.word("wish-unlisted"),
        Some(Granted::NoWish) | None => "-".to_string(),
    });
    for year in resident.entry_year..resident.entry_year + training_years {
        let words = |entry: &Entry| match entry {
            Entry::At(piece) => {
                let words = piece_in_words(piece, name);
                with_leave(words, career.leave_in(piece.span), catalogue)
            }
            Entry::Away(away) => away_in_words(away, catalogue),
        };
        row.push(career.year(scenario, year).iter().map(words).collect::<Vec<_>>().join("\n"));
    }
    row
}

/// As many academic years as the training has, or as anybody needs whom leave keeps longer.
fn years_shown(scenario: &Scenario, careers: &[Career]) -> i32 {
    let of = |career: &Career| {
        let last = career.all_years(scenario).max().unwrap_or(i32::MIN);
        last.saturating_sub(scenario.resident(career.resident).entry_year).saturating_add(1)
    };
    let planned = scenario.training_months.div_ceil(MONTHS_PER_YEAR) as i32;
    careers.iter().map(of).fold(planned, i32::max)
}

fn piece_in_words(piece: &Piece, name: &dyn Fn(Place) -> String) -> String {
    let mut words = name(piece.place());
    if piece.span.months != MONTHS_PER_YEAR {
        words = format!("{words} {}", piece.span.months);
    }
    if piece.decided { words } else { format!("({words})") }
}

fn titled(title: &'static str, legend: &'static str, grid: &Grid, catalogue: &Catalogue) -> String {
    format!("{}\n{}\n\n{}", catalogue.word(title), catalogue.word(legend), grid.render())
}

/// Facilities × years: residents and seats in the month with the fewest seats left.
pub fn facilities(
    scenario: &Scenario,
    occupancy: &Occupancy<'_>,
    catalogue: &Catalogue,
    width: Option<usize>,
) -> String {
    let full = facilities_grid(scenario, occupancy, catalogue, true);
    let grid = match width {
        Some(width) if full.width() > width => facilities_grid(scenario, occupancy, catalogue, false),
        _ => full,
    };
    let legend = match occupancy.has_leave() {
        true => "plan-facilities-legend-leave",
        false => "plan-facilities-legend",
    };
    titled("plan-facilities-title", legend, &grid, catalogue)
}

fn facilities_grid(
    scenario: &Scenario,
    occupancy: &Occupancy<'_>,
    catalogue: &Catalogue,
    with_role: bool,
) -> Grid {
    let years = Occupancy::years(scenario);
    let mut columns =
        vec![(catalogue.word("column-facility"), Align::Left), (catalogue.word("column-name"), Align::Left)];
    if with_role {
        columns.push((catalogue.word("column-role"), Align::Left));
    }
    columns.extend(years.iter().map(|year| (year_name(*year, catalogue), Align::Right)));
    let mut grid = Grid::new(columns);
    for ix in scenario.facility_ixs() {
        let facility = scenario.facility(ix);
        let mut row = vec![facility.id.clone(), facility_name(facility, catalogue).to_string()];
        if with_role {
            row.push(catalogue.word(role_key(facility)));
        }
        row.extend(years.iter().map(|year| seats_used(&occupancy.facility_year(ix, *year))));
        grid.push(row);
        for section in scenario.sections_of(ix) {
            let place = Place { facility: ix, section: Some(section) };
            let mut row = vec![scenario.place_id(place), place_name(scenario, place, catalogue)];
            if with_role {
                row.push(String::new());
            }
            row.extend(years.iter().map(|year| seats_used(&occupancy.section_year(section, *year))));
            grid.push(row);
        }
    }
    let mut total = vec![String::new(), catalogue.word("row-total")];
    if with_role {
        total.push(String::new());
    }
    total.extend(years.iter().map(|year| occupancy.residents_max(*year).to_string()));
    grid.push(total);
    grid
}

fn seats_used(year: &FacilityYear) -> String {
    let (used, limit) = year.tightest;
    let limit = limit.map_or_else(|| "-".to_string(), |limit| limit.to_string());
    let leave = match year.leave_months + year.part_time_months {
        0 => String::new(),
        months => format!("[{months}] "),
    };
    match year.shortfall_months {
        Some(months) if months > 0 => format!("{leave}(-{months}) {used}/{limit}"),
        _ => format!("{leave}{used}/{limit}"),
    }
}

/// The catalogue key of a facility's role.
pub fn role_key(facility: &Facility) -> &'static str {
    use crate::scenario::Role;
    match facility.role {
        Role::Core => "short-role-core",
        Role::Affiliate => "short-role-affiliate",
        Role::Associated => "short-role-associated",
    }
}

/// An academic year as a heading.
pub fn year_name(year: i32, catalogue: &Catalogue) -> String {
    catalogue.say(&Message::new("academic-year").text("year", year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::output::sample;
    use crate::plan::careers;

    fn tables(language: Language, width: Option<usize>) -> String {
        let scenario = sample::scenario();
        let plan = sample::plan();
        let catalogue = Catalogue::new(language);
        let careers = careers::careers(&scenario, &plan);
        let occupancy = Occupancy::new(&scenario, &plan);
        [
            residents(&scenario, &careers, &catalogue, width),
            facilities(&scenario, &occupancy, &catalogue, width),
        ]
        .join("\n")
    }

    #[test]
    fn japanese_tables_line_up() {
        insta::assert_snapshot!(tables(Language::Ja, None), @"
        専攻医ごとの配置
        ( ) は計画前の実績、数字は月数です。数字のない施設は1年間です。

        専攻医   コース  希望順  1年次               2年次               3年次
        -------  ------  ------  ------------------  ------------------  --------------
        1 名                     2018年度            2019年度            2020年度
        2018-01  A            1  (慶應義塾大学病院)  慶應義塾大学病院 8  けいゆう病院
                                                     足利赤十字病院 4

        2 名                     2019年度            2020年度            2021年度
        2019-01  B            2  慶應義塾大学病院    足利赤十字病院      けいゆう病院
        2019-02  A            -  慶應義塾大学病院    慶應義塾大学病院    足利赤十字病院

        施設ごとの在籍数/定員
        年度のうち最も余裕のない月の人数です。(-n) は必要人数に足りない延べ月数です。

        施設      名称              区分  2019年度  2020年度  2021年度
        --------  ----------------  ----  --------  --------  --------
        keio      慶應義塾大学病院  基幹      3/33      1/33      0/33
        ashikaga  足利赤十字病院    連携  (-8) 1/9       1/9       1/9
        keiyu     けいゆう病院      連携       0/3       1/3       1/3
                  全施設の在籍数                 3         3         2
        ");
    }

    #[test]
    fn leave_shows_in_both_tables() {
        let scenario = sample::with_leave();
        let (plan, catalogue) = (sample::plan(), Catalogue::new(Language::En));
        let people = residents(&scenario, &careers::careers(&scenario, &plan), &catalogue, Some(72));
        assert!(people.contains("ashikaga 4 [illness 3]"), "{people}");
        let places = facilities(&scenario, &Occupancy::new(&scenario, &plan), &catalogue, Some(100));
        assert!(places.contains("[3] (-11) 1/9"), "{places}");
        assert!(places.contains("A number in [ ]: resident-months on leave"), "{places}");
    }

    #[test]
    fn a_narrow_terminal_gets_ids_in_place_of_names() {
        insta::assert_snapshot!(tables(Language::En, Some(72)), @"
        Placements by resident
        In parentheses: before this plan. A number is months, no number is a full year.

        Resident     Course  Wish  Year 1  Year 2      Year 3
        -----------  ------  ----  ------  ----------  --------
        1 resident                 2018    2019        2020
        2018-01      A          1  (keio)  keio 8      keiyu
                                           ashikaga 4

        2 residents                2019    2020        2021
        2019-01      B          2  keio    ashikaga    keiyu
        2019-02      A          -  keio    keio        ashikaga

        Residents/seats by facility
        In the month of the year with the fewest seats left. (-n): resident-months missing.

        Facility  Name                         Role           2019  2020  2021
        --------  ---------------------------  ---------  --------  ----  ----
        keio      Keio University Hospital     core           3/33  1/33  0/33
        ashikaga  Ashikaga Red Cross Hospital  affiliate  (-8) 1/9   1/9   1/9
        keiyu     Keiyu Hospital               affiliate       0/3   1/3   1/3
                  All facilities: residents                      3     3     2
        ");
    }

    #[test]
    fn sections_show_in_both_tables() {
        let (scenario, plan) = sample::with_sections();
        let catalogue = Catalogue::new(Language::Ja);
        let people = residents(&scenario, &careers::careers(&scenario, &plan), &catalogue, None);
        assert!(people.contains("慶應義塾大学病院・IVR部門 4"), "{people}");
        let narrow = residents(&scenario, &careers::careers(&scenario, &plan), &catalogue, Some(60));
        assert!(narrow.contains("keio/ct 8"), "{narrow}");
        let places = facilities(&scenario, &Occupancy::new(&scenario, &plan), &catalogue, None);
        assert!(places.contains("keio/ivr") && places.contains("(-8) 3/3"), "{places}");
    }
}
