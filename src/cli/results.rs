//! The folder of a what-if, or of many programs: a file per answer, and what belongs to which question.
//!
//! `whatif.json` (`programs.json`) says what the folder is about and lists the hash of every table written. Results are written beside and renamed, so a run killed at any moment leaves whole
//! files only, and the next run takes up what is there; the tables take their places together (`switch`).
//! The folder is one run's as long as it takes. Files that are not ours stay.

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::Failure;
use crate::files::switch::{self, Switch, failure, hash_of, sha256};
use crate::language::Message;
use crate::output::dto::{TOOL, pretty};
use crate::output::whatif_file;
use crate::whatif::result::VariantResult;

const FOLDER: &str = "results";

/// What a row of the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    Variants,
    Programs,
}

impl Rows {
    /// The file that says what the folder is about.
    pub fn manifest(self) -> &'static str {
        match self {
            Self::Variants => "whatif.json",
            Self::Programs => "programs.json",
        }
    }

    pub fn table(self) -> &'static str {
        match self {
            Self::Variants => "whatif.csv",
            Self::Programs => "programs.csv",
        }
    }
}

/// What a folder is about.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Manifest {
    pub tool: String,
    pub tool_version: String,
    /// Empty where every row is a program of its own.
    pub scenario: String,
    pub scenario_hash: String,
    /// `sweep`, `draws`, `seats`, `largest` or `programs`
    pub question: String,
    pub columns: Vec<String>,
    /// The positions in `columns` of varied keys, which have a chart each.
    pub axes: Vec<usize>,
    /// How many courses there are to wish for.
    pub courses: usize,
    /// The key of every variant, in their order.
    pub variants: Vec<String>,
    /// What each is called, a value per column; two may be one scenario under other labels.
    #[serde(default)]
    pub labels: Vec<Vec<String>>,
    /// SHA-256 of the tables beside this file.
    pub files: BTreeMap<String, String>,
}

impl Manifest {
    /// Whether two folders are parts of one run.
    pub fn same_run(&self, other: &Self) -> bool {
        let bare = |manifest: &Self| Self { files: BTreeMap::new(), ..manifest.clone() };
        bare(self) == bare(other)
    }

    /// An answer as that of the row at a position.
    pub fn labelled(&self, position: usize, result: VariantResult) -> VariantResult {
        match self.labels.get(position) {
            Some(labels) => VariantResult { labels: labels.clone(), ..result },
            None => result,
        }
    }
}

/// What is there of a variant.
#[derive(Debug)]
pub enum Found {
    Nothing,
    Whole(Box<VariantResult>),
    /// Cut short, edited or of another variant.
    Corrupt,
}

/// A folder that may be written to.
#[derive(Debug)]
pub struct Results {
    path: PathBuf,
    rows: Rows,
    /// While a run writes to it.
    switch: Option<Switch>,
}

impl Results {
    /// The folder of an earlier run, only to be read.
    pub fn of(path: &Path, rows: Rows) -> Self {
        Self { path: path.to_path_buf(), rows, switch: None }
    }

    /// Makes the folder ready for a run; a folder of another scenario is refused.
    pub fn open(path: &Path, rows: Rows, manifest: &Manifest) -> Result<Self, Failure> {
        let results = Self { path: path.to_path_buf(), rows, switch: Some(Switch::open(path)?) };
        match results.manifest()? {
            Some(earlier) if earlier.scenario_hash != manifest.scenario_hash => {
                let message = Message::new("whatif-results-foreign").text("path", path.display());
                return Err(Failure::usage(message.text("scenario", earlier.scenario)));
            }
            Some(_) => {}
            None => {
                if results.folder().read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
                    let message = Message::new("whatif-results-unknown");
                    return Err(Failure::usage(message.text("path", results.folder().display())));
                }
            }
        }
        results.refuse_foreign(manifest)?;
        fs::create_dir_all(results.folder()).map_err(|error| failure("out-create-failed", path, &error))?;
        switch::sweep(&results.folder());
        Ok(results)
    }

    fn folder(&self) -> PathBuf {
        self.path.join(FOLDER)
    }

    fn file(&self, key: &str) -> PathBuf {
        self.folder().join(format!("{key}.json"))
    }

    /// What an earlier run says the folder is about; `None` if there was none.
    pub fn manifest(&self) -> Result<Option<Manifest>, Failure> {
        let path = self.path.join(self.rows.manifest());
        // Looked at before it is opened: a pipe could wait for ever.
        let bytes = match hash_of(&path)? {
            None => return Ok(None),
            Some(_) => fs::read(&path).map_err(|error| failure("out-file-unreadable", &path, &error))?,
        };
        match serde_json::from_slice::<Manifest>(&bytes) {
            Ok(mut manifest) if manifest.tool == TOOL => {
                // Only files of this folder are ours to replace.
                manifest.files.retain(|name, _| Path::new(name).file_name() == Some(name.as_ref()));
                Ok(Some(manifest))
            }
            _ => Err(Failure::usage(Message::new("out-file-foreign").text("path", path.display()))),
        }
    }

    /// Tables that are not ours, or were edited since, are not overwritten.
    fn refuse_foreign(&self, manifest: &Manifest) -> Result<(), Failure> {
        let files = self.manifest()?.map(|earlier| earlier.files).unwrap_or_default();
        let names = files.keys().chain(manifest.files.keys()).map(String::as_str);
        for name in names.chain([self.rows.table()]) {
            let path = self.path.join(name);
            let Some(hash) = hash_of(&path)? else { continue };
            let key = match files.get(name) {
                Some(known) if *known == hash => continue,
                Some(_) => "out-file-edited",
                None => "out-file-foreign",
            };
            return Err(Failure::usage(Message::new(key).text("path", path.display())));
        }
        Ok(())
    }

    pub fn find(&self, key: &str) -> Result<Found, Failure> {
        let path = self.file(key);
        match fs::read(&path) {
            Ok(bytes) => {
                Ok(whatif_file::read(key, &bytes).map_or(Found::Corrupt, |read| Found::Whole(Box::new(read))))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Found::Nothing),
            Err(error) => Err(failure("out-file-unreadable", &path, &error)),
        }
    }

    pub fn keep(&self, key: &str, result: &VariantResult, milliseconds: u64) -> Result<(), Failure> {
        self.write(&self.file(key), &whatif_file::file(key, result, milliseconds))
    }

    /// Says what the folder is about, before any result is written.
    pub fn begin(&self, manifest: &Manifest) -> Result<(), Failure> {
        let files = self.manifest()?.map(|earlier| earlier.files).unwrap_or_default();
        let manifest = Manifest { files, ..manifest.clone() };
        self.write(&self.path.join(self.rows.manifest()), pretty(&manifest).as_bytes())
    }

    /// Puts the tables of a run in their places and, as the last, which they are. Tables of an earlier
    /// question go: they would contradict these.
    pub fn finish(&self, manifest: &Manifest, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
        let manifest = Manifest {
            files: files.iter().map(|(name, bytes)| (name.clone(), sha256(bytes))).collect(),
            ..manifest.clone()
        };
        self.refuse_foreign(&manifest)?;
        let earlier = self.manifest()?.map(|earlier| earlier.files).unwrap_or_default();
        let json = pretty(&manifest).into_bytes();
        let mut coming: Vec<(&str, &[u8])> =
            files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        coming.push((self.rows.manifest(), &json));
        let gone: Vec<&str> =
            earlier.keys().filter(|name| !files.contains_key(*name)).map(String::as_str).collect();
        self.switch()?.put(&coming, &gone)
    }

    /// There is one in every folder that was opened to be written to.
    fn switch(&self) -> Result<&Switch, Failure> {
        let read_only = || failure("out-write-failed", &self.path, &ErrorKind::ReadOnlyFilesystem.into());
        self.switch.as_ref().ok_or_else(read_only)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let folder = self.switch()?.draft_folder();
        let write = || -> std::io::Result<NamedTempFile> {
            #[cfg_attr(not(unix), expect(unused_mut, reason = "only there it has permissions to give"))]
            let mut builder = tempfile::Builder::new();
            // A temporary file is private; results are as readable as the user's other files.
            #[cfg(unix)]
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
            let mut file = builder.tempfile_in(&folder)?;
            file.write_all(bytes)?;
            Ok(file)
        };
        let file = write().map_err(|error| failure("out-write-failed", path, &error))?;
        file.persist(path).map_err(|error| failure("out-replace-failed", path, &error.error))?;
        Ok(())
    }
}
