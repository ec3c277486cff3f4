//! The workbook that a program begins in, as `kenshu new` writes it: what its sheets explain, what they offer, and
//! what spreadsheets must not make dates of. Read from the file itself, in both languages.

use std::collections::BTreeMap;
use std::fs;

use kenshu::internal::language::{Catalogue, Language};
use kenshu::internal::scenario::{grids, read, shipped, template};
use kenshu::internal::tables::workbook::{Grid, Heading, write};

use crate::desk::Desk;
use crate::plan_sheets::{attribute, position};
use crate::plan_workbook::with_parts;
use crate::plan_workbook::{cells, part, titles};
use crate::year_of_workbooks::of_files;

const LANGUAGES: [(Language, &str); 2] = [(Language::Ja, "ja"), (Language::En, "en")];

/// The workbook of `kenshu new`, with the tables it was made of.
fn new(desk: &Desk, language: Language, lang: &str) -> (Vec<u8>, Vec<Grid>) {
    let file = format!("{lang}.xlsx");
    let ended = desk.run(&["new", &file, "--lang", lang]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    let scenario = read(&template()).0.unwrap();
    let grids = grids(&template(), &scenario, &Catalogue::new(language));
    (fs::read(desk.path(&file)).unwrap(), grids)
}

fn sheet_xml(bytes: &[u8], title: &str) -> String {
    let number = titles(bytes).iter().position(|own| own == title).unwrap_or_else(|| panic!("no {title}"));
    part(bytes, &format!("xl/worksheets/sheet{}.xml", number + 1))
}

/// The notes of a sheet by cell.
fn notes(bytes: &[u8], title: &str) -> BTreeMap<(u32, u32), String> {
    let number = titles(bytes).iter().position(|own| own == title).unwrap();
    let links = part(bytes, &format!("xl/worksheets/_rels/sheet{}.xml.rels", number + 1));
    let file = links.split('"').find(|text| text.contains("comments") && text.ends_with(".xml")).unwrap();
    let content = part(bytes, &format!("xl/{}", file.trim_start_matches("../")));
    let notes = content.split("<comment ").skip(1).map(|note| {
        let texts = note.split("<t").skip(1).filter_map(|text| text.split_once('>')?.1.split_once("</t>"));
        (position(attribute(note, "ref")), texts.map(|(text, _)| text).collect::<String>())
    });
    notes.collect()
}

/// What cells of a column offer: the formula of the list that covers its second row.
fn offered(xml: &str, column: u32) -> Option<String> {
    let validations = xml.split("<dataValidation ").skip(1);
    let of_column = validations.filter(|validation| {
        let range = attribute(validation, "sqref");
        let (first, last) = range.split_once(':').unwrap_or((range, range));
        let (first, last) = (position(first), position(last));
        first.1 == column && last.1 == column && (first.0..=last.0).contains(&1)
    });
    let lists = of_column.filter(|validation| validation.contains("type=\"list\""));
    lists
        .filter_map(|list| Some(list.split_once("<formula1>")?.1.split_once("</formula1>")?.0.to_string()))
        .next()
}

#[test]
fn every_table_is_a_sheet_that_explains_itself() {
    let desk = Desk::empty();
    for (language, lang) in LANGUAGES {
        let (bytes, grids) = new(&desk, language, lang);
        let catalogue = Catalogue::new(language);
        let names: Vec<String> = grids.iter().map(|grid| catalogue.word(grid.spec.key)).collect();
        assert_eq!(titles(&bytes)[1..], names);
        assert!(names.len() >= 24, "{names:?}");
        assert!(names.iter().all(|name| name.is_ascii() == (language == Language::En)), "{names:?}");
        // A title, ten numbered lines, and what each sheet is for.
        let guide = cells(&bytes, &titles(&bytes)[0]);
        let lines: Vec<String> = guide.values().map(ToString::to_string).collect();
        for (number, line) in (1..=10).zip(&lines[1..]) {
            assert!(line.starts_with(&format!("{number}. ")), "{line}");
        }
        for (line, name) in lines[11..].iter().filter(|line| !line.is_empty()).zip(&names) {
            assert!(line.starts_with(&format!("{name}: ")) && line.len() > name.len() + 8, "{line}");
        }
        for grid in &grids {
            let title = catalogue.word(grid.spec.key);
            let texts = cells(&bytes, &title);
            let notes = notes(&bytes, &title);
            for (at, heading) in grid.columns.iter().enumerate() {
                let Heading::Known(column) = heading else {
                    panic!("{title}: the example has no columns of its own")
                };
                assert_eq!(texts[&(0, at)].to_string(), catalogue.word(column.key), "{title}");
                let note = &notes[&(0, at as u32)];
                assert!(note.chars().count() > 4, "{title}, {}: {note}", column.id);
                assert_eq!(note.contains(&catalogue.word("workbook-required")), column.required, "{note}");
            }
            // All columns of the catalogue, but years that no course reaches.
            let missing = grid.spec.columns.iter().filter(|column| {
                !grid.columns.iter().any(|own| matches!(own, Heading::Known(own) if own.id == column.id))
            });
            assert!(missing.clone().all(|column| column.id.starts_with("year")), "{title}");
            let xml = sheet_xml(&bytes, &title);
            let pane = xml.split_once("<pane ").unwrap().1.split_once("/>").unwrap().0;
            assert_eq!((attribute(pane, "ySplit"), attribute(pane, "state")), ("1", "frozen"), "{title}");
        }
    }
}

#[test]
fn whatever_is_a_choice_is_offered() {
    let desk = Desk::empty();
    for (language, lang) in LANGUAGES {
        let (bytes, grids) = new(&desk, language, lang);
        let word = |key| Catalogue::new(language).word(key);
        let offer = |table: &str, column: &str| {
            let grid = grids.iter().find(|grid| grid.spec.id == table).unwrap();
            let is_it = |heading: &Heading| matches!(heading, Heading::Known(own) if own.id == column);
            let at = grid.columns.iter().position(is_it).unwrap_or_else(|| panic!("{table}.{column}"));
            offered(&sheet_xml(&bytes, &word(grid.spec.key)), at as u32)
        };
        let words = |keys: &[&'static str]| {
            let words: Vec<String> = keys.iter().map(|key| word(key)).collect();
            Some(format!("\"{}\"", words.join(",")))
        };
        let roles = words(&["word-core", "word-affiliate", "word-associated"]);
        assert_eq!(offer("facilities", "role"), roles);
        let kinds = offer("locks", "kind").unwrap();
        assert_eq!(kinds.matches(',').count(), 1, "{kinds}");
        assert_eq!(offer("leaves", "kind").unwrap().matches(',').count(), 6);
        assert_eq!(offer("records", "kind").unwrap().matches(',').count(), 11);
        let ids = |key: &'static str, letter: char| format!("'{}'!${letter}$2:${letter}$", word(key));
        for (table, column, expected) in [
            ("history", "facility", ids("table-facilities", 'A')),
            ("locks", "facility", ids("table-facilities", 'A')),
            ("sections", "facility", ids("table-facilities", 'A')),
            ("history", "resident", ids("table-residents", 'A')),
            ("leaves", "resident", ids("table-residents", 'A')),
            ("residents", "course", ids("table-courses", 'A')),
            ("course_mix", "course", ids("table-courses", 'A')),
            ("logged_cases", "case", ids("table-cases", 'A')),
            ("cases", "part_of", ids("table-cases", 'A')),
            ("history", "section", ids("table-sections", 'B')),
        ] {
            let list = offer(table, column).unwrap_or_else(|| panic!("{table}.{column} offers nothing"));
            assert!(
                list.replace('\'', "").starts_with(&expected.replace('\'', "")),
                "{table}.{column}: {list}"
            );
        }
        let changing = offer("facility_changes", "column").unwrap();
        for key in ["heading-supervisors", "heading-seats", "heading-min-residents", "heading-accreditation"]
        {
            assert!(changing.contains(&word(key)), "{changing}");
        }
        let prefectures = offer("facilities", "prefecture");
        assert_eq!(prefectures.is_some(), language == Language::Ja);
        assert!(prefectures.is_none_or(|list| list.matches(',').count() == 46 && list.contains("神奈川県")));
    }
}

/// No spreadsheet makes dates of months and ids: they are texts, in cells formatted as text, and so are the cells that
/// somebody will fill in. Volumes of a shipped scenario are offered as what may change.
#[test]
fn months_and_ids_are_texts() {
    let sources = shipped("keio-2020-replan").unwrap();
    let scenario = read(&sources).0.unwrap();
    for (language, _) in LANGUAGES {
        let catalogue = Catalogue::new(language);
        let grids = grids(&sources, &scenario, &catalogue);
        let bytes = write(&grids, &catalogue).unwrap();
        let styles = part(&bytes, "xl/styles.xml");
        let custom = styles.split("<numFmt ").skip(1).filter(|format| attribute(format, "formatCode") == "@");
        let text_ids: Vec<&str> = custom.map(|format| attribute(format, "numFmtId")).chain(["49"]).collect();
        let formats =
            styles.split_once("<cellXfs ").unwrap().1.split_once("</cellXfs>").unwrap().0.to_string();
        let is_text: Vec<bool> =
            formats.split("<xf ").skip(1).map(|xf| text_ids.contains(&attribute(xf, "numFmtId"))).collect();
        let style = |open: &str| is_text[attribute(open, "s").parse::<usize>().unwrap()];
        let (mut texts, mut numbers) = (0, 0);
        for grid in &grids {
            let xml = sheet_xml(&bytes, &catalogue.word(grid.spec.key));
            for (at, heading) in grid.columns.iter().enumerate() {
                let Heading::Known(column) = heading else { continue };
                let kind = format!("{:?}", column.kind);
                let must_be_text =
                    ["Id", "Month", "One(", "List(", "Date"].iter().any(|text| kind.starts_with(text));
                let below = xml.split("<c r=\"").skip(1).filter(|cell| {
                    let (row, own) = position(cell.split('"').next().unwrap());
                    own == at as u32 && row > 0 && !cell.split('>').next().unwrap().ends_with('/')
                });
                for cell in below {
                    let open = cell.split_once('"').unwrap().1.split_once('>').unwrap().0;
                    if must_be_text {
                        assert!(
                            open.contains("t=\"s\"") && style(open),
                            "{}.{}: {open}",
                            grid.spec.id,
                            column.id
                        );
                        texts += 1;
                    }
                    numbers += usize::from(kind == "Year" && !open.contains("t=\"s\""));
                }
                if must_be_text {
                    let columns = xml.split("<col ").skip(1).find(|column| {
                        let bound = |name| attribute(column, name).parse::<usize>().unwrap();
                        (bound("min")..=bound("max")).contains(&(at + 1))
                    });
                    let open = columns.unwrap().split_once("/>").unwrap().0;
                    let style: usize = attribute(open, "style").parse().unwrap();
                    assert!(is_text[style], "new cells of {}.{}", grid.spec.id, column.id);
                }
            }
        }
        assert!(texts > 100 && numbers > 5, "{texts} texts, {numbers} years");
    }
}

#[test]
fn a_shipped_program_begins_in_a_workbook() {
    let desk = Desk::empty();
    for (_, lang) in LANGUAGES {
        let file = format!("{lang}-k.xlsx");
        let ended = desk.run(&["new", &file, "--from", "general-practice", "--lang", lang]);
        assert_eq!(ended.code, 0, "{}", ended.stderr);
        let ended = desk.run(&["check", &file, "--lang", lang]);
        assert_eq!(ended.code, 0, "{}{}", ended.stdout, ended.stderr);
        let folder = format!("{lang}-k");
        assert_eq!(desk.run(&["new", &folder, "--from", "general-practice", "--lang", lang]).code, 0);
        let of_folder = desk.run(&["check", &folder, "--lang", lang]);
        let language = if lang == "ja" { Language::Ja } else { Language::En };
        let [of_book, of_folder] = [ended.stdout.replace(&file, ""), of_folder.stdout.replace(&folder, "")]
            .map(|text| of_files(text, language));
        assert_eq!(of_book, of_folder);
    }
}

/// Whoever calls a sheet of locks something else is told that it is not read, and what it would be.
#[test]
fn a_table_under_another_name_is_told() {
    let desk = Desk::empty();
    assert_eq!(desk.run(&["new", "p.xlsx", "--lang", "ja"]).code, 0);
    let bytes = fs::read(desk.path("p.xlsx")).unwrap();
    let renamed = |name: &str| {
        with_parts(&bytes, |part, content| match part {
            "xl/workbook.xml" => content.replace("<sheet name=\"固定\"", &format!("<sheet name=\"{name}\"")),
            _ => content,
        })
    };
    for (name, is_told) in [("固定配置その他", true), ("_固定", false)] {
        fs::write(desk.path("q.xlsx"), renamed(name)).unwrap();
        let ended = desk.run(&["check", "q.xlsx", "--lang", "ja"]);
        assert_eq!(ended.stderr.contains("sheet-unknown"), is_told, "{}", ended.stderr);
        assert!(!is_told || ended.stderr.contains("「固定」"), "{}", ended.stderr);
    }
}
