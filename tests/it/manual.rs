//! The manual and the README say what is so: every example in a fence marked `console` is run and held to
//! what it prints, in both languages; every command and file they name exists.

use std::fs;
use std::path::Path;
use std::process::Command;

use kenshu::internal::language::{Catalogue, Language};
use kenshu::internal::manual::{TOPICS, Topic};

const LANGUAGES: [Language; 2] = [Language::Ja, Language::En];

/// A command of an example and the lines it is said to print; `...` stands for any lines, or any rest of one.
struct Example<'t> {
    command: &'t str,
    expected: Vec<&'t str>,
}

fn examples(markdown: &str) -> Vec<Example<'_>> {
    let mut examples: Vec<Example<'_>> = Vec::new();
    let mut inside = false;
    for line in markdown.lines() {
        match line {
            "```console" => inside = true,
            "```" => inside = false,
            _ if !inside => {}
            _ => match line.strip_prefix("$ ") {
                Some(command) => examples.push(Example { command, expected: Vec::new() }),
                None => examples.last_mut().expect("a command comes first").expected.push(line),
            },
        }
    }
    examples
}

/// Whether a line is what the example shows, `...` standing for anything. Columns of a table may be set
/// closer than they are printed, where the example leaves out what made them wide.
fn fits(line: &str, expected: &str) -> bool {
    let closer = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (line, expected) = (closer(line), closer(expected));
    let mut rest = line.as_str();
    let parts: Vec<&str> = expected.split("...").collect();
    for (number, part) in parts.iter().enumerate() {
        let Some(at) = rest.find(part.trim()) else { return false };
        if number == 0 && !rest.starts_with(part.trim_end()) {
            return false;
        }
        rest = &rest[at + part.trim().len()..];
    }
    rest.is_empty() || expected.ends_with("...")
}

/// The first expected line that is not there, in order; `...` alone stands for any lines.
fn missing<'e>(lines: &[&str], expected: &[&'e str]) -> Option<&'e str> {
    let (mut next, mut any) = (0, false);
    for &expected in expected {
        if expected.trim() == "..." {
            any = true;
            continue;
        }
        let found = (next..lines.len()).find(|&at| fits(lines[at], expected));
        match found.filter(|&at| any || at == next) {
            Some(at) => (next, any) = (at + 1, false),
            None => return Some(expected),
        }
    }
    (next < lines.len() && !any).then_some("(the end)")
}

fn run(command: &str, folder: &Path) -> String {
    let mut words = command.split_whitespace();
    assert_eq!(words.next(), Some("kenshu"), "{command}");
    let output = Command::new(env!("CARGO_BIN_EXE_kenshu"))
        .args(words)
        .current_dir(folder)
        .env("LC_ALL", "C")
        .output()
        .unwrap();
    // People see both on their terminal, tables first.
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

/// Runs every example of a page, in a folder of its own beside the shipped scenarios.
fn hold_to_output(name: &str, markdown: &str) {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios"), &folder.path().join("scenarios"));
    for Example { command, expected } in examples(markdown) {
        let output = run(command, folder.path());
        let lines: Vec<&str> = output.lines().collect();
        let missing = missing(&lines, &expected);
        assert!(missing.is_none(), "{name}: {command}\ndoes not print {missing:?} there but\n{output}");
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, target) = {
            let entry = entry.unwrap();
            (entry.path(), to.join(entry.file_name()))
        };
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn examples_print_what_the_manual_shows() {
    for language in LANGUAGES {
        let catalogue = Catalogue::new(language);
        for topic in TOPICS {
            hold_to_output(&format!("{} ({})", topic.id, language.tag()), &topic.markdown(&catalogue));
        }
    }
}

#[test]
fn examples_print_what_the_readme_shows() {
    hold_to_output("README", include_str!("../../README.md"));
}

#[test]
fn an_example_that_is_not_so_is_found() {
    for (expected, is_so) in [
        (&["a", "b", "c"][..], true),
        (&["a", "...", "c"], true),
        (&["..."], true),
        (&["...", "b ..."], false),
        (&["a", "c"], false),
        (&["a", "b"], false),
        (&["a", "b", "c", "d"], false),
        (&["...", "..."], true),
    ] {
        assert_eq!(missing(&["a", "b", "c"], expected).is_none(), is_so, "{expected:?}");
    }
    assert!(fits("Written to out: 7 files", "Written to ...: 7 ..."));
    assert!(!fits("Written to out: 7 files", "Written to ...: 8 ..."));
    assert!(!fits("Written to out", "Written"));
}

#[test]
fn every_topic_named_in_a_page_exists() {
    for language in LANGUAGES {
        let catalogue = Catalogue::new(language);
        for topic in TOPICS {
            for named in topic.markdown(&catalogue).split("`kenshu help ").skip(1) {
                let id = named.split('`').next().unwrap_or_default();
                assert!(Topic::find(id).is_some() || id == "TOPIC", "{}: {id}", topic.id);
            }
        }
    }
}

#[test]
fn every_topic_is_printed_and_every_command_is_in_the_first_page() {
    let desk = crate::desk::Desk::empty();
    for (language, tag) in LANGUAGES.map(|language| (language, language.tag())) {
        let catalogue = Catalogue::new(language);
        let list = desk.run(&["help", "--lang", tag]);
        assert_eq!(list.code, 0, "{list:?}");
        for topic in TOPICS {
            assert!(list.stdout.contains(topic.id), "{}: {list:?}", topic.id);
            let page = desk.run(&["help", topic.id, "--lang", tag]);
            let title =
                topic.markdown(&catalogue).lines().next().unwrap().trim_start_matches("# ").to_string();
            assert!(page.code == 0 && page.stdout.contains(&title), "{title}: {page:?}");
        }
        let start = Topic::find("start").unwrap().markdown(&catalogue);
        let commands = desk.run(&["--help", "--lang", tag]).stdout;
        // A command stands at the beginning of its line, two columns in.
        let names = commands.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
        let names: Vec<&str> =
            names.filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase())).collect();
        assert!(names.contains(&"plan") && names.contains(&"sweep-programs"), "{commands}");
        for name in names {
            let said = [format!("`{name} "), format!("`{name}`")];
            assert!(said.iter().any(|said| start.contains(said)), "{tag}: {name} is missing");
        }
    }
    assert_eq!(desk.run(&["help", "nothing"]).code, 2);
}
