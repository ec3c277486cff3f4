//! Bytes to text, and byte ranges to places a person can find.
//!
//! Japanese offices have both UTF-8 and CP932 (Excel's "CSV") in one folder. UTF-8 is tried first:
//! CP932 text of more than a few characters is practically never valid UTF-8, while nearly any
//! bytes are valid CP932. Line ends become `\n`, so that everything after this file counts lines in
//! one way. Whatever is not text (NUL and other control characters, UTF-16) is refused here.

use std::ops::Range;

use crate::diagnostic::{Findings, Place};
use crate::language::Message;

use crate::diagnostic::code;

/// A decoded file. Line ends are `\n`; ranges are byte ranges of `content`.
#[derive(Debug)]
pub(crate) struct Text {
    pub file: String,
    pub content: String,
    /// Where each line starts; never empty.
    line_starts: Vec<usize>,
}

/// Bytes of a line shown on either side of the offending text.
const EXCERPT_CONTEXT: usize = 300;

impl Text {
    /// Decodes a file, or says why it is not text.
    pub fn decode(file: &str, bytes: &[u8], findings: &mut Findings) -> Option<Self> {
        match decode(bytes) {
            Ok(content) => Some(Self::new(file, &content)),
            Err(NoText::Damaged(lossy)) => {
                let text = Self::new(file, &lossy);
                let at = text.content.find(char::REPLACEMENT_CHARACTER).unwrap_or_default();
                let place = text.place(at..at + char::REPLACEMENT_CHARACTER.len_utf8());
                findings.error(place, Message::new(code::FILE_DAMAGED).text("file", file));
                None
            }
            Err(NoText::Other) => {
                let place = Place { file: file.to_string(), ..Place::default() };
                findings.error(place, Message::new(code::FILE_NOT_TEXT).text("file", file));
                None
            }
        }
    }

    fn new(file: &str, content: &str) -> Self {
        let content = content.replace("\r\n", "\n").replace('\r', "\n");
        let starts = content.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(starts).collect();
        Self { file: file.to_string(), content, line_starts }
    }

    /// The line of a byte, counted from 1.
    pub fn line_of(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    /// The file as a whole.
    pub fn whole(&self) -> Place {
        Place { file: self.file.clone(), ..Place::default() }
    }

    /// The place of a byte range: the line it starts in, and what of it is in that line.
    pub fn place(&self, range: Range<usize>) -> Place {
        let start = self.boundary(range.start);
        let end = self.boundary(range.end.max(start));
        let line = self.line_of(start);
        let line_start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        let line_end = self.content[start..].find('\n').map_or(self.content.len(), |length| start + length);
        let end = end.min(line_end);
        // A line may be megabytes long; an excerpt is what surrounds the offending text.
        let from = self.boundary(line_start.max(start.saturating_sub(EXCERPT_CONTEXT)));
        let to = self.boundary(line_end.min(end.saturating_add(EXCERPT_CONTEXT)));
        let excerpt = (self.content[from..to].to_string(), start - from..end - from);
        Place { file: self.file.clone(), line: Some(line), excerpt: Some(excerpt), ..Place::default() }
    }

    /// The nearest position at or before `offset` where a character starts.
    fn boundary(&self, offset: usize) -> usize {
        let mut at = offset.min(self.content.len());
        while !self.content.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// Why bytes are no text.
enum NoText {
    /// UTF-8 but for some bytes; the text with a replacement character for each of them.
    Damaged(String),
    Other,
}

/// What says that a file is UTF-8.
const BOM: &[u8] = b"\xEF\xBB\xBF";

fn decode(bytes: &[u8]) -> Result<String, NoText> {
    let (bytes, has_bom) = bytes.strip_prefix(BOM).map_or((bytes, false), |rest| (rest, true));
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_string(),
        Err(_) if is_damaged_utf8(bytes) => {
            return Err(NoText::Damaged(String::from_utf8_lossy(bytes).into_owned()));
        }
        Err(_) if has_bom => return Err(NoText::Other),
        Err(_) => encoding_rs::SHIFT_JIS
            .decode_without_bom_handling_and_without_replacement(bytes)
            .ok_or(NoText::Other)?
            .into_owned(),
    };
    let odd = |c: char| (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || c == '\u{FFFE}';
    if text.contains(odd) { Err(NoText::Other) } else { Ok(text) }
}

/// How a file is written: what is changed in it is written the same way.
pub(crate) struct Style {
    has_bom: bool,
    is_cp932: bool,
    line_end: &'static str,
}

impl Style {
    /// Of a file that can be decoded.
    pub fn of(bytes: &[u8]) -> Self {
        let has_bom = bytes.starts_with(BOM);
        let line_end = match bytes {
            _ if bytes.windows(2).any(|pair| pair == b"\r\n") => "\r\n",
            _ if bytes.contains(&b'\r') && !bytes.contains(&b'\n') => "\r",
            _ => "\n",
        };
        Self { has_bom, is_cp932: !has_bom && std::str::from_utf8(bytes).is_err(), line_end }
    }

    /// What the file begins with.
    pub fn mark(&self) -> &'static [u8] {
        if self.has_bom { BOM } else { b"" }
    }

    pub fn line_end(&self) -> &'static str {
        self.line_end
    }

    /// Text in the encoding of the file; line breaks as they are. `None`: it has no place for some of it.
    pub fn encoded(&self, text: &str) -> Option<Vec<u8>> {
        if !self.is_cp932 {
            return Some(text.as_bytes().to_vec());
        }
        let (bytes, _, has_lost) = encoding_rs::SHIFT_JIS.encode(text);
        (!has_lost).then(|| bytes.into_owned())
    }

    /// A whole text, whose lines end in `\n`, as such a file; as UTF-8 with its mark where the encoding has no place
    /// for some of it.
    pub fn written(&self, text: &str) -> Vec<u8> {
        let text = text.replace('\n', self.line_end);
        match self.encoded(&text) {
            Some(bytes) => [self.mark(), &bytes].concat(),
            None => [BOM, text.as_bytes()].concat(),
        }
    }

    /// Where each byte of the decoded text comes from, and where the file ends.
    pub fn origins(&self, bytes: &[u8]) -> Option<Vec<usize>> {
        let mut origins = Vec::with_capacity(bytes.len() + 1);
        let mut at = self.mark().len();
        while let Some(first) = bytes.get(at) {
            let is_lead = self.is_cp932 && matches!(first, 0x81..=0x9F | 0xE0..=0xFC);
            let length = match first {
                b'\r' if bytes.get(at + 1) == Some(&b'\n') => 2,
                _ if is_lead => 2,
                _ => 1,
            };
            let written = match first {
                // A line end is one character, however it is written.
                b'\r' => 1,
                _ if self.is_cp932 => {
                    let character = bytes.get(at..at + length)?;
                    encoding_rs::SHIFT_JIS.decode_without_bom_handling(character).0.len()
                }
                _ => 1,
            };
            origins.extend(std::iter::repeat_n(at, written));
            at += length;
        }
        origins.push(bytes.len());
        Some(origins)
    }
}

/// Whether bytes that are not UTF-8 were UTF-8 before some of them were lost: there are more characters of
/// three bytes than faults. In CP932 such a sequence is a rare accident, and faults are everywhere.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut characters, mut faults) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        characters += chunk.valid().chars().filter(|c| c.len_utf8() >= 3).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    characters > faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Option<String> {
        let mut findings = Findings::default();
        let text = Text::decode("a.csv", bytes, &mut findings).map(|text| text.content);
        assert_eq!(text.is_none(), findings.has_errors());
        text
    }

    #[test]
    fn reads_what_japanese_offices_write() {
        let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode("川崎,①\r\n");
        assert_eq!(decoded(&cp932).as_deref(), Some("川崎,①\n"));
        assert_eq!(decoded("川崎\r".as_bytes()).as_deref(), Some("川崎\n"));
        assert_eq!(decoded("\u{FEFF}川崎".as_bytes()).as_deref(), Some("川崎"));
        assert_eq!(decoded(b"").as_deref(), Some(""));
    }

    #[test]
    fn refuses_what_is_not_text() {
        let utf16: Vec<u8> = "\u{FEFF}id,name".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decoded(&utf16), None);
        assert_eq!(decoded(b"PK\x03\x04\x14\x00"), None);
        assert_eq!(decoded(b"\xEF\xBB\xBF\x96\x7B"), None, "a BOM promises UTF-8");
        assert_eq!(decoded(b"id\xFF\xFF"), None);
    }

    #[test]
    fn a_damaged_byte_makes_no_other_encoding() {
        let mut bytes = "id,name\nkeio,慶應義塾大学病院\nashikaga,足利赤十字病院\n".as_bytes().to_vec();
        let at = bytes.iter().position(|byte| *byte == 0xE8).unwrap();
        bytes[at] = 0xFF;
        let mut findings = Findings::default();
        assert!(Text::decode("a.csv", &bytes, &mut findings).is_none());
        let place = &findings.list[0].place;
        assert_eq!((findings.list[0].code(), place.line), (code::FILE_DAMAGED, Some(3)));
        bytes.remove(at);
        assert_eq!(decoded(&bytes), None, "a byte that is missing");
        for text in ["川崎", "ｶﾜｻｷ病院", "慶應義塾大学病院,東京都", "表示能力,ソ連"]
        {
            let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode(text);
            assert_eq!(decoded(&cp932).as_deref(), Some(text));
        }
    }

    #[test]
    fn a_place_is_a_line_and_a_range_in_it() {
        let text = Text::new("a.csv", "一行目\r\n二\"行\n目\",x\n");
        let range = text.content.find('二').unwrap()..text.content.find(",x").unwrap();
        let place = text.place(range);
        assert_eq!((place.line, place.excerpt), (Some(2), Some(("二\"行".to_string(), 0..7))));
        assert_eq!(text.place(10_000..20_000).line, Some(4));
        let long = Text::new("a.csv", &"あ".repeat(10_000));
        let (line, range) = long.place(15_000..15_003).excerpt.unwrap();
        assert!(line.len() < 700);
        assert_eq!(&line[range], "あ");
    }
}
