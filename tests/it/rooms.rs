//! The rooms of `src/ARCHITECTURE.md` against the code: who imports whom is what its table allows, and never both ways.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Who imports whom, tests beside the code left aside.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let src = Path::new("src");
    let mut files = Vec::new();
    let mut folders = vec![src.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push(path);
            }
        }
    }
    let room = |path: &Path| {
        let inside = path.strip_prefix(src).expect("below src");
        let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
        first.trim_end_matches(".rs").to_string()
    };
    let doors = ["lib", "main"];
    let rooms: BTreeSet<String> = files.iter().map(|path| room(path)).collect();
    let mut out = BTreeMap::new();
    // Modules of a folder that are compiled for its tests alone.
    let mut of_tests = BTreeSet::new();
    for path in &files {
        let text = fs::read_to_string(path).expect("a source");
        let names = text.split("#[cfg(test)]\nmod ").skip(1).filter_map(|rest| rest.split(';').next());
        of_tests.extend(names.map(|name| path.with_file_name(format!("{name}.rs"))));
    }
    let counts =
        |path: &&std::path::PathBuf| !doors.contains(&room(path).as_str()) && !of_tests.contains(*path);
    for path in files.iter().filter(counts) {
        let text = fs::read_to_string(path).expect("a source");
        let text = text.split("#[cfg(test)]\nmod tests").next().expect("a first part");
        let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let used: &mut BTreeSet<String> = out.entry(room(path)).or_default();
        for rest in code.split("crate::").skip(1) {
            let names = match rest.strip_prefix('{') {
                Some(list) => list.split('}').next().expect("a list"),
                None => rest,
            };
            let is_list = rest.starts_with('{');
            let mut words = names.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
            let words: Vec<&str> = if is_list { words.collect() } else { words.next().into_iter().collect() };
            used.extend(words.into_iter().filter(|word| rooms.contains(*word)).map(str::to_string));
        }
        used.remove(&room(path));
    }
    out
}

/// What the table says of each room: its name and whom it may import.
fn allowed() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string("src/ARCHITECTURE.md").expect("the description");
    let rows: Vec<(String, String)> = text
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.strip_prefix("| `")?.trim_end_matches(" |").split(" | ").collect();
            let name = cells.first()?.strip_suffix('`')?;
            Some((name.to_string(), cells.last()?.to_string()))
        })
        .collect();
    let every: BTreeSet<String> = rows.iter().map(|(name, _)| name.clone()).collect();
    let names = |list: &str| -> BTreeSet<String> {
        let words = list.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        words.filter(|word| every.contains(*word)).map(str::to_string).collect()
    };
    rows.iter()
        .map(|(name, list)| {
            let may = match list.strip_prefix("all") {
                Some(rest) => {
                    let but = rest.strip_prefix(" but ").and_then(|but| but.split(';').next()).unwrap_or("");
                    &every - &names(but)
                }
                None => names(list),
            };
            (name.clone(), may)
        })
        .collect()
}

#[test]
fn every_room_imports_what_the_description_allows() {
    let allowed = allowed();
    let mut wrong = Vec::new();
    for (room, used) in imports() {
        let may = allowed.get(&room).unwrap_or_else(|| panic!("{room} is not described"));
        wrong.extend(used.difference(may).map(|other| format!("{room} imports {other}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_room_is_reached_from_itself() {
    let imports = imports();
    assert!(imports.len() > 20 && imports["cli"].contains("page"), "the sources are not read");
    for room in imports.keys() {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&String> = imports[room].iter().collect();
        while let Some(next) = open.pop() {
            if reached.insert(next) {
                open.extend(imports.get(next).into_iter().flatten());
            }
        }
        assert!(!reached.contains(room), "{room} imports itself by way of others");
    }
}
