//! A part for every hospital that has somebody or counts on somebody: how full it is, and who is there.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::chart::Months;
use super::{Report, shades};
use crate::audit;
use crate::calendar::Span;
use crate::language::Message;
use crate::output::occupancy::{FacilityYear, Occupancy};
use crate::output::plan_tables::role_key;
use crate::output::{facility_name, section_name};
use crate::scenario::{FacilityIx, ResidentIx, SectionIx};

/// Who is at a hospital in an academic year, by their first month, and in which of its sections.
type Present = BTreeMap<i32, Vec<(Span, ResidentIx, Option<SectionIx>)>>;

pub fn section(report: &Report<'_>) -> Markup {
    let scenario = report.scenario();
    let mut present: BTreeMap<FacilityIx, Present> = BTreeMap::new();
    for career in report.careers {
        for (year, piece) in
            career.years.iter().flat_map(|(year, pieces)| pieces.iter().map(move |p| (*year, p)))
        {
            if piece.decided {
                let of_year = present.entry(piece.facility).or_default().entry(year).or_default();
                of_year.push((piece.span, career.resident, piece.section));
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
    for (span, ..) in present.values().flatten() {
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
    let has_sections = scenario.has_sections(facility);
    html! {
        div.hospital.long[has_sections] {
            h3 {
                (shades::key(facility)) bdi { (name) } " "
                small { (own.id) " · " (report.word(role_key(own))) }
            }
            (months.svg(report, &report.say(&title)))
            table {
                (report.table_head(&["column-year", "report-most-seats", "report-people"]))
                tbody {
                    @for year in Occupancy::years(scenario) {
                        @let here = present.get(&year).map_or(&[][..], Vec::as_slice);
                        @let all = occupancy.facility_year(facility, year);
                        (row(report, &report.year(year), &all, if has_sections { &[] } else { here }))
                        @for section in scenario.sections_of(facility) {
                            @let inside: Vec<_> =
                                here.iter().filter(|(.., own)| *own == Some(section)).copied().collect();
                            @let name = section_name(scenario.section(section), report.catalogue);
                            (row(report, name, &occupancy.section_year(section, year), &inside))
                        }
                    }
                }
            }
        }
    }
}

/// A year of a hospital, or of one of its sections: the month with the fewest seats left, and who is there.
fn row(
    report: &Report<'_>,
    label: &str,
    figures: &FacilityYear,
    here: &[(Span, ResidentIx, Option<SectionIx>)],
) -> Markup {
    let (most, seats) = figures.tightest;
    html! {
        tr {
            td { (label) }
            td.number {
                (most) "/" @match seats { Some(seats) => { (seats) } None => { "–" } }
                @if let Some(missing) = figures.shortfall_months.filter(|months| *months > 0) {
                    " " span.warning { "(−" (missing) ")" }
                }
            }
            td.people {
                @for (span, resident, _) in here {
                    @let person = report.scenario().resident(*resident);
                    span {
                        (report.person(&person.id, &person.name))
                        @if span.months != 12 { " " small { (report.span(*span)) } }
                    }
                }
            }
        }
    }
}
