//! The catalogue of tables: every table of a program, every column, and what its cells hold.
//!
//! One list for everybody who has to know: readers find their columns by it, and whoever writes a table,
//! a sheet to fill in or a page of the manual takes headings, explanations, choices and examples from
//! it. Words are in the message catalogues: a column's key says its heading, the attribute `.about`
//! explains it in a sentence, and `.also` lists other headings people give it, separated by `|`.

use std::ops::RangeInclusive;
use std::sync::OnceLock;

use super::limits;
use crate::language::{Language, spelling};

/// A table of a program: a file of a folder, a sheet of a workbook.
#[derive(Debug, PartialEq, Eq)]
pub struct TableSpec {
    /// The name of the sheet, and of the file without its ending.
    pub id: &'static str,
    pub file: &'static str,
    /// Key of its title; `.about` says in a sentence what the table is for.
    pub key: &'static str,
    pub columns: &'static [Column],
    /// Whether `program.toml` names further columns: volumes of cases.
    pub has_volumes: bool,
    /// Whether a program cannot do without the table.
    pub required: bool,
}

/// A column of a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// The name in files, and in this code.
    pub id: &'static str,
    /// Key of the heading.
    pub key: &'static str,
    pub kind: Kind,
    /// Whether the table cannot be read without the column.
    pub required: bool,
    /// A cell as somebody would fill it in.
    pub example: &'static str,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// The id of the row, which other tables refer to.
    Id,
    /// Free text.
    Text,
    /// An academic year.
    Year,
    /// A calendar month.
    Month,
    /// A day or a month, of which the month counts.
    Date,
    /// A whole number within bounds, both included.
    Whole(RangeInclusive<u32>),
    /// A whole number that may be negative, up to a bound on either side.
    Integer(u32),
    /// A decimal from 0 up to a bound.
    Decimal(u32),
    /// One word of a fixed list.
    Word(&'static [Word]),
    /// The id, or the name where only one has it, of a row elsewhere.
    One(Subject),
    /// Several of them.
    List(Subject),
    /// What the column named in another cell of the row holds.
    Other,
}

/// What a cell refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Facility,
    Resident,
    Course,
    /// An item of case experience, or a part of one.
    Case,
    /// A column of `facilities.csv` that may change from a month on.
    ChangingColumn,
    /// A kind of record: one of [`RECORD_KINDS`], or one of `[completion]`.
    RecordKind,
}

/// A word that may stand in a cell: as files have it, and the key of how people write it.
#[derive(Debug, PartialEq, Eq)]
pub struct Word {
    pub id: &'static str,
    /// `.also` lists other spellings, separated by `|`.
    pub key: &'static str,
}

const fn word(id: &'static str, key: &'static str) -> Word {
    Word { id, key }
}

const fn need(id: &'static str, key: &'static str, kind: Kind, example: &'static str) -> Column {
    Column { id, key, kind, required: true, example }
}

const fn may(id: &'static str, key: &'static str, kind: Kind, example: &'static str) -> Column {
    Column { id, key, kind, required: false, example }
}

const SOURCE: Column = may("source", "heading-source", Kind::Text, "§2.1");
const NOTE: Column = may("note", "heading-note", Kind::Text, "");
const RESIDENT: Column = need("resident", "heading-resident", Kind::One(Subject::Resident), "Y2025-01");
const FACILITY: Column = need("facility", "heading-facility", Kind::One(Subject::Facility), "ashikaga");
const START: Column = need("start", "heading-start", Kind::Month, "2025-04");
const SECTION: Column = may("section", "heading-section", Kind::Text, "ivr");
const WHO: Column = may("who", "heading-who", Kind::Text, "B");
const WHERE: Column = need("where", "heading-where", Kind::Text, "core");
const KIND: Column = may("kind", "heading-force", Kind::Word(FORCES), "must");
const CLAUSE: Column = may("clause", "heading-clause-text", Kind::Text, "§7.3 [13]");
const MONTHS: Column = need("months", "heading-months", Kind::Whole(limits::STAY_MONTHS), "12");

/// A facility's role in the program.
pub const ROLES: &[Word] =
    &[word("core", "word-core"), word("affiliate", "word-affiliate"), word("associated", "word-associated")];

/// Accreditation by the society.
pub const ACCREDITATIONS: &[Word] = &[
    word("comprehensive", "word-comprehensive"),
    word("training", "word-training"),
    word("special", "word-special"),
    word("none", "word-none"),
];

/// What a lock demands.
const LOCK_KINDS: &[Word] = &[word("must", "word-must"), word("must-not", "word-must-not")];

/// What a requirement counts.
const COUNTS: &[Word] = &[
    word("months", "word-count-months"),
    word("stays", "word-count-stays"),
    word("facilities", "word-count-facilities"),
    word("places", "word-count-places"),
];

/// Whether a row has to be kept, or is worth a goal.
const FORCES: &[Word] = &[word("must", "word-force-must"), word("wish", "word-force-wish")];

/// Why somebody is away; `resigned`: for good.
pub const LEAVE_KINDS: &[Word] = &[
    word("childbirth", "word-childbirth"),
    word("illness", "word-illness"),
    word("part-time", "word-part-time"),
    word("abroad", "word-abroad"),
    word("graduate-school-clinical", "word-graduate-school-clinical"),
    word("graduate-school-research", "word-graduate-school-research"),
    word("resigned", "word-resigned"),
];

/// The standard's kinds of records (`regulation::Completion`).
pub const RECORD_KINDS: &[Word] = &[
    word("registration", "word-record-registration"),
    word("signature", "word-record-signature"),
    word("mid-year-report", "word-record-mid-year-report"),
    word("year-end-report", "word-record-year-end-report"),
    word("multi-profession", "word-record-multi-profession"),
    word("talk", "word-record-talk"),
    word("paper", "word-record-paper"),
    word("lecture", "word-record-lecture"),
    word("area", "word-record-area"),
    word("disease-group", "word-record-disease-group"),
    word("disease-case", "word-record-disease-case"),
    word("assessment", "word-record-assessment"),
];

/// What is made best.
pub const GOAL_WORDS: &[Word] = &[
    word("coverage", "word-goal-coverage"),
    word("course-wishes", "word-goal-course-wishes"),
    word("facility-wishes", "word-goal-facility-wishes"),
    word("repeats", "word-goal-repeats"),
    word("stability", "word-goal-stability"),
    word("requirements", "word-goal-requirements"),
    word("staffing", "word-goal-staffing"),
    word("points", "word-goal-points"),
];

/// How the residents' values become one.
pub const MEASURES: &[Word] = &[
    word("sum", "word-measure-sum"),
    word("worst", "word-measure-worst"),
    word("worst-first", "word-measure-worst-first"),
    word("sum-plus-worst", "word-measure-sum-plus-worst"),
];

/// Yes and no.
pub const FLAGS: &[Word] = &[word("true", "word-true"), word("false", "word-false")];

/// The facilities of the program, with supervisors and volumes of cases.
pub static FACILITIES: TableSpec = TableSpec {
    id: "facilities",
    file: "facilities.csv",
    key: "table-facilities",
    has_volumes: true,
    required: true,
    columns: &[
        need("id", "heading-facility-id", Kind::Id, "ashikaga"),
        may("name", "heading-facility-name", Kind::Text, "足利赤十字病院"),
        may("name_en", "heading-name-en", Kind::Text, "Japanese Red Cross Ashikaga Hospital"),
        may("prefecture", "heading-prefecture", Kind::Text, "栃木県"),
        need("role", "heading-role", Kind::Word(ROLES), "affiliate"),
        need("accreditation", "heading-accreditation", Kind::Word(ACCREDITATIONS), "training"),
        need("supervisors", "heading-supervisors", Kind::Decimal(limits::SUPERVISORS_MAX), "3.0"),
        may("seats", "heading-seats", Kind::Whole(limits::SEATS), "6"),
        may("min_residents", "heading-min-residents", Kind::Whole(limits::SEATS), "1"),
        may("tags", "heading-facility-tags", Kind::Text, "rural"),
        SOURCE,
        NOTE,
    ],
};

/// Sections (departments) of facilities.
pub static SECTIONS: TableSpec = TableSpec {
    id: "sections",
    file: "sections.csv",
    key: "table-sections",
    has_volumes: false,
    required: false,
    columns: &[
        FACILITY,
        need("id", "heading-section-id", Kind::Id, "ivr"),
        may("name", "heading-section-name", Kind::Text, "IVR部門"),
        may("name_en", "heading-name-en", Kind::Text, "Interventional radiology"),
        may("seats", "heading-section-seats", Kind::Whole(limits::SEATS), "2"),
        may("min_residents", "heading-section-min-residents", Kind::Whole(limits::SEATS), "1"),
        may("step_months", "heading-step-months", Kind::Whole(limits::STAY_MONTHS), "2"),
        may("cases", "heading-section-cases", Kind::List(Subject::Case), "ivr"),
        SOURCE,
        NOTE,
    ],
};

/// What changes at a facility at the start of a month.
pub static FACILITY_CHANGES: TableSpec = TableSpec {
    id: "facility_changes",
    file: "facility_changes.csv",
    key: "table-facility-changes",
    has_volumes: false,
    required: false,
    columns: &[
        FACILITY,
        need("from", "heading-from", Kind::Month, "2026-04"),
        need("column", "heading-changing-column", Kind::One(Subject::ChangingColumn), "supervisors"),
        need("value", "heading-value", Kind::Other, "2"),
        SOURCE,
        NOTE,
    ],
};

/// The columns of [`FACILITIES`] that may change from a month on, besides the volumes.
pub const CHANGING_COLUMNS: [&str; 4] = ["supervisors", "seats", "min_residents", "accreditation"];

/// The residents who are known by row.
pub static RESIDENTS: TableSpec = TableSpec {
    id: "residents",
    file: "residents.csv",
    key: "table-residents",
    has_volumes: false,
    required: false,
    columns: &[
        need("id", "heading-resident-id", Kind::Id, "Y2025-01"),
        may("name", "heading-resident-name", Kind::Text, ""),
        // One of the two has to be there.
        may("entry_year", "heading-entry-year", Kind::Year, "2025"),
        may("entry", "heading-entry", Kind::Month, "2025-10"),
        may("course", "heading-course", Kind::One(Subject::Course), "A"),
        may("course_wishes", "heading-course-wishes", Kind::List(Subject::Course), "B;A"),
        may("facility_wishes", "heading-facility-wishes", Kind::List(Subject::Facility), "ashikaga;keiyu"),
        may("graduate_school_from", "heading-graduate-school-from", Kind::Whole(limits::TRAINING_YEARS), "3"),
        may("tags", "heading-resident-tags", Kind::Text, "transfer"),
        NOTE,
    ],
};

/// Where residents were before the first decided month.
pub static HISTORY: TableSpec = TableSpec {
    id: "history",
    file: "history.csv",
    key: "table-history",
    has_volumes: false,
    required: false,
    columns: &[RESIDENT, FACILITY, START, MONTHS, SECTION, SOURCE, NOTE],
};

/// Where a resident has to be, or must not be.
pub static LOCKS: TableSpec = TableSpec {
    id: "locks",
    file: "locks.csv",
    key: "table-locks",
    has_volumes: false,
    required: false,
    columns: &[
        RESIDENT,
        FACILITY,
        START,
        MONTHS,
        need("kind", "heading-lock-kind", Kind::Word(LOCK_KINDS), "must"),
        SECTION,
        SOURCE,
        NOTE,
    ],
};

/// Who is away, or works less, or has left.
pub static LEAVES: TableSpec = TableSpec {
    id: "leaves",
    file: "leaves.csv",
    key: "table-leaves",
    has_volumes: false,
    required: false,
    columns: &[
        RESIDENT,
        need("kind", "heading-leave-kind", Kind::Word(LEAVE_KINDS), "childbirth"),
        START,
        MONTHS,
        may("hours_per_week", "heading-hours-per-week", Kind::Decimal(limits::HOURS_PER_WEEK_MAX), "20"),
        may("hours", "heading-hours", Kind::Whole(limits::HOURS), "400"),
        SOURCE,
        NOTE,
    ],
};

/// What residents under way have experienced.
pub static LOGGED_CASES: TableSpec = TableSpec {
    id: "logged_cases",
    file: "logged_cases.csv",
    key: "table-logged-cases",
    has_volumes: false,
    required: false,
    columns: &[
        RESIDENT,
        need("case", "heading-case", Kind::One(Subject::Case), "ct"),
        need("count", "heading-count", Kind::Whole(limits::CASES), "320"),
        SOURCE,
        NOTE,
    ],
};

/// What has been handed in, signed and reached besides cases.
pub static RECORDS: TableSpec = TableSpec {
    id: "records",
    file: "records.csv",
    key: "table-records",
    has_volumes: false,
    required: false,
    columns: &[
        RESIDENT,
        need("kind", "heading-record-kind", Kind::One(Subject::RecordKind), "signature"),
        need("date", "heading-record-date", Kind::Date, "2025-04"),
        may("count", "heading-record-count", Kind::Whole(limits::CASES), "1"),
        SOURCE,
        NOTE,
    ],
};

/// What a career has to hold, or should.
pub static REQUIREMENTS: TableSpec = TableSpec {
    id: "requirements",
    file: "requirements.csv",
    key: "table-requirements",
    has_volumes: false,
    required: false,
    columns: &[
        need("id", "heading-requirement-id", Kind::Id, "ivr4"),
        may("name", "heading-requirement-name", Kind::Text, "IVR 4 か月"),
        WHO,
        WHERE,
        may("when", "heading-when", Kind::Text, "year1"),
        may("count", "heading-requirement-count", Kind::Word(COUNTS), "months"),
        may("min", "heading-requirement-min", Kind::Whole(limits::AMOUNTS), "4"),
        may("max", "heading-requirement-max", Kind::Whole(limits::AMOUNTS), ""),
        may("of_months", "heading-of-months", Kind::Whole(limits::STAY_MONTHS), "24"),
        KIND,
        CLAUSE,
        NOTE,
    ],
};

/// What stays at certain places are like.
pub static STAYS: TableSpec = TableSpec {
    id: "stays",
    file: "stays.csv",
    key: "table-stays",
    has_volumes: false,
    required: false,
    columns: &[
        WHO,
        WHERE,
        may("months_min", "heading-stay-months-min", Kind::Whole(limits::STAY_MONTHS), "3"),
        may("months_max", "heading-stay-months-max", Kind::Whole(limits::STAY_MONTHS), "12"),
        may("step_months", "heading-stay-step", Kind::Whole(limits::STAY_MONTHS), ""),
        may("starts", "heading-stay-starts", Kind::Text, "1;4;7;10"),
        may("gap_months", "heading-gap-months", Kind::Whole(limits::AMOUNTS), ""),
        may("visits_max", "heading-visits-max", Kind::Whole(limits::STAY_MONTHS), "1"),
        CLAUSE,
        NOTE,
    ],
};

/// What comes before what.
pub static ORDER: TableSpec = TableSpec {
    id: "order",
    file: "order.csv",
    key: "table-order",
    has_volumes: false,
    required: false,
    columns: &[
        WHO,
        need("first", "heading-first", Kind::Text, "keio/ct-mri-ri"),
        need("months", "heading-order-months", Kind::Whole(limits::STAY_MONTHS), "3"),
        need("then", "heading-then", Kind::Text, "keio/ivr"),
        KIND,
        CLAUSE,
        NOTE,
    ],
};

/// How many residents of a kind are where.
pub static STAFFING: TableSpec = TableSpec {
    id: "staffing",
    file: "staffing.csv",
    key: "table-staffing",
    has_volumes: false,
    required: false,
    columns: &[
        need("id", "heading-staffing-id", Kind::Id, "seniors"),
        may("name", "heading-staffing-name", Kind::Text, ""),
        WHERE,
        may("who", "heading-staffing-who", Kind::Text, "year3"),
        may("from", "heading-staffing-from", Kind::Month, "2025-04"),
        may("until", "heading-staffing-until", Kind::Month, "2026-03"),
        may("min", "heading-staffing-min", Kind::Whole(limits::SEATS), "1"),
        may("max", "heading-staffing-max", Kind::Whole(limits::SEATS), ""),
        KIND,
        CLAUSE,
        NOTE,
    ],
};

/// What who would like.
pub static POINTS: TableSpec = TableSpec {
    id: "points",
    file: "points.csv",
    key: "table-points",
    has_volumes: false,
    required: false,
    columns: &[
        may("resident", "heading-points-resident", Kind::One(Subject::Resident), "Y2025-01"),
        need("where", "heading-points-where", Kind::Text, "ashikaga"),
        need("points", "heading-points", Kind::Integer(limits::POINTS_MAX), "3"),
        NOTE,
    ],
};

/// A plan: a row for each stay and academic year. It is written here and read back, also after editing.
pub static PLACEMENTS: TableSpec = TableSpec {
    id: "placements",
    file: "placements.csv",
    key: "table-placements",
    has_volumes: false,
    required: false,
    columns: &[
        RESIDENT,
        may("name", "heading-resident-name", Kind::Text, ""),
        may("entry_year", "heading-entry-year", Kind::Year, "2025"),
        may("course", "heading-course", Kind::One(Subject::Course), "A"),
        may("training_year", "heading-training-year", Kind::Whole(limits::TRAINING_YEARS), "1"),
        may("academic_year", "heading-academic-year", Kind::Year, "2025"),
        FACILITY,
        may("facility_name", "heading-facility-name", Kind::Text, "足利赤十字病院"),
        may("role", "heading-role", Kind::Word(ROLES), "affiliate"),
        START,
        MONTHS,
        may("leave", "heading-leave", Kind::Text, ""),
        SECTION,
        NOTE,
    ],
};

/// The file whose parts are sheets of a workbook, and sections of a folder's TOML.
pub const PROGRAM_FILE: &str = "program.toml";

const MEANING: Column = may("meaning", "heading-meaning", Kind::Text, "");
const KEY: Column = need("key", "heading-key", Kind::Text, "");
const SETTING: Column = need("value", "heading-setting", Kind::Other, "");

const KEY_COLUMNS: &[Column] = &[MEANING, KEY, SETTING, NOTE];

/// A sheet of keys and values.
const fn keys(id: &'static str, key: &'static str) -> TableSpec {
    TableSpec { id, file: PROGRAM_FILE, key, has_volumes: false, required: false, columns: KEY_COLUMNS }
}

/// `[program]` and `[horizon]`.
pub static PROGRAM: TableSpec = TableSpec { required: true, ..keys("program", "table-program") };

/// `[intake]`.
pub static INTAKE: TableSpec = TableSpec {
    id: "intake",
    file: PROGRAM_FILE,
    key: "table-intake",
    has_volumes: false,
    required: false,
    columns: &[
        need("year", "heading-intake-year", Kind::Year, "2025"),
        need("residents", "heading-intake", Kind::Whole(0..=2000), "6"),
        NOTE,
    ],
};

/// `[course_mix]`.
pub static COURSE_MIX: TableSpec = TableSpec {
    id: "course_mix",
    file: PROGRAM_FILE,
    key: "table-course-mix",
    has_volumes: false,
    required: false,
    columns: &[
        need("course", "heading-mix-course", Kind::One(Subject::Course), "A"),
        need("weight", "heading-weight", Kind::Whole(0..=1000), "1"),
        NOTE,
    ],
};

/// `[rules]`.
pub static RULES: TableSpec = keys("rules", "table-rules");

/// `[rules.intake_cap]`.
pub static INTAKE_CAP: TableSpec = keys("intake_cap", "table-intake-cap");

/// `[printed_totals]`.
pub static PRINTED_TOTALS: TableSpec = keys("printed_totals", "table-printed-totals");

/// Whatever else `program.toml` may say.
pub static SETTINGS: TableSpec = keys("settings", "table-settings");

const fn training_year(id: &'static str, key: &'static str, example: &'static str) -> Column {
    may(id, key, Kind::Text, example)
}

/// `[[courses]]`: a row for each pattern; further rows of a course are its alternatives.
pub static COURSES: TableSpec = TableSpec {
    id: "courses",
    file: PROGRAM_FILE,
    key: "table-courses",
    has_volumes: false,
    required: false,
    columns: &[
        need("id", "heading-course-id", Kind::Id, "A"),
        may("name", "heading-course-name", Kind::Text, ""),
        training_year("year1", "heading-year1", "core:12"),
        training_year("year2", "heading-year2", "core:8;affiliate:4"),
        training_year("year3", "heading-year3", "affiliate:12"),
        training_year("year4", "heading-year4", ""),
        training_year("year5", "heading-year5", ""),
        training_year("year6", "heading-year6", ""),
        training_year("year7", "heading-year7", ""),
        training_year("year8", "heading-year8", ""),
        training_year("year9", "heading-year9", ""),
        training_year("year10", "heading-year10", ""),
        may("tags", "heading-tags", Kind::Text, ""),
        may("who", "heading-course-who", Kind::Text, ""),
        NOTE,
    ],
};

/// The column of [`CASES`] that a part of an item has, and an item has not.
pub const PART_MIN: &str = "min";

/// `[[cases]]`: items of case experience, and parts of them.
pub static CASES: TableSpec = TableSpec {
    id: "cases",
    file: PROGRAM_FILE,
    key: "table-cases",
    has_volumes: false,
    required: false,
    columns: &[
        need("id", "heading-case-id", Kind::Id, "ivr"),
        may("name", "heading-case-name", Kind::Text, "IVR"),
        may("target", "heading-case-target", Kind::Whole(limits::CASES), "30"),
        may("supplement_max", "heading-supplement-max", Kind::Whole(limits::CASES), "0"),
        may("trainee_share", "heading-trainee-share", Kind::Decimal(1), "1"),
        may("part_of", "heading-part-of", Kind::Text, ""),
        may(PART_MIN, "heading-part-min", Kind::Whole(limits::CASES), ""),
        NOTE,
    ],
};

/// `[[goals]]`.
pub static GOALS: TableSpec = TableSpec {
    id: "goals",
    file: PROGRAM_FILE,
    key: "table-goals",
    has_volumes: false,
    required: false,
    columns: &[
        need("goal", "heading-goal", Kind::Word(GOAL_WORDS), "coverage"),
        need("measure", "heading-measure", Kind::Word(MEASURES), "sum"),
        NOTE,
    ],
};

/// The sheets that make `program.toml`, in the order in which people fill them in.
pub static PROGRAM_SHEETS: [&TableSpec; 10] = [
    &PROGRAM,
    &INTAKE,
    &COURSES,
    &COURSE_MIX,
    &RULES,
    &INTAKE_CAP,
    &CASES,
    &PRINTED_TOTALS,
    &GOALS,
    &SETTINGS,
];

/// The tables of a scenario, in the order in which people fill them in and findings are told.
pub static TABLES: [&TableSpec; 14] = [
    &FACILITIES,
    &SECTIONS,
    &FACILITY_CHANGES,
    &RESIDENTS,
    &HISTORY,
    &LOCKS,
    &LEAVES,
    &LOGGED_CASES,
    &RECORDS,
    &REQUIREMENTS,
    &STAYS,
    &ORDER,
    &STAFFING,
    &POINTS,
];

/// Every fixed list of words.
const VOCABULARIES: [&[Word]; 10] = [
    ROLES,
    ACCREDITATIONS,
    LOCK_KINDS,
    LEAVE_KINDS,
    RECORD_KINDS,
    COUNTS,
    FORCES,
    GOAL_WORDS,
    MEASURES,
    FLAGS,
];

impl TableSpec {
    /// The ids of the columns that must be there.
    pub fn required_columns(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.columns.iter().filter(|column| column.required).map(|column| column.id)
    }

    pub fn column(&self, id: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.id == id)
    }

    /// The columns that say something of a row: all but its id and the note, which nothing reads.
    pub(crate) fn facts(&self) -> impl Iterator<Item = &'static str> + use<> {
        let is_fact = |column: &&Column| column.kind != Kind::Id && **column != NOTE;
        self.columns.iter().filter(is_fact).map(|column| column.id)
    }
}

impl Column {
    /// Whether there can be more or less of what its cells hold.
    pub(crate) fn is_amount(&self) -> bool {
        matches!(self.kind, Kind::Whole(_) | Kind::Integer(_) | Kind::Decimal(_))
    }
}

impl TableSpec {
    /// Whether a sheet's name means this table: its id, or its title in either language.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let wanted = spelling::folded(name);
        std::iter::once(self.id.to_string())
            .chain(spelling::all(self.key))
            .any(|spelling| spelling::folded(&spelling) == wanted)
    }
}

/// The table a file holds.
pub fn table_of_file(file: &str) -> Option<&'static TableSpec> {
    TABLES.into_iter().find(|table| table.file == file)
}

/// Headings as people write them, and the columns they name.
pub(crate) struct Headings {
    /// Folded spellings: an id or what a language writes, before what else is read.
    spellings: Vec<(String, &'static Column)>,
}

impl Headings {
    pub fn of(table: &'static TableSpec) -> Self {
        let own = |column: &'static Column| {
            let written = Language::ALL.map(|language| spelling::written(language, column.key));
            std::iter::once(column.id.to_string()).chain(written).map(move |text| (text, column))
        };
        let also =
            |column: &'static Column| spelling::all(column.key).into_iter().map(move |text| (text, column));
        let all = table.columns.iter().flat_map(own).chain(table.columns.iter().flat_map(also));
        Self { spellings: all.map(|(text, column)| (spelling::folded(&text), column)).collect() }
    }

    /// The column a heading names; one that is written so goes before one that is also read so.
    pub fn find(&self, heading: &str) -> Option<&'static Column> {
        let wanted = spelling::folded(heading);
        self.spellings.iter().find(|(text, _)| *text == wanted).map(|(_, column)| *column)
    }

    /// Every spelling, for the nearest one.
    pub fn spellings(&self) -> impl Iterator<Item = &str> + Clone {
        self.spellings.iter().map(|(text, _)| text.as_str())
    }
}

/// The word of a list that a text means in either language.
pub(crate) fn word_of(text: &str) -> impl Iterator<Item = &'static str> {
    let wanted = spelling::folded(text);
    words().iter().filter(move |word| word.folded == wanted).map(|word| word.id)
}

/// The keys of words of one vocabulary in the catalogues of languages; empty if none has them all.
pub(crate) fn keys_of_words(ids: &[&str]) -> Vec<&'static str> {
    let key = |words: &'static [Word], id: &str| words.iter().find(|word| word.id == id).map(|word| word.key);
    let keys = |words| ids.iter().map(|id| key(words, id)).collect::<Option<Vec<_>>>();
    VOCABULARIES.into_iter().find_map(keys).unwrap_or_default()
}

/// The spellings of a word.
pub(crate) fn spellings_of(id: &str) -> impl Iterator<Item = &'static str> + Clone {
    words().iter().filter(move |word| word.id == id).map(|word| word.spelling.as_str())
}

/// A spelling of a word in the lists.
struct Spelt {
    id: &'static str,
    spelling: String,
    folded: String,
}

fn words() -> &'static [Spelt] {
    static WORDS: OnceLock<Vec<Spelt>> = OnceLock::new();
    let spelt = |word: &'static Word| {
        let spellings = spelling::all(word.key).into_iter();
        spellings.map(|spelling| Spelt { id: word.id, folded: spelling::folded(&spelling), spelling })
    };
    WORDS.get_or_init(|| VOCABULARIES.into_iter().flatten().flat_map(spelt).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::SHEETS;
    use std::collections::BTreeMap;

    #[test]
    fn every_heading_names_one_column() {
        for table in TABLES.into_iter().chain(PROGRAM_SHEETS).chain([&PLACEMENTS]) {
            let mut seen: BTreeMap<String, &str> = BTreeMap::new();
            for column in table.columns {
                let written = Language::ALL.map(|language| spelling::written(language, column.key));
                for text in written.iter().map(String::as_str).chain([column.id]) {
                    assert_ne!(text, column.key, "{} has no words", column.key);
                    let other = seen.insert(spelling::folded(text), column.id);
                    assert!(other.is_none_or(|other| other == column.id), "{}: {text}", table.id);
                    assert_eq!(
                        Headings::of(table).find(text).map(|found| found.id),
                        Some(column.id),
                        "{text}"
                    );
                }
            }
            assert!(table.column("note").is_some(), "{} has no note", table.id);
        }
    }

    #[test]
    fn words_know_the_sheet_of_every_table() {
        for table in TABLES {
            assert!(SHEETS.contains(&(table.file, table.key)), "{}", table.file);
        }
        for table in PROGRAM_SHEETS.into_iter().filter(|table| table.id != "program") {
            assert!(SHEETS.iter().any(|(_, key)| *key == table.key), "{}", table.id);
        }
    }

    #[test]
    fn every_sheet_name_means_one_table() {
        let all = || TABLES.into_iter().chain(PROGRAM_SHEETS).chain([&PLACEMENTS]);
        for table in all() {
            for name in spelling::all(table.key).iter().map(String::as_str).chain([table.id]) {
                let named: Vec<&str> =
                    all().filter(|other| other.is_called(name)).map(|other| other.id).collect();
                assert_eq!(named, [table.id], "{name}");
            }
        }
    }

    #[test]
    fn every_word_is_read_in_both_languages() {
        for list in VOCABULARIES {
            let mut seen: BTreeMap<String, &str> = BTreeMap::new();
            for word in list {
                for text in spelling::all(word.key).iter().map(String::as_str).chain([word.id]) {
                    let other = seen.insert(spelling::folded(text), word.id);
                    assert!(
                        other.is_none_or(|other| other == word.id),
                        "{text} means {other:?} and {}",
                        word.id
                    );
                }
                for language in Language::ALL {
                    let text = spelling::written(language, word.key);
                    assert!(word_of(&text).any(|id| id == word.id), "{text}");
                }
            }
        }
    }

    #[test]
    fn headings_are_found_however_they_are_typed() {
        let headings = Headings::of(&RESIDENTS);
        for (text, id) in [
            ("採用年度", Some("entry_year")),
            ("ＥＮＴＲＹ　ＹＥＡＲ", Some("entry_year")),
            ("Entry-Year", Some("entry_year")),
            ("希望施設", Some("facility_wishes")),
            ("メモ", Some("note")),
            ("血液型", None),
        ] {
            assert_eq!(headings.find(text).map(|column| column.id), id, "{text}");
        }
    }
}
