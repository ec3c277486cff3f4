//! Workbooks of other programs, put together by hand from the parts that those write: an export of Google Sheets, cells
//! as libraries for tables write them, and dates where no date was meant.

use kenshu::internal::diagnostic::code;
use kenshu::internal::scenario::{Model, Scenario, Sources, read};
use kenshu::internal::tables::workbook;

use crate::workbook::{found, made, package, part_text, replaced, sheet_part};

const SHEETS: [(&str, &[&[&str]]); 5] = [
    (
        "プログラム",
        &[
            &["項目", "値"],
            &["id", "small"],
            &["name", "小さな プログラム"],
            &["training_months", "36"],
            &["first_year", "2019"],
        ],
    ),
    ("採用数", &[&["year", "residents"], &["2019", "1"]]),
    ("研修コース", &[&["id", "year1", "year2", "year3"], &["A", "core:12", "core:12", "affiliate:12"]]),
    (
        "施設",
        &[
            &["施設ID", "施設名", "区分", "認定", "指導医数"],
            &["keio", "𠮷野・髙﨑病院", "基幹施設", "総合修練機関", "2"],
            &["north", "北病院", "連携", "training", "1"],
        ],
    ),
    ("専攻医", &[&["id", "entry_year"], &["Y2018-01", "2018"]]),
];
const HISTORY: &[&[&str]] = &[&["専攻医", "施設", "開始月", "月数"], &["Y2018-01", "keio", "2018-04", "12"]];

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A package with the parts that a program writes; `cell` writes one cell of a name and text, `below` what stands
/// behind the last row that holds something, and `further` parts and their types.
fn written(
    cell: impl Fn(&str, &str) -> String,
    below: impl Fn(usize) -> String,
    further: &[(&str, &str, &str)],
) -> Vec<u8> {
    let sheets: Vec<(&str, &[&[&str]])> = SHEETS.into_iter().chain([("研修歴", HISTORY)]).collect();
    let mut parts: Vec<(String, String)> = Vec::new();
    let (mut types, mut names, mut links) = (String::new(), String::new(), String::new());
    for (number, (name, rows)) in (1..).zip(&sheets) {
        let rows_written = rows.iter().zip(1..).map(|(cells, row)| {
            let cells = cells.iter().zip('A'..).map(|(text, letter)| cell(&format!("{letter}{row}"), text));
            format!("<row r=\"{row}\">{}</row>", cells.collect::<String>())
        });
        let data = rows_written.collect::<String>() + &below(rows.len());
        let ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        parts.push((
            format!("xl/worksheets/sheet{number}.xml"),
            format!("<worksheet xmlns=\"{ns}\"><sheetData>{data}</sheetData></worksheet>"),
        ));
        types.push_str(&format!(
            "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" \
             ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
        ));
        names.push_str(&format!(
            "<sheet state=\"visible\" name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{}\"/>",
            number + 3
        ));
        links.push_str(&format!(
            "<Relationship Id=\"rId{}\" Type=\"{RELATION}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>",
            number + 3
        ));
    }
    for (name, kind, content) in further {
        types.push_str(&format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>"));
        parts.push((name.to_string(), content.to_string()));
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let of_office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package_ns = "http://schemas.openxmlformats.org/package/2006";
    parts.push((
        "xl/workbook.xml".into(),
        format!("<workbook xmlns=\"{main}\" xmlns:r=\"{of_office}\"><workbookPr/><sheets>{names}</sheets><definedNames/><calcPr/></workbook>"),
    ));
    parts.push((
        "xl/_rels/workbook.xml.rels".into(),
        format!("<Relationships xmlns=\"{package_ns}/relationships\"><Relationship Id=\"rId1\" Type=\"{RELATION}/theme\" Target=\"theme/theme1.xml\"/><Relationship Id=\"rId2\" Type=\"{RELATION}/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId3\" Type=\"{RELATION}/sharedStrings\" Target=\"sharedStrings.xml\"/>{links}</Relationships>"),
    ));
    parts.push((
        "_rels/.rels".into(),
        format!("<Relationships xmlns=\"{package_ns}/relationships\"><Relationship Id=\"rId1\" Type=\"{RELATION}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
    ));
    parts.push((
        "[Content_Types].xml".into(),
        format!("<Types xmlns=\"{package_ns}/content-types\"><Default ContentType=\"application/xml\" Extension=\"xml\"/><Default ContentType=\"application/vnd.openxmlformats-package.relationships+xml\" Extension=\"rels\"/><Override ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\" PartName=\"/xl/workbook.xml\"/>{types}</Types>"),
    ));
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    package(parts.into_iter().map(|(name, content)| (name, format!("{head}{content}").into_bytes())))
}

const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STYLES: &str = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;-&quot;mm\"/></numFmts><fonts count=\"1\"><font><sz val=\"10.0\"/><color rgb=\"FF000000\"/><name val=\"Arial\"/></font></fonts><fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf borderId=\"0\" fillId=\"0\" fontId=\"0\" numFmtId=\"0\"/></cellStyleXfs><cellXfs count=\"3\"><xf borderId=\"0\" fillId=\"0\" fontId=\"0\" numFmtId=\"0\" xfId=\"0\"/><xf borderId=\"0\" fillId=\"0\" fontId=\"0\" numFmtId=\"0\" xfId=\"0\"><alignment readingOrder=\"0\"/></xf><xf borderId=\"0\" fillId=\"0\" fontId=\"0\" numFmtId=\"164\" xfId=\"0\"/></cellXfs><cellStyles count=\"1\"><cellStyle xfId=\"0\" name=\"Normal\" builtinId=\"0\"/></cellStyles><dxfs count=\"0\"/></styleSheet>";
const STYLES_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
const STRINGS_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml";
const THEME: (&str, &str, &str) = (
    "xl/theme/theme1.xml",
    "application/vnd.openxmlformats-officedocument.theme+xml",
    "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"Sheets\"/>",
);
const DRAWING: (&str, &str, &str) = (
    "xl/drawings/drawing1.xml",
    "application/vnd.openxmlformats-officedocument.drawing+xml",
    "<xdr:wsDr xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\"/>",
);
const NO_STRINGS: &str = "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"0\" uniqueCount=\"0\"/>";

fn scenario(bytes: &[u8]) -> Scenario {
    let (book, findings) = workbook::read("book.xlsx", bytes);
    assert_eq!(findings.list, []);
    let (scenario, findings) = read(&Sources { files: book.unwrap().files, ..Sources::default() });
    scenario.unwrap_or_else(|| panic!("{:?}", findings.list))
}

fn number(text: &str) -> bool {
    text.parse::<f64>().is_ok()
}

/// Cells of text within the cell, as the plainest writers have them.
fn inline(at: &str, text: &str) -> String {
    match number(text) {
        true => format!("<c r=\"{at}\"><v>{text}</v></c>"),
        false => format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(text)),
    }
}

fn plain() -> Vec<u8> {
    let further =
        [("xl/styles.xml", STYLES_TYPE, STYLES), ("xl/sharedStrings.xml", STRINGS_TYPE, NO_STRINGS), THEME];
    written(inline, |_| String::new(), &further)
}

fn same(left: &Scenario, right: &Scenario) {
    assert_eq!(Model { hash: left.hash.clone(), ..Model::clone(right) }, **left);
}

/// Shared texts in runs of their own formats, numbers with `.0`, dates in cells, a thousand styled rows without
/// anything in them, drawings without anything drawn.
#[test]
fn an_export_of_google_sheets_is_read() {
    let texts: Vec<&str> = SHEETS
        .iter()
        .map(|(_, rows)| *rows)
        .chain([HISTORY])
        .flatten()
        .flat_map(|row| row.iter().copied())
        .collect();
    let items = texts.iter().map(|text| {
        let (first, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
        // The space between two runs counts.
        format!(
            "<si><r><rPr><b/></rPr><t xml:space=\"preserve\">{}</t></r><r><t xml:space=\"preserve\">{}</t></r></si>",
            escaped(first),
            escaped(rest)
        )
    });
    let strings = format!(
        "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"{0}\" uniqueCount=\"{0}\">{1}</sst>",
        texts.len(),
        items.collect::<String>()
    );
    let cell = |at: &str, text: &str| match text {
        "2018-04" => format!("<c r=\"{at}\" s=\"2\"><v>43191.0</v></c>"),
        _ if number(text) => format!("<c r=\"{at}\" s=\"1\"><v>{text}.0</v></c>"),
        _ => {
            let index = texts.iter().position(|own| *own == text).unwrap();
            format!("<c r=\"{at}\" s=\"1\" t=\"s\"><v>{index}</v></c>")
        }
    };
    let below = |rows: usize| {
        let row = |row: usize| {
            let cells = ('A'..='Z').map(|letter| format!("<c r=\"{letter}{row}\" s=\"1\"/>"));
            format!("<row r=\"{row}\" ht=\"15.75\" customHeight=\"1\">{}</row>", cells.collect::<String>())
        };
        (rows + 1..=1000).map(row).collect()
    };
    let further = [
        ("xl/styles.xml", STYLES_TYPE, STYLES),
        ("xl/sharedStrings.xml", STRINGS_TYPE, strings.as_str()),
        THEME,
        DRAWING,
    ];
    same(&scenario(&plain()), &scenario(&written(cell, below, &further)));
}

/// Numbers as texts, results of formulas that are texts, truth, and dates in the form of ISO 8601.
#[test]
fn cells_of_every_type_are_read() {
    let cell = |at: &str, text: &str| match text {
        "2018-04" => format!("<c r=\"{at}\" t=\"d\"><v>2018-04-01T00:00:00</v></c>"),
        "keio" | "北病院" => format!("<c r=\"{at}\" t=\"str\"><f>\"x\"</f><v>{text}</v></c>"),
        _ => format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(text)),
    };
    let further =
        [("xl/styles.xml", STYLES_TYPE, STYLES), ("xl/sharedStrings.xml", STRINGS_TYPE, NO_STRINGS)];
    same(&scenario(&plain()), &scenario(&written(cell, |_| String::new(), &further)));
}

/// `2018-01` typed as the id of a resident is a date to a spreadsheet, and 12 months under a column of dates are the
/// 12th of January 1900. Neither means a date; a date on another day than the first is no month.
#[test]
fn dates_that_nobody_meant_are_taken_back() {
    let of = |id: &str, months: &str, start: &str| {
        let bytes = plain();
        let residents = sheet_part(&bytes, "Y2018-01</t></is></c><c r=\"B2\"><v>2018");
        let text = |at: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>Y2018-01</t></is></c>");
        let bytes = replaced(&bytes, &residents, &text("A2"), &id.replace("AT", "A2"));
        let history = sheet_part(&bytes, "2018-04");
        let bytes = replaced(&bytes, &history, &text("A2"), &id.replace("AT", "A2"));
        let bytes = replaced(&bytes, &history, "<c r=\"D2\"><v>12</v></c>", months);
        replaced(&bytes, &history, "<c r=\"C2\" t=\"inlineStr\"><is><t>2018-04</t></is></c>", start)
    };
    let date = |at: &str, serial: u32| format!("<c r=\"{at}\" s=\"2\"><v>{serial}</v></c>");
    // 2018-01-01, and 12 days from the beginning of 1900.
    let read = scenario(&of(&date("AT", 43_101), &date("D2", 12), &date("C2", 43_191)));
    assert_eq!(read.residents[0].id, "2018-01");
    assert_eq!(read.residents[0].history[0].span.months, 12);
    let told = found(&of(&date("AT", 43_101), &date("D2", 12), &date("C2", 43_192)));
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].2.as_deref(), Some("C2"), "{told:?}");
}

/// No program writes two sheets of one name; whatever does, is told.
#[test]
fn two_sheets_of_the_very_same_name_are_told() {
    let bytes = made(|_| {});
    let workbook = part_text(&bytes, "xl/workbook.xml");
    assert!(workbook.contains("name=\"intake\""));
    let twice = replaced(&bytes, "xl/workbook.xml", "name=\"intake\"", "name=\"施設\"");
    let told = found(&twice);
    assert!(
        told.iter().any(|(told, place, _)| *told == code::SHEET_TWICE && place.contains("施設")),
        "{told:?}"
    );
}
