//! Writes the inputs that the targets start from: the tables of the small program and of the shipped ones.
//!
//! `cargo run --bin seeds` fills `corpus/`.

use std::path::Path;

use kenshu::internal::language::{Catalogue, Language};
use kenshu::internal::scenario::{grids, read, shipped, shipped_names};
use kenshu::internal::tables::workbook;
use kenshu_fuzz::{FILES, SEPARATOR, small};

/// A few of each kind of key.
const KEYS: [&str; 10] = [
    "intake.2025=1..=4",
    "rules.core_months_min=6,8",
    "facilities.east.supervisors=1..=3/0.5",
    "facilities.east.seats@2026-04=2",
    "sections.core/ivr.seats=1",
    "residents.r1.course=B",
    "residents.add=id=r9,entry_year=2026",
    "facilities.remove=west",
    "requirements.q1.min=3",
    "course_mix.A=2",
];

fn main() -> std::io::Result<()> {
    let put = |target: &str, name: &str, bytes: &[u8]| {
        let folder = Path::new("corpus").join(target);
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(name), bytes)
    };
    let headed = |name: &str, bytes: &[u8]| [name.as_bytes(), b"\n", bytes].concat();
    for (name, bytes) in FILES {
        match name {
            "placements.csv" => put("placements", name, bytes)?,
            "program.toml" => put("program", name, bytes)?,
            _ => {}
        }
        for target in ["tables", "converted"] {
            put(target, name, &headed(name, bytes))?;
        }
    }
    for (number, key) in KEYS.iter().enumerate() {
        put("keys", &number.to_string(), key.as_bytes())?;
    }
    put("claims", "empty", br#"{"scenario_hash":"","status":"optimal","goals":[{"goal":"coverage","measure":"sum","value":0,"bound":0,"proof":"certified"},{"goal":"repeats","measure":"worst-first","value":[[1,2],[0,3]],"bound":[[0,5]],"proof":"solver"}],"cases":[{"resident":"r1","case":"ct","academic_year":2025,"facility":"core","planned":3}],"certificate":{"unit":720720,"cuts":[],"steps":[]},"frozen":[{"resident":"r1","facility":"core","start":"2025-04","months":3}]}"#)?;
    let all = shipped_names().into_iter().filter_map(|name| Some((name, shipped(name)?)));
    for (name, sources) in all.chain([("small", small())]) {
        let Some(scenario) = read(&sources).0 else { continue };
        let files: Vec<Vec<u8>> = sources.files.iter().map(|(name, bytes)| headed(name, bytes)).collect();
        put("tables", name, &files.join(&SEPARATOR))?;
        if let Some(program) = sources.files.get("program.toml") {
            put("program", name, program)?;
        }
        for language in [Language::Ja, Language::En] {
            let catalogue = Catalogue::new(language);
            if let Ok(bytes) = workbook::write(&grids(&sources, &scenario, &catalogue), &catalogue) {
                put("workbook", &format!("{name}-{language:?}.xlsx"), &bytes)?;
            }
        }
    }
    Ok(())
}
