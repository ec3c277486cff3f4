//! Tables go through spreadsheets and come back the same: simulated ones (Excel in Japanese and English,
//! LibreOffice, somebody who types full-width) and the real LibreOffice.
//!
//! `KENSHU_SCENARIOS=500 cargo test --test it spreadsheets::` sends that many generated programs through the
//! real one, where it is installed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kenshu::internal::language::{Catalogue, Language};
use kenshu::internal::plan::{self, Plan};
use kenshu::internal::scenario::{self, Model, Scenario, Sources, read, shipped, template};
use kenshu::internal::tables::workbook;

use crate::common::folder::sources;
use crate::common::generate::generate;
use crate::common::libreoffice::{converted, libreoffice};
use crate::common::ruled::either;
use crate::common::seeds::count;
use crate::desk::Desk;

/// A program that opens a table and saves it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Program {
    /// By a double click, saved as what it calls CSV: CP932.
    ExcelJapanese,
    /// The same, saved as CSV in UTF-8.
    ExcelJapaneseUtf8,
    ExcelEnglish,
    LibreOffice,
    /// Somebody who types it all again with an input method.
    FullWidth,
}

const PROGRAMS: [Program; 5] = [
    Program::ExcelJapanese,
    Program::ExcelJapaneseUtf8,
    Program::ExcelEnglish,
    Program::LibreOffice,
    Program::FullWidth,
];

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A month as tables write it, as Excel shows what it takes for the first day of it.
fn as_date(cell: &str) -> Option<String> {
    let (year, month) = cell.split_once('-')?;
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    let month: usize = month.parse().ok().filter(|_| digits(month, 2))?;
    let name = MONTHS.get(month.checked_sub(1)?)?;
    digits(year, 4).then(|| format!("{name}-{}", &year[2..]))
}

/// A number as a spreadsheet shows it: zeros before and after are lost.
fn as_number(cell: &str) -> Option<String> {
    let plain = cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && !cell.is_empty();
    let number: f64 = cell.parse().ok().filter(|_| plain && cell.len() <= 15)?;
    Some(number.to_string())
}

impl Program {
    fn shows(self, cell: &str) -> String {
        match self {
            Self::ExcelJapanese | Self::ExcelJapaneseUtf8 | Self::ExcelEnglish => {
                as_date(cell).or_else(|| as_number(cell)).unwrap_or_else(|| cell.to_string())
            }
            Self::LibreOffice => as_number(cell).unwrap_or_else(|| cell.to_string()),
            Self::FullWidth => cell
                .chars()
                .map(|c| match c {
                    '0'..='9' => char::from_u32(u32::from(c) + 0xFEE0).unwrap(),
                    ';' => '；',
                    '-' => '－',
                    c => c,
                })
                .collect(),
        }
    }

    /// The file that it saves.
    fn saves(self, bytes: &[u8]) -> Vec<u8> {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let text = text.trim_start_matches('\u{FEFF}');
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut rows: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().map(str::to_string).collect()).collect();
        // Who types it again types names as they are.
        let free = ["name", "name_en", "source", "note"];
        let is_free = |heading: &String| self == Self::FullWidth && free.contains(&heading.as_str());
        let kept: Vec<bool> = rows.first().into_iter().flatten().map(is_free).collect();
        for row in rows.iter_mut().skip(1) {
            for (cell, _) in row.iter_mut().zip(&kept).filter(|(_, kept)| !**kept) {
                *cell = self.shows(cell);
            }
        }
        let is_excel = !matches!(self, Self::LibreOffice | Self::FullWidth);
        if is_excel {
            // Somebody once touched a cell below and beside the table.
            let width = rows.iter().map(Vec::len).max().unwrap_or(0) + 2;
            rows.push(Vec::new());
            rows.push(Vec::new());
            rows.iter_mut().for_each(|row| row.resize(width, String::new()));
        }
        let terminator = if is_excel { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let quotes =
            if self == Self::FullWidth { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
        let mut writer = csv::WriterBuilder::new()
            .flexible(true)
            .terminator(terminator)
            .quote_style(quotes)
            .from_writer(Vec::new());
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let saved = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        match self {
            Self::ExcelJapanese => encoding_rs::SHIFT_JIS.encode(&saved).0.into_owned(),
            Self::ExcelJapaneseUtf8 | Self::ExcelEnglish => format!("\u{FEFF}{saved}").into_bytes(),
            Self::LibreOffice | Self::FullWidth => saved.into_bytes(),
        }
    }
}

/// A scenario but for the hash, which is that of the files.
fn content(scenario: &Scenario) -> Model {
    Model { hash: String::new(), ..Model::clone(scenario) }
}

fn files(folder: &Path) -> Sources {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_string(), fs::read(&path).unwrap()));
    Sources { files: files.filter(|(name, _)| scenario::is_table(name)).collect(), ..Sources::default() }
}

fn saved_by(program: Program, sources: &Sources) -> Sources {
    let save = |(name, bytes): (&String, &Vec<u8>)| {
        let bytes = if name.ends_with(".csv") { program.saves(bytes) } else { bytes.clone() };
        (name.clone(), bytes)
    };
    Sources { files: sources.files.iter().map(save).collect(), ..Sources::default() }
}

#[test]
fn programs_that_were_saved_again_say_the_same() {
    let shipped =
        ["keio-2019-steady", "keio-2020-replan"].map(|name| (name.to_string(), shipped(name).unwrap()));
    let generated = (0..60).map(|seed| (format!("seed {seed}"), sources(&generate(seed).scenario)));
    let mut held = 0;
    for (which, sources) in shipped.into_iter().chain([("template".to_string(), template())]).chain(generated)
    {
        let Some(before) = read(&sources).0 else { continue };
        for program in PROGRAMS {
            let (after, findings) = read(&saved_by(program, &sources));
            let after = after.unwrap_or_else(|| panic!("{which} {program:?}: {:?}", findings.list));
            assert_eq!(content(&after), content(&before), "{which} {program:?}");
            held += 1;
        }
    }
    assert!(held > 200, "{held}");
}

/// A plan as anybody reads it: who is where, in any order.
fn placed(plan: &Plan) -> Vec<(usize, usize, kenshu::internal::calendar::Span)> {
    let mut rows: Vec<_> = plan.rows.iter().map(|row| (row.resident.0, row.facility.0, row.span)).collect();
    rows.sort();
    rows
}

#[test]
fn plans_that_were_saved_again_say_the_same() {
    // Ids that no spreadsheet takes for anything, and those that every one does.
    for ids in ["Y2027-0", "2027-0", "00"] {
        let desk = Desk::empty();
        for (name, bytes) in template().files {
            let text = String::from_utf8(bytes).unwrap().replace("Y2027-0", ids);
            desk.write(&format!("p/{name}"), &text);
        }
        let scenario = read(&files(&desk.path("p"))).0.unwrap();
        for language in ["ja", "en"] {
            let out = format!("out-{language}");
            let ended = desk.run(&["plan", "p", "--out", &out, "--lang", language]);
            assert_eq!(ended.code, 0, "{}", ended.stderr);
            let bytes = fs::read(desk.path(&out).join("placements.csv")).unwrap();
            let before = plan::read("placements.csv", &bytes, &scenario).0.unwrap();
            for program in PROGRAMS {
                let saved = program.saves(&bytes);
                assert!(saved != bytes, "{program:?} leaves its traces");
                let (after, findings) = plan::read("placements.csv", &saved, &scenario);
                let after = after.unwrap_or_else(|| panic!("{ids} {program:?}: {:?}", findings.list));
                assert_eq!(placed(&after), placed(&before), "{ids} {language} {program:?}");
            }
        }
    }
}

// The real one.

/// Opens the files of a kind and saves them into another folder.
fn resaved(soffice: &Path, desk: &Desk, from: &str, to: &str, ending: &str, options: &[&str]) {
    let names = desk.names(from).into_iter().filter(|name| name.ends_with(ending));
    let files: Vec<PathBuf> = names.map(|name| desk.path(from).join(name)).collect();
    // It gives up on hundreds of files at once.
    files.chunks(100).for_each(|some| converted(soffice, &desk.path(""), options, some, &desk.path(to)));
    assert_eq!(desk.names(to).len(), files.len());
}

#[test]
fn libreoffice_changes_nothing() {
    let Some(soffice) = libreoffice() else { return };
    let count = count(6);
    let desk = Desk::empty();
    let mut before: BTreeMap<String, (Sources, Scenario)> = BTreeMap::new();
    let own = ["keio-2019-steady", "keio-2020-replan"].map(|name| shipped(name).unwrap());
    let generated = (0..).map(|seed| sources(&either(seed).scenario));
    let readable = own.into_iter().chain(generated).filter_map(|sources| Some((read(&sources).0?, sources)));
    for (number, (scenario, sources)) in readable.take(count).enumerate() {
        let which = format!("p{number:04}");
        for (name, bytes) in sources.files.iter().filter(|(name, _)| name.ends_with(".csv")) {
            desk.write(&format!("csv/{which}-{name}"), std::str::from_utf8(bytes).unwrap());
        }
        let language = if number % 2 == 0 { Language::Ja } else { Language::En };
        let catalogue = Catalogue::new(language);
        let book = workbook::write(&scenario::grids(&sources, &scenario, &catalogue), &catalogue).unwrap();
        fs::create_dir_all(desk.path("books")).unwrap();
        fs::write(desk.path("books").join(format!("{which}.xlsx")), book).unwrap();
        before.insert(which, (sources, scenario));
    }
    // Separator, quotation mark, UTF-8, first line; cells as they are shown.
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false";
    resaved(
        &soffice,
        &desk,
        "csv",
        "csv-saved",
        ".csv",
        &["--infilter=CSV:44,34,76,1", "--convert-to", filter],
    );
    resaved(&soffice, &desk, "books", "books-saved", ".xlsx", &["--convert-to", "xlsx"]);
    for (which, (sources, scenario)) in &before {
        let mut tables = sources.clone();
        for (name, bytes) in tables.files.iter_mut().filter(|(name, _)| name.ends_with(".csv")) {
            *bytes = fs::read(desk.path("csv-saved").join(format!("{which}-{name}"))).unwrap();
        }
        let (after, findings) = read(&tables);
        let after = after.unwrap_or_else(|| panic!("{which}: {:?}", findings.list));
        assert_eq!(content(&after), content(scenario), "{which}, tables");
        let bytes = fs::read(desk.path("books-saved").join(format!("{which}.xlsx"))).unwrap();
        let (book, findings) = workbook::read(&format!("{which}.xlsx"), &bytes);
        let files = book.unwrap_or_else(|| panic!("{which}: {:?}", findings.list)).files;
        let (after, findings) = read(&Sources { files, ..Sources::default() });
        let after = after.unwrap_or_else(|| panic!("{which}: {:?}", findings.list));
        assert_eq!(content(&after), content(scenario), "{which}, workbook");
    }
}
