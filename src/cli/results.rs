//! The folder of a what-if: a file per answered variant, and what belongs to which question.
//!
//! `whatif.json` says which scenario and which variants the folder is about and lists the hash of every
//! table written. Results are written beside and renamed, so a run killed at any moment leaves whole
//! files only, and the next run takes up what is there. Files that are not ours stay.

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::Failure;
use super::out_folder::sha256;
use crate::language::Message;
use crate::output::plan_json::{TOOL, pretty};
use crate::whatif::result::{self, VariantResult};

const MANIFEST: &str = "whatif.json";
const FOLDER: &str = "results";
/// How files begin that are not whole yet.
const UNFINISHED: &str = ".kenshu-";
/// An unfinished file older than this is a leftover: no result takes so long to be written.
const LEFTOVER: std::time::Duration = std::time::Duration::from_secs(3600);

/// What a folder is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub tool: String,
    pub tool_version: String,
    pub scenario: String,
    pub scenario_hash: String,
    /// `sweep`, `draws`, `seats` or `largest`
    pub question: String,
    pub columns: Vec<String>,
    /// The positions in `columns` of varied keys, which have a chart each.
    pub axes: Vec<usize>,
    /// How many courses there are to wish for.
    pub courses: usize,
    /// The key of every variant, in their order.
    pub variants: Vec<String>,
    /// SHA-256 of the tables beside this file.
    pub files: BTreeMap<String, String>,
    /// The same of tables that are about to replace them: said before the first is written, so that
    /// after a kill among them the next run knows them as its own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub coming: BTreeMap<String, String>,
}

impl Manifest {
    /// Whether two folders are parts of one run.
    pub fn same_run(&self, other: &Self) -> bool {
        let bare =
            |manifest: &Self| Self { files: BTreeMap::new(), coming: BTreeMap::new(), ..manifest.clone() };
        bare(self) == bare(other)
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
}

impl Results {
    /// The folder of an earlier run, only to be read.
    pub fn of(path: &Path) -> Self {
        Self { path: path.to_path_buf() }
    }

    /// Makes the folder ready for a run; a folder of another scenario is refused.
    pub fn open(path: &Path, manifest: &Manifest) -> Result<Self, Failure> {
        let results = Self::of(path);
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
        results.sweep_leftovers();
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
        let path = self.path.join(MANIFEST);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failure("out-file-unreadable", &path, &error)),
        };
        match serde_json::from_slice::<Manifest>(&bytes) {
            Ok(mut manifest) if manifest.tool == TOOL => {
                // Only files of this folder are ours to replace.
                let here = |name: &String, _: &mut String| Path::new(name).file_name() == Some(name.as_ref());
                manifest.files.retain(here);
                manifest.coming.retain(here);
                Ok(Some(manifest))
            }
            _ => Err(Failure::usage(Message::new("out-file-foreign").text("path", path.display()))),
        }
    }

    /// Tables that are not ours, or were edited since, are not overwritten.
    fn refuse_foreign(&self, manifest: &Manifest) -> Result<(), Failure> {
        let (files, coming) =
            self.manifest()?.map(|earlier| (earlier.files, earlier.coming)).unwrap_or_default();
        let names = files.keys().chain(coming.keys()).chain(manifest.files.keys()).map(String::as_str);
        for name in names.chain(["whatif.csv"]) {
            let path = self.path.join(name);
            let bytes = match fs::read(&path) {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(error) => return Err(failure("out-file-unreadable", &path, &error)),
            };
            let hash = sha256(&bytes);
            let mut ours = files.get(name).into_iter().chain(coming.get(name)).peekable();
            let key = if ours.peek().is_none() { "out-file-foreign" } else { "out-file-edited" };
            if ours.any(|known| *known == hash) {
                continue;
            }
            return Err(Failure::usage(Message::new(key).text("path", path.display())));
        }
        Ok(())
    }

    fn sweep_leftovers(&self) {
        let folders = [self.folder(), self.path.clone()];
        let entries = folders.iter().flat_map(|folder| folder.read_dir().into_iter().flatten().flatten());
        for entry in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(UNFINISHED)) {
            let modified = entry.metadata().and_then(|metadata| metadata.modified());
            let age = modified.ok().and_then(|modified| modified.elapsed().ok());
            if age.is_some_and(|age| age > LEFTOVER) {
                // It is in nobody's way if it cannot be removed.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    pub fn find(&self, key: &str) -> Result<Found, Failure> {
        let path = self.file(key);
        match fs::read(&path) {
            Ok(bytes) => {
                Ok(result::read(key, &bytes).map_or(Found::Corrupt, |read| Found::Whole(Box::new(read))))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Found::Nothing),
            Err(error) => Err(failure("out-file-unreadable", &path, &error)),
        }
    }

    pub fn keep(&self, key: &str, result: &VariantResult, milliseconds: u64) -> Result<(), Failure> {
        self.write(&self.folder(), &self.file(key), &result::file(key, result, milliseconds))
    }

    /// Says what the folder is about, before any result is written.
    pub fn begin(&self, manifest: &Manifest) -> Result<(), Failure> {
        let (files, coming) =
            self.manifest()?.map(|earlier| (earlier.files, earlier.coming)).unwrap_or_default();
        let manifest = Manifest { files, coming, ..manifest.clone() };
        self.write(&self.path, &self.path.join(MANIFEST), pretty(&manifest).as_bytes())
    }

    /// Writes the tables of a run and then, as the last, which they are. Tables of an earlier question
    /// go: they would contradict these.
    pub fn finish(&self, manifest: &Manifest, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
        let manifest = Manifest {
            files: files.iter().map(|(name, bytes)| (name.clone(), sha256(bytes))).collect(),
            ..manifest.clone()
        };
        self.refuse_foreign(&manifest)?;
        let mut earlier = self.manifest()?.map(|earlier| earlier.files).unwrap_or_default();
        let left = self.manifest()?.map(|earlier| earlier.coming).unwrap_or_default();
        // What a killed run had written by then is known by this run's hash, or by that run's.
        for (name, hash) in left {
            let written = fs::read(self.path.join(&name)).is_ok_and(|bytes| sha256(&bytes) == hash);
            if written {
                earlier.insert(name, hash);
            }
        }
        let ahead = Manifest { files: earlier.clone(), coming: manifest.files.clone(), ..manifest.clone() };
        self.write(&self.path, &self.path.join(MANIFEST), pretty(&ahead).as_bytes())?;
        for (name, bytes) in files {
            self.write(&self.path, &self.path.join(name), bytes)?;
        }
        for name in earlier.keys().filter(|name| !files.contains_key(*name)) {
            let path = self.path.join(name);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(failure("out-remove-failed", &path, &error));
                }
                _ => {}
            }
        }
        self.write(&self.path, &self.path.join(MANIFEST), pretty(&manifest).as_bytes())
    }

    fn write(&self, folder: &Path, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let write = || -> std::io::Result<NamedTempFile> {
            let mut builder = tempfile::Builder::new();
            builder.prefix(UNFINISHED);
            #[cfg(unix)]
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
            let mut file = builder.tempfile_in(folder)?;
            file.write_all(bytes)?;
            Ok(file)
        };
        let file = write().map_err(|error| failure("out-write-failed", path, &error))?;
        file.persist(path).map_err(|error| failure("out-replace-failed", path, &error.error))?;
        Ok(())
    }
}

fn failure(key: &'static str, path: &Path, reason: &std::io::Error) -> Failure {
    Failure::inside(Message::new(key).text("path", path.display()).text("reason", reason))
}
