//! The journal of edits: whatever was answered survives a kill of the server or of the machine.
//!
//! A line of JSON for each edit, written and flushed to the disk before the edit is answered. The first line
//! has the tables and the plan the edits began from, so that a journal can be carried out whatever has become
//! of the files since. It comes into being with the first edit, is locked against a second page, and goes when
//! everything is saved. A last line that was cut off was never answered and is left out.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::career::{Row, Rows};

/// The bytes of a file, as text where they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Content {
    Text(String),
    Bytes(Vec<u8>),
}

impl Content {
    pub fn of(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::Text(text.to_string()),
            Err(_) => Self::Bytes(bytes.to_vec()),
        }
    }

    pub fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Text(text) => text.into_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

/// What kind of edit a step is, for the words of undo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Move,
    Swap,
    Resize,
    Lock,
    Unlock,
    Course,
    Plan,
    Version,
    Tables,
    /// Another program in the place of this one.
    Begin,
}

/// One edit: the new rows of some residents, the new contents of some files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub kind: Kind,
    /// Whom or what it concerns.
    pub subject: String,
    pub rows: Vec<(String, Vec<Row>)>,
    /// `None`: no such file.
    pub files: Vec<(String, Option<Content>)>,
}

/// A line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Entry {
    Begin { version: u32, files: BTreeMap<String, Content>, rows: Rows },
    Do(Step),
    Undo,
    Redo,
}

/// Journals of another version are not understood.
pub const VERSION: u32 = 1;

/// An open journal, held by this page alone.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
}

/// Why there is no journal.
#[derive(Debug)]
pub enum Refused {
    /// Another page has it.
    InUse,
    Unreadable(io::Error),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}

impl Journal {
    /// The journal at a path with what it says, if there is one.
    pub fn resume(path: &Path) -> Result<Option<(Self, Vec<Entry>)>, Refused> {
        if !path.is_file() {
            return Ok(None);
        }
        let journal = Self::open(path, false)?;
        let text = String::from_utf8_lossy(&fs::read(path)?).into_owned();
        let mut entries = Vec::new();
        let mut whole = 0;
        for line in text.split_inclusive('\n') {
            let Ok(entry) = serde_json::from_str(line) else { break };
            if !line.ends_with('\n') {
                break;
            }
            entries.push(entry);
            whole += line.len() as u64;
        }
        // What comes next must not stand behind half a line.
        journal.file.set_len(whole)?;
        Ok(Some((journal, entries)))
    }

    /// A new journal that begins with this entry.
    pub fn begin(path: &Path, first: &Entry) -> Result<Self, Refused> {
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        let mut journal = Self::open(path, true)?;
        if journal.file.metadata()?.len() > 0 {
            return Err(Refused::InUse);
        }
        journal.write(first)?;
        Ok(journal)
    }

    fn open(path: &Path, create: bool) -> Result<Self, Refused> {
        let file = OpenOptions::new().create(create).read(true).write(true).open(path)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(Refused::InUse),
            Err(TryLockError::Error(error)) if error.kind() != io::ErrorKind::Unsupported => {
                return Err(error.into());
            }
            _ => {}
        }
        Ok(Self { path: path.to_path_buf(), file })
    }

    /// Adds an entry; it is on the disk when this returns.
    pub fn write(&mut self, entry: &Entry) -> io::Result<()> {
        let mut line = serde_json::to_vec(entry)?;
        line.push(b'\n');
        self.file.seek(SeekFrom::End(0))?;
        self.file.write_all(&line)?;
        self.file.sync_data()
    }

    /// Takes it away: everything is saved.
    pub fn finish(self) {
        // What cannot be removed is carried out again, to the same end.
        let _ = fs::remove_file(&self.path);
        let _ = self.path.parent().map(fs::remove_dir);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begin() -> Entry {
        let files = BTreeMap::from([
            ("program.toml".to_string(), Content::of("名前".as_bytes())),
            ("locks.csv".to_string(), Content::of(&[0x8f, 0x41])),
        ]);
        Entry::Begin { version: VERSION, files, rows: Rows::new() }
    }

    #[test]
    fn what_was_written_is_read_and_half_a_line_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".kenshu").join("page.journal");
        let mut journal = Journal::begin(&path, &begin()).unwrap();
        journal.write(&Entry::Undo).unwrap();
        drop(journal);
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(b"{\"do\":{\"kind\":").unwrap();
        drop(file);
        let (mut journal, entries) = Journal::resume(&path).unwrap().unwrap();
        assert_eq!(entries, [begin(), Entry::Undo]);
        journal.write(&Entry::Redo).unwrap();
        drop(journal);
        let (journal, entries) = Journal::resume(&path).unwrap().unwrap();
        assert_eq!(entries, [begin(), Entry::Undo, Entry::Redo]);
        journal.finish();
        assert!(Journal::resume(&path).unwrap().is_none() && !path.parent().unwrap().exists());
    }

    #[test]
    fn a_second_page_cannot_write_into_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.journal");
        let _first = Journal::begin(&path, &begin()).unwrap();
        assert!(matches!(Journal::begin(&path, &begin()), Err(Refused::InUse)));
        assert!(matches!(Journal::resume(&path), Err(Refused::InUse)));
    }
}
