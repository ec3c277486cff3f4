//! KEYs: what of a scenario a what-if can change, and how people write it.

use serde::Serialize;

use crate::language::Message;
use crate::regulation::{INTAKE_CAP, RULES};

use super::super::model::Scenario;
use super::super::place::Place;
use crate::tables::catalogue::{
    CASES, CHANGING_COLUMNS, Column, FACILITIES, ORDER, PART_MIN, REQUIREMENTS, RESIDENTS, SECTIONS,
    STAFFING, STAYS, TableSpec, table_of_file,
};
use crate::tables::value::{self, hint, normal};

/// Something of a scenario that can be changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Key {
    /// A value of `program.toml` under its dotted path.
    Program(Vec<String>),
    /// A field of a case item or of a part of one.
    Case {
        id: String,
        field: String,
    },
    /// All goals, in their order.
    Goals,
    /// A file in the place of `locks.csv`.
    Locks,
    /// A cell of `facilities.csv`, or a row of `facility_changes.csv`.
    Facility {
        id: String,
        column: String,
        from: Option<String>,
    },
    /// A cell of `residents.csv`.
    Resident {
        id: String,
        column: String,
    },
    /// A cell of `sections.csv`, or a row of `facility_changes.csv`.
    Section {
        facility: String,
        id: String,
        column: String,
        from: Option<String>,
    },
    /// A cell of a table of rules.
    Rule {
        file: &'static str,
        row: RuleRow,
        column: String,
    },
    AddFacility,
    RemoveFacility,
    AddResident,
    RemoveResident,
    /// A row for one of the anonymous residents: the intake stays as it is. Not for people.
    Anonymous,
    /// A cell of a table, by row and column as [`rows`](super::rows) has them. Not for people.
    Cell {
        file: &'static str,
        row: usize,
        column: usize,
    },
    /// A row more at the end of a table, which is made where it is missing; or a row that goes. Not for people.
    AddRow(&'static str),
    RemoveRow {
        file: &'static str,
        row: usize,
    },
    /// The text of a whole file, lines ending in `\n`. Not for people.
    File(&'static str),
    /// A row of `locks.csv`. Not for people.
    AddLock,
    /// The rows of `locks.csv` that say just this. Not for people.
    Lock {
        resident: String,
        facility: String,
        /// Empty: the whole facility.
        section: String,
        start: String,
        months: String,
        kind: &'static str,
    },
    /// The months of a leave that begins then, or its row, which may be a new one. Not for people.
    Leave {
        resident: String,
        start: String,
    },
    /// All that tables beside `residents.csv` say of a resident. Not for people.
    About(String),
}

/// A row of a table of rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum RuleRow {
    Id(String),
    /// Of a table whose rows have no ids: counted from 1.
    Number(usize),
}

/// Fields of a case item, or of a part of one.
fn case_fields(is_part: bool) -> impl Iterator<Item = &'static str> {
    let amounts = CASES.columns.iter().filter(|column| column.is_amount()).map(|column| column.id);
    amounts.filter(move |field| (*field == PART_MIN) == is_part)
}

/// The keys of one scenario.
#[derive(Debug, Clone)]
pub struct Known {
    facilities: Vec<String>,
    volumes: Vec<String>,
    residents: Vec<String>,
    /// Every key as people write it, for the nearest known one; changes of later months aside.
    keys: Vec<String>,
}

impl Known {
    pub fn of(scenario: &Scenario) -> Self {
        let facilities: Vec<String> = scenario.facilities.iter().map(|f| f.id.clone()).collect();
        let rows = scenario.residents.iter().filter(|resident| !resident.anonymous);
        let residents: Vec<String> = rows.map(|resident| resident.id.clone()).collect();
        let volumes = scenario.volumes.clone();
        let mut keys: Vec<String> = Vec::new();
        let last = scenario.last_intake_year().max(scenario.first_year + 5);
        keys.extend((scenario.first_year..=last).map(|year| format!("intake.{year}")));
        keys.extend(RULES.iter().map(|row| format!("rules.{}", row.key)));
        keys.extend(INTAKE_CAP.iter().map(|row| format!("rules.intake_cap.{}", row.key)));
        keys.extend(volumes.iter().map(|volume| format!("rules.intake_cap.{volume}")));
        keys.extend(volumes.iter().map(|volume| format!("printed_totals.{volume}")));
        keys.extend(scenario.courses.iter().map(|course| format!("course_mix.{}", course.id)));
        for case in &scenario.cases {
            let fields = case_fields(case.part_of.is_some());
            keys.extend(fields.map(|field| format!("cases.{}.{field}", case.id)));
        }
        for key in [
            "printed_totals.supervisors",
            "program.training_months",
            "program.year_starts_in_month",
            "horizon.first_year",
            "goals",
            "locks",
            "facilities.add",
            "facilities.remove",
            "residents.add",
            "residents.remove",
        ] {
            keys.push(key.to_string());
        }
        for id in &facilities {
            let columns = FACILITIES.facts().map(str::to_string).chain(volumes.iter().cloned());
            keys.extend(columns.map(|column| format!("facilities.{id}.{column}")));
        }
        for ix in scenario.section_ixs() {
            let place =
                scenario.place_id(Place { facility: scenario.section(ix).facility, section: Some(ix) });
            let columns = SECTIONS.facts().filter(|column| *column != "facility");
            keys.extend(columns.map(|column| format!("sections.{place}.{column}")));
        }
        for (table, rows) in rule_rows(scenario) {
            let columns = || table.facts().map(|column| column.to_string());
            keys.extend(
                rows.iter().flat_map(|row| columns().map(move |it| format!("{}.{row}.{it}", table.id))),
            );
        }
        for course in &scenario.courses {
            let years = scenario.first_year..=last;
            keys.extend(years.map(|year| format!("course_intake.{}.{year}", course.id)));
        }
        for id in &residents {
            keys.extend(RESIDENTS.facts().map(|column| format!("residents.{id}.{column}")));
        }
        Self { facilities, volumes, residents, keys }
    }

    /// Reads a key.
    ///
    /// # Errors
    /// That there is none such, with the nearest there is; or that its month is no month.
    pub fn key(&self, text: &str) -> Result<Key, Message> {
        let text = normal(text);
        let unknown = |near: &str| {
            let hint = hint(near, self.keys.iter().map(String::as_str));
            Message::new("whatif-unknown-key").text("key", &text).message("hint", hint)
        };
        let (plain, from) = match text.rsplit_once('@') {
            Some((plain, from)) => (plain, Some(from)),
            None => (text.as_str(), None),
        };
        let year = plain.strip_prefix("intake.").is_some_and(|year| value::year(year).is_ok());
        if !year && !self.keys.iter().any(|key| key == plain) {
            return Err(unknown(plain));
        }
        let key = self.parsed(plain).ok_or_else(|| unknown(plain))?;
        match (key, from) {
            (key, None) => Ok(key),
            (Key::Section { facility, id, column, .. }, Some(from))
                if ["seats", "min_residents"].contains(&column.as_str()) =>
            {
                value::month(from)?;
                Ok(Key::Section { facility, id, column, from: Some(from.to_string()) })
            }
            (Key::Facility { id, column, .. }, Some(from)) if self.is_dated(&column) => {
                value::month(from)?;
                Ok(Key::Facility { id, column, from: Some(from.to_string()) })
            }
            (_, Some(_)) => Err(Message::new("whatif-key-not-dated").text("key", plain)),
        }
    }

    fn is_dated(&self, column: &str) -> bool {
        CHANGING_COLUMNS.contains(&column) || self.volumes.iter().any(|volume| volume == column)
    }

    /// The parts of a key that is known; ids may hold dots.
    fn parsed(&self, text: &str) -> Option<Key> {
        let (first, rest) = text.split_once('.').unwrap_or((text, ""));
        Some(match (first, rest) {
            ("goals", "") => Key::Goals,
            ("locks", "") => Key::Locks,
            ("facilities", "add") => Key::AddFacility,
            ("facilities", "remove") => Key::RemoveFacility,
            ("residents", "add") => Key::AddResident,
            ("residents", "remove") => Key::RemoveResident,
            ("facilities", _) => {
                let (id, column) = self.id_and_column(&self.facilities, rest)?;
                Key::Facility { id, column, from: None }
            }
            ("residents", _) => {
                let (id, column) = self.id_and_column(&self.residents, rest)?;
                Key::Resident { id, column }
            }
            ("sections", _) => {
                let (place, column) = rest.rsplit_once('.')?;
                let (facility, id) = place.rsplit_once('/')?;
                let [facility, id, column] = [facility, id, column].map(str::to_string);
                Key::Section { facility, id, column, from: None }
            }
            ("course_intake", _) => {
                let (course, year) = rest.rsplit_once('.')?;
                Key::Program(["course_intake", course, year].map(str::to_string).to_vec())
            }
            (table, _) if RULE_TABLES.iter().any(|known| known.id == table) => {
                let table = RULE_TABLES.into_iter().find(|known| known.id == table)?;
                let (row, column) = rest.rsplit_once('.')?;
                let row = match table.column("id") {
                    Some(_) => RuleRow::Id(row.to_string()),
                    None => RuleRow::Number(row.parse().ok()?),
                };
                Key::Rule { file: table.file, row, column: column.to_string() }
            }
            ("cases", _) => {
                let (id, field) = rest.rsplit_once('.')?;
                Key::Case { id: id.to_string(), field: field.to_string() }
            }
            ("rules", _) => match rest.split_once('.') {
                Some((cap, name)) => Key::Program(["rules", cap, name].map(str::to_string).to_vec()),
                None => Key::Program(["rules", rest].map(str::to_string).to_vec()),
            },
            (_, _) => Key::Program([first, rest].map(str::to_string).to_vec()),
        })
    }

    fn id_and_column(&self, ids: &[String], text: &str) -> Option<(String, String)> {
        ids.iter().find_map(|id| {
            let column = text.strip_prefix(id.as_str())?.strip_prefix('.')?;
            let known = FACILITIES.facts().chain(RESIDENTS.facts()).any(|known| known == column)
                || self.volumes.iter().any(|volume| volume == column);
            known.then(|| (id.clone(), column.to_string()))
        })
    }
}

/// Tables of rules of which single cells can be varied.
const RULE_TABLES: [&TableSpec; 4] = [&REQUIREMENTS, &STAYS, &ORDER, &STAFFING];

/// The rows of each, by id or by number.
fn rule_rows(scenario: &Scenario) -> [(&'static TableSpec, Vec<String>); 4] {
    let numbers = |count: usize| (1..=count).map(|number| number.to_string()).collect();
    [
        (&REQUIREMENTS, scenario.requirements.iter().map(|row| row.id.clone()).collect()),
        (&STAYS, numbers(scenario.stay_rules.len())),
        (&ORDER, numbers(scenario.order_rules.len())),
        (&STAFFING, scenario.staffing.iter().map(|row| row.id.clone()).collect()),
    ]
}

impl Key {
    /// Whether rows go or come.
    pub(super) fn is_row(&self) -> bool {
        matches!(
            self,
            Self::AddFacility
                | Self::RemoveFacility
                | Self::AddResident
                | Self::RemoveResident
                | Self::Anonymous
        )
    }

    /// Whether the value is the path of a file.
    pub fn is_file(&self) -> bool {
        *self == Self::Locks
    }

    /// Whether the value is an amount, of which there can be more or less.
    pub fn is_amount(&self) -> bool {
        match self {
            Self::Program(path) => match path.iter().map(String::as_str).collect::<Vec<_>>()[..] {
                ["rules", key] => RULES.iter().any(|rule| rule.key == key && rule.kind.is_amount()),
                // Its other keys are volumes.
                ["rules", _, key] => {
                    INTAKE_CAP.iter().find(|rule| rule.key == key).is_none_or(|rule| rule.kind.is_amount())
                }
                _ => true,
            },
            Self::Case { .. } => true,
            Self::Section { column, .. } => SECTIONS.column(column).is_some_and(Column::is_amount),
            Self::Rule { file, column, .. } => {
                table_of_file(file).and_then(|table| table.column(column)).is_some_and(Column::is_amount)
            }
            // What is no column of the catalogue is a volume.
            Self::Facility { column, .. } => FACILITIES.column(column).is_none_or(Column::is_amount),
            _ => false,
        }
    }

    /// Whether the value is a row.
    pub fn adds_row(&self) -> bool {
        matches!(self, Self::AddFacility | Self::AddResident)
    }
}
