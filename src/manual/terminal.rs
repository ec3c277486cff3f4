//! A page of the manual for the terminal: lines broken to its width, marks that only a browser needs left out.

use crate::output::grid::broken;

/// Lines are never longer than this, however wide the terminal: longer ones are hard to read.
const WIDTH_MAX: usize = 80;

/// The page for a terminal of `width` columns; examples stay as they are, indented.
pub fn on_terminal(markdown: &str, width: usize) -> String {
    let width = width.min(WIDTH_MAX);
    let mut text = String::new();
    let mut in_example = false;
    for line in markdown.lines() {
        if line.starts_with("```") {
            in_example = !in_example;
            continue;
        }
        if in_example {
            text.push_str(&format!("    {line}\n"));
        } else if let Some(heading) = line.strip_prefix('#') {
            let heading = heading.trim_start_matches('#').trim();
            text.push_str(&format!(
                "{heading}\n{}\n",
                "=".repeat(unicode_width::UnicodeWidthStr::width(heading))
            ));
        } else {
            text.push_str(&paragraph(&line.replace("**", ""), width));
        }
    }
    text
}

/// A paragraph or an item of a list; the lines of an item after its first are indented like its text.
fn paragraph(line: &str, width: usize) -> String {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let indent = match line {
        _ if line.trim_start().starts_with("- ") => line.len() - line.trim_start().len() + 2,
        _ if digits > 0 && line[digits..].starts_with(". ") => digits + 2,
        _ => 0,
    };
    let (mark, text) = line.split_at(indent);
    let text = text.replace('`', "");
    let mut lines = String::new();
    for (number, part) in broken(&text, width.saturating_sub(indent).max(20)).lines().enumerate() {
        let start = if number == 0 { mark.to_string() } else { " ".repeat(indent) };
        lines.push_str(&format!("{start}{part}\n"));
    }
    if lines.is_empty() { "\n".to_string() } else { lines }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_fits_the_terminal() {
        let page = "# 規則\n\nOne `key` and **another** one.\n- an item that is long\n1. 一つ目\n```console\n$ kenshu\n```\n";
        insta::assert_snapshot!(on_terminal(page, 24), @"
        規則
        ====

        One key and another one.
        - an item that is long
        1. 一つ目
            $ kenshu
        ");
    }
}
