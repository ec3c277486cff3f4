//! Files of the disk to bytes in memory, with everything that can go wrong as findings.
//!
//! A file's size is asked before it is read: a 100 MB log that someone named `residents.csv` is
//! refused at once and never loaded.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::switch;
use crate::diagnostic::{Findings, Place};
use crate::language::Message;
use crate::scenario::{Sources, bounds, code, is_table};

/// Loads the tables of a scenario folder; of other files only the names are kept.
///
/// # Errors
/// All files that cannot be loaded, or that there is no such folder.
pub fn load(path: &Path) -> Result<Sources, Findings> {
    let mut findings = Findings::default();
    let mut sources = Sources::default();
    for (name, path) in visible(path)? {
        if !is_table(&name) {
            sources.unread.insert(name);
            continue;
        }
        match bytes(&path) {
            Ok(bytes) => {
                sources.files.insert(name, bytes);
            }
            Err(message) => findings.error(place(&name), message),
        }
    }
    if findings.has_errors() { Err(findings) } else { Ok(sources) }
}

/// Loads one file, such as a `placements.csv`.
///
/// # Errors
/// Why it cannot be loaded.
pub fn load_file(path: &Path) -> Result<Vec<u8>, Findings> {
    // Beside a file of ours a run may have been killed before all of them were in their places.
    let beside = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let settled = switch::settle(beside).map_err(|failure| {
        let message = Message::new(code::FILE_UNREADABLE).text("file", path.display());
        message.message("reason", failure.message)
    });
    settled.and_then(|()| bytes(path)).map_err(|message| {
        let mut findings = Findings::default();
        findings.error(place(&path.display().to_string()), message);
        findings
    })
}

/// The files of a folder that is no scenario, by name; hidden ones and folders are left out.
///
/// # Errors
/// That there is no such folder.
pub fn others(path: &Path) -> Result<Vec<(String, std::path::PathBuf)>, Findings> {
    let mut files = visible(path)?;
    files.retain(|(_, path)| !path.is_dir());
    Ok(files)
}

/// Whether the first bytes of a file pass; those of one that cannot be read do not.
pub fn starts(path: &Path, passes: impl Fn(&[u8]) -> bool) -> bool {
    let mut first = [0; 8];
    let read = File::open(path).and_then(|mut file| file.read(&mut first));
    read.is_ok_and(|length| passes(first.get(..length).unwrap_or_default()))
}

fn place(file: &str) -> Place {
    Place { file: file.to_string(), ..Place::default() }
}

/// What lies in a folder, by file name: files, and whatever is called like a table.
fn visible(folder: &Path) -> Result<Vec<(String, std::path::PathBuf)>, Findings> {
    let shown = folder.display().to_string();
    let fail = |message: Message| {
        let mut findings = Findings::default();
        findings.error(place(&shown), message.text("file", &shown));
        findings
    };
    let unreadable = |error: io::Error| fail(Message::new(code::FILE_UNREADABLE).text("reason", error));
    match fs::metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(fail(Message::new(code::FOLDER_MISSING)));
        }
        Err(error) => return Err(unreadable(error)),
        Ok(metadata) if !metadata.is_dir() => return Err(fail(Message::new(code::FOLDER_IS_FILE))),
        Ok(_) => {}
    }
    let mut tables = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        // Excel keeps `~$name` beside an open file; names starting with a dot are hidden.
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // What is no regular file is kept, so that reading it says what is wrong with it; a folder only
        // where a table is expected.
        let stray_folder = path.is_dir() && !is_table(&name);
        if !stray_folder && !name.starts_with(['.', '~']) {
            tables.push((name, path));
        }
    }
    tables.sort();
    Ok(tables)
}

fn bytes(path: &Path) -> Result<Vec<u8>, Message> {
    let shown = path.display();
    let unreadable = |reason: String| {
        Message::new(code::FILE_UNREADABLE).text("file", shown.to_string()).text("reason", reason)
    };
    let metadata = fs::metadata(path).map_err(|error| unreadable(error.to_string()))?;
    // Opening a pipe or a device could wait for ever.
    if !metadata.is_file() {
        let message = Message::new(code::FILE_UNREADABLE).text("file", shown.to_string());
        return Err(message.message("reason", Message::new("file-not-ordinary")));
    }
    let too_large = |size: u64| {
        Message::new(code::FILE_TOO_LARGE)
            .text("file", shown.to_string())
            .text("size", in_megabytes(size))
            .text("limit", in_megabytes(bounds::FILE_BYTES_MAX))
    };
    if metadata.len() > bounds::FILE_BYTES_MAX {
        return Err(too_large(metadata.len()));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| unreadable(error.to_string()))?;
    // The file may have grown since its size was asked.
    file.take(bounds::FILE_BYTES_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(error.to_string()))?;
    if bytes.len() as u64 > bounds::FILE_BYTES_MAX {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}

/// A size with one decimal, rounded up, so that what is over a limit never looks like it.
fn in_megabytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(1024 * 1024);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(findings: Findings) -> Vec<(&'static str, String)> {
        findings.list.iter().map(|finding| (finding.code(), finding.place.file.clone())).collect()
    }

    #[test]
    fn loads_tables_only() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["program.toml", "facilities.CSV", "notes.txt", ".hidden.csv", "~$facilities.csv"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        fs::create_dir(folder.path().join("old.csv")).unwrap();
        let sources = load(folder.path()).unwrap();
        assert_eq!(sources.files.keys().collect::<Vec<_>>(), ["program.toml"]);
        assert_eq!(sources.unread.iter().collect::<Vec<_>>(), ["facilities.CSV", "notes.txt"]);
        assert_eq!(sources.files["program.toml"], b"program.toml");
    }

    #[test]
    fn refuses_a_huge_file_with_its_size_and_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["history.csv", "residents.csv"] {
            // A sparse file: 100 MB that take no room and are not read.
            File::create(folder.path().join(name)).unwrap().set_len(100 * 1024 * 1024).unwrap();
        }
        let findings = load(folder.path()).unwrap_err();
        let size = findings.list[0].message.args.iter().find(|(name, _)| *name == "size");
        assert_eq!(size.unwrap().1, crate::language::Arg::Text("100.0 MB".to_string()));
        let expected = ["history.csv", "residents.csv"].map(|name| (code::FILE_TOO_LARGE, name.to_string()));
        assert_eq!(codes(findings), expected);
    }

    #[test]
    fn says_what_is_wrong_with_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("keio");
        assert_eq!(codes(load(&missing).unwrap_err())[0].0, code::FOLDER_MISSING);
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        assert_eq!(codes(load(&file).unwrap_err())[0].0, code::FOLDER_IS_FILE);
        assert_eq!(codes(load_file(&missing).unwrap_err())[0].0, code::FILE_UNREADABLE);
        assert_eq!(codes(load_file(folder.path()).unwrap_err())[0].0, code::FILE_UNREADABLE);
        assert_eq!(load_file(&file).unwrap(), b"");
    }

    #[test]
    #[cfg(unix)]
    fn a_dangling_link_is_unreadable() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path().join("locks.csv")).unwrap();
        assert_eq!(
            codes(load(folder.path()).unwrap_err()),
            [(code::FILE_UNREADABLE, "locks.csv".to_string())]
        );
    }
}
