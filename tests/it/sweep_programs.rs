//! `kenshu sweep-programs`: a row for each program, whatever is wrong with one, the same bytes however it is shared out.

use std::fs;

use crate::desk::Desk;
use crate::whatif::cell;

/// A region of four: one that has a plan, one that has none, one that cannot be read, and a workbook of the first.
fn region() -> Desk {
    let desk = Desk::small();
    for name in ["a", "full", "broken"] {
        for table in ["program.toml", "facilities.csv", "residents.csv"] {
            desk.write(&format!("region/{name}/{table}"), &desk.read(&format!("small/{table}")));
        }
    }
    desk.replace("region/full/program.toml", "2020 = 2", "2020 = 40");
    desk.replace("region/broken/facilities.csv", "keiyu,", "ashikaga,");
    desk.replace("region/broken/residents.csv", "R1,2019", "R1,20x9");
    assert_eq!(desk.run(&["convert", "small", "region/b.xlsx"]).code, 0);
    // What is no program is passed over.
    desk.write("region/notes.txt", "");
    desk.write("region/old/notes.txt", "");
    desk
}

fn sweep(desk: &Desk, out: &str, arguments: &[&str]) -> Vec<Vec<String>> {
    let ended = desk.run(&[&["sweep-programs"], arguments, &["--out", out]].concat());
    assert!(ended.code <= 1, "{}", ended.stderr);
    desk.rows(&format!("{out}/programs.csv"))
}

#[test]
fn every_program_is_a_row_with_the_columns_of_a_what_if() {
    let desk = region();
    let rows = sweep(&desk, "out", &["region"]);
    let paths: Vec<&str> = rows[1..].iter().map(|row| row[0].as_str()).collect();
    assert_eq!(paths, ["region/a", "region/b.xlsx", "region/broken", "region/full"]);
    let whatif = desk.whatif("whatif", &["--set", "intake.2020=2"]);
    assert_eq!(rows[0][..5], ["path", "program", "program_name", "residents", "facilities"]);
    assert_eq!(
        rows[0][5..rows[0].len() - 1],
        whatif[0],
        "the same columns behind those that say which program it is"
    );
    assert_eq!(rows[1][5..rows[0].len() - 1], whatif[1], "and the same answer");
    assert_eq!(rows[1][1..5], ["small", "小さな研修プログラム", "5", "4"]);
    assert_eq!(rows[2][1..], rows[1][1..], "a workbook is the same program");

    let why = |row: usize| cell(&rows, row, "why").replace('\r', "");
    assert_eq!(cell(&rows, 3, "status"), "invalid");
    let wrong: Vec<String> = why(3).lines().map(str::to_string).collect();
    assert_eq!(wrong.len(), 3, "{wrong:?}");
    assert!(
        wrong[0].starts_with("facilities.csv:") && wrong[1].starts_with("residents.csv:2: "),
        "{wrong:?}"
    );
    assert_eq!((cell(&rows, 4, "placeable"), cell(&rows, 4, "status")), ("false", "infeasible"));
    assert!(!why(4).is_empty() && why(1).is_empty());
}

#[test]
fn a_program_that_is_not_there_is_a_row_and_one_named_twice_is_one() {
    let desk = region();
    let rows = sweep(&desk, "out", &["region/a/", "region", "nowhere", "region/full", "region/old"]);
    let paths: Vec<&str> = rows[1..].iter().map(|row| row[0].as_str()).collect();
    assert_eq!(paths, ["region/a", "region/b.xlsx", "region/broken", "region/full", "nowhere", "region/old"]);
    for (row, code) in [(5, "folder-missing"), (6, "file-missing")] {
        assert_eq!((cell(&rows, row, "status"), cell(&rows, row, "binding")), ("invalid", code));
    }
    let ended = desk.run(&["sweep-programs", "region", "nowhere", "--out", "again"]);
    assert_eq!(ended.code, 1);
    for said in [
        "nowhere",
        "region/broken\nfacilities.csv:",
        "Cannot be read: 2",
        "No plan: 1",
        "5 programs: 2 have a plan",
    ] {
        assert!(ended.stderr.contains(said), "{said} in {}", ended.stderr);
    }
    assert!(ended.stdout.contains("region/b.xlsx") && !ended.stdout.contains("小さな"), "{}", ended.stdout);
}

#[test]
fn parts_threads_and_a_second_run_make_no_difference() {
    let desk = region();
    desk.write("region/c/program.toml", &desk.read("small/program.toml").replace("2019 = 3", "2019 = 4"));
    desk.write("region/c/facilities.csv", &desk.read("small/facilities.csv"));
    sweep(&desk, "out", &["region", "--threads", "1"]);
    let (whole, manifest) = (desk.read("out/programs.csv"), desk.read("out/programs.json"));
    sweep(&desk, "two", &["region", "--threads", "2"]);
    assert_eq!(desk.read("two/programs.csv"), whole);
    for (by, parts) in [("", 2), ("hash:", 3), ("", 9)] {
        let folders: Vec<String> =
            (1..=parts).map(|part| format!("{}{part}-{parts}", by.replace(':', "-"))).collect();
        for (part, folder) in folders.iter().enumerate() {
            let shard = format!("{by}{}/{parts}", part + 1);
            let ended = desk.run(&["sweep-programs", "region", "--shard", &shard, "--out", folder]);
            assert!(ended.code <= 1, "{}", ended.stderr);
            assert!(!desk.path(folder).join("programs.csv").exists(), "a part is no answer");
        }
        let names: Vec<&str> = folders.iter().rev().map(String::as_str).collect();
        let ended = desk.run(&[&["sweep-programs", "merge"], &names[..], &["--out", "merged"]].concat());
        assert_eq!(ended.code, 1, "{}", ended.stderr);
        assert_eq!(
            (desk.read("merged/programs.csv"), desk.read("merged/programs.json")),
            (whole.clone(), manifest.clone())
        );
        fs::remove_dir_all(desk.path("merged")).unwrap();
    }
    let ended = desk.run(&["sweep-programs", "region", "--out", "out"]);
    assert!(ended.stderr.contains("answers were there before"), "{}", ended.stderr);
    assert_eq!(desk.read("out/programs.csv"), whole);
    // A program more leaves the answers of the others.
    desk.write("region/d/program.toml", &desk.read("small/program.toml").replace("2019 = 3", "2019 = 2"));
    desk.write("region/d/facilities.csv", &desk.read("small/facilities.csv"));
    let rows = sweep(&desk, "out", &["region"]);
    assert_eq!(rows.len(), 1 + 6);
}

#[test]
fn a_program_that_was_mended_is_read_again() {
    let desk = region();
    sweep(&desk, "out", &["region"]);
    desk.write("region/broken/facilities.csv", &desk.read("small/facilities.csv"));
    desk.write("region/broken/residents.csv", &desk.read("small/residents.csv"));
    let rows = sweep(&desk, "out", &["region"]);
    assert_eq!(rows[3][1..], rows[1][1..]);
}

#[test]
fn what_cannot_be_used_is_refused() {
    let desk = region();
    let code = |arguments: &[&str]| desk.run(&[&["sweep-programs"], arguments].concat()).code;
    assert_eq!(code(&["region"]), 2, "nowhere to write to");
    assert_eq!(code(&["region", "--out", "region/a"]), 2, "a program's own folder");
    assert_eq!(code(&["region", "--out", "out", "--shard", "3/2"]), 2);
    assert_eq!(code(&["region", "--out", "out", "--threads", "0"]), 2);
    desk.whatif("whatif", &["--set", "intake.2020=2"]);
    assert_eq!(code(&["region", "--out", "whatif"]), 2, "the answers of a what-if");
    assert_eq!(code(&["merge", "whatif", "--out", "merged"]), 2);
    assert_eq!(code(&["region", "--out", "out", "--time-limit", "1e-9"]), 3, "no answer within the time");
}

#[test]
fn the_table_speaks_japanese() {
    let desk = region();
    let ended = desk.run_in(&["sweep-programs", "region", "--out", "out"], "ja_JP.UTF-8");
    assert_eq!(ended.code, 1);
    let rows = desk.rows("out/programs.csv");
    assert_eq!(rows[0][..5], ["ファイルの場所", "プログラムID", "プログラム名", "専攻医数", "施設数"]);
    assert!(rows[0].iter().all(|heading| !heading.is_ascii()), "{:?}", rows[0]);
    let why = rows[3].last().unwrap();
    assert!(why.starts_with("facilities.csv:") && !why.is_ascii(), "{why}");
    assert!(ended.stderr.contains("プログラム 4 件のうち"), "{}", ended.stderr);
}
