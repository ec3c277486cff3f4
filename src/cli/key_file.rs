//! The file that links pseudonyms back: the key and what each pseudonym stands for, readable by its owner alone.
//!
//! It is never replaced unless it is one of ours, and then the key in it stays: pseudonyms of next year are those of
//! this year, and what earlier files were about stays linked.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Failure;
use crate::language::Message;
use crate::output::dto::{TOOL, pretty};
use crate::scenario::pseudonyms::{Key, Link};

const KIND: &str = "pseudonym-key";

/// What the file holds.
#[derive(Serialize, Deserialize)]
struct Content {
    tool: String,
    kind: String,
    /// In hexadecimal.
    key: String,
    /// Kind, id and name of each pseudonym.
    links: BTreeMap<String, Linked>,
}

#[derive(Serialize, Deserialize)]
struct Linked {
    kind: String,
    id: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    name: String,
}

/// A key and where it is kept.
pub struct KeyFile {
    path: PathBuf,
    pub key: Key,
    links: BTreeMap<String, Linked>,
    is_new: bool,
}

impl KeyFile {
    /// The key that lies at a path, or a new one where nothing does.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        match path.symlink_metadata() {
            Ok(_) => Self::existing(path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let mut bytes = [0; 32];
                getrandom::fill(&mut bytes)
                    .map_err(|error| Failure::inside(Message::new("key-no-random").text("reason", error)))?;
                let path = path.to_path_buf();
                Ok(Self { path, key: Key::new(bytes), links: BTreeMap::new(), is_new: true })
            }
            Err(error) => Err(unusable(path, &error)),
        }
    }

    /// The key of a file of ours.
    pub fn existing(path: &Path) -> Result<Self, Failure> {
        let foreign = || Failure::usage(Message::new("key-foreign").text("path", path.display()));
        let metadata = path.symlink_metadata().map_err(|error| unusable(path, &error))?;
        // A link may lead anywhere, and a pipe waits for ever.
        if !metadata.is_file() {
            return Err(foreign());
        }
        let text = fs::read(path).map_err(|error| unusable(path, &error))?;
        let content: Content = serde_json::from_slice(&text).map_err(|_| foreign())?;
        let key = bytes(&content.key).filter(|_| content.tool == TOOL && content.kind == KIND);
        let key = Key::new(key.ok_or_else(foreign)?);
        Ok(Self { path: path.to_path_buf(), key, links: content.links, is_new: false })
    }

    /// Remembers what pseudonyms stand for, and writes the file as a whole.
    pub fn keep(&mut self, links: &[Link]) -> Result<(), Failure> {
        for link in links {
            let linked =
                Linked { kind: link.kind.id().to_owned(), id: link.id.clone(), name: link.name.clone() };
            self.links.insert(link.pseudonym.clone(), linked);
        }
        let content = Content {
            tool: TOOL.to_owned(),
            kind: KIND.to_owned(),
            key: self.key.bytes().iter().map(|byte| format!("{byte:02x}")).collect(),
            links: std::mem::take(&mut self.links),
        };
        let text = pretty(&content);
        self.links = content.links;
        self.write(text.as_bytes()).map_err(|error| unusable(&self.path, &error))
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let beside =
            self.path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // Temporary files are their owner's alone, and so is what becomes of one.
        let mut file = tempfile::Builder::new().prefix(".kenshu-").tempfile_in(beside)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        match self.is_new {
            true => file.persist_noclobber(&self.path).map(drop),
            false => file.persist(&self.path).map(drop),
        }
        .map_err(|error| error.error)
    }

    /// Destroys the key: overwritten first, since what is only removed can often be found again.
    pub fn destroy(self) -> Result<(), Failure> {
        let gone = || -> io::Result<()> {
            let length = usize::try_from(fs::metadata(&self.path)?.len()).unwrap_or(usize::MAX);
            let mut file = OpenOptions::new().write(true).open(&self.path)?;
            file.write_all(&vec![0; length])?;
            file.sync_all()?;
            fs::remove_file(&self.path)
        };
        gone().map_err(|error| unusable(&self.path, &error))
    }

    pub fn is_new(&self) -> bool {
        self.is_new
    }
}

fn bytes(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 2 * bytes.len() {
        return None;
    }
    for (position, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * position..2 * position + 2)?, 16).ok()?;
    }
    Some(bytes)
}

fn unusable(path: &Path, error: &io::Error) -> Failure {
    Failure::usage(Message::new("key-unusable").text("path", path.display()).text("reason", error))
}
