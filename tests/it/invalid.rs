//! Bad input, named by its defect: each yields exactly these findings at exactly these places.

use std::collections::BTreeSet;

use crate::scenario::Edit::{Append, Change, Remove, Replace, Write};
use crate::scenario::{Edit, edited, errors, short, valid};
use kenshu::internal::diagnostic::Findings;
use kenshu::internal::files::folder;
use kenshu::internal::language::{Catalogue, Language};
use kenshu::internal::output::diagnostics::render;
use kenshu::internal::scenario::{Sources, code, read};

/// Code, file, line (0: the whole file), cell or key.
type Expected = (&'static str, &'static str, usize, &'static str);

fn check(edits: &[Edit], expected: &[Expected]) {
    let (scenario, findings) = read(&edited(edits));
    let found = short(&findings);
    let found: Vec<(&str, &str, usize, &str)> =
        found.iter().map(|(code, file, line, cell)| (&**code, &**file, *line, &**cell)).collect();
    assert_eq!(found, expected);
    for language in [Language::Ja, Language::En] {
        let text = render(&findings, &Catalogue::new(language), false);
        assert!(!text.contains("{$") && !text.contains("{ $"), "an argument is missing: {text}");
    }
    assert_eq!(scenario.is_some(), errors(&findings) == 0, "a scenario exactly if there is no error");
}

macro_rules! defects {
    ($($name:ident: [$($edit:expr),+ $(,)?] => [$($expected:expr),* $(,)?];)*) => {
        $(#[test] fn $name() { check(&[$($edit),+], &[$($expected),*]); })*

        /// What all cases together expect.
        const ALL_EXPECTED: &[&[Expected]] = &[$(&[$($expected),*]),*];
    };
}

const P: &str = "program.toml";
const F: &str = "facilities.csv";
const CH: &str = "facility_changes.csv";
const R: &str = "residents.csv";
const H: &str = "history.csv";
const L: &str = "locks.csv";
const LV: &str = "leaves.csv";
/// The header of leaves.csv with everything it may have.
const LEAVES: &str = "resident,kind,start,months,hours_per_week,hours";
const LC: &str = "logged_cases.csv";
const SC: &str = "sections.csv";
const RQ: &str = "requirements.csv";
const ST: &str = "stays.csv";
const OR: &str = "order.csv";
const SF: &str = "staffing.csv";
const PT: &str = "points.csv";
/// Two sections of the core.
const SECTIONS: &[u8] = b"facility,id,name,seats\ndaigaku,ivr,IVR,2\ndaigaku,ct,CT,\n";
/// A case item, and what residents under way have of it.
const CT: &str = "[[cases]]\nid = \"ct\"\ntarget = 600";
const LOGS: &str = "resident,case,count\n17-1,ct,10\n18-1,ct,0";

defects! {
    // Files.
    missing_facilities: [Remove(F)] => [("file-missing", F, 0, "")];
    missing_program: [Remove(P)] => [("file-missing", P, 0, "")];
    misspelt_table_name: [Change(|s| { let f = s.files.remove(L).unwrap(); s.files.insert("lock.csv".into(), f); })]
        => [("file-unknown", "lock.csv", 0, "")];
    unrelated_table: [Write("memo.csv", b"a,b\n")] => [("file-unknown", "memo.csv", 0, "")];
    output_among_input: [Write("placements.csv", b"a,b\n")] => [("file-is-output", "placements.csv", 0, "")];
    tables_under_other_names: [Change(|s| s.unread.extend(["locks.xlsx", "history.csv.txt", "Residents.CSV", "leaves.tsv",
        "program.toml.txt", "locks (1).csv", "固定.csv", "lockstep.txt", "readme.md", "facilities.txt"].map(String::from)))]
        => [("file-not-read", "Residents.CSV", 0, ""), ("file-not-read", "facilities.txt", 0, ""), ("file-not-read", "history.csv.txt", 0, ""),
            ("file-not-read", "leaves.tsv", 0, ""), ("file-not-read", "locks (1).csv", 0, ""), ("file-not-read", "locks.xlsx", 0, ""),
            ("file-not-read", "program.toml.txt", 0, ""), ("file-not-read", "固定.csv", 0, "")];
    damaged_byte: [Change(|s| { let at = s.files[F].iter().position(|byte| *byte == 0xE5).unwrap(); s.files.get_mut(F).unwrap()[at] = 0xFF; })]
        => [("file-damaged", F, 2, "")];
    spreadsheet_named_csv: [Write(R, b"PK\x03\x04\x14\x00\x06\x00")] => [("file-not-text", R, 0, "")];
    utf16: [Write(H, b"\xFF\xFEr\x00e\x00s\x00")] => [("file-not-text", H, 0, "")];
    program_not_text: [Write(P, b"\x00\x01\x02")] => [("file-not-text", P, 0, "")];
    leaves_with_rows: [Write(LV, b"resident,kind,start,months\n19-1,illness,2020-04,3\n")] => [];
    leaves_without_rows: [Write(LV, b"resident,kind,start,months,hours_per_week,hours\r\n,,,,,\r\n")] => [];

    // Tables.
    empty_file: [Write(F, b"")] => [("table-no-header", F, 0, "")];
    blank_file: [Write(R, b"\xEF\xBB\xBF\r\n\r\n,,,\r\n")] => [("table-no-header", R, 0, "")];
    facilities_without_rows: [Write(F, b"id,role,accreditation,supervisors,ct\n,,,,\n")] => [("table-empty", F, 0, "")];
    too_many_rows: [Change(|s| s.files.get_mut(L).unwrap().extend(b"19-1,minato,2021-04,1,must-not\n".repeat(50_000)))]
        => [("table-too-large", L, 0, "")];
    semicolons_between_columns: [Write(R, b"id;entry_year\n19-1;2019\n")] => [("table-separator", R, 1, "A1")];
    open_quote: [Replace(R, "17-1,,2017", "17-1,\"a,2017")] => [("quote-open", R, 2, "")];
    quote_closed_by_the_next: [Replace(R, "17-1,,2017", "17-1,\"a,2017"), Replace(R, "19-1,,", "19-1,\"b\",")] => [("quote-open", R, 2, "")];
    quote_that_swallows_a_row: [Replace(L, "19-1,kawasaki", "19-1,\"kawasaki"), Replace(L, "must-not\n", "must-not\"\n")]
        => [("quote-spans-rows", L, 2, ""), ("unknown-facility", L, 2, "B2"), ("value-empty", L, 3, "C2"), ("value-empty", L, 3, "D2"),
            ("value-empty", L, 3, "E2")];
    quote_around_part_of_a_cell: [Replace(F, "大学病院", "\"大学\"病院")] => [("quote-stray", F, 2, "")];
    column_without_name: [Replace(R, "id,name", "id,"), Replace(R, "17-1,", "17-1,x")] => [("header-empty", R, 1, "B1")];
    misspelt_column: [Replace(F, "supervisors", "supervisers")]
        => [("unknown-column", F, 1, "E1"), ("missing-column", F, 1, "")];
    undeclared_volume_column: [Replace(F, "source", "radiotherapy")] => [("column-unread", F, 1, "I1")];
    missing_column: [Replace(H, "months", ""), Replace(H, ",12", ","), Replace(H, ",8", ","), Replace(H, ",4", ",")]
        => [("missing-column", H, 1, "")];
    duplicate_column: [Replace(F, "source", "ＣＴ")] => [("duplicate-column", F, 1, "I1")];
    comma_in_a_cell: [Replace(F, "1.5,,,5000,§2.3", "1.5,,,5,000,§2.3")] => [("row-too-long", F, 4, "J4")];

    // Values.
    empty_required_cell: [Replace(R, "19-1,,2019", "19-1,,")] => [("value-empty", R, 4, "C4")];
    empty_id: [Replace(F, "minato,港", " ,港"), Replace(R, "minato;", ""), Replace(R, ";minato", ""),
        Replace(H, "minato", "kawasaki"), Remove(CH), Remove(L)] => [("value-empty", F, 4, "A4")];
    endless_cell: [Change(|s| { let line = format!("19-2,{},2019,,,,\n", "あ".repeat(1001));
        s.files.get_mut(R).unwrap().extend(line.bytes()); })] => [("text-too-long", R, 5, "")];
    list_in_an_id: [Replace(R, "19-1,,", "19-1;19-2,,"), Remove(L)] => [("id-malformed", R, 4, "A4")];
    duplicate_resident: [Append(R, "１９-1,,2019,,,,")] => [("duplicate-id", R, 5, "A5")];
    duplicate_facility: [Append(F, "minato,港病院,affiliate,training,1,,,0,")] => [("duplicate-id", F, 6, "A6")];
    duplicate_course: [Replace(P, "id = \"C\"", "id = \"Ａ\""), Replace(R, "C;A", "A"), Replace(R, "A;C", "A"),
        Replace(R, ",C,A", ",,A")]
        => [("duplicate-id", P, 32, "courses[2].id")];
    number_with_unit: [Replace(F, "2.5", "2.5名")] => [("number-malformed", F, 3, "E3")];
    number_nan: [Replace(F, "2.5", "NaN")] => [("number-not-finite", F, 3, "E3")];
    number_infinite_in_toml: [Replace(P, "ct = 60000", "ct = inf")] => [("number-not-finite", P, 23, "printed_totals.ct")];
    number_nan_in_toml: [Replace(P, "ct = 3000", "ct = -nan")] => [("number-not-finite", P, 19, "rules.intake_cap.ct")];
    thousands_separator: [Replace(F, "45000", "\"45,000\"")] => [("number-separator", F, 2, "H2")];
    negative_supervisors: [Replace(F, "1.5", "-1.5")] => [("number-negative", F, 4, "E4")];
    negative_in_toml: [Replace(P, "2019 = 3", "2019 = -3")] => [("number-negative", P, 10, "intake.2019")];
    half_a_seat: [Replace(F, ",5,1,", ",5.5,1,")] => [("number-not-whole", F, 3, "F3")];
    too_many_decimals: [Replace(F, "2.5", "2.5000001")] => [("number-too-fine", F, 3, "E3")];
    absurd_supervisors: [Replace(F, "2.5", "2500")] => [("number-out-of-range", F, 3, "E3")];
    absurd_entry_year: [Replace(R, "19-1,,2019", "19-1,,20199")] => [("number-out-of-range", R, 4, "C4")];
    absurd_training: [Replace(P, "= 36", "= 3600")] => [("number-out-of-range", P, 4, "program.training_months")];
    graduate_school_after_training: [Replace(R, "kawasaki,3", "kawasaki,4")] => [("number-out-of-range", R, 3, "G3")];
    division_by_zero: [Replace(P, "ct = 3000", "ct = 0")] => [("number-out-of-range", P, 19, "rules.intake_cap.ct")];
    lost_month: [Replace(H, "2018-12", "2018-13")] => [("month-malformed", H, 4, "C4")];
    month_made_a_date_by_excel: [Replace(L, "19-1,kawasaki,2021-04", "19-1,kawasaki,Apr-21")] => [];
    month_of_another_order: [Replace(L, "19-1,kawasaki,2021-04", "19-1,kawasaki,4/1/2021")] => [("month-malformed", L, 2, "C2")];
    day_within_a_month: [Replace(L, "19-1,kawasaki,2021-04", "19-1,kawasaki,2021/4/15")] => [("month-day", L, 2, "C2")];
    id_made_a_date_by_excel: [Replace(R, "19-1,,", "2019-02,,"), Replace(L, "19-1,", "Feb-19,")] => [("id-was-date", L, 2, "A2")];
    prefecture_unknown: [Replace(F, "source", "prefecture"), Replace(F, "§2.3", "東京"), Replace(F, "§2.1", "東京府")]
        => [("unknown-prefecture", F, 5, "I5")];
    name_of_two: [Replace(F, "minato,港病院", "minato,川崎病院"), Replace(R, "minato;kawasaki", "川崎病院")]
        => [("name-ambiguous", R, 2, "F2")];
    decimal_comma: [Replace(F, "2.5", "\"2,5\"")] => [("number-decimal-comma", F, 3, "E3")];
    superscript: [Replace(F, "2.5", "2²")] => [("number-malformed", F, 3, "E3")];
    change_after_everything: [Append(CH, "minato,2120-04,supervisors,9")] => [("change-too-late", CH, 4, "B4")];
    note_in_every_table: [Replace(L, "months,kind", "months,kind,備考"), Replace(L, "12,must\n", "12,must,as agreed\n")] => [];
    columns_of_ones_own: [Replace(L, "months,kind", "months,kind,memo for Ken,色")] => [("column-unread", L, 1, "F1")];
    equal_findings: [Replace(H, ",daigaku,", ",,")] => [("value-empty", H, 2, "B2")];
    stay_of_no_months: [Replace(H, "2018-12,4", "2018-12,0")] => [("number-out-of-range", H, 4, "D4")];
    unknown_role: [Replace(F, "minato,港病院,affiliate", "minato,港病院,affliate")] => [("unknown-word", F, 4, "C4")];
    unknown_accreditation: [Replace(F, "training", "修業")] => [("unknown-word", F, 4, "D4")];
    unknown_rounding: [Replace(P, "core_months_min = 6", "supervisor_rounding = \"pool\"")]
        => [("unknown-word", P, 16, "rules.supervisor_rounding")];
    unknown_lock_kind: [Replace(L, "12,must\n", "12,mst\n")] => [("unknown-word", L, 2, "E2")];
    wish_for_an_unknown_facility: [Replace(R, "minato;kawasaki", "minato;kawaski")] => [("unknown-facility", R, 2, "F2")];
    wish_for_an_unknown_course: [Replace(R, "A;C", "A;B")] => [("unknown-course", R, 4, "E4")];
    unknown_fixed_course: [Replace(R, "2018,C,", "2018,Z,")] => [("unknown-course", R, 3, "D3")];
    course_mix_of_an_unknown_course: [Replace(P, "A = 1", "A = 1\nB = 1")] => [("unknown-course", P, 14, "course_mix.B")];
    history_of_an_unknown_resident: [Append(H, "16-1,minato,2018-04,12")] => [("unknown-resident", H, 6, "A6")];
    lock_of_an_anonymous_resident_too_many: [Replace(L, "Y2019-01", "Y2019-03")] => [("unknown-resident", L, 3, "A3")];
    change_of_an_unknown_facility: [Replace(CH, "minato,2020", "minat,2020")] => [("unknown-facility", CH, 2, "A2")];
    associated_in_a_course: [Replace(P, "affiliate:4", "associated:4")] => [("associated-placed", P, 29, "courses[1].alternatives[1][2][2]")];
    associated_in_history: [Replace(H, "kawasaki,2018-12", "echo,2018-12")] => [("associated-placed", H, 4, "B4")];
    associated_in_a_lock: [Replace(L, "19-1,kawasaki", "19-1,echo")] => [("associated-placed", L, 2, "B2")];

    // program.toml.
    broken_toml: [Replace(P, "training_months = 36", "training_months = ")] => [("toml-syntax", P, 4, "")];
    duplicate_key: [Replace(P, "training_months = 36", "training_months = 36\ntraining_months = 48")]
        => [("duplicate-key", P, 5, "")];
    key_twice_in_other_widths: [Replace(P, "2019 = 3", "2019 = 3\n\"２０１９\" = 4")] => [("duplicate-key", P, 11, "intake.２０１９")];
    control_character_in_a_name: [Replace(P, "小さなプログラム", "\\u001b[31mred")] => [("text-control", P, 3, "program.name")];
    misspelt_key: [Replace(P, "core_months_min", "core_month_min")] => [("unknown-key", P, 16, "rules.core_month_min")];
    misspelt_section: [Replace(P, "[horizon]", "[horizn]")] => [("missing-key", P, 0, "horizon"), ("unknown-key", P, 6, "horizn")];
    missing_key: [Replace(P, "training_months = 36\n", "")] => [("missing-key", P, 1, "program.training_months")];
    number_as_text: [Replace(P, "= 36", "= \"36\"")] => [("wrong-type", P, 4, "program.training_months")];
    text_as_number: [Replace(P, "id = \"mini\"", "id = 1")] => [("wrong-type", P, 2, "program.id")];
    list_expected: [Replace(P, "years = [[\"affiliate:12\"], [\"core:12\"], [\"affiliate:12\"]]", "years = \"affiliate:12\"")]
        => [("wrong-type", P, 34, "courses[2].years")];
    table_expected: [Replace(P, "[horizon]\nfirst_year = 2019", ""), Replace(P, "[program]", "horizon = 2019\n[program]")]
        => [("wrong-type", P, 1, "horizon")];
    no_courses: [Change(|s| { let program = String::from_utf8(s.files[P].clone()).unwrap();
        let kept = program.split("[[courses]]").next().unwrap().replace("[course_mix]\nA = 1\n", "");
        s.files.insert(P.into(), kept.into_bytes()); })] => [("no-courses", P, 0, "")];
    part_without_months: [Replace(P, "affiliate:4", "affiliate")] => [("part-malformed", P, 29, "courses[1].alternatives[1][2][2]")];
    part_of_an_unknown_role: [Replace(P, "affiliate:4", "afiliate:4")] => [("unknown-place", P, 29, "courses[1].alternatives[1][2][2]")];
    part_of_no_months: [Replace(P, "\"core:8\", \"affiliate:4\"", "\"core:12\", \"affiliate:0\"")]
        => [("number-out-of-range", P, 29, "courses[1].alternatives[1][2][2]")];
    part_that_its_step_does_not_divide: [Replace(P, "affiliate:4", "affiliate:4/3")]
        => [("part-step", P, 29, "courses[1].alternatives[1][2][2]")];
    part_at_places_that_cannot_be: [Replace(P, "affiliate:4", "core&minato:4"), Remove(H), Replace(R, "17-1,,2017", "17-1,,2019"),
        Replace(R, "18-1,,2018", "18-1,,2019"), Replace(P, "2019 = 3", "2019 = 5")]
        => [("selector-empty", P, 29, "courses[1].alternatives[1][2][2]")];
    part_of_half_a_selector: [Replace(P, "affiliate:4", "affiliate&:4")]
        => [("selector-malformed", P, 29, "courses[1].alternatives[1][2][2]")];
    course_of_another_length: [Replace(P, "id = \"C\"", "id = \"C\"\ntraining_months = 24")]
        => [("course-year-count", P, 35, "courses[2].years"), ("course-lengths", R, 2, "A2")];
    course_for_fewer_than_it_is_fixed_for: [Replace(P, "A = 1", "A = 1\n[course_intake.A]\n2019 = 1\n[course_intake.B]\n2019 = 1")]
        => [("course-intake", P, 10, "intake.2019"), ("unknown-course", P, 16, "course_intake.B")];
    year_of_13_months: [Replace(P, "affiliate:4", "affiliate:5")] => [("course-year-sum", P, 29, "courses[1].alternatives[1][2]")];
    year_too_few: [Replace(P, "[[\"affiliate:12\"], [\"core:12\"], [\"affiliate:12\"]]", "[[\"affiliate:12\"], [\"core:12\"]]")]
        => [("course-year-count", P, 34, "courses[2].years")];
    year_too_many: [Replace(P, "= 36", "= 24"), Remove(R), Remove(H), Remove(L)]
        => [("course-year-count", P, 28, "courses[1].years"), ("course-year-count", P, 29, "courses[1].alternatives[1]"),
            ("course-year-count", P, 34, "courses[2].years"), ("change-too-late", CH, 3, "B3")];
    last_year_longer_than_the_training: [Replace(P, "= 36", "= 30"), Remove(L)]
        => [("course-year-sum", P, 28, "courses[1].years[3]"), ("course-year-sum", P, 29, "courses[1].alternatives[1][3]"),
            ("course-year-sum", P, 34, "courses[2].years[3]")];
    pattern_twice: [Replace(P, "[\"core:8\", \"affiliate:4\"]", "[\"core:12\"]"), Remove(H), Replace(R, "17-1,,2017", "17-1,,2019"),
        Replace(R, "18-1,,2018", "18-1,,2019"), Replace(P, "2019 = 3", "2019 = 5")]
        => [("pattern-duplicate", P, 29, "courses[1].alternatives[1]")];
    pattern_that_breaks_a_rule: [Replace(P, "core_months_min = 6", "core_months_min = 18"), Remove(H), Remove(R), Remove(L)]
        => [("pattern-breaks-rule", P, 34, "courses[2].years")];
    no_goals: [Change(|s| { let program = String::from_utf8(s.files[P].clone()).unwrap();
        let kept = program.split("[[goals]]").next().unwrap();
        s.files.insert(P.into(), format!("goals = []\n{kept}").into_bytes()); })] => [("goals-empty", P, 1, "goals")];
    more_goals_than_a_list_holds: [Change(|s| { let program = String::from_utf8(s.files[P].clone()).unwrap();
        let kept = program.split("[[goals]]").next().unwrap();
        s.files.insert(P.into(), format!("goals = [{}]\n{kept}", "1, ".repeat(501)).into_bytes()); })]
        => [("too-many-entries", P, 1, "goals"), ("goals-empty", P, 1, "goals")];
    goal_twice: [Append(P, "[[goals]]\ngoal = \"coverage\"\nmeasure = \"sum\"")] => [("goal-duplicate", P, 44, "goals[3].goal")];
    worst_coverage: [Replace(P, "measure = \"sum\"", "measure = \"worst\"")] => [("goal-measure", P, 38, "goals[1].measure")];
    course_mix_of_nothing: [Replace(P, "A = 1", "A = 0")] => [("course-mix-empty", P, 12, "course_mix")];
    printed_cap_without_total: [Replace(P, "ct = 3000", "ct = 3000\ntotals = \"printed\""), Replace(P, "ct = 60000\n", "")]
        => [("printed-total-missing", P, 19, "rules.intake_cap.ct")];
    cap_on_a_missing_column: [Replace(P, "ct = 3000", "ct = 3000\nivr = 60")] => [("volume-column-missing", P, 20, "rules.intake_cap.ivr")];
    volume_named_like_another_column: [Replace(P, "ct = 60000", "seats = 3\nct = 60000")]
        => [("volume-name-taken", P, 23, "printed_totals.seats")];
    intake_of_the_past: [Replace(P, "2019 = 3", "2019 = 3\n2018 = 2")] => [("intake-without-history", P, 11, "intake.2018")];
    intake_below_the_rows: [Append(R, "19-2,,2019,,,,\n19-3,,2019,,,,\n19-4,,2019,,,,"), Replace(L, "Y2019-01", "19-2")]
        => [("intake-below-rows", P, 10, "intake.2019")];
    intake_of_thousands: [Replace(P, "2019 = 3", "2019 = 500\n2020 = 500\n2021 = 500\n2022 = 500")]
        => [("too-many-residents", P, 10, "intake.2019")];
    intake_of_a_word: [Replace(P, "2019 = 3", "2019 = 3\nnext = 3")] => [("number-malformed", P, 11, "intake.next")];
    nobody: [Replace(P, "[intake]\n2019 = 3", ""), Remove(R), Remove(H), Remove(L)] => [("no-residents", P, 0, "")];

    // Rules that tables say.
    place_of_no_name: [Write(RQ, b"id,where,min\nr,kawaski,3\n")] => [("unknown-place", RQ, 2, "B2")];
    section_of_no_name: [Write(SC, SECTIONS), Replace(L, "months,kind", "months,kind,section"), Replace(L, "19-1,kawasaki", "19-1,daigaku"),
        Replace(L, "12,must\n", "12,must,ivrr\n")] => [("unknown-section", L, 2, "F2")];
    section_where_there_is_none: [Write(SC, SECTIONS), Replace(L, "months,kind", "months,kind,section"), Replace(L, "12,must\n", "12,must,ivr\n")]
        => [("section-none", L, 2, "F2")];
    section_that_nobody_could_name: [Write(SC, b"facility,id\ndaigaku,a/b\n")] => [("section-id", SC, 2, "B2")];
    section_twice: [Write(SC, b"facility,id\ndaigaku,a\nkawasaki,a\ndaigaku,a\n")] => [("duplicate-id", SC, 4, "B4")];
    section_where_nobody_is: [Write(SC, b"facility,id\necho,us\n")] => [("section-associated", SC, 2, "A2")];
    section_with_a_case_that_is_none: [Write(SC, b"facility,id,cases\ndaigaku,us,us\n")] => [("unknown-case", SC, 2, "C2")];
    sections_by_thousands: [Change(|s| { let rows: String = (0..2001).map(|n| format!("daigaku,s{n}\n")).collect();
        s.files.insert(SC.into(), format!("facility,id\n{rows}").into_bytes()); })] => [("too-many-sections", SC, 0, "")];
    section_that_changes_what_it_has_not: [Write(SC, SECTIONS), Append(CH, "daigaku/ivr,2020-04,supervisors,1")]
        => [("change-column", CH, 4, "C4")];
    who_is_nobody: [Write(RQ, b"id,who,where,min\nr,Z,core,3\n")] => [("unknown-who", RQ, 2, "B2")];
    training_year_of_a_whole_career: [Write(RQ, b"id,who,where,min\nr,year2,core,3\n")] => [("who-year", RQ, 2, "B2")];
    selector_without_a_name: [Write(RQ, b"id,where,min\nr,core&&minato,3\n")] => [("selector-malformed", RQ, 2, "B2")];
    selector_of_two_meanings: [Replace(F, "source", "tags"), Replace(F, "§2.3", "training"), Write(RQ, b"id,where,min\nr,training,3\n")]
        => [("selector-ambiguous", RQ, 2, "B2")];
    selector_of_nothing: [Write(RQ, b"id,where,min\nr,core&minato,3\n")] => [("selector-empty", RQ, 2, "B2")];
    selectors_that_are_fine: [Write(SC, SECTIONS), Write(RQ, "id,where,min\na,大学病院/IVR,1\nb,*/ct;!基幹,1\nc,associated;any,1\nd,!comprehensive&!daigaku,1\n".as_bytes())] => [];
    window_of_no_year: [Write(RQ, b"id,where,min,when\nr,core,3,year0\n")] => [("window-malformed", RQ, 2, "D2")];
    requirement_of_nothing: [Write(RQ, b"id,where\nr,core\n")] => [("requirement-unbounded", RQ, 2, "")];
    requirement_twice: [Write(RQ, b"id,where,min\nr,core,3\nr,core,4\n")] => [("duplicate-id", RQ, 3, "A3")];
    requirement_of_fewer_months: [Write(RQ, b"id,where,min,of_months\nr,core,8,6\n")] => [("requirement-of-months", RQ, 2, "D2")];
    requirement_upside_down: [Write(RQ, b"id,where,min,max\nr,core,8,6\n")] => [("bounds-crossed", RQ, 2, "C2")];
    stays_of_nothing: [Write(ST, b"where\ncore\n")] => [("stays-nothing", ST, 2, "A2")];
    stays_of_a_step_too_long: [Write(ST, b"where,months_min,months_max,step_months\ncore,4,5,3\n")]
        => [("stays-step-fits-nowhere", ST, 2, "D2")];
    stays_of_a_step_that_divides_not: [Write(ST, b"where,months_min,months_max,step_months\ncore,4,6,3\n")]
        => [("stays-step-divides-not", ST, 2, "B2")];
    stays_that_begin_in_no_month: [Write(ST, b"where,starts\ncore,1;13\n")] => [("number-out-of-range", ST, 2, "B2")];
    requirements_that_contradict: [Write(RQ, b"id,where,min,max\na,core,8,\nb,core,,6\n")] => [("rules-contradict", RQ, 3, "A3")];
    stays_that_contradict: [Write(ST, b"where,months_min,months_max\ncore,4,\ncore,,3\n")] => [("rules-contradict", ST, 3, "A3")];
    staffing_that_contradicts: [Write(SF, b"id,where,min,max,from,until\na,core,2,,,2020-03\nb,core,,1,2020-04,\nc,core,2,,,\n")]
        => [("rules-contradict", SF, 4, "A4")];
    requirement_beyond_a_course: [Write(RQ, b"id,where,min,when\na,affiliate,24,\nb,core,1,year1\n")]
        => [("requirement-above-course", RQ, 2, "A2"), ("requirement-above-course", RQ, 3, "A3")];
    requirements_beyond_a_training: [Write(RQ, b"id,where,min\na,core,20\nb,kawasaki,12\nc,minato,6\n")]
        => [("requirement-above-course", RQ, 2, "A2"), ("requirements-together", RQ, 2, "A2")];
    order_of_one_place: [Write(OR, b"first,months,then\ncore,3,Core\n")] => [("order-same", OR, 2, "C2")];
    staffing_that_ends_first: [Write(SF, b"id,where,min,from,until\ns,core,1,2020-04,2020-03\n")]
        => [("staffing-until", SF, 2, "E2")];
    points_for_nothing: [Write(PT, b"where,points\n@chnge,3\n@stay,2\ncore,2.5\ncore,-2000000\n")]
        => [("points-malformed", PT, 2, "A2"), ("points-malformed", PT, 3, "A3"), ("number-not-whole", PT, 4, "B4"),
            ("number-out-of-range", PT, 5, "B5")];
    cases_that_fall: [Append(P, "[[cases]]\nid = \"ct\"\ntarget = 600\nby_year = [300, 200]"), Write(LC, LOGS.as_bytes())]
        => [("case-by-year", P, 46, "cases[1].by_year")];
    cases_of_eleven_years: [Append(P, "[[cases]]\nid = \"ct\"\ntarget = 600\nby_year = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"), Write(LC, LOGS.as_bytes())]
        => [("case-by-year-long", P, 46, "cases[1].by_year")];
    entry_in_another_year: [Replace(R, "graduate_school_from", "entry"), Replace(R, "kawasaki,3", "kawasaki,"), Replace(R, "kawasaki;minato,", "kawasaki;minato,2020-10")]
        => [("entry-contradicts", R, 4, "G4")];

    // Facilities, residents, history, locks.
    more_facilities_than_a_program_has: [Change(|s| { let table = s.files.get_mut(F).unwrap();
        (0..2000).for_each(|n| table.extend(format!("x{n},,affiliate,training,1,,,,\n").bytes())); })]
        => [("too-many-facilities", F, 0, "")];
    second_core: [Replace(F, "minato,港病院,affiliate", "minato,港病院,core"), Remove(R), Remove(H), Remove(L)] => [("several-cores", F, 0, "")];
    no_core: [Replace(F, "core", "affiliate"), Remove(R), Remove(H), Remove(L)] => [("no-core-facility", F, 0, "")];
    change_of_a_role: [Replace(CH, "supervisors", "role")] => [("change-column", CH, 2, "C2")];
    change_to_nothing: [Replace(CH, "supervisors,1", "supervisors,")] => [("value-empty", CH, 2, "D2")];
    change_twice: [Append(CH, "minato,2020/4,Supervisors,2")] => [("change-duplicate", CH, 4, "B4")];
    wish_twice: [Replace(R, "minato;kawasaki", "minato;ｍｉｎａｔｏ")] => [("wish-duplicate", R, 2, "F2")];
    wish_for_the_core: [Replace(R, "minato;kawasaki", "minato;daigaku")] => [("wish-not-affiliate", R, 2, "F2")];
    wish_for_an_associated_facility: [Replace(R, "minato;kawasaki", "echo")] => [("wish-not-affiliate", R, 2, "F2")];
    training_over: [Append(R, "16-1,,2016,,,,"), Append(H, "16-1,minato,2016-04,12\n16-1,daigaku,2017-04,12\n16-1,minato,2018-04,12")]
        => [("training-over", R, 5, "C5")];
    history_missing: [Replace(H, "18-1,minato,2018-04,12\n", "")] => [("history-missing", R, 3, "A3")];
    history_with_a_gap: [Replace(H, "2018-12,4", "2019-01,3")] => [("history-gap", H, 4, "C4")];
    history_that_starts_late: [Replace(H, "2018-04,12", "2018-05,11")] => [("history-gap", H, 5, "C5")];
    history_that_ends_early: [Replace(H, "2018-12,4", "2018-12,3")] => [("history-gap", H, 4, "C4")];
    history_with_an_overlap: [Replace(H, "2018-04,8", "2018-04,9")] => [("history-overlap", H, 4, "C4")];
    history_past_first_year: [Replace(H, "2018-12,4", "2018-12,5")] => [("history-outside", H, 4, "C4")];
    history_before_entry: [Append(H, "18-1,minato,2018-03,1")] => [("history-outside", H, 6, "C6")];
    history_of_a_newcomer: [Append(H, "19-1,minato,2018-04,12")] => [("history-newcomer", H, 6, "C6")];
    history_of_no_course: [Replace(H, "17-1,kawasaki,2018-12,4", "17-1,kawasaki,2018-12,2\n17-1,minato,2019-02,2")]
        => [("history-no-course", H, 2, "C2")];
    history_against_the_fixed_course: [Replace(R, "2018,C,", "2018,A,")] => [("history-no-course", H, 5, "C5")];
    lock_in_the_past: [Replace(L, "kawasaki,2021-04", "kawasaki,2018-04")] => [("lock-outside", L, 2, "C2")];
    lock_past_the_training: [Replace(L, "kawasaki,2021-04,12", "kawasaki,2021-04,13")] => [("lock-outside", L, 2, "C2")];
    locks_at_two_places: [Append(L, "19-1,minato,2022-03,1,must")] => [("lock-contradiction", L, 4, "C4")];
    lock_to_be_and_not_to_be: [Append(L, "19-1,kawasaki,2021-04,1,must-not")] => [("lock-contradiction", L, 4, "C4")];

    // Cases. Line 43 is the first one appended to program.toml.
    case_without_column: [Append(P, "[[cases]]\nid = \"cy\"\ntarget = 600"), Append(LC, LOGS)]
        => [("volume-column-missing", P, 44, "cases[1].id"), ("unknown-case", LC, 2, "B2")];
    case_with_absurd_target: [Append(P, "[[cases]]\nid = \"ct\"\ntarget = 6000000"), Append(LC, LOGS)]
        => [("number-out-of-range", P, 45, "cases[1].target")];
    case_with_negative_target: [Append(P, "[[cases]]\nid = \"ct\"\ntarget = -600"), Append(LC, LOGS)]
        => [("number-negative", P, 45, "cases[1].target")];
    case_without_target: [Append(P, "[[cases]]\nid = \"ct\""), Append(LC, LOGS)] => [("missing-key", P, 43, "cases[1].target")];
    case_with_a_misspelt_key: [Append(P, "[[cases]]\nid = \"ct\"\ntarget = 600\ntrainee_shar = 0.5"), Append(LC, LOGS)]
        => [("unknown-key", P, 46, "cases[1].trainee_shar")];
    case_share_above_one: [Append(P, "[[cases]]\nid = \"ct\"\ntarget = 600\ntrainee_share = 1.5"), Append(LC, LOGS)]
        => [("number-out-of-range", P, 46, "cases[1].trainee_share")];
    case_share_below_zero: [Append(P, "[[cases]]\nid = \"ct\"\ntarget = 600\ntrainee_share = -0.5"), Append(LC, LOGS)]
        => [("number-negative", P, 46, "cases[1].trainee_share")];
    case_supplement_above_target: [Append(P, "[[cases]]\nid = \"ct\"\ntarget = 600\nsupplement_max = 601"), Append(LC, LOGS)]
        => [("case-supplement", P, 46, "cases[1].supplement_max")];
    case_twice: [Append(P, "[[cases]]\nid = \"ct\"\ntarget = 600\n[[cases]]\nid = \"ｃｔ\"\ntarget = 60"), Append(LC, LOGS)]
        => [("duplicate-id", P, 47, "cases[2].id")];
    case_part_named_like_its_item: [Append(P, "[[cases]]\nid = \"ct\"\ntarget = 600\nparts = [{ id = \"ct\", min = 1 }]"), Append(LC, LOGS)]
        => [("duplicate-id", P, 46, "cases[1].parts[1].id")];
    case_parts_above_the_target: [Append(P, "[[cases]]\nid = \"ct\"\ntarget = 600\nparts = [{ id = \"mr\", min = 601 }]"),
        Replace(F, "source", "mr"), Replace(F, "§2.3", ""), Replace(F, "§2.1", ""), Append(LC, LOGS)]
        => [("case-parts", P, 46, "cases[1].parts")];
    unknown_volumes_of_a_word: [Replace(P, "core_months_min = 6", "unknown_volumes = \"none\"")]
        => [("unknown-word", P, 16, "rules.unknown_volumes")];
    logged_of_an_unknown_resident: [Append(P, CT), Append(LC, LOGS), Append(LC, "17-2,ct,1")] => [("unknown-resident", LC, 4, "A4")];
    logged_of_an_unknown_case: [Append(P, CT), Append(LC, LOGS), Append(LC, "17-1,ctt,1")] => [("unknown-case", LC, 4, "B4")];
    logged_twice: [Append(P, CT), Append(LC, LOGS), Append(LC, "17-1,ｃｔ,1")] => [("logged-duplicate", LC, 4, "B4")];
    logged_of_a_newcomer: [Append(P, CT), Append(LC, LOGS), Append(LC, "19-1,ct,1")] => [("logged-newcomer", LC, 4, "A4")];
    logged_below_zero: [Append(P, CT), Append(LC, "resident,case,count\n17-1,ct,-1\n18-1,ct,0\n")] => [("number-negative", LC, 2, "C2")];
    logged_above_any_volume: [Append(P, CT), Append(LC, "resident,case,count\n17-1,ct,80001\n18-1,ct,5001\n")]
        => [("logged-above-volume", LC, 3, "C3")];
    logged_parts_above_their_item: [Append(P, "[[cases]]\nid = \"ct\"\ntarget = 600\nparts = [{ id = \"mr\", min = 1 }]"),
        Replace(F, "source", "mr"), Replace(F, "§2.3", ""), Replace(F, "§2.1", ""), Append(LC, LOGS), Append(LC, "17-1,mr,11")]
        => [("logged-parts", LC, 2, "C2")];
    nothing_logged: [Append(P, CT)] => [("logged-missing", LC, 0, "")];
    one_resident_not_logged: [Append(P, CT), Append(LC, "resident,case,count\n17-1,ct,10\n")] => [("logged-missing", LC, 0, "")];

    // Leave.
    leave_of_an_unknown_kind: [Append(LV, LEAVES), Append(LV, "19-1,ilness,2020-04,3,,")] => [("unknown-word", LV, 2, "B2")];
    leave_of_an_unknown_resident: [Append(LV, LEAVES), Append(LV, "19-9,illness,2020-04,3,,")] => [("unknown-resident", LV, 2, "A2")];
    leave_without_months: [Append(LV, LEAVES), Append(LV, "19-1,illness,2020-04,,,")] => [("value-empty", LV, 2, "D2")];
    leave_of_no_month: [Append(LV, LEAVES), Append(LV, "19-1,illness,2020-04,0,,")] => [("number-out-of-range", LV, 2, "D2")];
    leaves_without_kinds: [Append(LV, "resident,start,months"), Append(LV, "19-1,2020-04,3")] => [("missing-column", LV, 1, "")];
    leaves_that_overlap: [Append(LV, LEAVES), Append(LV, "19-1,illness,2020-04,3,,"), Append(LV, "19-1,abroad,2020-06,3,,")]
        => [("leave-overlap", LV, 3, "C3")];
    leave_before_entry: [Append(LV, LEAVES), Append(LV, "19-1,illness,2019-03,3,,")] => [("leave-before-entry", LV, 2, "C2")];
    leave_after_the_end: [Append(LV, LEAVES), Append(LV, "19-1,illness,2022-04,1,,")] => [("leave-after-end", LV, 2, "C2")];
    leave_up_to_the_end: [Append(LV, LEAVES), Append(LV, "19-1,illness,2022-03,1,,")] => [];
    // Seven months of illness move the end by one, so that this one still is within the training.
    leave_in_the_extension: [Append(LV, LEAVES), Append(LV, "19-1,illness,2020-04,7,,"), Append(LV, "19-1,childbirth,2022-04,1,,")] => [];
    leave_too_late: [Append(LV, LEAVES), Append(LV, "19-1,abroad,2021-04,120,,"), Append(LV, "19-1,abroad,2135-03,2,,")]
        => [("lock-in-leave", L, 2, "C2"), ("leave-too-late", LV, 3, "C3")];
    part_time_without_hours: [Append(LV, LEAVES), Append(LV, "19-1,part-time,2020-04,6,29.5,")] => [("leave-hours-missing", LV, 2, "F2")];
    part_time_near_full_time: [Append(LV, LEAVES), Append(LV, "19-1,part-time,2020-04,6,30,")] => [];
    part_time_of_too_many_hours: [Append(LV, LEAVES), Append(LV, "19-1,part-time,2020-04,1,,800")] => [("leave-hours-contradict", LV, 2, "F2")];
    hours_that_contradict_the_weeks: [Append(LV, LEAVES), Append(LV, "19-1,part-time,2020-04,6,30,300")]
        => [("leave-hours-contradict", LV, 2, "F2")];
    hours_of_an_illness: [Append(LV, LEAVES), Append(LV, "19-1,illness,2020-04,3,20,100")]
        => [("leave-cell-unused", LV, 2, "E2"), ("leave-cell-unused", LV, 2, "F2")];
    hours_below_zero: [Append(LV, LEAVES), Append(LV, "19-1,part-time,2020-04,3,,-100")] => [("number-negative", LV, 2, "F2")];
    resigned_for_some_months: [Append(LV, LEAVES), Append(LV, "18-1,resigned,2020-04,3,,")] => [("leave-cell-unused", LV, 2, "D2")];
    resigned_twice: [Append(LV, LEAVES), Append(LV, "17-1,resigned,2019-10,,,"), Append(LV, "17-1,resigned,2019-11,,,")]
        => [("resigned-twice", LV, 3, "C3")];
    resigned_before_entry: [Append(LV, LEAVES), Append(LV, "19-1,resigned,2019-04,,,")] => [("resigned-before-entry", LV, 2, "C2")];
    resigned_after_the_end: [Append(LV, LEAVES), Append(LV, "17-1,resigned,2020-04,,,")] => [("leave-after-end", LV, 2, "C2")];
    leave_after_resignation: [Append(LV, LEAVES), Append(LV, "17-1,resigned,2019-10,,,"), Append(LV, "17-1,illness,2019-09,2,,")]
        => [("leave-after-resignation", LV, 3, "C3")];
    lock_of_somebody_away: [Append(LV, LEAVES), Append(LV, "19-1,abroad,2021-04,12,,")] => [("lock-in-leave", L, 2, "C2")];
    lock_after_resignation: [Append(LV, LEAVES), Append(LV, "19-1,resigned,2021-10,,,")] => [("lock-outside", L, 2, "C2")];
    lock_of_somebody_gone: [Append(LV, LEAVES), Append(LV, "18-1,resigned,2019-02,,,"), Replace(H, "18-1,minato,2018-04,12", "18-1,minato,2018-04,10"),
        Append(L, "18-1,minato,2019-04,1,must-not")] => [("lock-nothing-decided", L, 4, "C4")];
    history_while_away: [Append(LV, LEAVES), Append(LV, "17-1,abroad,2018-10,2,,")] => [("history-in-leave", H, 3, "C3")];
    history_around_a_leave: [Append(LV, LEAVES), Append(LV, "17-1,abroad,2018-10,2,,"),
        Replace(H, "17-1,daigaku,2018-04,8", "17-1,daigaku,2018-04,6"), Replace(H, "17-1,kawasaki,2018-12,4", "17-1,daigaku,2018-12,2\n17-1,kawasaki,2019-02,2")] => [];
    history_short_of_an_extension: [Append(LV, LEAVES), Append(LV, "16-1,abroad,2016-04,12,,"), Append(R, "16-1,,2016,,,,"),
        Append(H, "16-1,daigaku,2017-04,23")] => [("history-gap", H, 6, "C6")];
    rules_of_leave: [Replace(P, "core_months_min = 6", "illness_months_max = -1\ncounted_leave_keeps_seat = \"yes\"\nchildbirth_excess = \"all\"\npart_time_hours = 0")]
        => [("number-negative", P, 16, "rules.illness_months_max"), ("wrong-type", P, 17, "rules.counted_leave_keeps_seat"),
            ("unknown-word", P, 18, "rules.childbirth_excess"), ("number-out-of-range", P, 19, "rules.part_time_hours")];

    // Many at once, in the order of files and lines.
    everything_at_once: [
        Replace(P, "core_months_min = 6", "core_months_min = -6"),
        Replace(P, "name = \"基本\"", "nam = \"基本\""),
        Replace(F, "kawasaki,川崎病院,affiliate", "kawasaki,川崎病院,clinic"),
        Replace(R, "19-1,,2019", "19-1,,二〇一九"),
        Replace(H, "2018-12,4", "2018-12,四"),
        Replace(L, "12,must\n", "12,maybe\n"),
    ] => [
        ("number-negative", P, 16, "rules.core_months_min"),
        ("unknown-key", P, 27, "courses[1].nam"),
        ("unknown-word", F, 3, "C3"),
        ("number-malformed", R, 4, "C4"),
        ("number-malformed", H, 4, "D4"),
        ("unknown-word", L, 2, "E2"),
    ];
}

#[test]
fn what_cannot_be_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    std::fs::File::create(path.join("residents.csv")).unwrap().set_len(100 << 20).unwrap();
    let mut codes = BTreeSet::new();
    for path in [path.to_path_buf(), path.join("missing"), path.join("residents.csv")] {
        codes.extend(folder::load(&path).unwrap_err().list.iter().map(|finding| finding.code()));
    }
    codes.extend(folder::load_file(path).unwrap_err().list.iter().map(|finding| finding.code()));
    assert_eq!(codes, LOADING.into());
}

/// Codes of loading, which `read` cannot meet.
const LOADING: [&str; 4] =
    [code::FILE_TOO_LARGE, code::FILE_UNREADABLE, code::FOLDER_IS_FILE, code::FOLDER_MISSING];

/// Those of `workbook.rs`.
const IN_WORKBOOKS: [&str; 10] = [
    code::WORKBOOK_NOT_XLSX,
    code::WORKBOOK_TOO_LARGE,
    code::WORKBOOK_BROKEN,
    code::SHEET_MISSING,
    code::SHEET_TWICE,
    code::SHEET_UNKNOWN,
    code::SHEET_UNREAD,
    code::CELL_ERROR,
    code::CELL_NOT_CALCULATED,
    code::CELL_MERGED,
];

/// Those of `forms.rs`.
const IN_FORMS: [&str; 10] = [
    code::FORM_NOT_ONE,
    code::FORM_VERSION,
    code::FORM_OF_ANOTHER_PROGRAM,
    code::FORM_OF_NOBODY,
    code::FORM_ID_CHANGED,
    code::FORM_TWICE,
    code::FORM_KEPT,
    code::FORM_KEPT_LEAVE,
    code::FORM_LEAVE_PAST,
    code::FORM_REFUSED,
];

#[test]
fn every_code_is_met() {
    let mut met: BTreeSet<&str> = ALL_EXPECTED.iter().flat_map(|case| case.iter().map(|e| e.0)).collect();
    met.extend(LOADING);
    met.insert(code::TOO_MANY_FINDINGS);
    met.extend(IN_WORKBOOKS);
    met.extend(IN_FORMS);
    // tests/it/kept_courses.rs
    met.extend([
        code::COURSE_CLOSED,
        code::COURSE_WISH_CLOSED,
        code::COURSE_WHO_EMPTY,
        code::COURSE_WHO_UNKNOWN,
    ]);
    met.extend([code::UNKNOWN_RECORD, code::RECORD_BEFORE_ENTRY]); // tests/it/progress.rs
    met.insert(code::PLACEMENT_CONTRADICTS); // tests/cli.rs, where placements are read
    let all: BTreeSet<&str> = code::ALL.iter().copied().collect();
    assert_eq!(all.difference(&met).collect::<Vec<_>>(), Vec::<&&str>::new());
    assert_eq!(met.difference(&all).collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn a_flood_of_findings_is_cut_off() {
    let flood = |s: &mut Sources| {
        let rows = (0..2000).map(|number| format!("x{number},minato,2018-04,12\n"));
        s.files.get_mut(H).unwrap().extend(rows.collect::<String>().bytes());
    };
    let (scenario, findings) = read(&edited(&[Change(flood)]));
    assert!(scenario.is_none());
    assert_eq!(findings.list.len(), Findings::LIMIT);
    assert_eq!(findings.list.last().unwrap().code(), code::TOO_MANY_FINDINGS);
}

#[test]
fn the_valid_one_is_valid() {
    let (scenario, findings) = read(&valid());
    assert_eq!(short(&findings), []);
    assert!(scenario.is_some());
    let (scenario, findings) = read(&Sources::default());
    assert!(scenario.is_none());
    assert_eq!(findings.list.len(), 2);
}
