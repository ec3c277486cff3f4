//! The command: the same bytes whatever threads, parts and interruptions, and what it refuses.

use std::collections::BTreeSet;
use std::fs;
use std::process::Stdio;
use std::time::Instant;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sha2::Digest;

use super::{PROGRAM, cell};
use crate::common::seeds::count;
use crate::desk::Desk;

const GRID: [&str; 4] =
    ["--vary", "intake.2020=2..=7", "--vary", "facilities.ashikaga.supervisors=0.4,1,1.5"];

/// All tables and charts of a folder, by name.
fn tables(desk: &Desk, out: &str) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(desk.path(out))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_string(), fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

fn results(desk: &Desk, out: &str) -> Vec<std::path::PathBuf> {
    let mut files: Vec<_> =
        fs::read_dir(desk.path(out).join("results")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    files
}

#[test]
fn a_grid_has_a_row_for_each_pair_and_says_what_binds() {
    let desk = Desk::small();
    let rows = desk.whatif("out", &GRID);
    assert_eq!(rows.len(), 1 + 18);
    assert_eq!(
        rows[0][..5],
        ["intake.2020", "facilities.ashikaga.supervisors", "placeable", "within_caps", "binding"]
    );
    assert_eq!((rows[1][0].as_str(), rows[1][1].as_str()), ("2", "0.4"));
    assert_eq!((rows[18][0].as_str(), rows[18][1].as_str()), ("7", "1.5"));
    for row in 1..rows.len() {
        // The urban cap is 15 hires in 5 years, 3 a year; the core holds 9 in all.
        let intake: u32 = cell(&rows, row, "intake.2020").parse().unwrap();
        assert_eq!(cell(&rows, row, "within_caps"), (intake <= 3).to_string());
        let binding = cell(&rows, row, "binding");
        if intake > 3 {
            assert!(binding.contains("urban-cap"), "{binding}");
        }
        if cell(&rows, row, "placeable") == "false" {
            assert!(binding.contains("supervisor-ratio."), "{binding}");
            assert_eq!(cell(&rows, row, "coverage.sum"), "");
        } else {
            assert_eq!(cell(&rows, row, "coverage.sum.proof"), "certified");
        }
    }
    let placeable = (1..rows.len()).filter(|&row| cell(&rows, row, "placeable") == "true").count();
    assert!((1..18).contains(&placeable), "both occur: {placeable}");
    for chart in ["chart-intake.2020.svg", "chart-facilities.ashikaga.supervisors.svg"] {
        let svg = desk.read(&format!("out/{chart}"));
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
        assert!(svg.contains("stroke-dasharray") && svg.contains("coverage.sum"), "{chart}");
    }
}

#[test]
fn threads_and_parts_make_no_difference() {
    let desk = Desk::small();
    desk.whatif("one", &[&GRID[..], &["--threads", "1"]].concat());
    desk.whatif("two", &[&GRID[..], &["--threads", "2"]].concat());
    let whole = tables(&desk, "one");
    assert!(whole.len() >= 4);
    assert_eq!(whole, tables(&desk, "two"));
    for (by, parts) in [("", 2), ("", 5), ("", 30), ("hash:", 3)] {
        let folders: Vec<String> = (1..=parts).map(|part| format!("part-{part}-{parts}")).collect();
        for (part, folder) in folders.iter().enumerate() {
            let shard = format!("{by}{}/{parts}", part + 1);
            let ended =
                desk.run(&[&["whatif", "small", "--out", folder, "--shard", &shard], &GRID[..]].concat());
            assert_eq!(ended.code, 0, "{}", ended.stderr);
            assert!(!desk.path(folder).join("whatif.csv").exists(), "a part is no answer");
        }
        let names: Vec<&str> = folders.iter().rev().map(String::as_str).collect();
        let ended = desk.run(&[&["whatif", "merge", "--out", "merged"], &names[..]].concat());
        assert_eq!(ended.code, 0, "{}", ended.stderr);
        assert_eq!(whole, tables(&desk, "merged"), "{parts} parts");
        fs::remove_dir_all(desk.path("merged")).unwrap();
    }
}

#[test]
fn variants_that_are_one_scenario_keep_their_names() {
    let desk = Desk::small();
    let variants = ["first", "second", "third"]
        .map(|name| format!("[[variants]]\nname = \"{name}\"\nset = {{ \"intake.2020\" = 3 }}\n"));
    desk.write("variants.toml", &variants.concat());
    let ask = ["--variants", "variants.toml"];
    let rows = desk.whatif("one", &ask);
    let names: Vec<&str> = rows[1..].iter().map(|row| row[0].as_str()).collect();
    assert_eq!(names, ["first", "second", "third"]);
    for part in ["1", "2"] {
        let shard = format!("{part}/2");
        let ended = desk.run(&[&["whatif", "small", "--out", part, "--shard", &shard], &ask[..]].concat());
        assert_eq!(ended.code, 0, "{}", ended.stderr);
    }
    let ended = desk.run(&["whatif", "merge", "1", "2", "--out", "merged"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert_eq!(tables(&desk, "merged"), tables(&desk, "one"));
}

#[test]
fn a_list_names_every_variant_and_the_part_that_answers_it() {
    let desk = Desk::small();
    let ended = desk.run(&[&["whatif", "list", "small", "--json"], &GRID[..]].concat());
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    let listed: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    let rows = desk.whatif("out", &GRID);
    let labels = |row: &serde_json::Value| -> Vec<String> {
        row["labels"].as_array().unwrap().iter().map(|label| label.as_str().unwrap().to_string()).collect()
    };
    let listed: Vec<&serde_json::Value> = listed["variants"].as_array().unwrap().iter().collect();
    assert_eq!(listed.len(), rows.len() - 1);
    for (variant, row) in listed.iter().zip(&rows[1..]) {
        let own = labels(variant);
        assert_eq!(own, row[..own.len()]);
        assert!(desk.path(&format!("out/results/{}.json", variant["key"].as_str().unwrap())).exists());
    }
    let shard = listed[4]["shard"].as_str().unwrap();
    let ended = desk.run(&[&["whatif", "list", "small", "--shard", shard], &GRID[..]].concat());
    let shown: Vec<&str> = ended.stdout.lines().last().unwrap().split_whitespace().collect();
    assert_eq!(shown, labels(listed[4]));
    assert_eq!(ended.stdout.lines().count(), 3, "headings, a line, one variant");
}

#[test]
fn a_part_by_hash_keeps_its_variants_when_others_come() {
    let desk = Desk::small();
    let part = |range: &str, part: u32| -> BTreeSet<String> {
        let (vary, shard) = (format!("intake.2020={range}"), format!("hash:{part}/3"));
        let ended = desk.run(&["whatif", "list", "small", "--vary", &vary, "--shard", &shard, "--json"]);
        assert_eq!(ended.code, 0, "{}", ended.stderr);
        let listed: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
        let labels = listed["variants"].as_array().unwrap().iter().map(|row| row["labels"].to_string());
        labels.collect()
    };
    let all: BTreeSet<String> = (1..=3).flat_map(|number| part("1..=6", number)).collect();
    assert_eq!(all.len(), 6);
    for number in 1..=3 {
        let (few, many) = (part("1..=6", number), part("1..=20", number));
        assert!(few.is_subset(&many), "{few:?} {many:?}");
        assert_eq!(few, many.intersection(&all).cloned().collect());
    }
}

#[test]
fn a_scheduler_says_which_part_it_is() {
    let desk = Desk::small();
    let part = |variables: &[(&str, &str)]| {
        let mut command =
            desk.command(&[&["whatif", "list", "small", "--shard", "auto"], &GRID[..]].concat());
        let output = command.envs(variables.iter().copied()).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    let of = |index: &str| part(&[("CLOUD_RUN_TASK_INDEX", index), ("CLOUD_RUN_TASK_COUNT", "2")]);
    let (first, second) = (of("0"), of("1"));
    assert_eq!((first.0, second.0), (0, 0));
    let whole = desk.run(&[&["whatif", "list", "small"], &GRID[..]].concat()).stdout;
    assert_eq!(first.1.lines().count() + second.1.lines().count(), whole.lines().count() + 2);
    assert_eq!(part(&[("HQ_TASK_ID", "0")]).0, 2, "nobody says of how many");
    assert_eq!(part(&[("CLOUD_RUN_TASK_INDEX", "0"), ("HQ_TASK_ID", "0")]).0, 2);
}

#[test]
fn a_merge_says_what_is_missing_broken_or_contradicting() {
    let desk = Desk::small();
    for part in ["1", "2"] {
        let shard = format!("{part}/2");
        desk.run(&[&["whatif", "small", "--out", part, "--shard", &shard], &GRID[..]].concat());
    }
    let merge = |folders: &[&str]| desk.run(&[&["whatif", "merge", "--out", "merged"], folders].concat());
    let ended = merge(&["1"]);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("9 missing, 0 not whole"), "{}", ended.stderr);
    assert!(!desk.path("merged/whatif.csv").exists());

    let first = results(&desk, "1").remove(0);
    let name = first.file_name().unwrap().to_str().unwrap();
    let content = fs::read_to_string(&first).unwrap();
    fs::write(&first, &content[..content.len() / 2]).unwrap();
    let ended = merge(&["1", "2"]);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("1 missing, 1 not whole"), "{}", ended.stderr);
    // A run takes up what is whole and answers the broken one again.
    let ended = desk.run(&[&["whatif", "small", "--out", "1", "--shard", "1/2"], &GRID[..]].concat());
    assert!(ended.stderr.contains("8 answers were there before"), "{}", ended.stderr);
    fs::copy(&first, desk.path("2/results").join(name)).unwrap();
    let ended = merge(&["1", "2"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert!(ended.stderr.contains("1 result is there twice"), "{}", ended.stderr);

    desk.run(&["whatif", "small", "--out", "other", "--vary", "intake.2020=3..=4"]);
    let ended = merge(&["1", "other"]);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("another run"), "{}", ended.stderr);
    assert_eq!(merge(&["small"]).code, 2, "no results there");
}

#[test]
fn a_run_killed_at_any_moment_leaves_whole_files_and_continues() {
    let desk = Desk::small();
    let started = Instant::now();
    desk.whatif("whole", &GRID);
    let undisturbed = started.elapsed();
    let expected = tables(&desk, "whole");
    let arguments = [&["whatif", "small", "--out", "out", "--threads", "2"], &GRID[..]].concat();
    let mut random = StdRng::seed_from_u64(5);
    let (mut early, mut half, mut late, mut kept) = (0, 0, 0, 0);
    let kills = count(40);
    for kill in 1..=kills {
        let mut child = desk.command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(undisturbed.mul_f64(random.random_range(0.0..1.1)));
        child.kill().unwrap();
        child.wait().unwrap();
        let files = if desk.path("out/results").is_dir() { results(&desk, "out") } else { Vec::new() };
        for path in &files {
            let key = path.file_stem().unwrap().to_str().unwrap();
            let read = kenshu::internal::output::whatif_file::read(key, &fs::read(path).unwrap());
            assert!(read.is_some(), "{} is not whole", path.display());
        }
        // What a killed run had answered is still there after the next.
        assert!(files.len() >= kept, "kill {kill}: {} of {kept} results are left", files.len());
        kept = files.len();
        match kept {
            0 => early += 1,
            18 => late += 1,
            _ => half += 1,
        }
        // Some rounds continue a run that was killed before, some start afresh.
        if kill % 4 == 0 {
            let ended = desk.run(&arguments);
            assert_eq!(ended.code, 0, "{}", ended.stderr);
            assert_eq!(tables(&desk, "out"), expected, "after kill {kill}");
            fs::remove_dir_all(desk.path("out")).unwrap();
            kept = 0;
        }
    }
    println!("{kills} kills: {early} before any result, {half} among the results, {late} after the last");
    assert!(half > 0, "no kill fell among the results");
}

/// Killed when some of the tables are in their places and the others wait for theirs.
#[test]
fn a_run_killed_among_its_tables_is_completed_by_the_next() {
    let desk = Desk::small();
    let arguments = [&["whatif", "small", "--out", "out"], &GRID[..]].concat();
    desk.whatif("out", &GRID);
    let names = ["chart-intake.2020.svg", "whatif.csv", "whatif.json"];
    let whole = tables(&desk, "out");
    let sha256 = |name: &str| -> String {
        let digest = sha2::Sha256::digest(fs::read(desk.path("out").join(name)).unwrap());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let coming: Vec<_> = names.iter().map(|name| (name, sha256(name))).collect();
    let had = serde_json::Map::new();
    let journal = serde_json::json!({"tool": "kenshu", "undo": false, "coming": coming, "had": had});
    let kill = |waiting: &[&str]| {
        fs::create_dir_all(desk.path("out/.kenshu/new")).unwrap();
        desk.write("out/.kenshu/journal.json", &journal.to_string());
        for name in waiting {
            fs::rename(desk.path("out").join(name), desk.path("out/.kenshu/new").join(name)).unwrap();
        }
    };
    for waiting in [&names[..], &names[1..], &names[2..], &[]] {
        kill(waiting);
        let ended = desk.run(&arguments);
        assert_eq!(ended.code, 0, "{}", ended.stderr);
        assert_eq!(tables(&desk, "out"), whole);
        assert!(!desk.path("out/.kenshu").exists());
    }
    // What somebody wrote there meanwhile is theirs.
    kill(&names);
    desk.write("out/whatif.csv", "mine");
    assert_eq!(desk.run(&arguments).code, 2);
    assert_eq!(desk.read("out/whatif.csv"), "mine");
}

#[test]
fn an_invalid_variant_is_told_and_the_rest_goes_on() {
    let desk = Desk::small();
    let ended = desk.run(&["whatif", "small", "--out", "out", "--vary", "intake.2019=1..=3"]);
    assert_eq!(ended.code, 1);
    assert!(
        ended.stderr.contains("intake-below-rows") && ended.stderr.contains("program.toml:11"),
        "{}",
        ended.stderr
    );
    let rows = desk.rows("out/whatif.csv");
    assert_eq!(cell(&rows, 1, "status"), "invalid");
    assert_eq!(cell(&rows, 1, "placeable"), "unknown");
    assert_eq!((cell(&rows, 2, "placeable"), cell(&rows, 3, "placeable")), ("true", "true"));
}

#[test]
fn a_japanese_table_has_no_words_of_files() {
    let desk = Desk::small();
    let ended = desk.run(&["whatif", "small", "--out", "out", "--lang", "ja", "--vary", "intake.2020=2,3"]);
    let heading = ended.stdout.lines().next().unwrap();
    assert!(heading.contains("必要人数（合計）"), "{heading}");
    assert!(!ended.stdout.contains("[[") && !ended.stdout.contains(".sum"), "{}", ended.stdout);
}

#[test]
fn caps_that_nobody_checked_are_not_kept() {
    let desk = Desk::small();
    let without = PROGRAM.split_once("[rules.intake_cap]").unwrap();
    let courses = without.1.split_once("[[courses]]").unwrap().1;
    desk.write("small/program.toml", &format!("{}[[courses]]{courses}", without.0));
    let ended = desk.run(&["whatif", "small", "--out", "out", "--vary", "intake.2020=2,3"]);
    assert!(ended.stderr.contains("2 can be placed; the caps are not checked."));
    let chart = desk.read("out/chart-intake.2020.svg");
    assert!(chart.contains("caps not all checked") && !chart.contains("placed, within the caps"));
    // Fewer than the rows are no scenario, which says nothing of caps either.
    let largest = desk.run(&["whatif", "small", "--out", "largest", "--largest", "intake.2019"]);
    assert_eq!(largest.code, 0, "{}", largest.stderr);
    let table = desk.read("largest/largest.csv");
    assert!(table.contains(",placeable,") && !table.contains("within_caps"), "{table}");
}

#[test]
fn what_is_wrong_with_many_variants_is_told_once() {
    let desk = Desk::small();
    let seats = ["--vary", "facilities.ashikaga.supervisors=1,2,3,4,5"];
    let ended =
        desk.run(&[&["whatif", "small", "--out", "out", "--vary", "intake.2019=1,2"], &seats[..]].concat());
    assert_eq!(ended.stderr.matches("intake-below-rows").count(), 1, "{}", ended.stderr);
    assert!(ended.stderr.contains("supervisors=3 and 2 more"), "{}", ended.stderr);
}

#[test]
fn locks_are_read_from_a_sheet_as_from_a_file() {
    let desk = Desk::small();
    let locks = "resident,facility,start,months,kind\nR1,keiyu,2020-04,12,must\n";
    for file in ["program.toml", "facilities.csv", "residents.csv"] {
        desk.write(&format!("locked/{file}"), &desk.read(&format!("small/{file}")));
    }
    desk.write("locked/locks.csv", locks);
    assert_eq!(desk.run(&["convert", "locked", "locked.xlsx"]).code, 0);
    assert_eq!(desk.run(&["convert", "small", "none.xlsx"]).code, 0);
    let asked = |name: &str, out: &str| {
        let set = format!("locks={}", desk.path(name).display());
        desk.run(&[
            "whatif",
            "small",
            "--out",
            out,
            "--vary",
            "intake.2020=2,3",
            "--set",
            &set,
            "--lang",
            "en",
        ])
    };
    assert_eq!((asked("locked/locks.csv", "csv").code, asked("locked.xlsx", "xlsx").code), (0, 0));
    assert_eq!(desk.read("csv/whatif.csv"), desk.read("xlsx/whatif.csv"));
    let none = asked("none.xlsx", "none");
    assert_eq!(none.code, 2);
    assert!(none.stderr.contains("The sheet “Locks” is missing"), "{}", none.stderr);
}

#[test]
fn arguments_are_looked_at_before_anything_runs() {
    let desk = Desk::small();
    for (arguments, said) in [
        (&["--vary", "intake.2020="][..], "holds no value"),
        (&["--vary", "intake.2020=5..5"], "holds no value"),
        (&["--vary", "intake.2020=9..=8"], "backwards"),
        (&["--vary", "intak.2020=1,2"], "intake.2020"),
        (&["--vary", "intake.2020"], "KEY=VALUE"),
        (&["--vary", "intake.2020=1,2", "--set", "intake.2020=3"], "twice"),
        (&["--vary", "intake.2020=2,3", "--shard", "3/2"], "1/4"),
        (&["--vary", "intake.2020=2,3", "--threads", "0"], "--threads"),
        (&["--draws", "x"], "--draws"),
        (&["--value", "beds"], "seats"),
        (&["--value", "seats", "--draws", "3"], "one thing"),
        (&[], "--vary KEY=RANGE"),
        (&["--set", "locks=nowhere.csv"], "nowhere.csv"),
        (&["--largest", "rules.core_month_min"], "rules.core_months_min"),
        (&["--largest", "program.training_months"], "RANGE"),
        (&["--vary", "facilities.add=id=x,role=affiliate"], "row"),
        (&["--set", "facilities.add=kita"], "column=cell"),
        (&["--vary", "intake.2020=2,3", "stray"], "stray"),
    ] {
        let ended = desk.run(&[&["whatif", "small", "--out", "out"], arguments].concat());
        assert_eq!(ended.code, 2, "{arguments:?} {}", ended.stderr);
        assert!(ended.stderr.contains(said), "{arguments:?}: {}", ended.stderr);
        assert!(!desk.path("out").exists(), "{arguments:?}");
    }
    let ended =
        desk.run(&["whatif", "small", "--vary", "x=1..0", "--vary", "intake.2020=3..=1", "--out", "out"]);
    assert!(
        ended.stderr.contains("backwards") && ended.stderr.contains("no key x"),
        "all at once: {}",
        ended.stderr
    );
    assert_eq!(desk.run(&["whatif", "small", "--vary", "intake.2020=2"]).code, 2, "no --out");
    assert_eq!(desk.run(&["whatif", "small", "--vary", "intake.2020=2", "--out", "small/out"]).code, 2);
}

#[test]
fn very_many_variants_are_asked_about_first() {
    let desk = Desk::small();
    let many =
        ["whatif", "small", "--out", "out", "--vary", "intake.2020=2..=60", "--vary", "intake.2021=0..=60"];
    let ended = desk.run(&many);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("3599 variants") && ended.stderr.contains("--yes"), "{}", ended.stderr);
    assert!(!desk.path("out").exists());
}

#[test]
fn folders_of_others_are_refused() {
    let desk = Desk::small();
    let vary = ["--vary", "intake.2020=2,3"];
    desk.whatif("out", &vary);
    let again = |out: &str| desk.run(&[&["whatif", "small", "--out", out], &vary[..]].concat());
    assert_eq!(again("out").code, 0, "its own folder");
    desk.replace("small/program.toml", "as agreed", "as agreed upon");
    let ended = again("out");
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("another scenario (small)"), "{}", ended.stderr);
    desk.write("mine/whatif.csv", "my notes");
    assert_eq!(again("mine").code, 2);
    assert_eq!(desk.read("mine/whatif.csv"), "my notes");
    desk.write("theirs/results/a.json", "{}");
    assert_eq!(again("theirs").code, 2);
    assert_eq!(again("new").code, 0);
    desk.replace("new/whatif.csv", "true", "false");
    let ended = again("new");
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("changed since"), "{}", ended.stderr);
}

#[test]
fn named_variants_say_what_a_grid_cannot() {
    let desk = Desk::small();
    desk.write("locks.csv", "resident,facility,start,months,kind\nR2,st.luke,2021-04,12,must\n");
    desk.write(
        "variants.toml",
        r#"
[[variants]]
name = "as it is"
[[variants]]
name = "new site"
[variants.set]
"intake.2020" = 3
"facilities.add" = { id = "kita", role = "affiliate", accreditation = "training", supervisors = 2 }
[[variants]]
name = "locked"
set = { locks = "locks.csv", "facilities.ashikaga.supervisors@2020-04" = 0.4 }
"#,
    );
    let rows = desk.whatif("out", &["--variants", "variants.toml", "--vary", "rules.core_months_min=6,30"]);
    assert_eq!(rows.len(), 7);
    assert_eq!((cell(&rows, 3, "variant"), cell(&rows, 3, "rules.core_months_min")), ("new site", "6"));
    assert_eq!(cell(&rows, 4, "placeable"), "false", "nobody is 30 months at the core");
    let placed = |row: usize| (cell(&rows, row, "facility-wishes.sum"), cell(&rows, row, "placeable"));
    assert_ne!(placed(1), placed(5), "R2 is at the last wish");
    desk.write(
        "variants.toml",
        "[[variants]]\nname = \"a\"\nst = 1\n[[variants]]\nname = \"a\"\n[variants.set]\nintak = 1\n",
    );
    let ended = desk.run(&["whatif", "small", "--out", "other", "--variants", "variants.toml"]);
    assert_eq!(ended.code, 2);
    for said in ["no st", "Variant 2", "no key intak"] {
        assert!(ended.stderr.contains(said), "{said}: {}", ended.stderr);
    }
}

#[test]
fn the_largest_value_is_that_of_the_full_sweep() {
    let desk = Desk::small();
    for sets in
        [&[][..], &["--set", "facilities.keio.supervisors=2"], &["--set", "facilities.keio.supervisors=1"]]
    {
        let rows = desk.whatif("sweep", &[&["--vary", "intake.2020=1..=12"], sets].concat());
        let passing = |column: &str| {
            let passes = (1..rows.len()).filter(|&row| cell(&rows, row, column) == "true");
            passes.map(|row| cell(&rows, row, "intake.2020").parse::<u32>().unwrap()).max()
        };
        let expected = [passing("placeable"), passing("within_caps")];
        for vary in [&[][..], &["--vary", "intake.2020=1..=12"]] {
            let arguments =
                [&["whatif", "small", "--largest", "intake.2020", "--out", "largest"], sets, vary].concat();
            let ended = desk.run(&arguments);
            let found = desk.rows("largest/largest.csv");
            for (question, expected) in ["placeable", "within_caps"].into_iter().zip(expected) {
                let row = found.iter().find(|row| row[1] == question).unwrap();
                assert_eq!(row[2].parse().ok(), expected, "{question} {sets:?} {}", ended.stderr);
                if let Some(expected) = expected {
                    assert_eq!(row[3], (expected + 1).to_string());
                    assert!(!row[4].is_empty(), "what binds");
                }
            }
            // What is said to lift the limit does.
            for row in found[1..].iter().filter(|row| row[1] == "placeable" && !row[5].is_empty()) {
                let supervisors = format!("facilities.{}.supervisors", row[5]);
                let now = match (row[5].as_str(), sets.get(1)) {
                    ("keio", Some(set)) => set.rsplit_once('=').unwrap().1.to_string(),
                    ("keio", None) => "3".to_string(),
                    ("st.luke", _) => "0.4".to_string(),
                    _ => "1".to_string(),
                };
                let (whole, rest) = now.split_once('.').unwrap_or((&now, "0"));
                let set = format!("{supervisors}={}.{rest}", whole.parse::<u32>().unwrap() + 1);
                let intake = format!("intake.2020={}", row[3]);
                let lifted = desk.whatif("lifted", &["--set", &set, "--vary", &intake]);
                assert_eq!(cell(&lifted, 1, "placeable"), "true", "{set}");
            }
            fs::remove_dir_all(desk.path("largest")).unwrap();
        }
        fs::remove_dir_all(desk.path("sweep")).unwrap();
    }
}

#[test]
fn the_same_seed_draws_the_same_futures() {
    let desk = Desk::small();
    desk.replace(
        "small/program.toml",
        "[course_mix]",
        "[draws]\ndrop_out = 0.2\ncourses = { A = 1, B = 2 }\n[course_mix]",
    );
    let draw = |out: &str, seed: &str, threads: &str| {
        desk.whatif(out, &["--draws", "40", "--seed", seed, "--threads", threads])
    };
    let first = draw("a", "7", "1");
    assert_eq!(first.len(), 41);
    assert_eq!(first, draw("b", "7", "2"));
    assert_ne!(first, draw("c", "8", "2"));
    let ended = desk.run(&["whatif", "small", "--out", "a", "--draws", "40", "--seed", "7"]);
    let kept = (1..41).filter(|&row| cell(&first, row, "worst_course_choice") == "1").count();
    let percent = format!("{}", kept as f64 * 100.0 / 40.0);
    assert!(
        ended.stderr.contains(&format!("{percent} % of 40 futures keep everyone in the first course")),
        "{}",
        ended.stderr
    );
    desk.replace("small/program.toml", "drop_out = 0.2", "drop_out = 1.2");
    let ended = desk.run(&["whatif", "small", "--out", "d", "--draws", "4"]);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("number-out-of-range"), "{}", ended.stderr);
}

#[test]
fn a_seat_is_worth_what_the_edited_tables_say() {
    let desk = Desk::small();
    desk.replace("small/facilities.csv", "training,1,,300", "training,0.4,,300");
    desk.whatif("out", &["--value", "seats"]);
    let rows = desk.rows("out/seat_values.csv");
    let find = |facility: &str, year: &str, seats: &str| {
        (1..rows.len())
            .find(|&row| rows[row][..3] == [facility, year, seats])
            .unwrap_or_else(|| panic!("{rows:?}"))
    };
    // One seat more at keiyu in 2021, by hand: seats and supervisors for that year alone.
    let more = find("keiyu", "2021", "+1");
    desk.write(
        "small/facility_changes.csv",
        "facility,from,column,value\nkeiyu,2021-04,supervisors,0.7\nkeiyu,2022-04,supervisors,0.4\n",
    );
    let by_hand = desk.whatif("by-hand", &["--set", "rules.core_months_min=6"]);
    for goal in ["coverage.sum", "facility-wishes.worst", "facility-wishes.sum", "repeats.sum"] {
        assert_eq!(cell(&rows, more, goal), cell(&by_hand, 1, goal), "{goal}");
    }
    let changes: Vec<&str> = (1..rows.len())
        .map(|row| cell(&rows, row, "facility-wishes.sum.change"))
        .filter(|c| *c != "0")
        .collect();
    assert!(!changes.is_empty(), "some seat is worth something");
    assert!(desk.read("out/seat_values.svg").contains("keiyu"));
}

#[test]
fn json_goes_to_stdout() {
    let desk = Desk::small();
    let ended = desk.run(&["whatif", "small", "--out", "out", "--vary", "intake.2020=2,3", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(json["columns"], serde_json::json!(["intake.2020"]));
    assert_eq!(json["variants"][1]["labels"], serde_json::json!(["3"]));
}

/// The number of residents who would have to stay out is what trying all smaller intakes gives, and
/// where there is a plan, each assessed item has its margin.
#[test]
fn who_has_to_stay_out_is_what_the_full_sweep_says() {
    let desk = Desk::small();
    let rows = desk.whatif("sweep", &["--vary", "intake.2019=2,3", "--vary", "intake.2020=1..=12"]);
    let row_of = |first: &str, second: usize| {
        let found = (1..rows.len()).find(|&row| rows[row][0] == first && rows[row][1] == second.to_string());
        found.unwrap()
    };
    let placeable = |first: &str, second: usize| cell(&rows, row_of(first, second), "placeable") == "true";
    let mut told = 0;
    for second in 1..=12 {
        let row = row_of("3", second);
        let (out, year) = (cell(&rows, row, "unplaced"), cell(&rows, row, "unplaced_entry_year"));
        if placeable("3", second) {
            assert_eq!((out, year), ("", ""));
            continue;
        }
        let later = (1..second).find(|less| placeable("3", second - less));
        let out: usize = out.parse().unwrap();
        match year {
            "2020" => assert_eq!(Some(out), later, "{second}"),
            "2019" => {
                assert!(later.is_none_or(|later| out < later), "{second}: the latest year of equally many");
                assert!(out > 1 || placeable("2", second), "{second}");
            }
            other => panic!("nobody enters in {other}"),
        }
        told += 1;
    }
    assert!(told > 2, "{told} without a plan");
}

#[test]
fn each_assessed_case_item_has_the_margin_that_plan_tells() {
    let desk = Desk::small();
    let program = desk.read("small/program.toml");
    let item = "\n[[cases]]\nid = \"ct\"\nname = \"CT\"\ntarget = 20\n";
    desk.write("small/program.toml", &(program + item));
    let rows = desk.whatif("out", &["--vary", "intake.2020=2..=4", "--vary", "cases.ct.target=20,40"]);
    for row in 1..rows.len() {
        let margin = cell(&rows, row, "margin.ct");
        match cell(&rows, row, "placeable") {
            "true" => {
                let (whole, decimals) = margin.split_once('.').unwrap();
                assert!(whole.parse::<u32>().unwrap() >= 1, "a plan has the cases it needs: {margin}");
                assert_eq!(decimals.len(), 4);
            }
            _ => assert_eq!(margin, ""),
        }
    }
    let told = |row: usize| cell(&rows, row, "margin.ct").parse::<f64>().unwrap();
    assert!(told(1) > told(2), "twice the target, half the margin: {} and {}", told(1), told(2));
}

/// A plan for all but one is no plan for all: the table and the terminal say so.
#[test]
fn who_is_not_planned_is_told_of_every_variant() {
    let desk = Desk::small();
    // A year at an affiliate is where no course begins.
    let residents = desk.read("small/residents.csv") + "R0,2018,,,\n";
    desk.write("small/residents.csv", &residents);
    desk.write("small/history.csv", "resident,facility,start,months\nR0,ashikaga,2018-04,12\n");
    let ended = desk.run(&["whatif", "small", "--vary", "intake.2020=2..=3", "--out", "out"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    let told = "One resident is not planned, since the past fits no course: R0.";
    assert!(ended.stderr.replace('\n', " ").contains(told), "{}", ended.stderr);
    let table = desk.read("out/whatif.csv");
    assert_eq!(table.matches("history-course").count(), 2, "{table}");
}
