//! Findings in words: what a director reads, in both languages.

use crate::scenario::Edit::{Change, Remove, Replace, Write};
use crate::scenario::{Edit, edited};
use kenshu::internal::language::{Catalogue, Language, Message};
use kenshu::internal::output::diagnostics::render;
use kenshu::internal::scenario::{code, read};

fn rendered(language: Language, edits: &[Edit]) -> String {
    let (_, findings) = read(&edited(edits));
    render(&findings, &Catalogue::new(language), false)
}

#[test]
fn every_code_has_a_message_and_a_remedy() {
    for language in [Language::Ja, Language::En] {
        let catalogue = Catalogue::new(language);
        for code in code::ALL {
            let message = Message::new(code);
            assert_ne!(catalogue.say(&message), *code, "{code} has no words in {}", language.tag());
            assert!(catalogue.say_attribute(&message, "remedy").is_some(), "{code} has no remedy");
        }
    }
}

const FULL_WIDTH: &[Edit] = &[
    Replace("facilities.csv", "kawasaki,川崎病院,affiliate", "kawasaki,川崎病院,連係施設"),
    Replace("facilities.csv", "2.5", "２．５名"),
    Replace("residents.csv", "minato;kawasaki", "minato;河崎病院"),
];

#[test]
fn full_width_characters_are_underlined_where_they_stand() {
    insta::assert_snapshot!("full_width_ja", rendered(Language::Ja, FULL_WIDTH));
    insta::assert_snapshot!("full_width_en", rendered(Language::En, FULL_WIDTH));
}

#[test]
fn cp932_is_shown_as_text() {
    let edits = [
        Replace("facilities.csv", "supervisors", "指導者数"),
        Change(|sources| {
            let table = std::str::from_utf8(&sources.files["facilities.csv"]).unwrap();
            let cp932 = encoding_rs::SHIFT_JIS.encode(table).0.into_owned();
            sources.files.insert("facilities.csv".to_string(), cp932);
        }),
    ];
    insta::assert_snapshot!("cp932_ja", rendered(Language::Ja, &edits));
    insta::assert_snapshot!("cp932_en", rendered(Language::En, &edits));
}

#[test]
fn toml_is_shown_with_its_line() {
    let edits = [
        Replace("program.toml", "core_months_min = 6", "core_month_min = 6"),
        Replace("program.toml", "\"affiliate:4\"", "\"affiliate:5\""),
        Replace("program.toml", "2019 = 3", "2019 = 0"),
        Write("memo.csv", b""),
    ];
    insta::assert_snapshot!("toml_ja", rendered(Language::Ja, &edits));
    insta::assert_snapshot!("toml_en", rendered(Language::En, &edits));
}

#[test]
fn history_and_files_are_explained() {
    let edits = [
        Replace("history.csv", "17-1,kawasaki,2018-12,4", "17-1,kawasaki,2019-01,3"),
        Write(
            "leaves.csv",
            b"resident,kind,start,months,hours_per_week,hours\n17-1,part-time,2019-06,2,,800\n",
        ),
        Remove("locks.csv"),
        Change(|sources| {
            let changes = sources.files.remove("facility_changes.csv").unwrap();
            sources.files.insert("facility_change.csv".to_string(), changes);
        }),
    ];
    insta::assert_snapshot!("history_ja", rendered(Language::Ja, &edits));
    insta::assert_snapshot!("history_en", rendered(Language::En, &edits));
}

#[test]
fn colour_changes_nothing_but_the_colour() {
    let (_, findings) = read(&edited(FULL_WIDTH));
    let catalogue = Catalogue::new(Language::Ja);
    let coloured = render(&findings, &catalogue, true);
    assert!(coloured.contains("\u{1b}["));
    let mut plain = String::new();
    let mut escape = false;
    for character in coloured.chars() {
        match (escape, character) {
            (false, '\u{1b}') => escape = true,
            (false, character) => plain.push(character),
            (true, 'm') => escape = false,
            (true, _) => {}
        }
    }
    assert_eq!(plain, render(&findings, &catalogue, false));
}
