//! Forms: a small workbook that asks one resident for wishes and leaves, and what comes back in it.
//!
//! The sheet to fill in is found by the keys in its hidden first column, so rows may be moved or added. A sheet
//! that nobody sees says whose form it is, of which program, and what stood in it when it was handed out: only
//! what differs from that was entered by the resident.

mod read;
mod write;

use std::collections::BTreeMap;

use crate::diagnostic::Place;

pub use read::{NoForm, read};
pub use write::write;

/// The sheet that nobody sees, which makes a workbook a form.
const HIDDEN: &str = "_form";
/// What its first cell says.
const MARK: &str = "kenshu form";
/// What this program writes and reads.
const VERSION: &str = "1";

/// What a row asks for; its key stands in the first column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// Shown, not asked: the resident's id.
    Resident,
    Course,
    Facility,
    Leave,
    Remark,
    /// Whether the form is filled in, also where nothing changes.
    Done,
}

impl Asked {
    const ALL: [Self; 6] =
        [Self::Resident, Self::Course, Self::Facility, Self::Leave, Self::Remark, Self::Done];

    fn key(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Course => "course_wish",
            Self::Facility => "facility_wish",
            Self::Leave => "leave",
            Self::Remark => "remark",
            Self::Done => "done",
        }
    }
}

/// Cells of a row of leave: kind, first month, months, hours a week, hours.
pub const LEAVE_CELLS: usize = 5;

/// A row of leave as the cells have it.
pub type LeaveRow = [String; LEAVE_CELLS];

/// A form to be handed out; names, courses and kinds in the words of its language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// The id of the program.
    pub program: String,
    pub program_name: String,
    /// The id.
    pub resident: String,
    pub name: String,
    /// The course, where it is given and no wish is asked for.
    pub course: Option<String>,
    /// What can be wished for.
    pub courses: Vec<String>,
    pub facilities: Vec<String>,
    /// The month from which on leaves are asked for, as an example of how to write one.
    pub from: String,
    pub course_wishes: Vec<String>,
    pub facility_wishes: Vec<String>,
    pub leaves: Vec<LeaveRow>,
}

/// A cell that was filled in, and where it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Trimmed.
    pub text: String,
    pub place: Place,
}

/// A form that came back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    /// The file as the user knows it.
    pub file: String,
    /// Of the hidden sheet.
    pub program: String,
    pub resident: String,
    /// The id that is shown, where it still is.
    pub shown: Option<Cell>,
    /// Rows of the same key in their order, each with its cells from the first to fill in; blank ones included.
    pub rows: BTreeMap<Asked, Vec<Vec<Cell>>>,
    /// What stood in the cells when the form was handed out, rows joined by line ends and cells by `|`.
    pub before: BTreeMap<Asked, String>,
}

impl Filled {
    /// What a part of the form says now, in the form of `before`: blank rows left out.
    pub fn now(&self, asked: Asked) -> String {
        let rows = self.rows.get(&asked).into_iter().flatten();
        joined(rows.map(|row| row.iter().map(|cell| cell.text.as_str())))
    }

    /// Whether the form was handed out with a part: one that asks for no courses says nothing of them.
    pub fn asks(&self, asked: Asked) -> bool {
        self.before.contains_key(&asked)
    }

    /// Whether a part says something else than when the form was handed out.
    pub fn differs(&self, asked: Asked) -> bool {
        self.before.get(&asked).is_some_and(|before| *before != self.now(asked))
    }
}

/// Rows as one text by which parts are compared.
fn joined<'a>(rows: impl Iterator<Item = impl Iterator<Item = &'a str>>) -> String {
    let row = |cells: Vec<&str>| cells.join("|").trim_end_matches('|').to_string();
    let rows: Vec<String> = rows.map(|cells| row(cells.collect())).filter(|row| !row.is_empty()).collect();
    rows.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Catalogue, Language};

    fn form() -> Form {
        let texts = |list: &[&str]| list.iter().map(ToString::to_string).collect();
        Form {
            program: "sample".to_string(),
            program_name: "見本 <1>".to_string(),
            resident: "Y2025-01".to_string(),
            name: "=髙﨑".to_string(),
            course: None,
            courses: texts(&["A 基本", "B \"連携\""]),
            facilities: texts(&["足利赤十字病院", "けいゆう病院, 別館"]),
            from: "2025-04".to_string(),
            course_wishes: texts(&["B \"連携\""]),
            facility_wishes: texts(&["けいゆう病院, 別館", "足利赤十字病院"]),
            leaves: vec![["出産", "2025-06", "3", "", ""].map(str::to_string)],
        }
    }

    #[test]
    fn what_is_handed_out_comes_back() {
        for language in Language::ALL {
            let catalogue = Catalogue::new(language);
            let bytes = write(&form(), &catalogue).unwrap();
            assert!(bytes == write(&form(), &catalogue).unwrap(), "the same bytes");
            let filled = read("a.xlsx", &bytes).unwrap();
            assert_eq!((filled.program.as_str(), filled.resident.as_str()), ("sample", "Y2025-01"));
            assert_eq!(filled.shown.as_ref().unwrap().text, "Y2025-01");
            assert_eq!(filled.now(Asked::Facility), "けいゆう病院, 別館\n足利赤十字病院");
            assert_eq!(filled.now(Asked::Leave), "出産|2025-06|3");
            for asked in [Asked::Course, Asked::Facility, Asked::Leave] {
                assert!(filled.asks(asked) && !filled.differs(asked), "{asked:?}");
            }
            let place = &filled.rows[&Asked::Course][0][0].place;
            assert!(place.file.starts_with("a.xlsx [") && place.cell.is_some(), "{place:?}");
        }
    }

    #[test]
    fn a_course_that_is_given_is_not_asked_for() {
        let form = Form { course: Some("A 基本".to_string()), courses: Vec::new(), ..form() };
        let bytes = write(&form, &Catalogue::new(Language::Ja)).unwrap();
        assert!(!read("a.xlsx", &bytes).unwrap().asks(Asked::Course));
    }

    #[test]
    fn other_workbooks_are_no_forms() {
        let bytes = rust_xlsxwriter::Workbook::new().save_to_buffer().unwrap();
        assert_eq!(read("a.xlsx", &bytes).unwrap_err(), NoForm::Other);
        assert!(matches!(read("a.xlsx", b"PK\x03\x04").unwrap_err(), NoForm::Unreadable(_)));
    }
}
