//! Workbooks: what is written reads back the same, what people leave in cells is understood, every finding
//! names sheet and cell, and no file, however hostile, is more than a finding.
//!
//! `KENSHU_SCENARIOS=10000 cargo test --release --test it workbook::generated -- --nocapture` sends that many
//! generated programs through workbooks.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use kenshu::internal::diagnostic::{Findings, code};
use kenshu::internal::language::{Catalogue, Language};
use kenshu::internal::scenario::{self, Model, Scenario, Sources, read, shipped, shipped_names, template};
use kenshu::internal::tables::workbook::{self, Book};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use zip::write::SimpleFileOptions;

use crate::common::folder::sources;
use crate::common::ruled::either;
use crate::common::seeds::count;
use crate::desk::Desk;

const LANGUAGES: [Language; 2] = [Language::Ja, Language::En];

fn written(sources: &Sources, scenario: &Scenario, language: Language) -> Vec<u8> {
    let catalogue = Catalogue::new(language);
    workbook::write(&scenario::grids(sources, scenario, &catalogue), &catalogue).unwrap()
}

fn book(bytes: &[u8]) -> (Sources, Findings) {
    let (book, findings) = workbook::read("book.xlsx", bytes);
    let files = book.unwrap_or_default().files;
    (Sources { files, ..Sources::default() }, findings)
}

/// Through a workbook and back; the hash, which is that of the files, aside.
fn hold(sources: &Sources, which: &str) {
    let (first, _) = read(sources);
    let first = first.unwrap();
    for language in LANGUAGES {
        let bytes = written(sources, &first, language);
        assert!(bytes == written(sources, &first, language), "{which}: other bytes the second time");
        let (files, findings) = book(&bytes);
        assert_eq!(findings.list, [], "{which}");
        let (second, findings) = read(&files);
        let second = second.unwrap_or_else(|| panic!("{which}: {:?}", findings.list));
        assert_eq!(Model { hash: first.hash.clone(), ..Model::clone(&second) }, *first, "{which}");
        assert!(written(&files, &second, language) == bytes, "{which}: another workbook from the workbook");
        let folder = Sources { files: scenario::folder_files(&files, &second), ..Sources::default() };
        let (third, _) = read(&folder);
        assert_eq!(
            written(&folder, &third.unwrap(), language),
            bytes,
            "{which}: another one from the folder"
        );
    }
}

#[test]
fn shipped_scenarios_go_through_a_workbook() {
    for name in shipped_names() {
        hold(&shipped(name).unwrap(), name);
    }
    hold(&template(), "template");
}

#[test]
fn generated_scenarios_go_through_a_workbook() {
    let mut held = 0;
    let wanted = count(20);
    for seed in 0.. {
        if held == wanted {
            println!("{held} programs of {seed} generated");
            break;
        }
        let sources = sources(&either(seed).scenario);
        if read(&sources).0.is_some() {
            hold(&sources, &format!("seed {seed}"));
            held += 1;
        }
    }
}

#[test]
fn comments_notes_and_columns_of_ones_own_are_kept() {
    let mut sources = template();
    let program = String::from_utf8(sources.files["program.toml"].clone()).unwrap();
    let program = program.replace("first_year = 2027", "# 来年から\nfirst_year = 2027 # §7")
        + "\n[draws]\nwho = \"later\"\ncourses = { A = 1, B = 2 }\n"
        + "# 最後に\n\n# 本当に最後に \"#\n";
    let years =
        program.split_once("years = [").map(|(before, after)| format!("{before}years = [ # 一年目\n{after}"));
    let program = years.unwrap();
    sources.files.insert("program.toml".into(), program.into_bytes());
    let facilities = "id,role,accreditation,supervisors,電話,備考\ncentral,core,comprehensive,6,03-1,\"=1+1\n二行目\"\n\
                      north,affiliate,training,2,,\nsouth,affiliate,training,2,007,髙﨑𠮷鷗〜\n";
    sources.files.insert("facilities.csv".into(), facilities.into());
    let (scenario, _) = read(&sources);
    let (files, findings) = book(&written(&sources, &scenario.unwrap(), Language::Ja));
    assert_eq!(findings.list, []);
    let program = String::from_utf8(files.files["program.toml"].clone()).unwrap();
    let comments = ["# 最後に", "# 本当に最後に \"#", "# 一年目"];
    for line in comments {
        assert_eq!(program.lines().filter(|own| *own == line).count(), 1, "{line} in {program}");
    }
    assert!(program.trim_end().ends_with("# 本当に最後に \"#"), "what is last stays last: {program}");
    for line in ["# 来年から", "# §7", "draws.who = \"later\"", "draws.courses = { A = 1, B = 2 }"] {
        assert!(program.lines().any(|own| own == line), "{line} in {program}");
    }
    let facilities = String::from_utf8(files.files["facilities.csv"].clone()).unwrap();
    for text in ["電話", "03-1", "\"'=1+1\n二行目\"", "007", "髙﨑𠮷鷗〜"] {
        assert!(facilities.contains(text), "{text} in {facilities}");
    }
}

/// Wherever a comment stands in `program.toml`, it comes back, once.
#[test]
fn every_comment_of_a_program_comes_back() {
    let shipped = shipped("keio-2019-steady").unwrap();
    let program = String::from_utf8(shipped.files["program.toml"].clone()).unwrap();
    // A comment behind every line, and one above it, but within texts of several lines, of which there are none.
    assert!(!program.contains("\"\"\"") && !program.contains("'''"));
    let mut commented = String::new();
    for (number, line) in program.lines().enumerate() {
        let behind = if line.contains('#') { "" } else { " # behind" };
        let number_behind = if behind.is_empty() { String::new() } else { number.to_string() };
        commented.push_str(&format!("# above{number}\n{line}{behind}{number_behind}\n"));
    }
    commented.push_str("# last");
    let mut sources = shipped.clone();
    sources.files.insert("program.toml".into(), commented.clone().into_bytes());
    let (scenario, findings) = read(&sources);
    let scenario = scenario.unwrap_or_else(|| panic!("{:?}", findings.list));
    let (files, findings) = book(&written(&sources, &scenario, Language::Ja));
    assert_eq!(findings.list, []);
    let again = String::from_utf8(files.files["program.toml"].clone()).unwrap();
    let comments = |text: &str| {
        let comments = text.lines().filter_map(|line| Some(line.split_once('#')?.1.trim().to_string()));
        let mut comments: Vec<String> = comments.filter(|comment| !comment.is_empty()).collect();
        comments.sort();
        comments
    };
    assert_eq!(comments(&again), comments(&commented));
}

/// A workbook of sheets that a test fills in.
pub fn made(fill: impl FnOnce(&mut BTreeMap<&'static str, Worksheet>)) -> Vec<u8> {
    let mut sheets: BTreeMap<&str, Worksheet> = BTreeMap::new();
    let tables: [(&str, &[&[&str]]); 5] = [
        (
            "プログラム",
            &[
                &["項目", "値"],
                &["id", "small"],
                &["name", "小さなプログラム"],
                &["training_months", "36"],
                &["first_year", "2019"],
            ],
        ),
        ("intake", &[&["year", "residents"], &["2019", "1"]]),
        (
            "研修コース",
            &[&["コースID", "1 年次", "2年目", "year3"], &["A", "基幹施設:12", "core:12", "連携:12"]],
        ),
        (
            "施設",
            &[
                &["施設ID", "施設名", "区分", "認定", "指導医数"],
                &["keio", "大学病院", "基幹施設", "総合修練機関", "2"],
                &["north", "北病院", "連携", "training", "1"],
            ],
        ),
        ("Residents", &[&["id", "entry_year"], &["7", "2018"]]),
    ];
    for (name, rows) in tables {
        let mut sheet = Worksheet::new();
        sheet.set_name(name).unwrap();
        put(&mut sheet, 0, rows);
        sheets.insert(name, sheet);
    }
    let mut history = Worksheet::new();
    history.set_name("研修歴").unwrap();
    put(&mut history, 0, &[&["専攻医", "施設", "開始月", "月数"], &["7", "keio", "2018-04", "12"]]);
    sheets.insert("研修歴", history);
    fill(&mut sheets);
    let mut book = Workbook::new();
    for sheet in sheets.into_values() {
        book.push_worksheet(sheet);
    }
    book.save_to_buffer().unwrap()
}

fn put(sheet: &mut Worksheet, row: u32, rows: &[&[&str]]) {
    for (row, cells) in (row..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            sheet.write_string(row, column, *cell).unwrap();
        }
    }
}

/// Code, place and cell of everything that is found.
pub fn found(bytes: &[u8]) -> Vec<(&'static str, String, Option<String>)> {
    let (book, mut findings) = workbook::read("book.xlsx", bytes);
    let Book { files, places } = book.unwrap_or_default();
    let (_, mut more) = read(&Sources { files, ..Sources::default() });
    places.relocate(&mut more);
    findings.list.append(&mut more.list);
    findings.list.iter().map(|f| (f.code(), f.place.file.clone(), f.place.cell.clone())).collect()
}

fn read_made(fill: impl FnOnce(&mut BTreeMap<&'static str, Worksheet>)) -> Scenario {
    let bytes = made(fill);
    let (files, findings) = book(&bytes);
    assert!(!findings.has_errors(), "{:?}", findings.list);
    let (scenario, findings) = read(&files);
    scenario.unwrap_or_else(|| panic!("{:?}", findings.list))
}

/// What people do to cells without meaning anything by it.
#[test]
fn cells_are_understood_as_people_leave_them() {
    let plain = read_made(|_| {});
    let left = read_made(|sheets| {
        let date = Format::new().set_num_format("[$-411]ggge\"年\"m\"月\"d\"日\"");
        let mut history = Worksheet::new();
        history.set_name("history").unwrap();
        // A title over merged cells, blank rows, columns elsewhere and in another order.
        history.merge_range(0, 1, 0, 4, "これまでの研修", &Format::new()).unwrap();
        put(&mut history, 4, &[&["", "", "月数", "開始月", "", "施設", "専攻医", "備考"]]);
        history.write_formula(6, 2, Formula::new("=6*2").set_result("12")).unwrap();
        history.write_with_format(6, 3, ExcelDateTime::from_ymd(2018, 4, 1).unwrap(), &date).unwrap();
        history.write_string(6, 5, "keio").unwrap();
        history.write_number(6, 6, 7).unwrap();
        history.write_string(6, 7, "\u{20BB7}野").unwrap();
        history.set_row_hidden(6).unwrap();
        history.set_hidden(true);
        sheets.insert("研修歴", history);
        let residents = sheets.get_mut("Residents").unwrap();
        residents.write_number(1, 0, 7.0).unwrap();
        residents.write_number(1, 1, 2018.0).unwrap();
        let mut other = Worksheet::new();
        other.set_name("_メモ").unwrap();
        other.write_string(0, 0, "見ない").unwrap();
        sheets.insert("_", other);
    });
    assert_eq!(Model { hash: plain.hash.clone(), ..Model::clone(&left) }, *plain);
    // A spreadsheet's own day numbers, from 1900 and from 1904.
    let serial = read_made(|sheets| {
        sheets.get_mut("研修歴").unwrap().write_number(1, 2, 43_191).unwrap();
    });
    assert_eq!(Model { hash: plain.hash.clone(), ..Model::clone(&serial) }, *plain);
}

#[test]
fn days_counted_from_1904_are_those_days() {
    let bytes = made(|sheets| {
        sheets.get_mut("研修歴").unwrap().write_number(1, 2, 43_191 - 1462).unwrap();
    });
    let from_1904 = replaced(&bytes, "xl/workbook.xml", "<workbookPr ", "<workbookPr date1904=\"1\" ");
    let (files, _) = book(&from_1904);
    assert!(read(&files).0.is_some(), "{:?}", read(&files).1.list);
    assert!(String::from_utf8_lossy(&files.files["history.csv"]).contains("2018-04"));
}

#[test]
fn phonetic_runs_are_no_text() {
    let bytes = made(|_| {});
    let shared = "<t>大学病院</t>";
    let with = format!("{shared}<rPh sb=\"0\" eb=\"2\"><t>ダイガク</t></rPh><phoneticPr fontId=\"1\"/>");
    let (files, _) = book(&replaced(&bytes, "xl/sharedStrings.xml", shared, &with));
    let facilities = String::from_utf8_lossy(&files.files["facilities.csv"]).into_owned();
    assert!(facilities.contains(",大学病院,"), "{facilities}");
}

#[test]
fn findings_name_sheet_and_cell() {
    let bytes = made(|sheets| {
        let facilities = sheets.get_mut("施設").unwrap();
        facilities.write_string(2, 4, "一人").unwrap();
        facilities.write_string(3, 0, "south").unwrap();
        let courses = sheets.get_mut("研修コース").unwrap();
        courses.write_string(1, 2, "core:11").unwrap();
        sheets.get_mut("プログラム").unwrap().write_string(3, 1, "三年").unwrap();
        sheets.get_mut("intake").unwrap().write_number(1, 1, -1).unwrap();
    });
    let told = found(&bytes);
    for (code, sheet, cell) in [
        ("number-malformed", "施設", "E3"),
        ("value-empty", "施設", "C4"),
        ("wrong-type", "プログラム", "B4"),
        ("number-negative", "intake", "B2"),
    ] {
        let place = (code, format!("book.xlsx [{sheet}]"), Some(cell.to_string()));
        assert!(told.contains(&place), "{place:?} in {told:#?}");
    }
}

#[test]
fn odd_sheets_and_cells_are_told() {
    let missing = made(|sheets| drop(sheets.remove("施設")));
    assert!(found(&missing).contains(&(code::SHEET_MISSING, "book.xlsx".into(), None)));
    let odd = made(|sheets| {
        let sheet = |name: &str| {
            let mut sheet = Worksheet::new();
            sheet.set_name(name).unwrap();
            put(&mut sheet, 0, &[&["施設ID", "区分", "認定", "指導医数"]]);
            sheet
        };
        sheets.insert("a", sheet("Facilities"));
        sheets.insert("b", sheet("facilties"));
        sheets.insert("c", sheet("当直表"));
        let residents = sheets.get_mut("Residents").unwrap();
        residents.merge_range(1, 0, 2, 0, "7", &Format::new()).unwrap();
    });
    let told = found(&odd);
    for expected in [
        (code::SHEET_TWICE, "book.xlsx [施設]", None),
        (code::SHEET_UNKNOWN, "book.xlsx [facilties]", None),
        (code::SHEET_UNREAD, "book.xlsx", None),
        (code::CELL_MERGED, "book.xlsx [Residents]", Some("A2")),
    ] {
        let expected = (expected.0, expected.1.to_string(), expected.2.map(str::to_string));
        assert!(told.contains(&expected), "{expected:?} in {told:#?}");
    }
}

/// Formulas that failed, and formulas that nobody calculated.
#[test]
fn formulas_without_a_result_are_told() {
    let bytes = made(|sheets| {
        sheets
            .get_mut("Residents")
            .unwrap()
            .write_formula(1, 1, Formula::new("=2018").set_result("2018"))
            .unwrap();
    });
    assert_eq!(found(&bytes), [], "a formula with its result is its result");
    let name = sheet_part(&bytes, "2018</f>");
    let empty = replaced(&bytes, &name, "<f>2018</f><v>2018</v>", "<f>2018</f>");
    let place = ("book.xlsx [Residents]".to_string(), Some("B2".to_string()));
    assert_eq!(found(&empty), [(code::CELL_NOT_CALCULATED, place.0.clone(), place.1.clone())]);
    let text = part_text(&bytes, &name);
    let cell = text.split("<c ").find(|cell| cell.contains("<f>2018</f>")).unwrap();
    let failed = cell.replacen('>', " t=\"e\">", 1).replace("<v>2018</v>", "<v>#N/A</v>");
    let failed = replaced(&bytes, &name, cell, &failed);
    assert_eq!(found(&failed), [(code::CELL_ERROR, place.0, place.1)]);
}

// Archives taken apart and put together again.

pub fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let part = |index| {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut content).unwrap();
        (name, content)
    };
    (0..count).map(part).collect()
}

pub fn package(parts: impl IntoIterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(&content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

pub fn part_text(bytes: &[u8], name: &str) -> String {
    let (_, content) = parts(bytes).into_iter().find(|(own, _)| own == name).unwrap();
    String::from_utf8(content).unwrap()
}

pub fn sheet_part(bytes: &[u8], text: &str) -> String {
    let is_it = |(name, content): &(String, Vec<u8>)| {
        name.contains("worksheets/sheet") && String::from_utf8_lossy(content).contains(text)
    };
    parts(bytes).into_iter().find(is_it).unwrap().0
}

pub fn replaced(bytes: &[u8], name: &str, from: &str, to: &str) -> Vec<u8> {
    let mut changed = false;
    let new = package(parts(bytes).into_iter().map(|(own, content)| {
        if own != name {
            return (own, content);
        }
        let text = String::from_utf8(content).unwrap();
        changed = text.contains(from);
        (own, text.replacen(from, to, 1).into_bytes())
    }));
    assert!(changed, "{from} is not in {name}");
    new
}

/// A sheet that starts as it should and then holds `rows`.
fn with_sheet(rows: &str) -> Vec<u8> {
    let bytes = made(|_| {});
    let name = sheet_part(&bytes, "sheetData");
    let text = part_text(&bytes, &name);
    let start = text.find("<sheetData>").unwrap();
    let sheet = format!("{}<sheetData>{rows}</sheetData></worksheet>", &text[..start]);
    package(parts(&bytes).into_iter().map(|(own, content)| {
        let content = if own == name { sheet.clone().into_bytes() } else { content };
        (own, content)
    }))
}

/// A workbook whose first sheet claims to use a range.
fn with_dimension(book: &[u8], range: &str) -> Vec<u8> {
    let name = sheet_part(book, "sheetData");
    let text = part_text(book, &name);
    let own = text.split("<dimension ref=\"").nth(1).unwrap().split('"').next().unwrap().to_string();
    replaced(book, &name, &format!("ref=\"{own}\""), &format!("ref=\"{range}\""))
}

/// A file of each kind of hostility, and the finding it is owed.
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let good = made(|_| {});
    let strings = "xl/sharedStrings.xml";
    let many = (0..3000).map(|number| (format!("xl/media/{number}.xml"), Vec::new()));
    let zeros = |length| std::iter::once(("xl/extra.xml".to_string(), vec![b' '; length]));
    let count = |count: &str| {
        let text = part_text(&good, strings);
        let own = text.split("uniqueCount=\"").nth(1).unwrap().split('"').next().unwrap().to_string();
        replaced(&good, strings, &format!("uniqueCount=\"{own}\""), &format!("uniqueCount=\"{count}\""))
    };
    let styles = format!("<xf/>{}", "<xf/>".repeat(250_000));
    // Twenty million letters in cells, and more sheets than anybody turns over.
    let long = "a".repeat(20_000);
    let long_text = |row: usize| {
        format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"inlineStr\"><is><t>{long}</t></is></c></row>")
    };
    let long_texts: String = (1..=1000).map(long_text).collect();
    let one_long = format!(
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{}</t></is></c></row>",
        "a".repeat(40 << 20)
    );
    let mut sheets = Workbook::new();
    (0..301).for_each(|_| _ = sheets.add_worksheet());
    let sheets = sheets.save_to_buffer().unwrap();
    // Less is said to be packed than there is.
    let mut lies = package(parts(&good).into_iter().chain(zeros(60 << 20)));
    let size = (60_u32 << 20).to_le_bytes();
    let places: Vec<usize> = (0..lies.len() - 4).filter(|at| lies[*at..*at + 4] == size).collect();
    assert!(!places.is_empty());
    places.into_iter().for_each(|at| lies[at..at + 4].copy_from_slice(&1000_u32.to_le_bytes()));
    vec![
        (code::WORKBOOK_BROKEN, lies),
        (code::WORKBOOK_NOT_XLSX, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old".to_vec()),
        (code::WORKBOOK_NOT_XLSX, b"id,name\n1,a\n".to_vec()),
        (code::WORKBOOK_NOT_XLSX, Vec::new()),
        (code::WORKBOOK_BROKEN, b"PK\x03\x04 and no more".to_vec()),
        (code::WORKBOOK_BROKEN, good[..good.len() / 2].to_vec()),
        (code::WORKBOOK_BROKEN, package([("a.txt".to_string(), b"no workbook".to_vec())])),
        (code::WORKBOOK_TOO_LARGE, package(parts(&good).into_iter().chain(many))),
        (code::WORKBOOK_TOO_LARGE, package(parts(&good).into_iter().chain(zeros(60 << 20)))),
        (code::WORKBOOK_TOO_LARGE, count("4000000000")),
        (code::WORKBOOK_TOO_LARGE, count("99999999999999999999999")),
        (code::WORKBOOK_TOO_LARGE, replaced(&good, "xl/styles.xml", "<xf ", &format!("{styles}<xf "))),
        (code::WORKBOOK_TOO_LARGE, with_sheet(&format!("<row r=\"1\">{}</row>", "<c/>".repeat(3_000_000)))),
        (code::WORKBOOK_BROKEN, with_dimension(&good, "B5:A1")),
        (code::WORKBOOK_TOO_LARGE, with_sheet("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>")),
        (code::WORKBOOK_BROKEN, with_sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>99999</v></c></row>")),
        (
            code::WORKBOOK_BROKEN,
            with_sheet("<row r=\"99999999999\"><c r=\"A99999999999\"><v>1</v></c></row>"),
        ),
        (code::WORKBOOK_BROKEN, with_sheet("<row r=\"1\"><c r=\"ZZZZZZZZZZ1\"><v>1</v></c></row>")),
        (code::WORKBOOK_BROKEN, replaced(&good, strings, "UTF-8", "UTF-16")),
        (code::WORKBOOK_TOO_LARGE, with_sheet(&long_texts)),
        (code::WORKBOOK_TOO_LARGE, sheets),
        (code::WORKBOOK_TOO_LARGE, with_sheet(&one_long)),
    ]
}

#[test]
fn hostile_files_are_findings_at_once() {
    for (number, (code, bytes)) in hostile().into_iter().enumerate() {
        let (book, findings) = workbook::read("book.xlsx", &bytes);
        let told: Vec<_> = findings.list.iter().map(|finding| finding.code()).collect();
        assert!(book.is_none(), "{number}: {code} expected");
        assert_eq!(told, [code], "{number}: {:?}", findings.list);
    }
    // What other readers reserve memory for is harmless here.
    let good = made(|_| {});
    let wide = with_dimension(&good, "A1:XFD1048576");
    let (_, findings) = workbook::read("book.xlsx", &wide);
    assert_eq!(findings.list, []);
}

/// Bytes changed anywhere, in the archive and in its parts.
#[test]
fn damaged_files_are_read_or_refused() {
    let good = made(|_| {});
    let random = &mut StdRng::seed_from_u64(18);
    let (mut read, mut refused) = (0, 0);
    for round in 0..300 {
        let bytes = if round % 2 == 0 {
            let mut bytes = good.clone();
            for _ in 0..random.random_range(1..6) {
                let at = random.random_range(0..bytes.len());
                bytes[at] = random.random();
            }
            bytes
        } else {
            let mut all = parts(&good);
            let which = random.random_range(0..all.len());
            let content = &mut all[which].1;
            for _ in 0..random.random_range(1..4) {
                let at = random.random_range(0..content.len());
                let odd = b"<>\"=/0A9:& ";
                content[at] = odd[random.random_range(0..odd.len())];
            }
            package(all)
        };
        match workbook::read("book.xlsx", &bytes) {
            (Some(_), _) => read += 1,
            (None, findings) => {
                assert!(findings.has_errors());
                refused += 1;
            }
        }
    }
    assert!(read > 20 && refused > 20, "{read} read, {refused} refused");
}

fn kenshu(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kenshu"));
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_program_begins_and_stays_in_a_workbook() {
    let desk = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| kenshu(desk.path(), arguments);
    for language in ["ja", "en"] {
        let file = format!("{language}.xlsx");
        assert_eq!(run(&["new", &file, "--lang", language]).0, 0);
        assert_eq!(run(&["check", &file, "--lang", language]).0, 0);
        let out = format!("out-{language}");
        let (code, _, stderr) = run(&["plan", &file, "--out", &out, "--lang", "en"]);
        assert_eq!(code, 0, "{stderr}");
        let (code, _, stderr) = run(&["audit", &file, &format!("{out}/placements.csv"), "--lang", "en"]);
        assert_eq!(code, 0, "{stderr}");
        let (code, stdout, _) =
            run(&["whatif", &file, "--vary", "intake.2027=3..=4", "--out", "w", "--lang", "en"]);
        assert_eq!(code, 0, "{stdout}");
        fs::remove_dir_all(desk.path().join("w")).unwrap();
        let (code, _, stderr) = run(&["audit", &file, &file, "--lang", "en"]);
        assert!(code == 2 && stderr.contains("sheet-missing"), "{stderr}");
    }
    // The plans of both are one: words are the language's, ids the program's.
    let plan = |out: &str| fs::read(desk.path().join(out).join("placements.csv")).unwrap();
    assert_eq!(plan("out-ja"), plan("out-en"));
}

#[test]
fn placements_are_read_from_a_sheet() {
    let desk = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| kenshu(desk.path(), arguments);
    assert_eq!(run(&["new", "p.xlsx"]).0, 0);
    assert_eq!(run(&["plan", "p.xlsx", "--out", "out"]).0, 0);
    let table = fs::read_to_string(desk.path().join("out/placements.csv")).unwrap();
    let rows: Vec<Vec<&str>> =
        table.trim_start_matches('\u{FEFF}').lines().map(|line| line.split(',').collect()).collect();
    let save = |name: &str, edit: &dyn Fn(&mut Worksheet)| {
        let mut sheet = Worksheet::new();
        sheet.set_name("配置").unwrap();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        put(&mut sheet, 2, &rows);
        edit(&mut sheet);
        let mut book = Workbook::new();
        book.push_worksheet(sheet);
        book.save(desk.path().join(name)).unwrap();
    };
    save("same.xlsx", &|_| {});
    let (code, stdout, stderr) = run(&["audit", "p.xlsx", "same.xlsx", "--lang", "en"]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    let (code, _, stderr) = run(&["diff", "p.xlsx", "out/placements.csv", "same.xlsx"]);
    assert_eq!(code, 0, "{stderr}");
    let facility = rows[0].iter().position(|heading| *heading == "facility").unwrap();
    save("edited.xlsx", &|sheet| drop(sheet.write_string(3, facility as u16, "centrl")));
    let (code, _, stderr) = run(&["audit", "p.xlsx", "edited.xlsx", "--lang", "en"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("edited.xlsx [配置]") && stderr.contains("G4"), "{stderr}");
}

#[test]
fn nothing_that_exists_is_written_over() {
    let desk = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| kenshu(desk.path(), arguments);
    fs::write(desk.path().join("mine.xlsx"), "mine").unwrap();
    fs::create_dir(desk.path().join("folder")).unwrap();
    for target in ["mine.xlsx", "folder"] {
        let (code, _, stderr) = run(&["new", target, "--from", "keio", "--lang", "en"]);
        assert!(code == 2 && stderr.contains("exists already"), "{stderr}");
    }
    assert_eq!(fs::read(desk.path().join("mine.xlsx")).unwrap(), b"mine");
    assert_eq!(run(&["new", "a", "--from", "keio-2019"]).0, 0);
    assert_eq!(run(&["convert", "a", "b.xlsx", "--lang", "ja"]).0, 0);
    assert_eq!(run(&["convert", "b.xlsx", "c", "--lang", "en"]).0, 0);
    for file in fs::read_dir(desk.path().join("a")).unwrap().map(|file| file.unwrap().file_name()) {
        if file != "program.toml" {
            let of = |folder: &str| fs::read(desk.path().join(folder).join(&file)).unwrap();
            assert_eq!(of("a"), of("c"), "{file:?}");
        }
    }
    let (code, _, stderr) = run(&["new", "x", "--from", "keyo", "--lang", "en"]);
    assert!(code == 2 && stderr.contains("keio"), "{stderr}");
    assert_eq!(run(&["new", "x.ods"]).0, 2);
    assert_eq!(run(&["convert", "nowhere", "x"]).0, 2);
    let (code, _, stderr) = run(&["check", "mine.xlsx", "--lang", "en"]);
    assert!(code == 2 && stderr.contains("workbook-not-xlsx"), "{stderr}");
}

/// A hostile file is refused without much memory. Only where a shell can bound it.
#[cfg(target_os = "linux")]
#[test]
fn hostile_files_take_little_memory() {
    let desk = Desk::empty();
    let binary = env!("CARGO_BIN_EXE_kenshu");
    for (number, (code, bytes)) in hostile().into_iter().enumerate() {
        fs::write(desk.path("book.xlsx"), bytes).unwrap();
        // 200 MB of data, threads and all.
        let bounded = format!("ulimit -d 204800; exec \"{binary}\" check book.xlsx --json");
        let output = Command::new("sh")
            .args(["-c", &bounded])
            .current_dir(desk.path(""))
            .env("LC_ALL", "C")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(2), "{number}: {said}{output:?}");
        assert!(said.contains(&format!("\"{code}\"")), "{number}: {code} in {said}");
    }
}
