//! A part for every hospital that has somebody or counts on somebody: how full it is, and who is there.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::chart::Months;
use super::{Report, shades};
use crate::audit;
use crate::calendar::Span;
use crate::language::Message;
use crate::output::facility_name;
use crate::output::occupancy::Occupancy;
use crate::output::plan_tables::role_key;
use crate::scenario::{FacilityIx, ResidentIx};

/// Who is at a hospital in an academic year, by their first month.
type Present = BTreeMap<i32, Vec<(Span, ResidentIx)>>;

pub fn section(report: &Report<'_>) -> Markup {
    let scenario = report.scenario();
    let mut present: BTreeMap<FacilityIx, Present> = BTreeMap::new();
    for career in report.careers {
        for (year, piece) in
            career.years.iter().flat_map(|(year, pieces)| pieces.iter().map(move |p| (*year, p)))
        {
            if piece.decided {
                let of_year = present.entry(piece.facility).or_default().entry(year).or_default();
                of_year.push((piece.span, career.resident));
            }
        }
    }
    present.values_mut().flat_map(BTreeMap::values_mut).for_each(|people| people.sort());
    let occupancy = Occupancy::new(scenario, report.plan);
    let none = Present::new();
    let counts_on = |facility: FacilityIx| {
        let least = &scenario.facility(facility).min_residents;
        least.initial > 0 || !least.changes.is_empty()
    };
    let shown =
        scenario.facility_ixs().filter(|facility| present.contains_key(facility) || counts_on(*facility));
    html! {
        p.legend { (report.word("report-chart-legend")) }
        @for facility in shown {
            (hospital(report, &occupancy, facility, present.get(&facility).unwrap_or(&none)))
        }
    }
}

fn hospital(
    report: &Report<'_>,
    occupancy: &Occupancy<'_>,
    facility: FacilityIx,
    present: &Present,
) -> Markup {
    let scenario = report.scenario();
    let own = scenario.facility(facility);
    let name = facility_name(own, report.catalogue);
    let horizon = scenario.horizon();
    let mut residents = vec![0; horizon.months as usize];
    for (span, _) in present.values().flatten() {
        for month in span.iter() {
            if let Some(count) = residents.get_mut(month.since(horizon.start) as usize) {
                *count += 1;
            }
        }
    }
    let seats = horizon.iter().map(|month| audit::seat_limit(scenario, facility, month)).collect();
    let least = horizon.iter().map(|month| *own.min_residents.at(month)).collect();
    let months = Months::new(horizon, residents, seats, least);
    let title = Message::new("report-chart").text("facility", name);
    html! {
        div.hospital {
            h3 {
                (shades::key(facility)) bdi { (name) } " "
                small { (own.id) " · " (report.word(role_key(own))) }
            }
            (months.svg(report, &report.say(&title)))
            table {
                (report.table_head(&["column-year", "report-most-seats", "report-people"]))
                tbody {
                    @for year in Occupancy::years(scenario) {
                        @let figures = occupancy.facility_year(facility, year);
                        tr {
                            td { (report.year(year)) }
                            td.number {
                                (figures.tightest.0) "/"
                                @match figures.tightest.1 { Some(seats) => { (seats) } None => { "–" } }
                                @if let Some(missing) = figures.shortfall_months.filter(|months| *months > 0) {
                                    " " span.warning { "(−" (missing) ")" }
                                }
                            }
                            td.people {
                                @for (span, resident) in present.get(&year).into_iter().flatten() {
                                    @let person = scenario.resident(*resident);
                                    span {
                                        (report.person(&person.id, &person.name))
                                        @if span.months != 12 { " " small { (report.span(*span)) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
