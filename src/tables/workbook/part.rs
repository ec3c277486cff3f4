//! Cells laid into the parts of a workbook that somebody works in.
//!
//! A library that reads a whole workbook and writes it again drops what it does not know: notes, formats, charts,
//! rules for colours. So only the elements of the cells that change are replaced in the text of a sheet's part, and
//! all other parts are copied as they are packed. `None` is returned where a cell cannot be changed alone; nothing
//! is guessed.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::{escape, unescape};
use quick_xml::events::{BytesStart, Event};
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

use super::cells::Position;
use super::place::cell_name;

/// What a cell is to hold.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Content {
    Text(String),
    Number(String),
    Blank,
}

/// The changes to a sheet.
#[derive(Debug, Default)]
pub(super) struct Edit {
    /// Row of the headings: a new cell below looks like those above it, but for these.
    pub header: u32,
    pub cells: BTreeMap<Position, Content>,
}

/// The workbook with other cells in some of its sheets, by their names.
pub(super) fn with_cells(bytes: &[u8], edits: &BTreeMap<String, Edit>) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let book = related(&mut archive, "", |_, kind| kind.ends_with("/officeDocument"))?;
    let book_text = text(&mut archive, &book)?;
    let mut changed: BTreeMap<String, String> = BTreeMap::new();
    let mut lost_formula = false;
    for (sheet, edit) in edits {
        let id = sheet_id(&book_text, sheet)?;
        let part = related(&mut archive, &book, |own, _| own == id)?;
        let before = text(&mut archive, &part)?;
        let laid = lay(&before, edit)?;
        lost_formula |= laid.lost_formula;
        changed.insert(part, laid.text);
    }
    let names: Vec<String> =
        archive.file_names().filter_map(Result::ok).map(|name| name.to_string()).collect();
    let chain = names.iter().find(|name| name.to_ascii_lowercase().ends_with("/calcchain.xml")).cloned();
    // The list of formulas may not name a cell that has none; a spreadsheet makes it anew.
    if let Some(chain) = chain.as_ref().filter(|_| lost_formula) {
        let file = chain.rsplit('/').next()?;
        for part in ["[Content_Types].xml".to_string(), rels_of(&book)] {
            let before = text(&mut archive, &part)?;
            changed.insert(part, without_reference(&before, file)?);
        }
    }
    // Results of formulas may rest on what has changed.
    let mut has_formulas = false;
    for name in names.iter().filter(|name| name.contains("worksheets/") && name.ends_with(".xml")) {
        has_formulas |=
            text(&mut archive, name).is_some_and(|text| text.contains("<f>") || text.contains("<f "));
    }
    if has_formulas && let Some(book_text) = calculated_when_opened(&book_text) {
        changed.insert(book, book_text);
    }
    let dropped = chain.filter(|_| lost_formula);
    let mut made = ZipWriter::new(Cursor::new(Vec::new()));
    for (index, name) in names.iter().enumerate() {
        if dropped.as_ref() == Some(name) {
            continue;
        }
        match changed.get(name) {
            Some(text) => {
                let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
                made.start_file(name.as_str(), options).ok()?;
                made.write_all(text.as_bytes()).ok()?;
            }
            None => made.raw_copy_file(archive.by_index_raw(index).ok()?).ok()?,
        }
    }
    Some(made.finish().ok()?.into_inner())
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

fn text(archive: &mut Archive<'_>, part: &str) -> Option<String> {
    let mut text = String::new();
    archive.by_name(part).ok()?.read_to_string(&mut text).ok()?;
    Some(text)
}

/// Where the relations of a part stand; those of the whole package for no part.
fn rels_of(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    format!("{folder}_rels/{name}.rels")
}

/// The part that the first such relation, by its id and kind, leads to.
fn related(archive: &mut Archive<'_>, from: &str, is_it: impl Fn(&str, &str) -> bool) -> Option<String> {
    let rels = text(archive, &rels_of(from))?;
    let target = elements(&rels)?.into_iter().find_map(|(element, _)| {
        let (id, kind) = (attribute(&element, "Id")?, attribute(&element, "Type")?);
        is_it(&id, &kind).then(|| attribute(&element, "Target"))?
    })?;
    if let Some(absolute) = target.strip_prefix('/') {
        return Some(absolute.to_string());
    }
    let mut path: Vec<&str> =
        from.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect());
    for step in target.split('/') {
        match step {
            ".." => drop(path.pop()?),
            "." => {}
            step => path.push(step),
        }
    }
    Some(path.join("/"))
}

/// All elements of a part with the place of their first tag.
fn elements(xml: &str) -> Option<Vec<(BytesStart<'_>, Range<usize>)>> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        let start = reader.buffer_position() as usize;
        match reader.read_event().ok()? {
            Event::Start(element) | Event::Empty(element) => {
                found.push((element, start..reader.buffer_position() as usize));
            }
            Event::Eof => return Some(found),
            _ => {}
        }
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
    unescape(&found.value).ok().map(|text| text.into_owned())
}

/// The id of the relation to a sheet.
fn sheet_id(book: &str, name: &str) -> Option<String> {
    let is_it = |element: &BytesStart<'_>| {
        element.local_name().as_ref() == "sheet" && attribute(element, "name").as_deref() == Some(name)
    };
    let (sheet, _) = elements(book)?.into_iter().find(|(element, _)| is_it(element))?;
    let mut attributes = sheet.attributes().flatten();
    attributes.find(|attribute| attribute.key.as_ref().ends_with(":id")).map(|id| id.value.into_owned())
}

/// A part without the elements that lead to a file.
fn without_reference(xml: &str, file: &str) -> Option<String> {
    let leads = |element: &BytesStart<'_>| {
        let target = attribute(element, "Target").or_else(|| attribute(element, "PartName"));
        target.is_some_and(|target| target.rsplit('/').next() == Some(file))
    };
    let gone = elements(xml)?.into_iter().filter(|(element, _)| leads(element));
    Some(spliced(xml, gone.map(|(_, range)| (range, String::new())).collect()))
}

fn calculated_when_opened(book: &str) -> Option<String> {
    const ATTRIBUTE: &str = "fullCalcOnLoad";
    let is_it = |element: &BytesStart<'_>| {
        element.local_name().as_ref() == "calcPr" && attribute(element, ATTRIBUTE).is_none()
    };
    let (element, range) = elements(book)?.into_iter().find(|(element, _)| is_it(element))?;
    let at = range.start + 1 + element.name().as_ref().len();
    Some(spliced(book, vec![(at..at, format!(" {ATTRIBUTE}=\"1\""))]))
}

/// A text with some ranges, which do not overlap, replaced; of those at one place the first comes first.
fn spliced(text: &str, mut pieces: Vec<(Range<usize>, String)>) -> String {
    pieces.sort_by_key(|(range, _)| range.start);
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (range, new) in pieces {
        out.push_str(text.get(at..range.start).unwrap_or_default());
        out.push_str(&new);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// Where the rows and cells of a sheet stand in its part.
#[derive(Default)]
struct Layout {
    /// What the names of elements begin with.
    prefix: String,
    rows: Vec<RowAt>,
    /// The first tag of the rows' element, and the place behind the last row where it has an end.
    data: Range<usize>,
    data_end: Option<usize>,
    /// The range that is in use, as somebody wrote it down.
    dimension: Option<Range<usize>>,
    /// First and last column, and the format of cells that are not there.
    columns: Vec<(u32, u32, String)>,
}

#[derive(Default)]
struct RowAt {
    number: u32,
    tag: Range<usize>,
    /// Behind its last cell; none of a row without an end.
    end: Option<usize>,
    cells: Vec<CellAt>,
}

#[derive(Default)]
struct CellAt {
    column: u32,
    range: Range<usize>,
    style: Option<String>,
    has_formula: bool,
    /// Other cells take their formula from this one.
    is_shared: bool,
}

impl Layout {
    fn of(xml: &str) -> Option<Self> {
        let mut layout = Self::default();
        let mut reader = Reader::from_str(xml);
        loop {
            let start = reader.buffer_position() as usize;
            let event = reader.read_event().ok()?;
            let tag = start..reader.buffer_position() as usize;
            match event {
                Event::Start(element) => layout.enter(&element, tag, false)?,
                Event::Empty(element) => layout.enter(&element, tag, true)?,
                Event::End(element) => match element.local_name().as_ref() {
                    "sheetData" => layout.data_end = Some(start),
                    "row" => layout.rows.last_mut()?.end = Some(start),
                    "c" => layout.rows.last_mut()?.cells.last_mut()?.range.end = tag.end,
                    _ => {}
                },
                Event::Eof => break,
                _ => {}
            }
        }
        (!layout.data.is_empty()).then_some(layout)
    }

    fn enter(&mut self, element: &BytesStart<'_>, tag: Range<usize>, is_empty: bool) -> Option<()> {
        match element.local_name().as_ref() {
            "sheetData" => {
                let name = element.name();
                let name = name.as_ref();
                self.prefix = name.strip_suffix("sheetData").unwrap_or_default().to_string();
                self.data = tag;
            }
            "dimension" if is_empty => self.dimension = Some(tag),
            "col" => {
                let number = |name: &str| attribute(element, name)?.parse::<u32>().ok()?.checked_sub(1);
                if let Some(style) = attribute(element, "style") {
                    self.columns.push((number("min")?, number("max")?, style));
                }
            }
            "row" => {
                let next = self.rows.last().map_or(0, |row| row.number + 1);
                let number = match attribute(element, "r") {
                    Some(number) => number.trim().parse::<u32>().ok()?.checked_sub(1)?,
                    None => next,
                };
                // Rows out of order are somebody else's to understand.
                if number < next {
                    return None;
                }
                self.rows.push(RowAt { number, tag, ..RowAt::default() });
            }
            "c" => {
                let row = self.rows.last_mut()?;
                let next = row.cells.last().map_or(0, |cell| cell.column + 1);
                let column = match attribute(element, "r") {
                    Some(name) => column_of(&name)?,
                    None => next,
                };
                if column < next {
                    return None;
                }
                let style = attribute(element, "s");
                row.cells.push(CellAt { column, range: tag, style, ..CellAt::default() });
            }
            "f" => {
                if let Some(cell) = self.rows.last_mut().and_then(|row| row.cells.last_mut()) {
                    cell.has_formula = true;
                    cell.is_shared |= attribute(element, "ref").is_some();
                }
            }
            _ => {}
        }
        Some(())
    }

    /// The format of a cell that is new: that of the one above, of the whole column, or of the headings.
    fn style(&self, (row, column): Position, header: u32) -> Option<String> {
        if row == header {
            let headings = self.rows.iter().find(|at| at.number == row)?;
            return headings.cells.last()?.style.clone();
        }
        let above = self.rows.iter().rev().filter(|at| at.number < row && at.number > header);
        let mut cells = above.flat_map(|row| &row.cells).filter(|cell| cell.column == column);
        let of_column = || self.columns.iter().find(|(first, last, _)| (*first..=*last).contains(&column));
        match cells.next() {
            Some(cell) => cell.style.clone(),
            None => of_column().map(|(.., style)| style.clone()),
        }
    }
}

/// The column, counted from 0, of a cell by its name.
fn column_of(name: &str) -> Option<u32> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic);
    let number = letters.fold(0_u32, |sum, letter| {
        sum.saturating_mul(26).saturating_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    });
    number.checked_sub(1)
}

/// A sheet's part with other cells.
struct Laid {
    text: String,
    lost_formula: bool,
}

fn lay(xml: &str, edit: &Edit) -> Option<Laid> {
    let layout = Layout::of(xml)?;
    let prefix = &layout.prefix;
    let mut pieces: Vec<(Range<usize>, String)> = Vec::new();
    let mut rows: BTreeMap<u32, Vec<(u32, &Content)>> = BTreeMap::new();
    for ((row, column), content) in &edit.cells {
        rows.entry(*row).or_default().push((*column, content));
    }
    let mut lost_formula = false;
    // Rows behind the last one, which can be within an element that has no end yet.
    let mut behind = String::new();
    for (number, cells) in rows {
        let made = |column: u32, content: &Content, style: Option<&str>| {
            element(prefix, (number, column), content, style)
        };
        let new = |column: u32, content: &Content| match content {
            Content::Blank => Some(String::new()),
            content => made(column, content, layout.style((number, column), edit.header).as_deref()),
        };
        let Some(row) = layout.rows.iter().find(|row| row.number == number) else {
            let cells: Option<String> = cells.iter().map(|(column, content)| new(*column, content)).collect();
            let text = format!("<{prefix}row r=\"{}\">{}</{prefix}row>", number + 1, cells?);
            match layout.rows.iter().find(|row| row.number > number) {
                Some(next) => pieces.push((next.tag.start..next.tag.start, text)),
                None => behind.push_str(&text),
            }
            continue;
        };
        // The columns in use, as somebody wrote them down for readers in a hurry.
        let tag = without_attribute(xml.get(row.tag.clone())?, "spans");
        let Some(end) = row.end else {
            let cells: Option<String> = cells.iter().map(|(column, content)| new(*column, content)).collect();
            let tag = tag.trim_end_matches("/>");
            pieces.push((row.tag.clone(), format!("{tag}>{}</{prefix}row>", cells?)));
            continue;
        };
        pieces.push((row.tag.clone(), tag));
        for (column, content) in cells {
            match row.cells.iter().find(|cell| cell.column >= column) {
                Some(cell) if cell.column == column => {
                    if cell.is_shared {
                        return None;
                    }
                    lost_formula |= cell.has_formula;
                    pieces.push((cell.range.clone(), made(column, content, cell.style.as_deref())?));
                }
                Some(cell) => pieces.push((cell.range.start..cell.range.start, new(column, content)?)),
                None => pieces.push((end..end, new(column, content)?)),
            }
        }
    }
    match layout.data_end {
        Some(end) => pieces.push((end..end, behind)),
        None => {
            let tag = xml.get(layout.data.clone())?.trim_end_matches("/>");
            pieces.push((layout.data.clone(), format!("{tag}>{behind}</{prefix}sheetData>")));
        }
    }
    pieces.extend(layout.dimension.map(|range| (range, String::new())));
    Some(Laid { text: spliced(xml, pieces), lost_formula })
}

/// A tag without one of its attributes.
fn without_attribute(tag: &str, name: &str) -> String {
    let start = tag.find(&format!(" {name}=\""));
    let end = start
        .and_then(|start| tag.get(start + name.len() + 3..)?.find('"').map(|at| start + name.len() + 4 + at));
    match (start, end) {
        (Some(start), Some(end)) => spliced(tag, vec![(start..end, String::new())]),
        _ => tag.to_string(),
    }
}

/// A cell; none with a character that XML does not take.
fn element(prefix: &str, (row, column): Position, content: &Content, style: Option<&str>) -> Option<String> {
    let name = cell_name(column, row as usize + 1);
    let style = style.map(|style| format!(" s=\"{style}\"")).unwrap_or_default();
    let head = format!("<{prefix}c r=\"{name}\"{style}");
    Some(match content {
        Content::Blank => format!("{head}/>"),
        Content::Number(number) => format!("{head}><{prefix}v>{number}</{prefix}v></{prefix}c>"),
        Content::Text(text) => {
            if text
                .chars()
                .any(|c| (c.is_control() && !matches!(c, '\t' | '\n')) || c > '\u{FFFD}' && c < '\u{10000}')
            {
                return None;
            }
            let text = escape(text.as_str());
            format!(
                "{head} t=\"inlineStr\"><{prefix}is><{prefix}t xml:space=\"preserve\">{text}</{prefix}t></{prefix}is></{prefix}c>"
            )
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid(xml: &str, cells: &[(Position, &str)]) -> Option<String> {
        let content = |text: &str| match text {
            "" => Content::Blank,
            text if text.parse::<f64>().is_ok() => Content::Number(text.to_string()),
            text => Content::Text(text.to_string()),
        };
        let cells = cells.iter().map(|(at, text)| (*at, content(text))).collect();
        lay(xml, &Edit { header: 0, cells }).map(|laid| laid.text)
    }

    #[test]
    fn cells_are_replaced_and_join_rows_where_they_belong() {
        let xml = r#"<w><dimension ref="A1:C2"/><cols><col min="2" max="3" style="7"/></cols><sheetData><row r="1"><c r="A1" s="1"/></row><row r="2" spans="1:3" ht="20"><c r="A2" s="4"><v>1</v></c><c r="C2"><f>A2</f><v>1</v></c></row><row r="9"/></sheetData><x/></w>"#;
        let text = laid(xml, &[((1, 0), ""), ((1, 1), "a<b"), ((3, 0), "5"), ((8, 0), "z"), ((9, 2), "3")]);
        let expected = r#"<w><cols><col min="2" max="3" style="7"/></cols><sheetData><row r="1"><c r="A1" s="1"/></row><row r="2" ht="20"><c r="A2" s="4"/><c r="B2" s="7" t="inlineStr"><is><t xml:space="preserve">a&lt;b</t></is></c><c r="C2"><f>A2</f><v>1</v></c></row><row r="4"><c r="A4" s="4"><v>5</v></c></row><row r="9"><c r="A9" s="4" t="inlineStr"><is><t xml:space="preserve">z</t></is></c></row><row r="10"><c r="C10"><v>3</v></c></row></sheetData><x/></w>"#;
        assert_eq!(text.as_deref(), Some(expected));
    }

    #[test]
    fn other_ways_to_write_a_sheet_are_understood() {
        let bare = "<x:w><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c/></x:row></x:sheetData></x:w>";
        let expected = "<x:w><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c r=\"B1\"><x:v>2</x:v></x:c></x:row></x:sheetData></x:w>";
        assert_eq!(laid(bare, &[((0, 1), "2")]).as_deref(), Some(expected));
        let empty = laid("<w><sheetData/></w>", &[((1, 0), "2")]);
        let expected = "<w><sheetData><row r=\"2\"><c r=\"A2\"><v>2</v></c></row></sheetData></w>";
        assert_eq!(empty.as_deref(), Some(expected));
    }

    #[test]
    fn what_cannot_be_changed_alone_is_left() {
        let shared = r#"<w><sheetData><row r="1"><c r="A1"><f t="shared" ref="A1:A9" si="0">B1</f><v>1</v></c></row></sheetData></w>"#;
        assert_eq!(laid(shared, &[((0, 0), "2")]), None);
        assert!(laid(shared, &[((0, 1), "2")]).is_some());
        let disorder = r#"<w><sheetData><row r="2"/><row r="1"/></sheetData></w>"#;
        assert_eq!(laid(disorder, &[((0, 0), "2")]), None);
        assert_eq!(laid("<w><sheetData/></w>", &[((0, 0), "a\u{1}")]), None);
        assert_eq!(laid("<w>", &[((0, 0), "2")]), None);
    }
}
