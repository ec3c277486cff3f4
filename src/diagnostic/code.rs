//! The stable codes of everything the reader can find.
//!
//! A code is the key of its message in the catalogues, whose attribute `.remedy` says what to write
//! instead. Codes may be added; a published one keeps its meaning. Tests hold that each has words
//! in both languages and that each is met by at least one bad scenario.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal;)*) => {
        $($(#[$doc])* pub const $name: &str = $id;)*
        /// Every code, in the order of this file.
        pub const ALL: &[&str] = &[$($name),*];
    };
}

codes! {
    // The folder and its files.
    FOLDER_MISSING = "folder-missing";
    FOLDER_IS_FILE = "folder-is-file";
    FILE_MISSING = "file-missing";
    FILE_UNREADABLE = "file-unreadable";
    FILE_TOO_LARGE = "file-too-large";
    /// Neither UTF-8 nor CP932, or with characters no text has.
    FILE_NOT_TEXT = "file-not-text";
    /// UTF-8 but for some bytes.
    FILE_DAMAGED = "file-damaged";
    /// A warning: a table that nobody reads, likely a misspelt name.
    FILE_UNKNOWN = "file-unknown";
    /// A warning: a table under a name, or in a form, in which it is not read.
    FILE_NOT_READ = "file-not-read";
    /// A note: a file that `kenshu` itself writes lies among the input.
    FILE_IS_OUTPUT = "file-is-output";
    TOO_MANY_FINDINGS = "too-many-findings";

    // Workbooks.
    /// An old workbook, one with a password, or no workbook at all.
    WORKBOOK_NOT_XLSX = "workbook-not-xlsx";
    /// More than any program has, and more than is safe to read.
    WORKBOOK_TOO_LARGE = "workbook-too-large";
    WORKBOOK_BROKEN = "workbook-broken";
    SHEET_MISSING = "sheet-missing";
    /// Two sheets are the same table.
    SHEET_TWICE = "sheet-twice";
    /// A warning: a sheet that nobody reads, likely a misspelt name.
    SHEET_UNKNOWN = "sheet-unknown";
    /// A note: sheets of the user's own.
    SHEET_UNREAD = "sheet-unread";
    /// A formula whose result is an error.
    CELL_ERROR = "cell-error";
    /// A formula without a result.
    CELL_NOT_CALCULATED = "cell-not-calculated";
    /// A warning: only the first of merged cells holds a value.
    CELL_MERGED = "cell-merged";

    // Forms that residents fill in.
    /// A note: a file among the forms that is none.
    FORM_NOT_ONE = "form-not-one";
    /// A form that another version of this program made.
    FORM_VERSION = "form-version";
    /// A warning.
    FORM_OF_ANOTHER_PROGRAM = "form-of-another-program";
    /// A warning: nobody of that id is asked.
    FORM_OF_NOBODY = "form-of-nobody";
    /// The id that is shown is not that of the form.
    FORM_ID_CHANGED = "form-id-changed";
    /// Two forms of a resident say different things.
    FORM_TWICE = "form-twice";
    /// What somebody else entered meanwhile stays.
    FORM_KEPT = "form-kept";
    FORM_KEPT_LEAVE = "form-kept-leave";
    /// A leave that begins before the first decided month.
    FORM_LEAVE_PAST = "form-leave-past";
    /// With the answer the tables would be no program.
    FORM_REFUSED = "form-refused";

    // Tables.
    TABLE_NO_HEADER = "table-no-header";
    TABLE_EMPTY = "table-empty";
    TABLE_TOO_LARGE = "table-too-large";
    /// Separated by tabs or semicolons instead of commas.
    TABLE_SEPARATOR = "table-separator";
    QUOTE_OPEN = "quote-open";
    /// Text of a cell outside its quotation marks.
    QUOTE_STRAY = "quote-stray";
    /// A warning: a quoted cell holds lines that look like rows.
    QUOTE_SPANS_ROWS = "quote-spans-rows";
    HEADER_EMPTY = "header-empty";
    UNKNOWN_COLUMN = "unknown-column";
    /// A note: columns of the user's own, which change nothing.
    COLUMN_UNREAD = "column-unread";
    MISSING_COLUMN = "missing-column";
    DUPLICATE_COLUMN = "duplicate-column";
    ROW_TOO_LONG = "row-too-long";

    // Single values, in tables and in program.toml.
    VALUE_EMPTY = "value-empty";
    TEXT_TOO_LONG = "text-too-long";
    /// A control character, which TOML can write as an escape.
    TEXT_CONTROL = "text-control";
    ID_MALFORMED = "id-malformed";
    DUPLICATE_ID = "duplicate-id";
    NUMBER_MALFORMED = "number-malformed";
    NUMBER_NOT_FINITE = "number-not-finite";
    NUMBER_SEPARATOR = "number-separator";
    NUMBER_DECIMAL_COMMA = "number-decimal-comma";
    NUMBER_NEGATIVE = "number-negative";
    NUMBER_NOT_WHOLE = "number-not-whole";
    NUMBER_TOO_FINE = "number-too-fine";
    NUMBER_OUT_OF_RANGE = "number-out-of-range";
    MONTH_MALFORMED = "month-malformed";
    /// A day that is not the first of a month.
    MONTH_DAY = "month-day";
    UNKNOWN_PREFECTURE = "unknown-prefecture";
    /// Several have the name that stands for an id.
    NAME_AMBIGUOUS = "name-ambiguous";
    /// A warning, once a table: an id that a spreadsheet had turned into a date was taken back.
    ID_WAS_DATE = "id-was-date";
    UNKNOWN_WORD = "unknown-word";
    UNKNOWN_FACILITY = "unknown-facility";
    UNKNOWN_COURSE = "unknown-course";
    UNKNOWN_RESIDENT = "unknown-resident";
    UNKNOWN_CASE = "unknown-case";
    /// A name in a selector of places.
    UNKNOWN_PLACE = "unknown-place";
    UNKNOWN_SECTION = "unknown-section";
    /// A section of a facility that has none.
    SECTION_NONE = "section-none";
    /// An id that selectors could not name.
    SECTION_ID = "section-id";
    /// A warning: nobody is planned at an associated facility.
    SECTION_ASSOCIATED = "section-associated";
    /// A name in a selector of residents.
    UNKNOWN_WHO = "unknown-who";
    /// A training year in a selector that is not asked month by month.
    WHO_YEAR = "who-year";
    SELECTOR_MALFORMED = "selector-malformed";
    SELECTOR_AMBIGUOUS = "selector-ambiguous";
    /// A warning: no place at any time.
    SELECTOR_EMPTY = "selector-empty";
    /// A part, a past or a demanded placement at an associated facility.
    ASSOCIATED_PLACED = "associated-placed";
    /// A warning, in `placements.csv`: a column says otherwise than the row's ids and months.
    PLACEMENT_CONTRADICTS = "placement-contradicts";

    // program.toml.
    TOML_SYNTAX = "toml-syntax";
    DUPLICATE_KEY = "duplicate-key";
    UNKNOWN_KEY = "unknown-key";
    MISSING_KEY = "missing-key";
    WRONG_TYPE = "wrong-type";
    NO_COURSES = "no-courses";
    PART_MALFORMED = "part-malformed";
    PART_STEP = "part-step";
    COURSE_YEAR_COUNT = "course-year-count";
    COURSE_YEAR_SUM = "course-year-sum";
    /// A warning: the repetition is left out.
    PATTERN_DUPLICATE = "pattern-duplicate";
    /// A warning: nobody can follow the pattern.
    PATTERN_BREAKS_RULE = "pattern-breaks-rule";
    GOALS_EMPTY = "goals-empty";
    GOAL_DUPLICATE = "goal-duplicate";
    GOAL_MEASURE = "goal-measure";
    COURSE_MIX_EMPTY = "course-mix-empty";
    CASE_SUPPLEMENT = "case-supplement";
    CASE_PARTS = "case-parts";
    CASE_BY_YEAR = "case-by-year";
    CASE_BY_YEAR_LONG = "case-by-year-long";
    PRINTED_TOTAL_MISSING = "printed-total-missing";
    VOLUME_COLUMN_MISSING = "volume-column-missing";
    VOLUME_NAME_TAKEN = "volume-name-taken";
    INTAKE_WITHOUT_HISTORY = "intake-without-history";
    INTAKE_BELOW_ROWS = "intake-below-rows";
    TOO_MANY_RESIDENTS = "too-many-residents";
    TOO_MANY_FACILITIES = "too-many-facilities";
    TOO_MANY_SECTIONS = "too-many-sections";
    /// A list of `program.toml`.
    TOO_MANY_ENTRIES = "too-many-entries";
    /// A warning: there is nobody to place.
    NO_RESIDENTS = "no-residents";

    // Facilities, residents, history, locks.
    /// A warning: patterns ask for the core and there is none.
    NO_CORE_FACILITY = "no-core-facility";
    /// A warning: the standard knows one.
    SEVERAL_CORES = "several-cores";
    CHANGE_COLUMN = "change-column";
    CHANGE_DUPLICATE = "change-duplicate";
    /// A warning: nobody is in training any more.
    CHANGE_TOO_LATE = "change-too-late";
    WISH_DUPLICATE = "wish-duplicate";
    WISH_NOT_AFFILIATE = "wish-not-affiliate";
    ENTRY_CONTRADICTS = "entry-contradicts";
    TRAINING_OVER = "training-over";
    HISTORY_MISSING = "history-missing";
    HISTORY_GAP = "history-gap";
    HISTORY_OVERLAP = "history-overlap";
    HISTORY_OUTSIDE = "history-outside";
    HISTORY_NEWCOMER = "history-newcomer";
    /// `who` of a course is a list without a name.
    COURSE_WHO_EMPTY = "course-who-empty";
    COURSE_WHO_UNKNOWN = "course-who-unknown";
    /// A course fixed for somebody it is not kept for.
    COURSE_CLOSED = "course-closed";
    COURSE_WISH_CLOSED = "course-wish-closed";
    /// A course fixed for more residents than may be on it.
    COURSE_INTAKE = "course-intake";
    /// Courses of different length are open to somebody whose course is to be decided.
    COURSE_LENGTHS = "course-lengths";
    /// Somebody for whom nothing is planned.
    HISTORY_NO_COURSE = "history-no-course";
    /// A row of history in a month of leave without a seat.
    HISTORY_IN_LEAVE = "history-in-leave";
    LEAVE_OVERLAP = "leave-overlap";
    LEAVE_BEFORE_ENTRY = "leave-before-entry";
    /// A leave or a resignation after the last month of training.
    LEAVE_AFTER_END = "leave-after-end";
    LEAVE_AFTER_RESIGNATION = "leave-after-resignation";
    LEAVE_TOO_LATE = "leave-too-late";
    LEAVE_HOURS_MISSING = "leave-hours-missing";
    LEAVE_HOURS_CONTRADICT = "leave-hours-contradict";
    /// A cell that means nothing in a row of its kind.
    LEAVE_CELL_UNUSED = "leave-cell-unused";
    RESIGNED_TWICE = "resigned-twice";
    RESIGNED_BEFORE_ENTRY = "resigned-before-entry";
    LOCK_OUTSIDE = "lock-outside";
    /// A lock of somebody who left before the first decided year.
    LOCK_NOTHING_DECIDED = "lock-nothing-decided";
    /// A demand in a month of leave without a seat.
    LOCK_IN_LEAVE = "lock-in-leave";
    LOCK_CONTRADICTION = "lock-contradiction";
    LOGGED_NEWCOMER = "logged-newcomer";
    LOGGED_DUPLICATE = "logged-duplicate";
    LOGGED_ABOVE_VOLUME = "logged-above-volume";
    LOGGED_PARTS = "logged-parts";
    /// A warning: the needs of residents under way count in full.
    LOGGED_MISSING = "logged-missing";

    // Rules that tables say.
    WINDOW_MALFORMED = "window-malformed";
    /// A row without a bound.
    REQUIREMENT_UNBOUNDED = "requirement-unbounded";
    REQUIREMENT_OF_MONTHS = "requirement-of-months";
    /// A warning: a minimum for which a course has no room.
    REQUIREMENT_ABOVE_COURSE = "requirement-above-course";
    /// Minima that together are more than a training.
    REQUIREMENTS_TOGETHER = "requirements-together";
    BOUNDS_CROSSED = "bounds-crossed";
    /// A row that limits nothing.
    STAYS_NOTHING = "stays-nothing";
    STAYS_STEP_FITS_NOWHERE = "stays-step-fits-nowhere";
    /// A warning: part of the bound can never be reached.
    STAYS_STEP_DIVIDES_NOT = "stays-step-divides-not";
    /// Rows of a table of which one rules out the other.
    RULES_CONTRADICT = "rules-contradict";
    ORDER_SAME = "order-same";
    STAFFING_UNTIL = "staffing-until";
    POINTS_MALFORMED = "points-malformed";
    UNKNOWN_RECORD = "unknown-record";
    RECORD_BEFORE_ENTRY = "record-before-entry";
}
