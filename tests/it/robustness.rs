//! No input makes the reader or the renderer panic, whatever is done to it.

use crate::scenario::{errors, valid};
use kenshu::internal::diagnostic::Findings;
use kenshu::internal::language::{Catalogue, Language};
use kenshu::internal::output::diagnostics::render;
use kenshu::internal::plan;
use kenshu::internal::scenario::{Sources, read};
use proptest::prelude::*;

/// Reads and renders; whatever comes out must be consistent.
fn survive(sources: &Sources) {
    let (scenario, findings) = read(sources);
    assert_eq!(scenario.is_some(), errors(&findings) == 0);
    check_places(&findings);
    if let Some(scenario) = scenario {
        // The promises of the model, as far as indexing relies on them.
        for resident in &scenario.residents {
            assert!(resident.course.is_none_or(|course| course.0 < scenario.courses.len()));
            assert!(resident.facility_wishes.iter().all(|wish| wish.0 < scenario.facilities.len()));
        }
        assert!(scenario.courses.iter().all(|course| !course.patterns.is_empty()));
        assert!(scenario.facilities.iter().all(|facility| facility.volumes.len() == scenario.volumes.len()));
    }
}

fn check_places(findings: &Findings) {
    for finding in &findings.list {
        if let Some((line, range)) = &finding.place.excerpt {
            assert!(line.get(range.clone()).is_some(), "{finding:?}");
        }
    }
    for language in [Language::Ja, Language::En] {
        let text = render(findings, &Catalogue::new(language), false);
        assert_eq!(text.is_empty(), findings.list.is_empty());
    }
}

/// What a file may be replaced or enriched by.
fn snippet() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..40),
        ".{0,20}".prop_map(String::into_bytes),
        proptest::sample::select(vec![
            "\"",
            "\n",
            "\r",
            ",",
            ";",
            "",
            "[",
            "]]",
            "=",
            "-1",
            "NaN",
            "1e9",
            "9999999999999",
            "core",
            "2019-04",
            "0",
            "12",
            "\u{FEFF}",
            "１２",
            "associated",
            "19-1",
            "minato",
            "[[courses]]\n",
            "\0",
            "'''",
            "\"\"\"",
            "0x7f",
            "years = [[]]\n",
            "ﷺ",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 750, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_mutation_of_a_valid_scenario(
        mutations in proptest::collection::vec((0usize..6, any::<u16>(), 0usize..30, snippet()), 1..4),
    ) {
        let mut sources = valid();
        for (file, at, cut, insert) in mutations {
            let content = sources.files.values_mut().nth(file).unwrap();
            let start = at as usize % (content.len() + 1);
            let end = (start + cut).min(content.len());
            content.splice(start..end, insert);
        }
        survive(&sources);
    }

    #[test]
    fn any_token_of_a_valid_scenario_by_another(
        mutations in proptest::collection::vec((0usize..6, any::<u16>(), any::<u16>()), 1..3),
    ) {
        let mut sources = valid();
        for (file, at, other) in mutations {
            let all: String = sources.files.values().map(|content| String::from_utf8_lossy(content)).collect();
            let split = |text: &str| -> Vec<String> {
                text.split_inclusive([',', '\n', '"', ' ', ';', ':']).map(str::to_string).collect()
            };
            let tokens = split(&all);
            let content = sources.files.values_mut().nth(file).unwrap();
            let mut own = split(&String::from_utf8_lossy(content));
            let at = at as usize % own.len();
            own[at] = tokens[other as usize % tokens.len()].clone();
            *content = own.concat().into_bytes();
        }
        survive(&sources);
    }

    #[test]
    fn any_bytes_as_any_file(
        file in proptest::sample::select(vec![
            "program.toml", "facilities.csv", "facility_changes.csv", "residents.csv", "history.csv", "locks.csv",
            "leaves.csv", "logged_cases.csv",
        ]),
        bytes in prop_oneof![proptest::collection::vec(any::<u8>(), 0..300), "(?s).{0,200}".prop_map(String::into_bytes)],
    ) {
        let mut sources = valid();
        sources.files.insert(file.to_string(), bytes);
        survive(&sources);
    }

    #[test]
    fn any_bytes_as_a_plan(
        head in proptest::sample::select(vec!["", "resident,facility,start,months,course,leave\n"]),
        bytes in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..200),
            "(?s).{0,100}".prop_map(String::into_bytes),
            "((19-1|17-1|x),(minato|y),2019-0[1-9],[0-9]{1,3},A?,\n){0,8}".prop_map(String::into_bytes),
        ],
    ) {
        let scenario = read(&valid()).0.unwrap();
        let content = [head.as_bytes(), &bytes].concat();
        let (plan, findings) = plan::read("plan.csv", &content, &scenario);
        prop_assert_eq!(plan.is_some(), errors(&findings) == 0);
        check_places(&findings);
    }
}

#[test]
fn deep_nesting_and_long_lines_do_no_harm() {
    for content in [
        format!("a = {}", "[".repeat(100_000)),
        format!("a = {}", "{a=".repeat(100_000)),
        format!("{}a = 1", "a.".repeat(100_000)),
        format!("[{}a]", "a.".repeat(100_000)),
        "a=1\n".repeat(100_000),
        "[[courses]]\n".repeat(20_000),
        format!("[program]\nname = \"{}\"", "長".repeat(1_000_000)),
    ] {
        let mut sources = valid();
        sources.files.insert("program.toml".to_string(), content.into_bytes());
        survive(&sources);
    }
    for content in
        [",".repeat(1_000_000), "\"".repeat(1_000_001), "x".repeat(5_000_000), "x\n".repeat(1_000_000)]
    {
        let mut sources = valid();
        sources.files.insert("residents.csv".to_string(), content.into_bytes());
        survive(&sources);
    }
}
