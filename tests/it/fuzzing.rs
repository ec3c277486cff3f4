//! The fuzz targets of `fuzz/`, driven by a generator of our own: no compiler but the stable one is needed.
//!
//! Inputs are the tables of a small program, damaged at random. `KENSHU_FUZZ=600 cargo test --test it fuzzing:: --
//! --nocapture` spends so many seconds on every target.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

#[path = "../../fuzz/src/lib.rs"]
mod targets;

use targets::{FILES, SEPARATOR};

/// Texts that readers have stumbled over, or that mean something to one of them.
const PIECES: [&str; 44] = [
    ",",
    ";",
    "；",
    "、",
    "\"",
    "\"\"",
    "\n",
    "\r\n",
    "\u{feff}",
    "\u{200b}",
    "\u{fe0f}",
    "\u{ad}",
    " ",
    "　",
    "=",
    "@",
    "'",
    "-",
    "-1",
    "0",
    "1.5",
    "1,5",
    "９",
    "999999999999",
    "1e3",
    "2025",
    "2025-04",
    "2025/4/1",
    "R7.4.1",
    "令和7年4月",
    "Apr-25",
    "45748",
    "core",
    "east",
    "core/ivr",
    "*/ivr",
    "r1",
    "A",
    "!",
    "&",
    "must",
    "希望",
    "note",
    "備考",
];

fn damaged(rng: &mut StdRng, bytes: &[u8]) -> Vec<u8> {
    let mut text = bytes.to_vec();
    for _ in 0..rng.random_range(1..4) {
        let at = rng.random_range(0..=text.len());
        let end = (at + rng.random_range(0..6)).min(text.len());
        match rng.random_range(0..7) {
            0 => drop(text.drain(at..end)),
            1 => text.splice(at..at, [rng.random::<u8>()]).for_each(drop),
            2 | 3 => drop(text.splice(at..at, PIECES.choose(rng).into_iter().flat_map(|it| it.bytes()))),
            4 => drop(text.splice(at..end, PIECES.choose(rng).into_iter().flat_map(|it| it.bytes()))),
            5 => cell(rng, &mut text),
            _ => line(rng, &mut text),
        }
    }
    text
}

/// A cell becomes another text.
fn cell(rng: &mut StdRng, text: &mut Vec<u8>) {
    let ends: Vec<usize> = (0..text.len()).filter(|at| matches!(text[*at], b',' | b'\n')).collect();
    if let Some(two) = ends.windows(2).collect::<Vec<_>>().choose(rng) {
        let piece = PIECES.choose(rng).into_iter().flat_map(|it| it.bytes());
        drop(text.splice(two[0] + 1..two[1], piece));
    }
}

/// A line stands twice, or elsewhere, or goes.
fn line(rng: &mut StdRng, text: &mut Vec<u8>) {
    let mut lines: Vec<Vec<u8>> = text.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let at = rng.random_range(0..lines.len());
    let taken = lines[at].clone();
    if rng.random_bool(0.5) {
        lines.remove(at);
    }
    if rng.random_bool(0.6) {
        lines.insert(rng.random_range(0..=lines.len()), taken);
    }
    *text = lines.join(&b'\n');
}

/// Tries a target for a while; what it stumbled over is printed whole.
fn drive(name: &str, inputs: usize, target: fn(&[u8]), mut next: impl FnMut(&mut StdRng) -> Vec<u8>) {
    let seconds: Option<u64> = std::env::var("KENSHU_FUZZ").ok().and_then(|text| text.parse().ok());
    let until = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let mut rng = StdRng::seed_from_u64(if seconds.is_some() { rand::random() } else { 7 });
    let mut tried = 0;
    while until.map_or(tried < inputs, |until| Instant::now() < until) {
        let input = next(&mut rng);
        tried += 1;
        if catch_unwind(AssertUnwindSafe(|| target(&input))).is_err() {
            panic!("{name}, after {tried} inputs: {:?}", String::from_utf8_lossy(&input));
        }
    }
    println!("{name}: {tried} inputs");
}

fn tables_of(rng: &mut StdRng) -> Vec<u8> {
    let mut parts = Vec::new();
    for _ in 0..rng.random_range(1..3) {
        let Some((name, bytes)) = FILES[1..FILES.len() - 1].choose(rng) else { continue };
        parts.push([name.as_bytes(), b"\n", &damaged(rng, bytes)].concat());
    }
    parts.join(&SEPARATOR)
}

fn file(name: &str) -> &'static [u8] {
    FILES.iter().find(|(own, _)| *own == name).map(|(_, bytes)| *bytes).unwrap()
}

#[test]
fn tables() {
    drive("tables", 100, targets::tables, tables_of);
}

#[test]
fn converted() {
    drive("converted", 10, targets::converted, tables_of);
}

#[test]
fn program() {
    drive("program", 100, targets::program, |rng| damaged(rng, file("program.toml")));
}

#[test]
fn placements() {
    drive("placements", 200, targets::placements, |rng| damaged(rng, file("placements.csv")));
}

#[test]
fn keys() {
    let typed = [
        "intake.2025=1..=4",
        "rules.core_months_min=6,8",
        "facilities.east.supervisors=1..=3/0.5",
        "facilities.east.seats@2026-04=2",
        "sections.core/ivr.seats=1",
        "residents.r1.course=B",
        "residents.r1.name=山田",
        "residents.add=id=r9,entry_year=2026",
        "facilities.remove=west",
        "requirements.q1.min=3",
        "course_mix.A=2",
        "cases.ct.target=9",
    ];
    drive("keys", 100, targets::keys, |rng| {
        let key = typed.choose(rng).unwrap();
        damaged(rng, key.as_bytes())
    });
}

#[test]
fn claims() {
    let claims = br#"{"scenario_hash":"","status":"optimal","goals":[{"goal":"coverage","measure":"sum","value":0,"bound":0,"proof":"certified"},{"goal":"repeats","measure":"worst-first","value":[[1,2],[0,3]],"bound":[[0,5]],"proof":"solver"}],"cases":[{"resident":"r1","case":"ct","academic_year":2025,"facility":"core","planned":3}],"certificate":{"unit":720720,"cuts":[],"steps":[]},"frozen":[{"resident":"r1","facility":"core","start":"2025-04","months":3}]}"#;
    drive("claims", 200, targets::claims, |rng| damaged(rng, claims));
}

#[test]
fn workbook() {
    let book = targets::book();
    drive("workbook", 20, targets::workbook, |rng| damaged(rng, &book));
}
