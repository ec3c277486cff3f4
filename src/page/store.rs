//! Where the opened scenario lies, and everything that is read or written there.
//!
//! The page touches nothing else of the disk: the scenario's own files, its versions, and a journal. For a
//! workbook the versions and the journal lie beside it, under its name.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diagnostic::Findings;
use crate::files::load::{self, Loaded};
use crate::files::switch::{Switch, hash_of};
use crate::files::target::free_beside;
use crate::files::{Failure, folder};
use crate::language::{Catalogue, Message};
use crate::scenario::{self, Scenario, Sources, is_table};
use crate::tables::workbook::{self, Places};

/// The folder for what is of no interest to people.
const WORK: &str = ".kenshu";

/// The opened scenario's place on the disk.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    is_workbook: bool,
    /// What lay there when it was read or saved last.
    disk: Disk,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Disk {
    Folder(BTreeMap<String, Vec<u8>>),
    /// The SHA-256 of the workbook.
    Workbook(Option<String>),
}

impl Store {
    /// Loads the tables at a path, which may have faults or not be there yet.
    ///
    /// # Errors
    /// Why the files cannot be loaded.
    pub fn open(path: &Path) -> Result<(Self, Loaded), Findings> {
        let read = load::load(path)?;
        let is_workbook = read.places.is_some();
        let mut store = Self { path: path.to_path_buf(), is_workbook, disk: Disk::Workbook(None) };
        store.disk = store.look(&read.sources);
        Ok((store, read))
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the tables are sheets.
    pub fn is_workbook(&self) -> bool {
        self.is_workbook
    }

    /// What lies there now.
    fn look(&self, sources: &Sources) -> Disk {
        match self.is_workbook {
            true => Disk::Workbook(hash_of(&self.path).ok().flatten()),
            false => Disk::Folder(sources.files.clone()),
        }
    }

    /// Whether somebody else has changed the files since they were read or saved.
    pub fn is_changed_outside(&self) -> bool {
        match &self.disk {
            Disk::Workbook(hash) => hash_of(&self.path).ok().flatten() != *hash,
            Disk::Folder(files) => folder::load(&self.path).map_or(true, |now| now.files != *files),
        }
    }

    /// Writes the tables where they came from: all of them or, with an error, none.
    pub fn save(
        &mut self,
        sources: &Sources,
        scenario: Option<&Scenario>,
        catalogue: &Catalogue,
    ) -> Result<(), Failure> {
        match &self.disk {
            Disk::Workbook(_) => {
                let unwritable = |reason: String| {
                    let message = Message::new("target-unwritable").text("path", self.path.display());
                    Failure::inside(message.text("reason", reason))
                };
                // Which columns are volumes is not clear before the tables can be read.
                let Some(scenario) = scenario else {
                    return Err(Failure::usage(Message::new("page-no-scenario")));
                };
                let there = folder::load_file(&self.path).ok();
                let again = match (&there, load::scenario(&self.path)) {
                    (Some(bytes), Ok(read)) => {
                        let was = (&read.sources, &read.scenario);
                        scenario::workbook_again(bytes, was, (sources, scenario), catalogue)
                            .map(|again| (again.bytes, again.is_kept))
                    }
                    _ => {
                        let grids = scenario::grids(sources, scenario, catalogue);
                        workbook::write(&grids, catalogue).map(|bytes| (bytes, false))
                    }
                };
                let (bytes, is_kept) = again.map_err(|error| unwritable(error.to_string()))?;
                let name = self.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                // What could not be taken along is not lost.
                let kept = there.filter(|_| !is_kept).map(|bytes| (free_beside(&self.path), bytes));
                let kept = kept.map(|(path, bytes)| {
                    (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), bytes)
                });
                let coming = kept.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
                let coming: Vec<(&str, &[u8])> = coming.chain([(name.as_str(), bytes.as_slice())]).collect();
                Switch::open(&self.beside())?.put(&coming, &[])?;
            }
            Disk::Folder(before) => {
                let tables = sources.files.iter().filter(|(name, _)| is_table(name));
                let changed = tables.filter(|(name, bytes)| before.get(*name) != Some(bytes));
                let coming: Vec<(&str, &[u8])> =
                    changed.map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
                let gone = before.keys().filter(|name| !sources.files.contains_key(*name));
                let gone: Vec<&str> = gone.map(String::as_str).collect();
                if !coming.is_empty() || !gone.is_empty() {
                    Switch::open(&self.path)?.put(&coming, &gone)?;
                }
            }
        }
        self.disk = self.look(sources);
        Ok(())
    }

    /// Where in the workbook the lines of these tables are, as it now lies there.
    pub fn places(&self, sources: &Sources) -> Option<Places> {
        if !self.is_workbook {
            return None;
        }
        let now = load::load(&self.path).ok()?;
        let mut places = now.places?;
        places.retain(|file| now.sources.files.get(file) == sources.files.get(file));
        Some(places)
    }

    /// The folder the scenario lies in, or is.
    fn beside(&self) -> PathBuf {
        let folder = match self.is_workbook {
            true => self.path.parent().unwrap_or(Path::new("")),
            false => &self.path,
        };
        if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_path_buf() }
    }

    /// What the names of its journal and versions begin with.
    fn stem(&self) -> String {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        if self.is_workbook { format!("{name}.") } else { String::new() }
    }

    /// The journal of edits that are not saved.
    pub fn journal(&self) -> PathBuf {
        self.beside().join(WORK).join(format!("{}page.journal", self.stem()))
    }

    /// The folder of named versions.
    pub fn versions(&self) -> PathBuf {
        self.beside().join(format!("{}versions", self.stem()))
    }

    /// Writes a version.
    pub fn keep_version(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        Switch::open(&self.versions())?.put(&[(&format!("{name}.csv"), bytes)], &[])
    }

    /// The bytes of a version.
    pub fn version(&self, name: &str) -> Result<Vec<u8>, Findings> {
        folder::load_file(&self.versions().join(format!("{name}.csv")))
    }

    /// The names of all versions.
    pub fn version_names(&self) -> Vec<String> {
        let entries = self.versions().read_dir().into_iter().flatten().flatten();
        let files = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = files
            .filter_map(|file| Some(file.strip_suffix(".csv")?.to_string()))
            .filter(|name| is_name(name))
            .collect();
        names.sort();
        names
    }
}

/// Whether a name can be a file's on every system, and nothing but one of the versions.
pub fn is_name(name: &str) -> bool {
    let fine = |letter: char| letter.is_alphanumeric() || " -_".contains(letter);
    !name.is_empty() && name.chars().count() <= 60 && name.trim() == name && name.chars().all(fine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_of_a_version_leads_elsewhere() {
        for name in ["計画 1", "plan-2", "a_b"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "..", "../x", "a/b", "a\\b", "a.b", " a", "a\n", "a:b", &"x".repeat(61)] {
            assert!(!is_name(name), "{name}");
        }
    }
}
