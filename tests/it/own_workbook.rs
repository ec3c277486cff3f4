//! A workbook that somebody works in is changed cell by cell: what is no table of ours stays byte for byte, whoever
//! wrote the file.
//!
//! `KENSHU_SCENARIOS=2000 cargo test --release --test it own_workbook::` tries that many pairs of generated programs.
//! LibreOffice is then asked too, where it is installed, and openpyxl where `OPENPYXL` names a python that has it.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use kenshu::internal::language::{Catalogue, Language};
use kenshu::internal::scenario::{self, Scenario, Sources, says, shipped, workbook_again};
use kenshu::internal::tables::workbook;

use crate::common::folder::sources;
use crate::common::libreoffice::{libreoffice, through_libreoffice};
use crate::common::ruled::either;
use crate::common::seeds::count;
use crate::desk::Desk;
use crate::workbook::{package, parts};

type Program = (Sources, Scenario);

fn written((sources, scenario): &Program, catalogue: &Catalogue) -> Vec<u8> {
    workbook::write(&scenario::grids(sources, scenario, catalogue), catalogue).unwrap()
}

fn read(bytes: &[u8]) -> Program {
    let (book, findings) = workbook::read("book.xlsx", bytes);
    assert!(!findings.has_errors(), "{:?}", findings.list);
    let files = book.unwrap().files.into_iter().filter(|(name, _)| scenario::is_table(name)).collect();
    let sources = Sources { files, ..Sources::default() };
    let (scenario, findings) = scenario::read(&sources);
    (sources, scenario.unwrap_or_else(|| panic!("{:?}", findings.list)))
}

fn generated(seed: u64) -> Option<Program> {
    let sources = sources(&either(seed).scenario);
    let scenario = scenario::read(&sources).0?;
    Some((sources, scenario))
}

/// The parts that are no sheet, and are not about formulas.
fn others(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    parts(bytes).into_iter().filter(|(name, _)| !name.contains("worksheets/sheet")).collect()
}

/// The first table that a changed workbook says otherwise, to be shown where it had to be written anew.
fn why(bytes: &[u8], from: &Program, to: &Program, catalogue: &Catalogue) -> String {
    let grids = |program: &Program| scenario::grids(&program.0, &program.1, catalogue);
    let Some(patched) = workbook::patched(bytes, &grids(from), &grids(to), catalogue.language()) else {
        return "a cell cannot be changed alone".to_string();
    };
    let (book, findings) = workbook::read("book.xlsx", &patched);
    let files = book.unwrap_or_default().files;
    let sources = Sources { files, ..Sources::default() };
    match scenario::read(&sources).0 {
        None => format!("{:?} {:?}", findings.list, scenario::read(&sources).1.list),
        Some(scenario) => {
            let (is, wanted) = (scenario::write(&scenario).files, scenario::write(&to.1).files);
            let differs = wanted.into_iter().find(|(name, table)| is.get(name) != Some(table));
            format!("{differs:?} but {is:?}").chars().take(3000).collect()
        }
    }
}

/// Has the workbook say the second program, and looks at what became of the rest.
fn hold(bytes: &[u8], to: &Program, catalogue: &Catalogue, which: &str) -> Vec<u8> {
    let from = read(bytes);
    let again = workbook_again(bytes, (&from.0, &from.1), (&to.0, &to.1), catalogue).unwrap();
    assert!(again.is_kept, "{which}: written anew, {}", why(bytes, &from, to, catalogue));
    assert!(says(&again.bytes, &to.1), "{which}");
    assert_eq!(others(bytes), others(&again.bytes), "{which}");
    let back = read(&again.bytes);
    let same = workbook_again(&again.bytes, (&back.0, &back.1), (&to.0, &to.1), catalogue).unwrap();
    assert!(same.bytes == again.bytes, "{which}: nothing new is no other file");
    again.bytes
}

#[test]
fn any_program_becomes_any_other_in_its_workbook() {
    let mut programs = (0..).filter_map(generated);
    let mut from = programs.next().unwrap();
    for (number, to) in programs.take(count(20)).enumerate() {
        let catalogue = Catalogue::new(if number % 2 == 0 { Language::Ja } else { Language::En });
        hold(&written(&from, &catalogue), &to, &catalogue, &format!("program {number}"));
        from = to;
    }
}

/// The program with a resident more, a wish changed, a leave and another number of the rules.
fn changed(from: &Program) -> Program {
    let mut sources = from.0.clone();
    let edit = |text: &str, from: &str, to: &str| {
        assert!(text.contains(from), "{from} in {text}");
        text.replacen(from, to, 1)
    };
    let text = |sources: &Sources, name: &str| String::from_utf8(sources.files[name].clone()).unwrap();
    let program = text(&sources, "program.toml");
    let program = edit(&program, "2027 = 3", "2027 = 4");
    sources.files.insert("program.toml".to_string(), program.into_bytes());
    let facilities = text(&sources, "facilities.csv");
    let row = facilities.lines().find(|line| line.starts_with("north,")).unwrap();
    let facilities = facilities.replace(row, &edit(row, ",2,", ",3,"));
    sources.files.insert("facilities.csv".to_string(), facilities.into_bytes());
    let (scenario, findings) = scenario::read(&sources);
    (sources, scenario.unwrap_or_else(|| panic!("{:?}", findings.list)))
}

#[test]
fn a_workbook_of_libreoffice_stays_one() {
    let Some(soffice) = libreoffice() else { return };
    let catalogue = Catalogue::new(Language::Ja);
    let sources = scenario::template();
    let scenario = scenario::read(&sources).0.unwrap();
    let bytes = through_libreoffice(&soffice, &written(&(sources, scenario), &catalogue));
    let after = hold(&bytes, &changed(&read(&bytes)), &catalogue, "LibreOffice");
    let keio = shipped("keio").or_else(|| shipped("keio-2019-steady")).unwrap();
    let keio = (keio.clone(), scenario::read(&keio).0.unwrap());
    hold(&bytes, &keio, &catalogue, "LibreOffice, another program");
    // What was changed opens again.
    assert!(says(&through_libreoffice(&soffice, &after), &read(&after).1));
}

/// What a director does to a workbook, and whether it is there.
const ADD: &str = r#"
import sys
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill, Font
from openpyxl.formatting.rule import CellIsRule
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.table import Table
book = load_workbook("p.xlsx")
sheet = book["Facilities"]
column = sheet.max_column + 1
sheet.cell(1, column, "電話")
sheet.cell(2, column, "03-1")
sheet["B3"].fill = PatternFill("solid", fgColor="FFFF00")
sheet["B3"].font = Font(bold=True)
sheet["B3"].comment = Comment("call first", "director")
sheet.conditional_formatting.add("A2:A9", CellIsRule(operator="equal", formula=["1"], font=Font(bold=True)))
own = book.create_sheet("my list")
own["A1"] = "supervisors"
own["A2"] = "=SUM(Facilities!G2:G99)"
chart = BarChart()
chart.add_data(Reference(own, min_col=1, min_row=1, max_row=2))
own.add_chart(chart, "D2")
own.add_table(Table(displayName="mine", ref="A1:A2"))
book.save("p.xlsx")
"#;
const LOOK: &str = r#"
from openpyxl import load_workbook
book = load_workbook("p.xlsx")
sheet = book["Facilities"]
heads = [cell.value for cell in sheet[1]]
assert sheet.cell(2, heads.index("電話") + 1).value == "03-1", heads
assert sheet["B3"].fill.fgColor.rgb.endswith("FFFF00") and sheet["B3"].font.bold
assert sheet["B3"].comment.text == "call first"
assert len(sheet.conditional_formatting) == 1
own = book["my list"]
assert own["A2"].value == "=SUM(Facilities!G2:G99)" and len(own._charts) == 1 and "mine" in own.tables
rows = [[cell.value for cell in row] for row in book["Residents"].iter_rows(min_row=2)]
answered = [row for row in rows if row[0] == "Y2027-03"]
assert len(answered) == 1 and "south" in answered[0], rows
print("kept")
"#;

/// A python that has openpyxl.
fn openpyxl() -> Option<String> {
    let python = std::env::var("OPENPYXL").unwrap_or_else(|_| "python3".to_string());
    let has = |output: std::process::Output| output.status.success();
    let found = Command::new(&python).args(["-c", "import openpyxl"]).output().is_ok_and(has);
    if !found {
        eprintln!("left out: no openpyxl here");
    }
    found.then_some(python)
}

fn run_python(python: &str, script: &str, desk: &Desk) -> String {
    let output = Command::new(python).args(["-c", script]).current_dir(desk.path("")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn what_somebody_added_with_openpyxl_is_there_after_collecting() {
    let Some(python) = openpyxl() else { return };
    let desk = Desk::new();
    assert_eq!(desk.run(&["new", "p.xlsx", "--lang", "en"]).code, 0);
    run_python(&python, ADD, &desk);
    assert_eq!(desk.run(&["forms", "p.xlsx", "--out", "back", "--lang", "en"]).code, 0);
    let names = desk.names("back");
    let form = desk.path(&format!("back/{}", names[2]));
    let bytes = fs::read(&form).unwrap();
    fs::write(&form, crate::forms::filled_in(&bytes, "South Hospital")).unwrap();
    let ended = desk.run(&["collect", "p.xlsx", "back", "--lang", "en"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert!(!ended.stderr.contains("written anew"), "{}", ended.stderr);
    assert_eq!(run_python(&python, LOOK, &desk).trim(), "kept");
}

/// Every workbook of a folder, opened and saved again; what openpyxl has to warn of is said.
const SAVE_ALL: &str = r#"
import sys, warnings
from pathlib import Path
from openpyxl import load_workbook
warnings.simplefilter("error")
for path in sorted(Path(".").glob("*.xlsx")):
    load_workbook(path).save(path)
"#;

#[test]
fn workbooks_that_openpyxl_saves_are_the_same_programs() {
    let Some(python) = openpyxl() else { return };
    let desk = Desk::new();
    let mut programs = BTreeMap::new();
    for (sources, scenario) in (0..).filter_map(generated).take(count(6)) {
        let number = programs.len();
        let catalogue = Catalogue::new(if number % 2 == 0 { Language::Ja } else { Language::En });
        let file = format!("{number}.xlsx");
        let program = (sources, scenario);
        fs::write(desk.path(&file), written(&program, &catalogue)).unwrap();
        programs.insert(file, program.1);
    }
    run_python(&python, SAVE_ALL, &desk);
    for (file, scenario) in &programs {
        let (_, saved) = read(&fs::read(desk.path(file)).unwrap());
        assert_eq!(scenario::write(&saved).files, scenario::write(scenario).files, "{file}");
    }
    println!("{} programs", programs.len());
}

#[test]
fn a_list_of_formulas_names_none_that_is_gone() {
    let catalogue = Catalogue::new(Language::En);
    let sources = scenario::template();
    let scenario = scenario::read(&sources).0.unwrap();
    let bytes = written(&(sources, scenario), &catalogue);
    // The supervisors of a hospital as a formula, and the list that Excel keeps of formulas.
    let bytes = package(parts(&bytes).into_iter().flat_map(|(name, content)| {
        let text = |content: &[u8]| String::from_utf8(content.to_vec()).unwrap();
        match name.as_str() {
            "[Content_Types].xml" => {
                let entry = r#"<Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>"#;
                vec![(name, text(&content).replace("</Types>", entry).into_bytes())]
            }
            "xl/_rels/workbook.xml.rels" => {
                let entry =
                    r#"<Relationship Id="rIdC" Type="t/calcChain" Target="calcChain.xml"/></Relationships>"#;
                let chain = ("xl/calcChain.xml".to_string(), b"<calcChain/>".to_vec());
                vec![(name, text(&content).replace("</Relationships>", entry).into_bytes()), chain]
            }
            _ if name.contains("worksheets/sheet") => {
                let content = text(&content).replace("<v>2</v>", "<f>1+1</f><v>2</v>");
                vec![(name, content.into_bytes())]
            }
            _ => vec![(name, content)],
        }
    }));
    let from = read(&bytes);
    let to = changed(&from);
    let again = workbook_again(&bytes, (&from.0, &from.1), (&to.0, &to.1), &catalogue).unwrap();
    assert!(again.is_kept && says(&again.bytes, &to.1));
    let after: BTreeMap<String, Vec<u8>> = parts(&again.bytes).into_iter().collect();
    assert!(!after.contains_key("xl/calcChain.xml"));
    for (name, content) in &after {
        assert!(!String::from_utf8_lossy(content).contains("calcChain"), "{name}");
    }
    assert!(String::from_utf8_lossy(&after["xl/workbook.xml"]).contains("fullCalcOnLoad=\"1\""));
}
