//! What stands in the sheets of `plan.xlsx`, in both languages: read from the file itself, and held against the plan.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Cursor;
use std::path::Path;

use calamine::{Reader, Xlsx};
use kenshu::internal::calendar::Month;
use kenshu::internal::language::Language;
use kenshu::internal::plan::Plan;
use kenshu::internal::scenario::{FacilityIx, ResidentIx, Scenario};

use crate::desk::Desk;
use crate::plan_workbook::{cells, part, replanned, shorts, title, titles, written};

const LANGUAGES: [Language; 2] = [Language::Ja, Language::En];

/// A sheet: its XML, what its cells say, and what they look like.
struct Sheet {
    xml: String,
    text: BTreeMap<(u32, u32), String>,
    fill: BTreeMap<(u32, u32), String>,
    /// Last cell by first.
    merged: BTreeMap<(u32, u32), (u32, u32)>,
}

impl Sheet {
    fn read(bytes: &[u8], name: &str) -> Self {
        let number =
            titles(bytes).iter().position(|title| title == name).unwrap_or_else(|| panic!("no {name}"));
        let xml = part(bytes, &format!("xl/worksheets/sheet{}.xml", number + 1));
        let styles = part(bytes, "xl/styles.xml");
        let within = |tag: &str| {
            let rest = styles.split_once(&format!("<{tag} ")).unwrap().1;
            rest.split_once(&format!("</{tag}>")).unwrap().0.to_string()
        };
        let (fills, formats) = (within("fills"), within("cellXfs"));
        let fills: Vec<&str> = fills.split("<fill>").skip(1).collect();
        let fill_of: Vec<usize> =
            formats.split("<xf ").skip(1).map(|xf| attribute(xf, "fillId").parse().unwrap()).collect();
        let mut fill = BTreeMap::new();
        for cell in xml.split("<c r=\"").skip(1) {
            let (at, rest) = cell.split_once('"').unwrap();
            let open = rest.split_once('>').unwrap().0;
            if open.contains(" s=\"") {
                let style: usize = attribute(open, "s").parse().unwrap();
                fill.insert(position(at), fills[fill_of[style]].to_string());
            }
        }
        let text = cells(bytes, name);
        let text =
            text.into_iter().map(|((row, column), data)| ((row as u32, column as u32), data.to_string()));
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let merged = book.merge_cells_by_sheet_name(name).unwrap();
        let merged = merged.into_iter().map(|range| (range.start, range.end)).collect();
        Self { xml, text: text.collect(), fill, merged }
    }

    fn at(&self, row: u32, column: u32) -> &str {
        self.text.get(&(row, column)).map_or("", String::as_str)
    }

    /// Rows whose cell in a column says this.
    fn rows(&self, column: u32, text: &str) -> Vec<u32> {
        let cells = self.text.iter().filter(|((_, at), own)| *at == column && *own == text);
        cells.map(|((row, _), _)| *row).collect()
    }

    fn last(&self, at: (u32, u32)) -> (u32, u32) {
        self.merged.get(&at).copied().unwrap_or(at)
    }

    fn says(&self, text: &str) -> bool {
        self.text.values().any(|own| own.contains(text))
    }
}

pub fn attribute<'a>(open: &'a str, name: &str) -> &'a str {
    let padded = open.split_once(&format!("{name}=\"")).unwrap_or_else(|| panic!("{name} in {open}")).1;
    padded.split_once('"').unwrap().0
}

/// Row and column of a cell's name, counted from 0.
pub fn position(name: &str) -> (u32, u32) {
    let digits = name.find(|c: char| c.is_ascii_digit()).unwrap();
    let (letters, row) = name.split_at(digits);
    let column = letters.bytes().fold(0, |sum, byte| sum * 26 + u32::from(byte - b'A') + 1);
    (row.parse::<u32>().unwrap() - 1, column - 1)
}

/// Stays of a plan: everybody, from month to month at one hospital.
fn stays(plan: &Plan) -> Vec<(ResidentIx, FacilityIx, Month, u32)> {
    let months = plan.rows.iter().flat_map(|row| row.span.iter().map(move |month| (row, month)));
    let months: BTreeMap<(ResidentIx, Month), FacilityIx> =
        months.map(|(row, month)| ((row.resident, month), row.facility)).collect();
    let mut stays: Vec<(ResidentIx, FacilityIx, Month, u32)> = Vec::new();
    for ((resident, month), facility) in months {
        match stays.last_mut() {
            Some(last) if (last.0, last.1) == (resident, facility) && last.2.plus(last.3) == month => {
                last.3 += 1
            }
            _ => stays.push((resident, facility, month, 1)),
        }
    }
    stays
}

fn name(scenario: &Scenario, facility: FacilityIx, language: Language) -> &str {
    let facility = scenario.facility(facility);
    if language == Language::Ja || facility.name_en.is_empty() { &facility.name } else { &facility.name_en }
}

fn since(later: Month, earlier: Month) -> u32 {
    u32::try_from(later.since(earlier)).unwrap()
}

/// The looks of a hospital wherever it stands: `BTreeMap` by hospital of every fill that was seen.
type Looks = BTreeMap<FacilityIx, BTreeSet<String>>;

#[test]
fn a_stay_is_one_merged_cell_and_a_hospital_looks_alike_in_every_sheet() {
    let (scenario, plan) = replanned();
    for language in LANGUAGES {
        let bytes = written(&scenario, &plan, None, language);
        let mut looks = Looks::new();
        let overview = Sheet::read(&bytes, &title("sheet-overview", language));
        for (resident, facility, start, months) in stays(&plan) {
            let person = scenario.resident(resident);
            let [row] = overview.rows(0, &person.id)[..] else { panic!("{}", person.id) };
            let first = (row, 4 + since(start, scenario.calendar.start_of(person.entry_year)));
            assert_eq!(overview.last(first), (row, first.1 + months - 1), "{} from {start}", person.id);
            assert!(!overview.at(row, first.1).is_empty());
            looks.entry(facility).or_default().insert(overview.fill[&first].clone());
        }
        let people = Sheet::read(&bytes, &title("sheet-people", language));
        let hospitals = Sheet::read(&bytes, &title("sheet-hospitals", language));
        let calendar = Sheet::read(&bytes, &title("sheet-calendar", language));
        let shorts = shorts(&bytes);
        for (facility, seen) in &mut looks {
            let short = &shorts[&scenario.facility(*facility).id];
            let is_named = |text: &String| {
                text.contains(name(&scenario, *facility, language)) && text.contains(short.as_str())
            };
            for (sheet, column) in [(&people, 5), (&hospitals, 0)] {
                // The first rows name the program, which may be called after a hospital.
                let named =
                    sheet.text.iter().filter(|((row, at), text)| *row > 2 && *at == column && is_named(text));
                let fills: Vec<String> = named.map(|(at, _)| sheet.fill[at].clone()).collect();
                assert!(!fills.is_empty(), "{short}");
                seen.extend(fills);
            }
            // Beside the counts below the calendar stands the short name as it is typed.
            let [row] = calendar.rows(3, short)[..] else { panic!("{short}") };
            seen.insert(calendar.fill[&(row, 3)].clone());
            let own =
                titles(&bytes).into_iter().find(|own| name(&scenario, *facility, language).starts_with(own));
            let own = Sheet::read(&bytes, &own.unwrap());
            let bars =
                own.merged.iter().filter(|((_, column), last)| (4..16).contains(column) && last.1 > *column);
            seen.extend(bars.map(|(at, _)| own.fill[at].clone()));
            assert_eq!(seen.len(), 1, "{short}: {seen:?}");
        }
        let different: BTreeSet<&String> = looks.values().flatten().collect();
        assert_eq!(different.len(), looks.len(), "two hospitals look alike");
        assert!(looks.len() > 5);
    }
}

#[test]
fn cohorts_stand_together_and_headings_stay_in_sight() {
    let (scenario, plan) = replanned();
    let planned: BTreeSet<ResidentIx> = plan.rows.iter().map(|row| row.resident).collect();
    let year_of = |resident: &ResidentIx| scenario.resident(*resident).entry_year;
    let cohorts: BTreeSet<i32> = planned.iter().map(year_of).collect();
    assert!(cohorts.len() > 1);
    for language in LANGUAGES {
        let bytes = written(&scenario, &plan, None, language);
        let overview = Sheet::read(&bytes, &title("sheet-overview", language));
        let calendar = Sheet::read(&bytes, &title("sheet-calendar", language));
        for (sheet, at) in [(&overview, 0), (&calendar, 1)] {
            let mut before = None;
            for resident in &planned {
                let [row] = sheet.rows(at, &scenario.resident(*resident).id)[..] else { panic!() };
                let is_somebody = |text: &str| scenario.residents.iter().any(|one| one.id == text);
                let heading = (0..row).rev().find(|above| {
                    let text = sheet.at(*above, 0);
                    let is_another = text.parse::<i32>().is_ok() || is_somebody(text);
                    !is_another && cohorts.iter().any(|year| text.contains(&year.to_string()))
                });
                let heading = sheet.at(heading.unwrap(), 0);
                assert!(heading.contains(&year_of(resident).to_string()), "{heading}");
                let of_year =
                    scenario.residents.iter().filter(|one| one.entry_year == year_of(resident)).count();
                assert!(heading.contains(&of_year.to_string()), "{heading} counts {of_year}");
                assert!(before < Some(row), "in the order of the scenario");
                before = Some(row);
            }
        }
        for (key, panes) in
            [("sheet-overview", ("4", "2")), ("sheet-calendar", ("4", "4")), ("sheet-hospitals", ("2", "3"))]
        {
            let sheet = Sheet::read(&bytes, &title(key, language));
            let pane = sheet.xml.split_once("<pane ").unwrap().1.split_once("/>").unwrap().0;
            assert_eq!((attribute(pane, "xSplit"), attribute(pane, "ySplit")), panes, "{key}");
            assert_eq!(attribute(pane, "state"), "frozen");
        }
    }
}

#[test]
fn hospitals_have_names_month_by_month_and_a_sheet_each() {
    let (scenario, plan) = replanned();
    let start = scenario.horizon().start;
    for language in LANGUAGES {
        let bytes = written(&scenario, &plan, None, language);
        let all = Sheet::read(&bytes, &title("sheet-hospitals", language));
        let shorts = shorts(&bytes);
        let mut own_sheets = BTreeSet::new();
        for (resident, facility, from, months) in stays(&plan) {
            let person = scenario.resident(resident);
            let short = &shorts[&scenario.facility(facility).id];
            let full = name(&scenario, facility, language);
            let label = all.text.iter().find(|((row, column), text)| {
                *row > 2 && *column == 0 && text.contains(full) && text.contains(short.as_str())
            });
            let top = *label.unwrap().0;
            let column = 2 + since(from, start);
            let lines = top.0..=all.last(top).0;
            let here = lines.clone().filter(|line| all.at(*line, column) == person.name);
            let ends = here.map(|line| all.last((line, column)).1);
            assert_eq!(
                ends.collect::<Vec<_>>(),
                [column + months - 1],
                "{} at {full} from {from}",
                person.id
            );
            let own = titles(&bytes).into_iter().find(|own| full.starts_with(own.as_str())).unwrap();
            let sheet = Sheet::read(&bytes, &own);
            assert_eq!(sheet.at(0, 0), full);
            assert!(!sheet.rows(0, &person.id).is_empty(), "{} on the sheet of {full}", person.id);
            own_sheets.insert(own);
        }
        // Nobody else is sent one, and no sheet speaks of residents who never come.
        let after = titles(&bytes);
        let first = after.iter().position(|own| own_sheets.contains(own)).unwrap();
        let rest: BTreeSet<String> = after[first..].iter().cloned().collect();
        assert_eq!(rest, own_sheets);
        for own in &own_sheets {
            let sheet = Sheet::read(&bytes, own);
            for person in &scenario.residents {
                let is_there = stays(&plan).iter().any(|(resident, facility, ..)| {
                    scenario.resident(*resident).id == person.id
                        && name(&scenario, *facility, language).starts_with(own.as_str())
                });
                assert_eq!(!sheet.rows(0, &person.id).is_empty(), is_there, "{} on {own}", person.id);
            }
        }
    }
}

#[test]
fn a_resident_has_a_page_and_paper_is_set() {
    let (scenario, plan) = replanned();
    for language in LANGUAGES {
        let bytes = written(&scenario, &plan, Some(&plan), language);
        let people = Sheet::read(&bytes, &title("sheet-people", language));
        let breaks: Vec<u32> =
            people.xml.split("<brk ").skip(1).map(|brk| attribute(brk, "id").parse().unwrap()).collect();
        assert_eq!(breaks.len() + 1, scenario.residents.len());
        for (resident, top) in scenario.residents.iter().zip(std::iter::once(0).chain(breaks)) {
            assert!(people.at(top, 0).starts_with(&resident.id), "{} begins in row {top}", resident.id);
        }
        // A3 for what is wide, A4 for what is handed out; the width is one page.
        for (key, paper) in [
            ("sheet-summary", "9"),
            ("sheet-overview", "9"),
            ("sheet-calendar", "8"),
            ("sheet-hospitals", "8"),
            ("sheet-people", "9"),
            ("sheet-judgement", "9"),
            ("sheet-changes", "9"),
        ] {
            let sheet = Sheet::read(&bytes, &title(key, language));
            let setup = sheet.xml.split_once("<pageSetup ").unwrap().1.split_once("/>").unwrap().0;
            assert_eq!(attribute(setup, "paperSize"), paper, "{key}");
            assert_eq!(attribute(setup, "fitToHeight"), "0", "{key}");
            assert!(sheet.xml.contains("fitToPage=\"1\""), "{key}");
            assert_eq!(attribute(setup, "orientation"), "landscape", "{key}");
        }
    }
}

/// The counts below the calendar turn red by rules that look at the rows of seats and minima.
#[test]
fn counts_that_break_a_limit_have_a_colour_and_a_sign() {
    let (scenario, plan) = replanned();
    let bytes = written(&scenario, &plan, None, Language::Ja);
    let calendar = Sheet::read(&bytes, &title("sheet-calendar", Language::Ja));
    let row = |key: &'static str| calendar.rows(0, &title(key, Language::Ja))[0];
    let (counts, seats, least) = (row("calendar-counts"), row("calendar-seats"), row("calendar-least"));
    let rules: Vec<&str> =
        calendar.xml.split("<formula>").skip(1).map(|rule| rule.split_once('<').unwrap().0).collect();
    let first = counts + 2;
    for (limit, compares) in [(seats + 2, "&gt;"), (least + 2, "&lt;")] {
        let is_it = |rule: &&&str| {
            rule.contains(&format!("ISNUMBER(E{limit})"))
                && rule.contains(&format!("{compares}E{limit})"))
                && rule.contains(&format!("E{first}"))
        };
        assert_eq!(rules.iter().filter(is_it).count(), 1, "{compares} row {limit} in {rules:?}");
    }
    let styles = part(&bytes, "xl/styles.xml");
    for sign in ["▲", "▼"] {
        let format = styles.split("<dxf>").find(|dxf| dxf.contains(sign)).unwrap();
        assert!(format.contains("<fill>"), "{sign} has a colour: {format}");
    }
    // Every figure is a formula over the column above it.
    let cell =
        calendar.xml.split_once(&format!("<c r=\"E{first}\"")).unwrap().1.split_once("</c>").unwrap().0;
    assert!(cell.contains("<f>SUMPRODUCT(--(E$4:E$"), "{cell}");
}

/// Goals, findings, cases and changes are those of the tables that the same run writes.
#[test]
fn tables_of_a_run_are_sheets_of_its_workbook() {
    let desk = Desk::empty();
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let scenario = scenarios.join("surgery").display().to_string();
    for (language, lang) in [(Language::Ja, "ja"), (Language::En, "en")] {
        let out = format!("out-{lang}");
        let ended = desk.run(&["plan", &scenario, "--out", &out, "--lang", lang]);
        assert_eq!(ended.code, 0, "{}", ended.stderr);
        let bytes = fs::read(desk.path(&out).join("plan.xlsx")).unwrap();
        let json: serde_json::Value = serde_json::from_str(&desk.read(&format!("{out}/plan.json"))).unwrap();
        let goals = json["goals"].as_array().unwrap().len();
        let summary = Sheet::read(&bytes, &title("sheet-summary", language));
        assert!(goals > 0);
        for number in 1..=goals {
            let [row] = summary.rows(0, &number.to_string())[..] else { panic!("goal {number}") };
            assert!((1..=3).all(|column| !summary.at(row, column).is_empty()), "name, result and proof");
        }
        assert!(summary.rows(0, &(goals + 1).to_string()).is_empty());
        // A table's line is a row of the sheet, cell by cell where both have the column.
        for (file, key, known) in
            [("cases.csv", "sheet-cases", [0_usize, 4]), ("audit.csv", "sheet-judgement", [9, 9])]
        {
            let table = desk.read(&format!("{out}/{file}"));
            let sheet = Sheet::read(&bytes, &title(key, language));
            let lines =
                table.trim_start_matches('\u{feff}').lines().skip(1).filter(|line| !line.contains('"'));
            for line in lines {
                let cells: Vec<&str> = line.split(',').collect();
                for at in known {
                    let cell = cells.get(at).copied().unwrap_or_default();
                    assert!(cell.is_empty() || sheet.says(cell), "{cell} of {file} in {key}");
                }
            }
        }
    }
    let cases = desk.read("out-en/cases.csv").lines().count() - 1;
    let bytes = fs::read(desk.path("out-en").join("plan.xlsx")).unwrap();
    let sheet = Sheet::read(&bytes, &title("sheet-cases", Language::En));
    let rows: BTreeSet<u32> = sheet.text.keys().map(|(row, _)| *row).collect();
    assert_eq!(rows.len(), cases + 1, "a row a quota, and the headings");
}

#[test]
fn what_changes_against_the_base_is_a_sheet() {
    let (scenario, plan) = replanned();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/keio-2020-replan");
    let published = fs::read(folder.join("published/placements.csv")).unwrap();
    let (base, _) = kenshu::internal::plan::earlier::read("placements.csv", &published, &scenario);
    let base = base.unwrap().plan;
    let diff = kenshu::internal::diff::diff(&scenario, &base.clone().into(), &plan.clone().into());
    assert!(!diff.moves.is_empty());
    for language in LANGUAGES {
        let bytes = written(&scenario, &plan, Some(&base), language);
        let sheet = Sheet::read(&bytes, &title("sheet-changes", language));
        for one in &diff.moves {
            let (id, _) = diff.person(&scenario, one.resident);
            let months = one.span.months.to_string();
            let rows = sheet
                .rows(0, id)
                .into_iter()
                .filter(|row| sheet.at(*row, 2) == one.span.start.to_string() && sheet.at(*row, 4) == months);
            assert_eq!(rows.count(), 1, "{id} from {}", one.span.start);
        }
        assert!(
            !titles(&written(&scenario, &plan, None, language)).contains(&title("sheet-changes", language))
        );
    }
}
