//! The message catalogues: both languages say the same things, and nothing is said without an entry.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_syntax::ast;
use kenshu::internal::language::{Catalogue, Language, Message, SHEETS};

/// The file that is the workbook itself.
const PROGRAM_FILE: &str = "program.toml";

/// What a message has to offer: its arguments, and those of each attribute.
type Shape = BTreeMap<String, BTreeSet<String>>;

/// Every message of a language by key; an entry's own value stands under the empty attribute.
fn messages(language: Language) -> BTreeMap<String, (String, Shape)> {
    let mut messages = BTreeMap::new();
    for (file, content) in language.files() {
        let resource = fluent_syntax::parser::parse(content)
            .unwrap_or_else(|(_, errors)| panic!("{}/{file}.ftl: {errors:?}", language.tag()));
        for entry in resource.body {
            let ast::Entry::Message(message) = entry else { continue };
            let mut shape = Shape::new();
            if let Some(pattern) = &message.value {
                shape.insert(String::new(), arguments(pattern));
            }
            for attribute in &message.attributes {
                shape.insert(attribute.id.name.to_string(), arguments(&attribute.value));
            }
            let earlier = messages.insert(message.id.name.to_string(), (file.to_string(), shape));
            assert!(earlier.is_none(), "{}/{file}.ftl: {} stands twice", language.tag(), message.id.name);
        }
    }
    messages
}

fn arguments(pattern: &ast::Pattern<&str>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    collect_pattern(pattern, &mut names);
    names
}

fn collect_pattern(pattern: &ast::Pattern<&str>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            collect_expression(expression, names);
        }
    }
}

fn collect_expression(expression: &ast::Expression<&str>, names: &mut BTreeSet<String>) {
    match expression {
        ast::Expression::Inline(inline) => collect_inline(inline, names),
        ast::Expression::Select { selector, variants } => {
            collect_inline(selector, names);
            for variant in variants {
                collect_pattern(&variant.value, names);
            }
        }
    }
}

fn collect_inline(inline: &ast::InlineExpression<&str>, names: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            names.insert(id.name.to_string());
        }
        ast::InlineExpression::Placeable { expression } => collect_expression(expression, names),
        ast::InlineExpression::StringLiteral { .. } | ast::InlineExpression::NumberLiteral { .. } => {}
        // The only function there is: a table as the reader has it.
        ast::InlineExpression::FunctionReference { id, arguments } if id.name == "TABLE" => {
            let [ast::InlineExpression::StringLiteral { value }] = &arguments.positional[..] else {
                panic!("TABLE takes one name, not {arguments:?}");
            };
            let is_known = *value == PROGRAM_FILE || SHEETS.iter().any(|(table, _)| table == value);
            assert!(is_known, "no table is called {value}");
            names.insert(format!("TABLE {value}"));
        }
        // Terms and references to other messages are not loaded and would show themselves.
        other => panic!("the catalogues use plain arguments only, not {other:?}"),
    }
}

#[test]
fn both_languages_have_the_same_keys_attributes_and_arguments() {
    let (ja, en) = (messages(Language::Ja), messages(Language::En));
    let keys =
        |messages: &BTreeMap<String, (String, Shape)>| messages.keys().cloned().collect::<BTreeSet<_>>();
    let only_one: Vec<_> = keys(&ja).symmetric_difference(&keys(&en)).cloned().collect();
    assert!(only_one.is_empty(), "in one language only: {only_one:?}");
    for (key, shape) in &ja {
        assert_eq!(shape, &en[key], "{key}");
    }
    assert!(ja.len() > 100, "the catalogues were found");
}

/// Who has a workbook is not told of files: every table is called by `TABLE`, except where words are about a folder.
#[test]
fn words_about_tables_are_words_of_a_workbook_too() {
    // Arguments of commands, the manual's tables and the opening of folders speak of files and of nothing else.
    let of_files = ["help-", "manual-", "folder-", "file-", "page-begin-", "out-is-a-scenario"];
    for language in Language::ALL {
        for (file, content) in language.files().into_iter().filter(|(file, _)| *file != "tables") {
            let mut key = "";
            for line in content.lines().filter(|line| !line.starts_with('#')) {
                if !line.starts_with([' ', '}']) {
                    key = line.split(" =").next().unwrap();
                }
                let mut plain = line.to_string();
                for (table, _) in SHEETS.iter().chain(&[(PROGRAM_FILE, "")]) {
                    plain = plain.replace(&format!("TABLE(\"{table}\")"), "");
                }
                let names = SHEETS.iter().map(|(table, _)| *table).chain([PROGRAM_FILE]);
                let named: Vec<&str> = names.filter(|name| plain.contains(name)).collect();
                let is_of_files = of_files.iter().any(|start| key.starts_with(start));
                assert!(named.is_empty() || is_of_files, "{}/{file}.ftl: {key}: {named:?}", language.tag());
            }
        }
    }
    let message = Message::new("unknown-course").text("text", "F").text("hint", "");
    for (language, titles, words) in [
        (Language::En, None, "an id or a name of [[courses]] in program.toml."),
        (Language::En, Some(Language::En), "an id or a name of sheet “Courses” in the workbook."),
        // Whoever reads English of a Japanese workbook finds the sheets there are.
        (Language::En, Some(Language::Ja), "an id or a name of sheet “研修コース” in the workbook."),
        (Language::Ja, None, "program.toml の [[courses]] の ID か名前"),
        (Language::Ja, Some(Language::Ja), "ブックのシート「研修コース」の ID か名前"),
    ] {
        let catalogue = Catalogue::new(language);
        catalogue.speak_of_sheets(titles);
        let said = catalogue.say_attribute(&message, "remedy").unwrap();
        assert!(said.contains(words), "{said}");
    }
}

/// Rust sources of the crate without their tests.
fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_string();
            found.push((path.display().to_string(), code));
        }
    }
}

fn code() -> Vec<(String, String)> {
    let mut found = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 20, "the sources were found");
    found
}

/// String literals that follow `before` in a text (blanks and line breaks between allowed).
fn literals_after<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
    text.match_indices(before)
        .filter_map(|(at, _)| text[at + before.len()..].trim_start().strip_prefix('"')?.split('"').next())
        .collect()
}

#[test]
fn every_key_in_the_code_has_an_entry() {
    let known = messages(Language::En);
    let mut seen = 0;
    for (path, code) in code() {
        for before in ["Message::new(", ".word("] {
            for key in literals_after(&code, before) {
                assert!(known.contains_key(key), "{path}: no entry for {key}");
                seen += 1;
            }
        }
    }
    assert!(seen > 50, "only {seen} keys found");
}

/// Words with hyphens that are no keys: what files and the command line call things.
const NO_KEYS: [&str; 61] = [
    "at-risk",
    "ceiling-track",
    "course-wishes",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "disease-case",
    "disease-group",
    "due-hospital",
    "due-resident",
    "explain-infeasible",
    "explain-why",
    "explain-why-not",
    "extension-end",
    "facility-floor",
    "facility-wishes",
    "general-practice",
    "graduate-school",
    "graduate-school-clinical",
    "graduate-school-research",
    "half-up",
    "half-year",
    "internal-medicine",
    "kebab-case",
    "keep-until",
    "keio-2019",
    "keio-2019-scarce",
    "keio-2019-sections",
    "keio-2019-steady",
    "keio-2020-replan",
    "mid-year",
    "mid-year-report",
    "multi-profession",
    "must-not",
    "no-plan",
    "no-referrer",
    "no-store",
    "not-assessed",
    "not-checked",
    "not-known",
    "not-needed",
    "on-course",
    "part-time",
    "plan-dir",
    "plan-progress",
    "pseudonym-key",
    "same-origin",
    "sec-fetch-site",
    "sum-plus-worst",
    "supervisor-floor",
    "sweep-programs",
    "time-limit",
    "time-minimum",
    "whatif-answer",
    "whatif-largest",
    "whatif-list",
    "whatif-run",
    "why-not",
    "worst-first",
    "xdg-open",
    "year-end",
    "year-end-report",
];

/// A key may be chosen far from where it is said, so every literal that looks like one has to be one: a
/// misspelt key fails here.
#[test]
fn whatever_looks_like_a_key_has_an_entry() {
    let known = messages(Language::En);
    let of_rules: Vec<&str> = kenshu::internal::regulation::Rule::ALL.iter().map(|rule| rule.id()).collect();
    let arguments: BTreeSet<String> =
        known.values().flat_map(|(_, shape)| shape.values()).flatten().cloned().collect();
    let is_like_a_key = |literal: &&str| {
        let mut parts = literal.split('-');
        let of_letters = |part: &str| part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        literal.contains('-')
            && literal.starts_with(|c: char| c.is_ascii_lowercase())
            && parts.all(|part| !part.is_empty() && of_letters(part))
    };
    let mut seen = 0;
    for (path, code) in code().into_iter().filter(|(path, _)| !path.ends_with("sample.rs")) {
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        for literal in lines.flat_map(|line| line.split('"').skip(1).step_by(2)).filter(is_like_a_key) {
            let is_known = known.contains_key(literal)
                || of_rules.contains(&literal)
                || arguments.contains(literal)
                || NO_KEYS.contains(&literal);
            assert!(is_known, "{path}: {literal} looks like a key and has no entry");
            seen += 1;
        }
    }
    assert!(seen > 500, "only {seen} found");
}

#[test]
fn every_rule_has_its_words() {
    let known = messages(Language::En);
    for rule in kenshu::internal::regulation::Rule::ALL {
        let (_, shape) = known.get(rule.key()).unwrap_or_else(|| panic!("no entry for {}", rule.key()));
        for attribute in ["", "requirement", "reading"] {
            assert!(shape.contains_key(attribute), "{}: no .{attribute}", rule.key());
        }
    }
}

#[test]
fn every_parameter_has_its_words() {
    let known = messages(Language::En);
    let rows = kenshu::internal::regulation::RULES.iter().map(|row| row.words);
    let minima = kenshu::internal::regulation::Minimum::all()
        .filter_map(kenshu::internal::regulation::Minimum::reached);
    let built: BTreeSet<String> = rows
        .chain(kenshu::internal::regulation::INTAKE_CAP.iter().map(|row| row.words))
        .chain(minima.flat_map(|reached| [reached.asked, reached.lowered, reached.spare]))
        .map(str::to_string)
        .collect();
    let said: BTreeSet<String> = known.into_keys().filter(|key| key.starts_with("parameter-")).collect();
    assert_eq!(said, built);
}

/// An entry nobody says is a leftover. Keys that are put together cannot be found as literals; the rules'
/// and the parameters' are the only ones.
#[test]
fn every_entry_is_said_somewhere() {
    let code: String = code().into_iter().map(|(_, code)| code).collect();
    let unused: Vec<String> = messages(Language::En)
        .into_keys()
        .filter(|key| !["rule-", "parameter-"].iter().any(|built| key.starts_with(built)))
        .filter(|key| !code.contains(&format!("\"{key}\"")))
        .collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
}

/// Words that directors do not use, and people counted in two ways.
#[test]
fn japanese_words_are_those_of_the_field() {
    let is_counter = |text: &str, at: usize| {
        let before = text[..at].trim_end().ends_with(|c: char| c == '}' || c.is_ascii_digit());
        let after = text[at + '人'.len_utf8()..].trim_start();
        // Months of people, and what is said of a single one in passing.
        let idiom = ["月", "数", "1 ページ", "が研修全体で", "ずつ"];
        before && !idiom.iter().any(|idiom| after.starts_with(idiom))
    };
    let mut wrong = Vec::new();
    for (file, content) in Language::Ja.files() {
        for (line, text) in content.lines().enumerate() {
            let alias = text.trim_start().starts_with(".also");
            let unused = ["進路", "辞退", "レジデント"].iter().any(|word| text.contains(word));
            if unused && !alias || text.match_indices('人').any(|(at, _)| is_counter(text, at)) {
                wrong.push(format!("{file}.ftl:{} {text}", line + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
