//! Plain tables for the terminal, aligned also where a character takes two columns.
//!
//! No frames: box-drawing characters are one column wide in some terminals and two in Japanese
//! ones, and a frame that does not line up is worse than none. Columns are two blanks apart, the
//! header is underlined with hyphens, a cell may have several lines.

use unicode_width::UnicodeWidthStr;

/// On which side the text of a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

const GAP: &str = "  ";

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
    fn a_short_row_is_filled_and_a_long_one_cut() {
        let mut grid = Grid::new(vec![("a".to_string(), Align::Left), ("b".to_string(), Align::Left)]);
        grid.push(vec![]);
        grid.push(vec!["1".to_string(), "2".to_string(), "3".to_string()]);
        assert_eq!(grid.render(), "a  b\n-  -\n\n1  2\n");
    }
}
