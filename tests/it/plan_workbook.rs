//! `plan.xlsx`: the same bytes every time, the same plan when it is read, an edit that counts wherever it was made,
//! and formulas that count what we count.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use calamine::{Data, Reader, Xlsx};
use kenshu::internal::calendar::Month;
use kenshu::internal::diagnostic::Severity;
use kenshu::internal::diff::{diff, whereabouts};
use kenshu::internal::engine::{self, Planned, Session};
use kenshu::internal::language::{Catalogue, Language};
use kenshu::internal::output::workbook::{Content, workbook};
use kenshu::internal::plan::careers::careers;
use kenshu::internal::plan::{self, Plan};
use kenshu::internal::scenario::{Place, ResidentIx, Scenario, read, shipped};
use kenshu::internal::tables::workbook;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::common::libreoffice::{libreoffice, through_libreoffice};
use crate::common::ruled::{either, with_rules};
use crate::common::seeds::seeds;

const LANGUAGES: [Language; 2] = [Language::Ja, Language::En];

/// The shipped year that was planned anew: with leave and with changes.
pub fn replanned() -> (Scenario, Plan) {
    static REPLANNED: OnceLock<(Scenario, Plan)> = OnceLock::new();
    REPLANNED.get_or_init(replan).clone()
}

fn replan() -> (Scenario, Plan) {
    let scenario = read(&shipped("keio-2020-replan").unwrap()).0.unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/keio-2020-replan/published");
    let published = fs::read(folder.join("placements.csv")).unwrap();
    let (base, _) = plan::earlier::read("placements.csv", &published, &scenario);
    let plan = engine::solve(&scenario, Some(&base.unwrap().plan), &Session::default()).plan.unwrap();
    (scenario, plan)
}

/// A workbook of a plan as it is, be it good or not.
pub fn written(scenario: &Scenario, plan: &Plan, base: Option<&Plan>, language: Language) -> Vec<u8> {
    let audit = kenshu::internal::audit::audit(scenario, plan, base);
    let mut answer = plan::Answer::without_plan(plan::Status::Feasible, None);
    answer.plan = Some(plan.clone());
    let planned = Planned::new(scenario.clone(), answer, audit);
    let careers = careers(scenario, plan);
    let diff = base.map(|base| diff(scenario, &base.clone().into(), &plan.clone().into()));
    let content = Content { planned: &planned, careers: &careers, remarks: &[], diff: diff.as_ref() };
    workbook(&content, &Catalogue::new(language)).unwrap()
}

/// The plan of a workbook, and the keys of what was remarked.
pub fn read_back(bytes: &[u8], scenario: &Scenario) -> (Option<Plan>, Vec<String>) {
    let (book, mut findings) = workbook::read("plan.xlsx", bytes);
    let book = book.unwrap();
    let plan = book.files.get("placements.csv").and_then(|table| {
        let (plan, mut more) = plan::read("placements.csv", table, scenario);
        book.places.relocate(&mut more);
        findings.list.extend(more.list);
        plan
    });
    let said = |finding: &kenshu::internal::diagnostic::Diagnostic| match &finding.place.cell {
        Some(cell) => format!("{} {cell}", finding.code()),
        None => finding.code().to_string(),
    };
    let told = findings.list.iter().filter(|finding| finding.severity >= Severity::Note).map(said);
    (plan, told.collect())
}

/// The parts of an archive, changed and put together again.
pub fn with_parts(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().to_string();
        let mut content = String::new();
        part.read_to_string(&mut content).unwrap();
        out.start_file(name.clone(), SimpleFileOptions::default()).unwrap();
        out.write_all(change(&name, content).as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

pub fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut content = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut content).unwrap();
    content
}

/// The texts that cells share, in their order.
fn shared(bytes: &[u8]) -> Vec<String> {
    let content = part(bytes, "xl/sharedStrings.xml");
    content
        .split("<si>")
        .skip(1)
        .map(|item| {
            let text = item.split('>').nth(1).unwrap_or_default();
            text.split('<').next().unwrap_or_default().to_string()
        })
        .collect()
}

/// Other text in a cell of a sheet, as somebody types it; the text has to stand in another cell.
pub fn typed(bytes: &[u8], sheet: &str, cell: &str, text: &str) -> Vec<u8> {
    let titles = part(bytes, "xl/workbook.xml");
    let titles: Vec<&str> =
        titles.split("<sheet name=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let number = titles.iter().position(|title| *title == sheet).unwrap() + 1;
    let text = shared(bytes).iter().position(|other| other == text).unwrap_or_else(|| panic!("no {text}"));
    let file = format!("xl/worksheets/sheet{number}.xml");
    with_parts(bytes, |name, content| {
        if name != file {
            return content;
        }
        let start = content.find(&format!("<c r=\"{cell}\" ")).unwrap_or_else(|| panic!("no {cell}"));
        let rest = &content[start..];
        let value = start + rest.find("<v>").unwrap() + 3;
        let end = value + content[value..].find("</v>").unwrap();
        format!("{}{text}{}", &content[..value], &content[end..])
    })
}

/// What is remembered of a sheet (0: the calendar, 1: the placements) is no longer what stands there.
fn forgotten(bytes: &[u8], which: usize) -> Vec<u8> {
    let is_hash = |text: &String| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let hash = shared(bytes).into_iter().filter(is_hash).nth(which).unwrap();
    with_parts(bytes, |name, content| match name {
        "xl/sharedStrings.xml" => content.replace(&hash, "another"),
        _ => content,
    })
}

/// The cells of a sheet by row and column.
pub fn cells(bytes: &[u8], sheet: &str) -> BTreeMap<(usize, usize), Data> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let start = range.start().unwrap();
    range
        .used_cells()
        .map(|(row, column, data)| ((row + start.0 as usize, column + start.1 as usize), data.clone()))
        .collect()
}

pub fn title(key: &'static str, language: Language) -> String {
    Catalogue::new(language).word(key)
}

#[test]
fn the_same_plan_is_the_same_workbook_and_reads_back() {
    let (scenario, base) = replanned();
    for language in LANGUAGES {
        let bytes = written(&scenario, &base, Some(&base), language);
        assert!(bytes == written(&scenario, &base, Some(&base), language), "other bytes the second time");
        let (plan, told) = read_back(&bytes, &scenario);
        assert_eq!(told, [""; 0]);
        assert_eq!(whereabouts(&plan.unwrap()), whereabouts(&base));
        // The calendar alone says the same.
        let (plan, told) = read_back(&forgotten(&bytes, 0), &scenario);
        assert_eq!(told, ["plan-read-calendar"]);
        let plan = plan.unwrap();
        assert_eq!(whereabouts(&plan), whereabouts(&base));
        assert!(plan.rows.iter().all(|row| row.course.is_some()), "courses are read");
        let (plan, told) = read_back(&forgotten(&bytes, 1), &scenario);
        assert_eq!((plan.is_some(), told), (true, vec!["plan-read-placements".to_string()]));
        let (plan, told) = read_back(&forgotten(&forgotten(&bytes, 1), 0), &scenario);
        assert_eq!((plan.is_some(), told), (true, vec![]), "edited both, but alike");
    }
}

#[test]
fn a_month_that_is_typed_over_moves_somebody() {
    let (scenario, base) = replanned();
    for language in LANGUAGES {
        let bytes = written(&scenario, &base, None, language);
        let sheet = title("sheet-calendar", language);
        let all = cells(&bytes, &sheet);
        // The first month of the first resident: below the headings and the line of the cohort.
        let before = all[&(5, 4)].to_string();
        let other = all.values().map(ToString::to_string).find(|text| {
            let is_short = |data: &Data| *data == Data::String(text.clone());
            *text != before
                && all
                    .iter()
                    .filter(|((row, column), data)| *row > 4 && *column > 3 && is_short(data))
                    .count()
                    > 3
        });
        let edited = typed(&bytes, &sheet, "E6", &other.unwrap());
        let (plan, told) = read_back(&edited, &scenario);
        assert_eq!(told, ["plan-read-calendar"]);
        let (plan, start) = (whereabouts(&plan.unwrap()), scenario.start());
        let old = whereabouts(&base);
        let moved: Vec<_> = old.iter().filter(|(key, facility)| plan.get(key) != Some(facility)).collect();
        assert_eq!(moved.len(), 1);
        assert_eq!(*moved[0].0, (ResidentIx(0), start));
        // The name of a hospital is as good as its short one; any other text is a finding that names the cell.
        let named = all[&(3, 1)].to_string();
        let (plan, told) = read_back(&typed(&bytes, &sheet, "E6", &named), &scenario);
        assert!(plan.is_none());
        assert_eq!(told, ["plan-read-calendar", "unknown-facility E6"]);
        let facility = &scenario.facilities[3];
        let name = if language == Language::Ja { &facility.name } else { &facility.name_en };
        let (plan, _) = read_back(&typed(&bytes, &sheet, "E6", name), &scenario);
        assert_eq!(whereabouts(&plan.unwrap())[&(ResidentIx(0), start)].0, 3);
        // Edited in both places, and not alike.
        let (plan, told) = read_back(&forgotten(&edited, 1), &scenario);
        assert_eq!((plan, told), (None, vec!["plan-edited-twice".to_string()]));
    }
}

/// Whoever works in a sheet that is not read is told which, and where the change belongs.
#[test]
fn what_is_typed_where_nothing_is_read_is_told() {
    let (scenario, base) = replanned();
    for language in LANGUAGES {
        let bytes = written(&scenario, &base, Some(&base), language);
        for key in ["sheet-summary", "sheet-overview", "sheet-hospitals", "sheet-people", "sheet-changes"] {
            let sheet = title(key, language);
            let (book, findings) = workbook::read("plan.xlsx", &typed_somewhere(&bytes, &sheet));
            assert!(book.unwrap().files.contains_key("placements.csv"));
            let [finding] = findings.list.as_slice() else { panic!("{sheet}: {:?}", findings.list) };
            assert_eq!((finding.code(), finding.severity), ("plan-sheets-unread", Severity::Warning));
            let said = Catalogue::new(language).say(&finding.message);
            for name in [&sheet, &title("sheet-calendar", language)] {
                assert!(said.contains(name.as_str()), "{name} in {said}");
            }
        }
        // A hospital's own sheet, found by its place behind the others; and a sheet that somebody added.
        let titles = titles(&bytes);
        let hospital = &titles[titles.len() - 2];
        let (plan, told) = read_back(&typed_somewhere(&bytes, hospital), &scenario);
        assert_eq!((plan.is_some(), told), (true, vec!["plan-sheets-unread".to_string()]), "{hospital}");
        let overview = title("sheet-overview", language);
        let renamed = with_parts(&bytes, |name, content| match name {
            "xl/workbook.xml" => content.replace(&format!("name=\"{overview}\""), "name=\"mine\""),
            _ => content,
        });
        assert_eq!(read_back(&renamed, &scenario).1, [""; 0], "renamed only");
        let (_, told) = read_back(&typed_somewhere(&renamed, "mine"), &scenario);
        assert_eq!(told, ["plan-sheets-unread"]);
        // A stay that is merged over more months.
        let longer = with_parts(&bytes, |name, content| match name {
            "xl/worksheets/sheet2.xml" => {
                let (before, rest) = content.split_once("<mergeCell ref=\"").unwrap();
                let (range, rest) = rest.split_once('"').unwrap();
                let (first, last) = range.split_once(':').unwrap();
                let (_, row) = last.split_at(last.find(|c: char| c.is_ascii_digit()).unwrap());
                format!("{before}<mergeCell ref=\"{first}:ZZ{row}\"{rest}")
            }
            _ => content,
        });
        assert_eq!(read_back(&longer, &scenario).1, ["plan-sheets-unread"]);
    }
}

/// The names of the sheets, in their order.
pub fn titles(bytes: &[u8]) -> Vec<String> {
    let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let all = book.sheet_names();
    let open = all.into_iter().filter(|name| !name.starts_with('_'));
    open.collect()
}

/// Another text in a cell of a sheet that has one.
fn typed_somewhere(bytes: &[u8], sheet: &str) -> Vec<u8> {
    let number = titles(bytes).iter().position(|title| title == sheet).unwrap() + 1;
    let file = format!("xl/worksheets/sheet{number}.xml");
    with_parts(bytes, |name, content| {
        if name != file {
            return content;
        }
        let (before, rest) = content.rsplit_once("t=\"s\"><v>").unwrap();
        let (number, rest) = rest.split_once("</v>").unwrap();
        let number: usize = number.parse().unwrap();
        format!("{before}t=\"s\"><v>{}</v>{rest}", if number == 0 { 1 } else { number - 1 })
    })
}

#[test]
fn generated_plans_go_through_a_workbook() {
    let mut held = 0;
    for seed in seeds(80) {
        let generated = either(seed);
        let scenario = &generated.scenario;
        let Some(plan) = engine::solve(scenario, None, &Session::default()).plan else { continue };
        let language = LANGUAGES[seed as usize % 2];
        let bytes = written(scenario, &plan, generated.base.as_ref(), language);
        for (bytes, which) in [(bytes.clone(), "placements"), (forgotten(&bytes, 0), "calendar")] {
            let (read, told) = read_back(&bytes, scenario);
            let read = read.unwrap_or_else(|| panic!("seed {seed}, {which}: {told:?}"));
            assert!(!told.iter().any(|told| told == "plan-sheets-unread"), "seed {seed}, {which}: {told:?}");
            assert_eq!(places(&read), places(&plan), "seed {seed}, {which}");
        }
        held += 1;
    }
    println!("{held} plans");
    assert!(held > 15, "{held}");
}

/// Where everybody is month by month, with the section.
fn places(plan: &Plan) -> BTreeMap<(ResidentIx, Month), Place> {
    let months = plan.rows.iter().flat_map(|row| row.span.iter().map(move |month| (row, month)));
    months
        .map(|(row, month)| ((row.resident, month), Place { facility: row.facility, section: row.section }))
        .collect()
}

/// Of a written calendar, what its short names stand for.
pub fn shorts(bytes: &[u8]) -> BTreeMap<String, String> {
    let all = cells(bytes, "_kenshu");
    let rows = all.iter().filter(|((_, column), data)| *column == 0 && **data == "short");
    let cell = |row: usize, column: usize| all[&(row, column)].to_string();
    rows.map(|((row, _), _)| (cell(*row, 2), cell(*row, 1))).collect()
}

#[test]
fn a_section_that_is_typed_moves_somebody_within_a_hospital() {
    let mut moved = 0;
    for seed in 0.. {
        let scenario = with_rules(seed).scenario;
        let Some(plan) = engine::solve(&scenario, None, &Session::default()).plan else { continue };
        let bytes = written(&scenario, &plan, None, LANGUAGES[seed as usize % 2]);
        let sheet = title("sheet-calendar", LANGUAGES[seed as usize % 2]);
        let first = (ResidentIx(0), scenario.start());
        let Some(before) = places(&plan).get(&first).copied() else { continue };
        let mut others = scenario.sections_of(before.facility).map(Some);
        let Some(other) = others.find(|other| before.section.is_some() && *other != before.section) else {
            continue;
        };
        let other = Place { section: other, ..before };
        assert_eq!(cells(&bytes, &sheet)[&(5, 4)].to_string(), shorts(&bytes)[&scenario.place_id(before)]);
        let edited = typed(&bytes, &sheet, "E6", &shorts(&bytes)[&scenario.place_id(other)]);
        let (read, told) = read_back(&edited, &scenario);
        assert_eq!(told, ["plan-read-calendar"], "seed {seed}");
        let mut wanted = places(&plan);
        wanted.insert(first, other);
        assert_eq!(places(&read.unwrap()), wanted, "seed {seed}");
        moved += 1;
        if moved == 3 {
            return;
        }
    }
}

#[test]
fn libreoffice_counts_what_we_count_and_keeps_the_plan() {
    let Some(soffice) = libreoffice() else { return };
    let (scenario, plan) = replanned();
    assert!(counted_by_libreoffice(&soffice, &scenario, &plan) > 1000);
    // With sections, and with somebody on leave.
    let mut with_sections = (0..).map(|seed| with_rules(seed).scenario).filter(|scenario| {
        !scenario.sections.is_empty() && scenario.residents.iter().any(|one| !one.leaves.is_empty())
    });
    let solved = |scenario: &Scenario| engine::solve(scenario, None, &Session::default()).plan;
    let (scenario, plan) =
        with_sections.find_map(|scenario| solved(&scenario).map(|plan| (scenario, plan))).unwrap();
    assert!(counted_by_libreoffice(&soffice, &scenario, &plan) > 10);
}

/// Has LibreOffice compute all formulas of the calendar and save the plan; how many figures it has.
fn counted_by_libreoffice(soffice: &Path, scenario: &Scenario, plan: &Plan) -> usize {
    let bytes = written(scenario, plan, None, Language::Ja);
    // Results that are not there have to be computed.
    let bare = with_parts(&bytes, |name, content| {
        let mut pieces = content.split("</f><v>");
        let first = pieces.next().unwrap_or_default().to_string();
        match name.starts_with("xl/worksheets/") {
            true => pieces.fold(first, |text, rest| text + "</f>" + rest.split_once("</v>").unwrap().1),
            false => content,
        }
    });
    assert!(bare != bytes);
    let saved = through_libreoffice(soffice, &bare);
    let sheet = title("sheet-calendar", Language::Ja);
    let figures = |bytes: &[u8]| -> BTreeMap<(usize, usize), String> {
        let numbers = cells(bytes, &sheet).into_iter().filter_map(|(at, data)| match data {
            Data::Float(number) => Some((at, number.to_string())),
            Data::Int(number) => Some((at, number.to_string())),
            _ => None,
        });
        numbers.collect()
    };
    let (ours, theirs) = (figures(&bytes), figures(&saved));
    assert_eq!(theirs, ours);
    let (read, told) = read_back(&saved, scenario);
    assert_eq!(told, [""; 0], "what another program saves is not edited");
    assert_eq!(places(&read.unwrap()), places(plan));
    ours.len()
}

#[test]
fn commands_read_the_workbook_where_they_read_placements() {
    let desk = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_kenshu"))
            .args(arguments)
            .args(["--lang", "en"])
            .current_dir(desk.path())
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let scenario = root.join("keio-2019-steady").display().to_string();
    let (code, _, said) = run(&["plan", &scenario, "--out", "out"]);
    assert_eq!(code, Some(0), "{said}");
    let of_table = run(&["audit", &scenario, "out/placements.csv", "--certificate", "out/plan.json"]);
    let of_book = run(&["audit", &scenario, "out/plan.xlsx", "--certificate", "out/plan.json"]);
    assert_eq!(of_book, of_table);
    assert_eq!(
        run(&["diff", &scenario, "out/placements.csv", "out/plan.xlsx"]).1,
        "The two plans place everybody alike.\n"
    );
    // Somebody is dragged away, and is missed where they were.
    let bytes = fs::read(desk.path().join("out/plan.xlsx")).unwrap();
    let edited = typed(&bytes, "Calendar", "E6", "Keio");
    fs::write(desk.path().join("edited.xlsx"), &edited).unwrap();
    // The edited workbook beside the table that a folder is read for.
    let commands: [&[&str]; 4] = [
        &["next", &scenario, "out", "--out", "coming"],
        &["progress", &scenario, "out"],
        &["due", &scenario, "out"],
        &["explain", "resident", &scenario, "out", "Y2017-01"],
    ];
    for (is_edited, bytes) in
        [(false, &bytes), (false, &with_parts(&bytes, |_, content| content)), (true, &edited)]
    {
        fs::write(desk.path().join("out/plan.xlsx"), bytes).unwrap();
        for arguments in commands {
            let (code, _, said) = run(arguments);
            assert!(code == Some(0) || code == Some(1), "{arguments:?}: {said}");
            let told = said.contains("plan-beside-edited");
            assert_eq!(told, is_edited, "{arguments:?}: {said}");
            let workbook = Path::new("out").join("plan.xlsx").display().to_string();
            assert!(!told || said.matches(&workbook).count() >= 2, "{arguments:?} names the way on: {said}");
        }
        let _ = fs::remove_dir_all(desk.path().join("coming"));
    }
    // Named itself, it is read.
    let (code, _, said) = run(&["next", &scenario, "out/plan.xlsx", "--out", "coming"]);
    assert!(code == Some(0) && said.contains("plan-read-calendar"), "{said}");
    fs::write(desk.path().join("out/plan.xlsx"), &bytes).unwrap();
    let (code, out, said) = run(&["audit", &scenario, "edited.xlsx"]);
    assert_eq!(code, Some(1), "{out}{said}");
    assert!(said.contains("The calendar “Calendar” was edited"), "{said}");
    let (_, out, _) = run(&["diff", &scenario, "out/plan.xlsx", "edited.xlsx"]);
    assert!(out.contains("Y2017-01") && out.contains("2019-04"), "{out}");
}
