//! What findings say about files, said about the sheets of the workbook that the tables came from.
//!
//! Texts name `residents.csv` and `[[courses]]`, which whoever fills in a workbook has never seen.

use crate::language::{Catalogue, Language, Message};
use crate::tables::catalogue::{PROGRAM, PROGRAM_FILE, PROGRAM_SHEETS, TABLES};

/// A finding's text with sheets in the place of files and of tables of `program.toml`.
pub fn in_sheets(text: &str, catalogue: &Catalogue) -> String {
    let sheet = |key| catalogue.say(&Message::new("in-sheet").message("sheet", Message::new(key)));
    let mut text = text.to_string();
    // Between Latin letters and Japanese stands a space, after 」 none.
    let put = |text: String, name: &str, sheet: &str| match catalogue.language() {
        Language::Ja => text.replace(&format!("{name} "), sheet).replace(name, sheet),
        Language::En => text.replace(name, sheet),
    };
    let of_program = PROGRAM_SHEETS.into_iter().flat_map(|table| {
        let names = [format!("[[{}]]", table.id), format!("[rules.{}]", table.id), format!("[{}]", table.id)];
        names.map(|name| (name, table.key))
    });
    for (name, key) in of_program {
        // In Japanese the file comes first, in English the table.
        for (before, after) in [
            ("program.toml の ", ""),
            ("program.toml に ", ""),
            ("", " in program.toml"),
            ("", " to program.toml"),
            ("", ""),
        ] {
            text = put(text, &format!("{before}{name}{after}"), &sheet(key));
        }
    }
    for table in TABLES {
        text = put(text, table.file, &sheet(table.key));
    }
    put(text, PROGRAM_FILE, &sheet(PROGRAM.key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_tables_are_sheets() {
        for (language, text, expected) in [
            (Language::Ja, "program.toml の [[courses]] の ID か", "シート「研修コース」の ID か"),
            (
                Language::Ja,
                "program.toml に [intake] を書くか、residents.csv に行を",
                "シート「採用数」を書くか、シート「専攻医」に行を",
            ),
            (Language::En, "a name of [[courses]] in program.toml.", "a name of the sheet “courses”."),
            (
                Language::En,
                "Add [intake] to program.toml, or rows to residents.csv.",
                "Add the sheet “intake”, or rows to the sheet “residents”.",
            ),
            (Language::En, "named in program.toml, under", "named in the sheet “program”, under"),
        ] {
            assert_eq!(in_sheets(text, &Catalogue::new(language)).to_lowercase(), expected.to_lowercase());
        }
    }
}
