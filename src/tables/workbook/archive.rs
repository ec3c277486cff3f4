//! The archive of a workbook, looked at before a library reads it.
//!
//! A workbook is a ZIP archive of XML parts, and a few bytes of it can ask for any amount of memory: parts
//! that unpack to gigabytes, counts that are believed and reserved, styles by the million. Here the parts
//! are unpacked once against a bound, and what the library takes at its word is compared with what is
//! there. What passes is small, so nothing later has to be afraid of it.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::language::Message;

use crate::diagnostic::code;

/// Parts of the archive: workbooks of offices have some dozens.
const PARTS_MAX: usize = 2000;
/// Bytes of all parts that hold XML, unpacked; a workbook of 500 residents is below two million.
const UNPACKED_MAX: u64 = 48 * 1024 * 1024;
/// Starts and ends of elements in all parts together: what takes time is their number.
const ELEMENTS_MAX: usize = 1_500_000;
/// Elements of the part with the styles, each of which becomes some hundred bytes.
const STYLES_MAX: usize = 200_000;
/// Elements of the part with the shared texts.
const STRINGS_MAX: usize = 1_000_000;

/// What a file starts with that is an archive, and one of old Excel or with a password.
const ARCHIVE: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0";
/// What an entry of the archive's directory starts with.
const ENTRY: &[u8] = b"PK\x01\x02";

/// Whether the bytes are, or were meant to be, a workbook.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(ARCHIVE) || bytes.starts_with(COMPOUND)
}

/// Passes what is safe to read.
///
/// # Errors
/// What it is instead, or which bound it breaks.
pub(super) fn check(bytes: &[u8]) -> Result<(), Message> {
    if !bytes.starts_with(ARCHIVE) {
        return Err(Message::new(code::WORKBOOK_NOT_XLSX));
    }
    // Before the directory is read, since each of its entries costs more memory than bytes.
    let entries = bytes.windows(ENTRY.len()).filter(|window| *window == ENTRY).count();
    if entries > PARTS_MAX {
        return Err(too_large("workbook-parts", entries as u64, PARTS_MAX as u64));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > PARTS_MAX {
        return Err(too_large("workbook-parts", archive.len() as u64, PARTS_MAX as u64));
    }
    let mut unpacked = 0;
    let mut elements = 0;
    let mut content = Vec::new();
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(broken)?;
        let name = part.name().map_err(broken)?.to_ascii_lowercase();
        if !name.ends_with(".xml") && !name.ends_with(".rels") {
            continue;
        }
        content.clear();
        let room = UNPACKED_MAX.saturating_sub(unpacked);
        // What the archive says of the size is only a reason to stop early.
        let declared = part.size();
        if declared <= room {
            part.take(room + 1).read_to_end(&mut content).map_err(broken)?;
        }
        unpacked += declared.max(content.len() as u64);
        if unpacked > UNPACKED_MAX {
            return Err(too_large("workbook-unpacked", unpacked, UNPACKED_MAX));
        }
        elements += content.iter().filter(|byte| **byte == b'<').count();
        if elements > ELEMENTS_MAX {
            return Err(too_large("workbook-elements", elements as u64, ELEMENTS_MAX as u64));
        }
        check_part(&name, &content)?;
    }
    Ok(())
}

/// What the library believes of a part.
fn check_part(name: &str, content: &[u8]) -> Result<(), Message> {
    // In another encoding nothing of what follows would be found.
    if content.contains(&0) || !declares_utf8(content) {
        return Err(broken("not UTF-8"));
    }
    let elements = || content.iter().filter(|byte| **byte == b'<').count();
    if name.ends_with("styles.xml") && elements() > STYLES_MAX {
        return Err(too_large("workbook-styles", elements() as u64, STYLES_MAX as u64));
    }
    let is_strings = name.ends_with("sharedstrings.xml");
    if is_strings && elements() > STRINGS_MAX {
        return Err(too_large("workbook-strings", elements() as u64, STRINGS_MAX as u64));
    }
    for (attribute, value) in attributes(content, &[b"uniqueCount", b"ref", b"r"]) {
        let Some(value) = value else { return Err(broken(String::from_utf8_lossy(attribute))) };
        let passes = match attribute {
            // Memory is reserved for as many texts as the part says it has.
            b"uniqueCount" => match number(value).filter(|said| is_strings && *said > content.len() as u64) {
                Some(said) => return Err(too_large("workbook-strings", said, content.len() as u64)),
                None => true,
            },
            _ => is_sound(value),
        };
        if !passes {
            return Err(broken(String::from_utf8_lossy(value)));
        }
    }
    Ok(())
}

fn declares_utf8(content: &[u8]) -> bool {
    let end = content.windows(2).position(|window| window == b"?>").unwrap_or(0);
    let declaration = content.get(..end).unwrap_or_default();
    attributes(declaration, &[b"encoding"])
        .all(|(_, value)| value.is_some_and(|value| value.eq_ignore_ascii_case(b"UTF-8")))
}

/// Every place that looks like one of some attributes, inside a tag or not, with its value; none where the
/// value does not end soon.
fn attributes<'a>(
    content: &'a [u8],
    wanted: &'static [&'static [u8]],
) -> impl Iterator<Item = (&'static [u8], Option<&'a [u8]>)> {
    /// Longer than any value of these attributes.
    const VALUE_MAX: usize = 64;
    let signs = content.iter().enumerate().filter(|(_, byte)| **byte == b'=').map(|(at, _)| at);
    signs.filter_map(move |at| {
        let before = content.get(..at)?.trim_ascii_end();
        let attribute = *wanted.iter().find(|name| before.ends_with(name))?;
        let before = before.get(..before.len() - attribute.len())?;
        if !before.last().is_none_or(u8::is_ascii_whitespace) {
            return None;
        }
        let (quote, rest) = content.get(at + 1..)?.trim_ascii_start().split_first()?;
        if !matches!(quote, b'"' | b'\'') {
            return None;
        }
        let rest = rest.get(..rest.len().min(VALUE_MAX)).unwrap_or_default();
        let end = rest.iter().position(|byte| byte == quote);
        Some((attribute, end.and_then(|end| rest.get(..end))))
    })
}

fn number(digits: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(digits).ok()?.trim();
    // More digits than a number holds are certainly too many texts.
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().unwrap_or(u64::MAX))
}

/// Whether a row, a cell or a range such as `A1:B2` is one that can be counted with: the library multiplies and
/// subtracts what it finds there.
fn is_sound(range: &[u8]) -> bool {
    let mut corners = range.split(|byte| *byte == b':').map(corner);
    match (corners.next(), corners.next()) {
        (Some(Corner::Cell(first)), Some(Corner::Cell(last))) => last.0 >= first.0 && last.1 >= first.1,
        (Some(Corner::Huge), _) | (_, Some(Corner::Huge)) => false,
        _ => true,
    }
}

enum Corner {
    /// Column and row, 0 where there is none.
    Cell((u64, u64)),
    /// Beyond all sheets.
    Huge,
    /// No name of a cell.
    Other,
}

/// Letters and digits in any order, as the library reads them.
fn corner(name: &[u8]) -> Corner {
    /// Digits and letters of the last cell of the largest sheet: `XFD1048576`.
    const DIGITS_MAX: usize = 7;
    const LETTERS_MAX: usize = 3;
    if !name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'$') {
        return Corner::Other;
    }
    let digits = name.iter().filter(|byte| byte.is_ascii_digit());
    let letters = name.iter().filter(|byte| byte.is_ascii_alphabetic());
    if digits.clone().count() > DIGITS_MAX || letters.clone().count() > LETTERS_MAX {
        return Corner::Huge;
    }
    let column = letters.fold(0, |sum, letter| sum * 26 + u64::from(letter.to_ascii_uppercase() - b'A') + 1);
    Corner::Cell((column, digits.fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0'))))
}

fn too_large(what: &'static str, count: u64, limit: u64) -> Message {
    let (count, limit) = (count.min(i64::MAX as u64) as i64, limit as i64);
    let what = Message::new(what).number("count", count).number("limit", limit);
    Message::new(code::WORKBOOK_TOO_LARGE).message("what", what)
}

pub(super) fn broken(reason: impl std::fmt::Display) -> Message {
    // A library may quote the file at any length.
    Message::new(code::WORKBOOK_BROKEN)
        .text("reason", reason.to_string().chars().take(200).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_however_they_are_written() {
        let content =
            b"<a uniqueCount='12' x=\"uniqueCount=3\" notuniqueCount=\"4\" t=\"> =\" uniqueCount = \"5\"/>";
        let found: Vec<_> =
            attributes(content, &[b"uniqueCount"]).map(|(_, value)| value.map(number)).collect();
        assert_eq!(found, [Some(Some(12)), Some(Some(5))]);
        let endless = [b" r=\"".as_slice(), &[b'9'; 100]].concat();
        assert_eq!(attributes(&endless, &[b"r"]).collect::<Vec<_>>(), [(b"r".as_slice(), None)]);
    }

    #[test]
    fn ranges_that_cannot_be_counted_with_are_known() {
        for (range, sound) in [
            ("A1:B2", true),
            ("A1:XFD1048576", true),
            ("A1", true),
            ("12", true),
            ("A:C", true),
            ("", true),
            ("-80000", true),
            ("B2:A1", false),
            ("A2:B1", false),
            ("$C$3:$B$9", false),
            ("99999999999", false),
            ("A1:ZZZZ1", false),
        ] {
            assert_eq!(is_sound(range.as_bytes()), sound, "{range}");
        }
    }
}
