//! `by_resident.csv`: a row per resident, a column per academic year, for reading whole careers.
//!
//! A cell says "慶應義塾大学病院 8 / 足利赤十字病院 4": facilities in order of time, each with its
//! months and, in brackets, the leave taken there; leave without a seat stands for itself. Where anybody goes to
//! graduate school, the last column says from which training year on. What lies before the first decided year
//! stands in parentheses: it is history, not plan.

use super::csv_cells::{Cell, Sheet};
use super::{away_in_words, headings, place_name, with_leave};
use crate::language::{Catalogue, Message};
use crate::plan::careers::{Career, Entry};
use crate::regulation::{GRADUATE_SCHOOL_FROM, GRADUATE_SCHOOL_TAG};
use crate::scenario::Scenario;

pub fn csv(scenario: &Scenario, careers: &[Career], catalogue: &Catalogue) -> Vec<u8> {
    let years = years(scenario, careers);
    let mut header =
        ["resident", "name", "entry_year", "course"].map(|id| headings::heading(id, catalogue)).to_vec();
    header.extend(years.iter().map(|year| headings::heading_of_year("", *year, catalogue)));
    let school: Vec<Option<u32>> = careers.iter().map(|career| graduate_school(scenario, career)).collect();
    let has_school = school.iter().any(Option::is_some);
    if has_school {
        header.push(headings::heading("graduate_school_from", catalogue));
    }
    let mut sheet = Sheet::new(&header);
    for (career, school) in careers.iter().zip(school) {
        let resident = scenario.resident(career.resident);
        let mut cells = vec![
            Cell::text(&resident.id),
            Cell::text(&resident.name),
            Cell::number(resident.entry_year),
            career.course.map_or(Cell::empty(), |course| Cell::text(&scenario.course(course).id)),
        ];
        cells.extend(years.iter().map(|year| Cell::text(year_in_words(scenario, career, *year, catalogue))));
        if has_school {
            cells.push(school.map_or(Cell::empty(), Cell::number));
        }
        sheet.row(&cells);
    }
    sheet.into_bytes()
}

/// The training year in which the resident's graduate school begins: the one asked for, else that of the
/// course. A label: where residents are follows from the pattern of the course alone (source §7.2 \[30\]).
fn graduate_school(scenario: &Scenario, career: &Career) -> Option<u32> {
    let of_course = || {
        let tags = &scenario.course(career.course?).tags;
        tags.iter().any(|tag| tag == GRADUATE_SCHOOL_TAG).then_some(GRADUATE_SCHOOL_FROM)
    };
    scenario.resident(career.resident).graduate_school_from.or_else(of_course)
}

/// All academic years from the first to the last in which anybody is anywhere.
fn years(scenario: &Scenario, careers: &[Career]) -> Vec<i32> {
    let years = || careers.iter().flat_map(|career| career.all_years(scenario));
    match (years().min(), years().max()) {
        (Some(first), Some(last)) => (first..=last).collect(),
        _ => Vec::new(),
    }
}

fn year_in_words(scenario: &Scenario, career: &Career, year: i32, catalogue: &Catalogue) -> String {
    let entries = career.year(scenario, year);
    let is_history = |entry: &Entry| match entry {
        Entry::At(piece) => !piece.decided,
        Entry::Away(away) => away.span.start < scenario.start(),
    };
    let words = |entry: &Entry| match entry {
        Entry::At(piece) => {
            let name = place_name(scenario, piece.place(), catalogue);
            with_leave(format!("{name} {}", piece.span.months), career.leave_in(piece.span), catalogue)
        }
        Entry::Away(away) => away_in_words(away, catalogue),
    };
    let stays = |history: bool| {
        let of_kind = entries.iter().filter(|entry| is_history(entry) == history);
        let words: Vec<String> = of_kind.map(words).collect();
        (!words.is_empty()).then(|| words.join(" / "))
    };
    let history =
        stays(true).map(|stays| catalogue.say(&Message::new("report-history").text("stays", stays)));
    history.into_iter().chain(stays(false)).collect::<Vec<_>>().join(" / ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::output::sample;
    use crate::plan::careers;

    fn table(language: Language) -> String {
        let scenario = sample::scenario();
        let careers = careers::careers(&scenario, &sample::plan());
        String::from_utf8(csv(&scenario, &careers, &Catalogue::new(language))).unwrap()
    }

    #[test]
    fn a_row_per_resident_and_a_column_per_year() {
        insta::assert_snapshot!(table(Language::Ja).trim_start_matches('\u{feff}'), @"
        専攻医,氏名,採用年度,研修コース,2018年度,2019年度,2020年度,2021年度
        2018-01,2018-01,2018,A,(慶應義塾大学病院 12),慶應義塾大学病院 8 / 足利赤十字病院 4,けいゆう病院 12,
        2019-01,2019-01,2019,B,,慶應義塾大学病院 12,足利赤十字病院 12,けいゆう病院 12
        2019-02,2019-02,2019,A,,慶應義塾大学病院 12,慶應義塾大学病院 12,足利赤十字病院 12
        ");
    }

    #[test]
    fn leave_in_a_seat_stands_behind_its_stay() {
        let scenario = sample::with_leave();
        let careers = careers::careers(&scenario, &sample::plan());
        let table =
            |language| String::from_utf8(csv(&scenario, &careers, &Catalogue::new(language))).unwrap();
        let (ja, en) = (table(Language::Ja), table(Language::En));
        assert!(ja.contains("慶應義塾大学病院 8 / 足利赤十字病院 4［疾病での休暇 3］"), "{ja}");
        assert!(en.contains("Ashikaga Red Cross Hospital 4 [illness 3]"), "{en}");
        assert!(en.contains("Keio University Hospital 12 [part-time work 2]"), "{en}");
    }

    #[test]
    fn names_follow_the_language() {
        assert!(table(Language::En).contains("Keio University Hospital 8 / Ashikaga Red Cross Hospital 4"));
    }
}
