//! Plain tables for the terminal, aligned also where a character takes two columns.
//!
//! No frames: box-drawing characters are one column wide in some terminals and two in Japanese
//! ones, and a frame that does not line up is worse than none. Columns are two blanks apart, the
//! header is underlined with hyphens, a cell may have several lines. Where a table would run out of
//! the terminal, the text of its last column is broken to fit.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// On which side the text of a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

const GAP: &str = "  ";
/// Below this a broken text is harder to read than one the terminal breaks itself.
const BROKEN_WIDTH_MIN: usize = 24;
/// Marks that do not end a line.
const NOT_LAST: [char; 4] = ['（', '「', '(', '“'];
/// Marks that do not start a line.
const NOT_FIRST: [char; 10] = ['。', '、', '」', '）', '・', '.', ',', ')', ';', ':'];

/// A table under construction.
pub struct Grid {
    align: Vec<Align>,
    /// The header first; every row as long as the header.
    rows: Vec<Vec<String>>,
}

impl Grid {
    pub fn new(columns: Vec<(String, Align)>) -> Self {
        let (header, align): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
        let mut grid = Self { align, rows: Vec::new() };
        grid.push(header);
        grid
    }

    /// Adds a row; missing cells are empty, cells beyond the header are left out.
    pub fn push(&mut self, mut cells: Vec<String>) {
        cells.resize(self.align.len(), String::new());
        self.rows.push(cells.iter().map(|cell| printable(cell)).collect());
    }

    fn widths(&self) -> Vec<usize> {
        let cell_width = |cell: &String| cell.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
        let column = |c: usize| self.rows.iter().filter_map(|row| row.get(c)).map(cell_width).max();
        (0..self.align.len()).map(|c| column(c).unwrap_or(0)).collect()
    }

    /// Columns of the terminal that the table takes.
    pub fn width(&self) -> usize {
        let widths = self.widths();
        widths.iter().sum::<usize>() + GAP.len() * widths.len().saturating_sub(1)
    }

    /// The table broken to fit `width` columns, as far as its last column allows.
    pub fn render_within(mut self, width: Option<usize>) -> String {
        let last = self.widths().last().copied().unwrap_or(0);
        let room = width.map(|width| (width + last).saturating_sub(self.width()));
        if let Some(room) = room.filter(|room| (BROKEN_WIDTH_MIN..last).contains(room)) {
            for cell in self.rows.iter_mut().filter_map(|row| row.last_mut()) {
                *cell = cell.lines().map(|line| broken(line, room)).collect::<Vec<_>>().join("\n");
            }
        }
        self.render()
    }

    /// The table as lines, each ended, without blanks at the end.
    pub fn render(&self) -> String {
        let widths = self.widths();
        let mut text = String::new();
        for (index, row) in self.rows.iter().enumerate() {
            let height = row.iter().map(|cell| cell.lines().count()).max().unwrap_or(0).max(1);
            for line in 0..height {
                let parts = row.iter().map(|cell| cell.lines().nth(line).unwrap_or(""));
                push_line(&mut text, parts.zip(&widths).zip(&self.align));
            }
            if index == 0 {
                let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
                push_line(&mut text, rules.iter().map(String::as_str).zip(&widths).zip(&self.align));
            }
        }
        text
    }
}

fn push_line<'a>(text: &mut String, parts: impl Iterator<Item = ((&'a str, &'a usize), &'a Align)>) {
    let cells: Vec<String> = parts.map(|((part, width), align)| padded(part, *width, *align)).collect();
    text.push_str(cells.join(GAP).trim_end());
    text.push('\n');
}

fn padded(part: &str, width: usize, align: Align) -> String {
    let blanks = " ".repeat(width.saturating_sub(part.width()));
    match align {
        Align::Left => format!("{part}{blanks}"),
        Align::Right => format!("{blanks}{part}"),
    }
}

/// A line broken into lines of at most `width` columns: at blanks where there are any, else between
/// two characters, as Japanese is.
pub fn broken(line: &str, width: usize) -> String {
    let mut lines = Vec::new();
    let mut current = String::new();
    for c in line.chars() {
        if current.width() + c.width().unwrap_or(0) > width {
            let rest = cut_off_end(&mut current, c, width);
            lines.push(std::mem::replace(&mut current, rest));
        }
        if !(current.is_empty() && c == ' ') {
            current.push(c);
        }
    }
    lines.push(current);
    lines.join("\n")
}

/// Takes from a full line what has to stand before `next` on the next one.
fn cut_off_end(line: &mut String, next: char, width: usize) -> String {
    let mut after = next;
    let mut cut = line.len();
    for (start, before) in line.char_indices().rev() {
        if may_break(before, after) {
            break;
        }
        (after, cut) = (before, start);
    }
    // A text without a place to break, or with too late a one, is broken where the line is full.
    let rest = line.get(cut..).unwrap_or_default().width() + next.width().unwrap_or(0);
    let rest = if cut == 0 || rest > width { String::new() } else { line.split_off(cut) };
    line.truncate(line.trim_end().len());
    rest
}

/// Whether a line may end between two characters: not inside a word or number, not before a mark
/// that closes and not behind one that opens.
fn may_break(before: char, after: char) -> bool {
    let inside_word = before.is_ascii_graphic() && after.is_ascii_graphic();
    !inside_word && !NOT_FIRST.contains(&after) && !NOT_LAST.contains(&before)
}

/// A text without characters that steer a terminal (a name may hold any); line breaks stay.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_characters_take_two_columns() {
        let mut grid = Grid::new(vec![("施設".to_string(), Align::Left), ("人数".to_string(), Align::Right)]);
        grid.push(vec!["慶應義塾大学病院".to_string(), "12".to_string()]);
        grid.push(vec!["Keio\n足利".to_string(), "3".to_string()]);
        insta::assert_snapshot!(grid.render(), @"
        施設              人数
        ----------------  ----
        慶應義塾大学病院    12
        Keio                 3
        足利
        ");
        assert_eq!(grid.width(), 16 + 2 + 4);
    }

    #[test]
    fn a_name_cannot_steer_the_terminal() {
        assert_eq!(printable("a\u{1b}[31m\nb\r"), "a\u{fffd}[31m\nb\u{fffd}");
    }

    #[test]
    fn a_long_last_column_is_broken_to_fit() {
        let mut grid = Grid::new(vec![("a".to_string(), Align::Left), ("b".to_string(), Align::Left)]);
        grid.push(vec!["1".to_string(), "A stay at the affiliate is shorter than three months".to_string()]);
        grid.push(vec!["2".to_string(), "連携施設での研修（1 回につき 12.5 か月）。".to_string()]);
        insta::assert_snapshot!(grid.render_within(Some(30)), @"
        a  b
        -  --------------------------
        1  A stay at the affiliate is
           shorter than three months
        2  連携施設での研修（1 回につ
           き 12.5 か月）。
        ");
    }

    proptest::proptest! {
        #[test]
        fn breaking_loses_nothing_but_blanks(text in "[a-z 研修、。)]{0,80}", width in 4usize..30) {
            let lines = broken(&text, width);
            proptest::prop_assert!(lines.lines().all(|line| line.width() <= width), "{lines}");
            let solid = |text: &str| text.split_whitespace().collect::<String>();
            proptest::prop_assert_eq!(solid(&lines), solid(&text));
        }
    }

    #[test]
    fn a_short_row_is_filled_and_a_long_one_cut() {
        let mut grid = Grid::new(vec![("a".to_string(), Align::Left), ("b".to_string(), Align::Left)]);
        grid.push(vec![]);
        grid.push(vec!["1".to_string(), "2".to_string(), "3".to_string()]);
        assert_eq!(grid.render(), "a  b\n-  -\n\n1  2\n");
    }
}
