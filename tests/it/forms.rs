//! Forms: what residents fill in comes back into the tables, what somebody else entered stays, and nothing that
//! lies among the forms does harm.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use kenshu::internal::tables::workbook::form::{self, Asked};

use crate::desk::Desk;
use crate::workbook::{package, parts};

const PROGRAM: &str = r#"
[program]
id = "form-test"
name = "<b>調査</b> & 研修"
training_months = 36
year_starts_in_month = 4
[horizon]
first_year = 2027
[intake]
2027 = 4
[[courses]]
id = "A"
name = "基本コース"
years = [["core:12"], ["core:12"], ["affiliate:12"]]
[[courses]]
id = "B"
years = [["core:12"], ["affiliate:12"], ["affiliate:12"]]
"#;
const FACILITIES: &str = "id,name,name_en,prefecture,role,accreditation,supervisors
central,中央病院,Central Hospital,東京都,core,comprehensive,6
north,北病院,North Hospital,埼玉県,affiliate,training,2
south,\"南病院, 分院\",South Hospital,神奈川県,affiliate,training,2
east,東病院,East Hospital,千葉県,affiliate,training,2
";
const RESIDENTS: &str = "id,血液型,氏名,entry_year,course,course_wishes,facility_wishes,備考
R1,A,髙﨑,2027,,A;B,north;south,\"長い
備考\"
R2,O,R/2 <x>,2027,,B,,
R3,AB,,2027,A,,east,確認済み
";
const LEAVES: &str = "resident,kind,start,months,備考
髙﨑,childbirth,2027-06,3,届出済み
R3,illness,2028-05,2,
";

/// A folder with a program, and its forms in `back` as they were handed out.
fn desk() -> Desk {
    let desk = Desk::new();
    fs::create_dir(desk.path("p")).unwrap();
    desk.write("p/program.toml", PROGRAM);
    desk.write("p/facilities.csv", FACILITIES);
    desk.write("p/residents.csv", RESIDENTS);
    desk.write("p/leaves.csv", LEAVES);
    hand_out(&desk, "ja");
    desk
}

fn hand_out(desk: &Desk, language: &str) {
    let ended = desk.run(&["forms", "p", "--out", "back", "--lang", language]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
}

/// The form of a resident in the folder `back`.
fn file(desk: &Desk, resident: &str) -> String {
    let mut names = desk.names("back").into_iter();
    names.find(|name| name.starts_with(resident)).unwrap()
}

/// Fills in cells of a form, by what is asked and the number of its row and cell.
fn fill(desk: &Desk, resident: &str, entries: &[(Asked, usize, usize, &str)]) {
    let path = desk.path("back").join(file(desk, resident));
    let bytes = fs::read(&path).unwrap();
    let filled = form::read("f", &bytes).unwrap();
    let cells: BTreeMap<String, &str> = entries
        .iter()
        .map(|(asked, row, cell, text)| (filled.rows[asked][*row][*cell].place.cell.clone().unwrap(), *text))
        .collect();
    fs::write(path, with_cells(&bytes, 1, &cells)).unwrap();
}

/// The workbook with other texts in cells of one of its sheets.
pub fn with_cells(bytes: &[u8], sheet: u32, cells: &BTreeMap<String, &str>) -> Vec<u8> {
    package(parts(bytes).into_iter().map(|(name, content)| {
        if name != format!("xl/worksheets/sheet{sheet}.xml") {
            return (name, content);
        }
        let mut text = String::from_utf8(content).unwrap();
        for (cell, value) in cells {
            let start = text.find(&format!("<c r=\"{cell}\"")).unwrap();
            let end = start + text[start..].find('>').unwrap();
            let end = match text[..end].ends_with('/') {
                true => end + 1,
                false => end + text[end..].find("</c>").unwrap() + 4,
            };
            let value = value.replace('&', "&amp;").replace('<', "&lt;");
            let new = format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{value}</t></is></c>");
            text.replace_range(start..end, &new);
        }
        (name, text.into_bytes())
    }))
}

fn collect(desk: &Desk) -> (i32, String, String) {
    let ended = desk.run(&["collect", "p", "back", "--lang", "en"]);
    (ended.code, ended.stdout, ended.stderr)
}

fn tables(desk: &Desk) -> BTreeMap<String, Vec<u8>> {
    let read = |name: String| (name.clone(), fs::read(desk.path("p").join(name)).unwrap());
    desk.names("p").into_iter().map(read).collect()
}

#[test]
fn forms_as_they_were_handed_out_say_nothing() {
    let desk = desk();
    assert_eq!(desk.names("back"), ["R1_髙﨑.xlsx", "R2_R_2_x.xlsx", "R3.xlsx"]);
    let before = tables(&desk);
    let (code, stdout, stderr) = collect(&desk);
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(stdout.matches("not answered").count(), 3, "{stdout}");
    assert!(stderr.contains("0 of 3") && stderr.contains("R1, R2, R3"), "{stderr}");
    assert_eq!(tables(&desk), before);
    // Nothing that exists is written over: somebody may have filled it in.
    assert_eq!(desk.run(&["forms", "p", "--out", "back"]).code, 2);
}

#[test]
fn answers_enter_the_tables_and_nothing_else_changes() {
    for language in ["ja", "en"] {
        let desk = desk();
        fs::remove_dir_all(desk.path("back")).unwrap();
        hand_out(&desk, language);
        let chosen = if language == "ja" { "東病院" } else { "East Hospital" };
        fill(&desk, "R1", &[(Asked::Facility, 0, 0, chosen), (Asked::Course, 1, 0, "")]);
        fill(&desk, "R1", &[(Asked::Leave, 0, 2, "4"), (Asked::Remark, 0, 0, "よろしく")]);
        // In other words than those that are offered, with a row left out, and a date as people type it.
        fill(
            &desk,
            "R2",
            &[(Asked::Facility, 0, 0, "ｓｏｕｔｈ"), (Asked::Facility, 2, 0, "North hospital")],
        );
        let leave = ["疾病", "2027年10月", "１", "", ""];
        let leave: Vec<_> = (0..5).map(|at| (Asked::Leave, 0, at, leave[at])).collect();
        fill(&desk, "R2", &leave);
        fill(&desk, "R3", &[(Asked::Done, 0, 0, "はい")]);
        let (code, stdout, stderr) = collect(&desk);
        assert_eq!(code, 0, "{stdout}{stderr}");
        assert!(stderr.contains("All 3 have answered"), "{stderr}");
        assert!(stdout.contains("よろしく") && stdout.contains("courses, hospitals, leave"), "{stdout}");
        assert_eq!(
            desk.read("p/residents.csv"),
            RESIDENTS.replace("A;B,north;south", "A,east;south").replace("2027,,B,,", "2027,,B,south;north,")
        );
        let leaves = LEAVES.replace("髙﨑,childbirth,2027-06,3,届出済み\n", "\n");
        let leaves = leaves + "R1,childbirth,2027-06,4,\nR2,illness,2027-10,1,\n";
        assert_eq!(desk.read("p/leaves.csv"), leaves, "{language}");
        let before = tables(&desk);
        assert_eq!(before["program.toml"], PROGRAM.as_bytes());
        let (code, _, stderr) = collect(&desk);
        assert!(code == 0 && stderr.contains("Nothing new"), "{stderr}");
        assert_eq!(tables(&desk), before, "a second time changes nothing");
    }
}

#[test]
fn what_was_entered_by_hand_stays_and_is_told() {
    let desk = desk();
    fill(&desk, "R1", &[(Asked::Facility, 0, 0, "東病院"), (Asked::Course, 1, 0, "")]);
    fill(&desk, "R3", &[(Asked::Leave, 1, 0, "出産"), (Asked::Leave, 1, 1, "2028-06")]);
    fill(&desk, "R3", &[(Asked::Leave, 1, 2, "3"), (Asked::Facility, 0, 0, "北病院")]);
    desk.replace("p/residents.csv", "north;south", "south");
    desk.replace("p/leaves.csv", "2028-05,2", "2028-05,3");
    let (code, stdout, stderr) = collect(&desk);
    assert_eq!(code, 1, "{stdout}{stderr}");
    assert!(stderr.contains("form-kept") && stderr.contains("form-kept-leave"), "{stderr}");
    assert!(stderr.contains("R1_髙﨑.xlsx [希望調査]") && stderr.contains("C12"), "{stderr}");
    let residents = desk.read("p/residents.csv");
    assert!(residents.contains(",A,south,") && residents.contains("2027,A,,north,確認済み"), "{residents}");
    assert!(desk.read("p/leaves.csv").contains("R3,illness,2028-05,3,\n"));
    assert!(!desk.read("p/leaves.csv").contains("2028-06"));
    let before = tables(&desk);
    collect(&desk);
    assert_eq!(tables(&desk), before);
}

#[test]
fn what_cannot_be_read_is_told_with_its_cell_and_the_rest_is_taken() {
    let desk = desk();
    fill(&desk, "R1", &[(Asked::Facility, 0, 0, "東病"), (Asked::Facility, 1, 0, "中央病院")]);
    fill(&desk, "R1", &[(Asked::Course, 0, 0, "B"), (Asked::Course, 1, 0, "")]);
    fill(&desk, "R2", &[(Asked::Facility, 0, 0, "北病院"), (Asked::Facility, 1, 0, "north")]);
    fill(&desk, "R2", &[(Asked::Leave, 0, 0, "出産"), (Asked::Leave, 0, 1, "来年")]);
    fill(
        &desk,
        "R1",
        &[(Asked::Leave, 1, 0, "疾病"), (Asked::Leave, 1, 1, "2026-04"), (Asked::Leave, 1, 2, "1")],
    );
    // What the tables themselves refuse: a leave after the training.
    fill(
        &desk,
        "R3",
        &[(Asked::Leave, 1, 0, "疾病"), (Asked::Leave, 1, 1, "2040-04"), (Asked::Leave, 1, 2, "3")],
    );
    let (code, stdout, stderr) = collect(&desk);
    assert_eq!(code, 1);
    for code in [
        "unknown-facility",
        "wish-not-affiliate",
        "wish-duplicate",
        "value-empty",
        "form-leave-past",
        "form-refused",
    ] {
        assert!(stderr.contains(code), "{code}: {stderr}");
    }
    assert!(stderr.contains("east") && stderr.contains("month"), "{stderr}");
    assert_eq!(stdout.matches("to be looked at").count(), 3, "{stdout}");
    assert_eq!(desk.read("p/residents.csv"), RESIDENTS.replace("A;B,", "B,"));
    assert_eq!(desk.read("p/leaves.csv"), LEAVES);
}

#[test]
fn only_forms_of_this_program_are_read() {
    let desk = desk();
    fill(&desk, "R2", &[(Asked::Facility, 0, 0, "北病院")]);
    let copy = fs::read(desk.path("back").join(file(&desk, "R2"))).unwrap();
    desk.write("back/notes.txt", "call R1");
    desk.write("back/broken.xlsx", "PK\u{3}\u{4}");
    fs::write(desk.path("back/~$R1.xlsx"), "lock").unwrap();
    assert_eq!(desk.run(&["new", "back/other.xlsx"]).code, 0);
    // The same form twice is one; another that contradicts it makes both useless.
    fs::write(desk.path("back/R2 (1).xlsx"), &copy).unwrap();
    let (code, _, stderr) = collect(&desk);
    assert_eq!(code, 1);
    assert_eq!(stderr.matches("form-not-one").count(), 2, "{stderr}");
    assert!(stderr.contains("workbook-broken") && !stderr.contains("lock"), "{stderr}");
    assert!(desk.read("p/residents.csv").contains("2027,,B,north,"), "{stderr}");
    fill(&desk, "R1", &[(Asked::Facility, 0, 0, "東病院")]);
    let other = fs::read(desk.path("back").join(file(&desk, "R1"))).unwrap();
    fs::write(desk.path("back/R1 (1).xlsx"), other).unwrap();
    fill(&desk, "R1", &[(Asked::Facility, 0, 0, "")]);
    let before = tables(&desk);
    let (code, _, stderr) = collect(&desk);
    assert!(code == 1 && stderr.contains("form-twice"), "{stderr}");
    assert_eq!(tables(&desk), before);
    // Somebody used another's form, or that of another program.
    let shown = form::read("f", &copy).unwrap().shown.unwrap().place.cell.unwrap();
    fs::remove_dir_all(desk.path("back")).unwrap();
    hand_out(&desk, "ja");
    let borrowed = with_cells(&copy, 1, &BTreeMap::from([(shown, "R3")]));
    fs::write(desk.path("back").join(file(&desk, "R3")), borrowed).unwrap();
    let (_, _, stderr) = collect(&desk);
    assert!(stderr.contains("form-id-changed"), "{stderr}");
    // Of somebody who is not in the table any more, and of a version that does not exist yet.
    desk.replace("p/residents.csv", "R2,O,R/2 <x>,2027,,B,north,\n", "");
    let later = with_cells(&copy, 2, &BTreeMap::from([("B1".to_string(), "2")]));
    fs::write(desk.path("back/later.xlsx"), later).unwrap();
    let (_, _, stderr) = collect(&desk);
    assert!(stderr.contains("form-of-nobody") && stderr.contains("form-version"), "{stderr}");
    fs::remove_dir_all(desk.path("back")).unwrap();
    hand_out(&desk, "ja");
    desk.replace("p/program.toml", "form-test", "another");
    let (code, _, stderr) = collect(&desk);
    assert!(code == 0 && stderr.contains("form-of-another-program"), "{stderr}");
}

#[test]
fn hostile_forms_are_findings() {
    let desk = desk();
    let mut bomb = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    bomb.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut bomb, &vec![b' '; 60 << 20]).unwrap();
    fs::write(desk.path("back/bomb.xlsx"), bomb.finish().unwrap().into_inner()).unwrap();
    let (code, _, stderr) = collect(&desk);
    assert!(code == 1 && stderr.contains("workbook-too-large"), "{stderr}");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/dev/zero", desk.path("back/zero.xlsx")).unwrap();
        let (code, _, stderr) = collect(&desk);
        assert!(code == 1 && stderr.contains("file-unreadable"), "{stderr}");
    }
    assert_eq!(desk.run(&["collect", "p", "nowhere"]).code, 2);
}

#[test]
fn a_workbook_is_collected_into_and_the_one_before_is_kept() {
    let desk = desk();
    fill(&desk, "R2", &[(Asked::Facility, 0, 0, "北病院")]);
    assert_eq!(desk.run(&["convert", "p", "p.xlsx", "--lang", "ja"]).code, 0);
    let before = fs::read(desk.path("p.xlsx")).unwrap();
    let ended = desk.run(&["collect", "p.xlsx", "back", "--lang", "en"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert_eq!(fs::read(desk.path("p-1.xlsx")).unwrap(), before);
    let after = fs::read(desk.path("p.xlsx")).unwrap();
    assert_eq!(desk.run(&["convert", "p.xlsx", "q", "--lang", "en"]).code, 0);
    let residents = desk.read("q/residents.csv");
    assert!(residents.contains(",B,north,") && residents.contains("血液型"), "{residents}");
    let ended = desk.run(&["collect", "p.xlsx", "back", "--lang", "en"]);
    assert!(ended.stderr.contains("Nothing new"), "{}", ended.stderr);
    assert_eq!(fs::read(desk.path("p.xlsx")).unwrap(), after);
    assert!(!Path::new(&desk.path("p-2.xlsx")).exists());
    let (book, _) = kenshu::internal::tables::workbook::read("p.xlsx", &after);
    assert_eq!(book.unwrap().places.language(), kenshu::internal::language::Language::Ja);
}

#[test]
fn programs_read_what_became_of_the_forms() {
    let desk = desk();
    fill(&desk, "R2", &[(Asked::Facility, 0, 0, "北病院")]);
    let ended = desk.run(&["collect", "p", "back", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(json["residents"][1]["answer"], "answered");
    assert_eq!(json["residents"][1]["taken"], serde_json::json!(["facility_wishes"]));
    assert_eq!(json["residents"][0]["answer"], "missing");
    assert_eq!(json["files"], serde_json::json!(["residents.csv"]));
}

#[test]
fn tables_that_a_spreadsheet_opens_stay_such_tables() {
    let desk = desk();
    let cp932 = encoding_rs::SHIFT_JIS
        .encode(&RESIDENTS.replace("髙﨑", "高崎").replace('\n', "\r\n"))
        .0
        .into_owned();
    fs::write(desk.path("p/residents.csv"), cp932).unwrap();
    desk.replace("p/leaves.csv", "髙﨑", "R1");
    fill(&desk, "R2", &[(Asked::Facility, 0, 0, "北病院")]);
    let (code, _, stderr) = collect(&desk);
    assert_eq!(code, 0, "{stderr}");
    // In the encoding it came in, byte for byte but for the wish.
    let bytes = fs::read(desk.path("p/residents.csv")).unwrap();
    let (text, _, is_damaged) = encoding_rs::SHIFT_JIS.decode(&bytes);
    let is_same = text.starts_with("id,血液型") && text.contains(",B,north,\r\n") && !text.contains("\r\r");
    assert!(is_same && !is_damaged, "{text}");
}

/// A form with a first choice of hospital.
pub fn filled_in(bytes: &[u8], facility: &str) -> Vec<u8> {
    let filled = form::read("f", bytes).unwrap();
    let cell = filled.rows[&Asked::Facility][0][0].place.cell.clone().unwrap();
    with_cells(bytes, 1, &BTreeMap::from([(cell, facility)]))
}
