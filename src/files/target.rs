//! Something new on the disk: a workbook or a folder that is there as a whole or not at all.
//!
//! What exists is never touched. The coming file or folder is made beside its place and moved there.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Failure;
use crate::language::Message;

/// What is to be made.
#[derive(Debug, PartialEq, Eq)]
pub enum Target {
    Workbook(PathBuf),
    Folder(PathBuf),
}

/// What goes there.
pub enum Content {
    Workbook(Vec<u8>),
    Folder(BTreeMap<String, Vec<u8>>),
}

impl Target {
    /// Looks at a path that must be free; the ending says which of both it is.
    pub fn free(path: &Path) -> Result<Self, Failure> {
        if path.symlink_metadata().is_ok() {
            return Err(Failure::usage(exists(path)));
        }
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        match ending.as_str() {
            "xlsx" => Ok(Self::Workbook(path.to_path_buf())),
            "xls" | "xlsm" | "xlsb" | "ods" | "csv" | "toml" | "json" | "zip" => {
                Err(Failure::usage(Message::new("target-ending").text("path", path.display())))
            }
            _ => Ok(Self::Folder(path.to_path_buf())),
        }
    }

    pub fn path(&self) -> &Path {
        match self {
            Self::Workbook(path) | Self::Folder(path) => path,
        }
    }

    pub fn write(&self, content: &Content) -> Result<(), Failure> {
        let path = self.path();
        self.try_write(content).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists | io::ErrorKind::DirectoryNotEmpty => Failure::usage(exists(path)),
            _ => {
                let message = Message::new("target-unwritable").text("path", path.display());
                Failure::usage(message.text("reason", error))
            }
        })
    }

    fn try_write(&self, content: &Content) -> io::Result<()> {
        let path = self.path();
        let beside = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let work = tempfile::Builder::new().prefix(".kenshu-").tempdir_in(beside)?;
        // Made in the ordinary way, so that it has the rights that whoever made it expects.
        let coming = work.path().join("coming");
        match content {
            Content::Workbook(bytes) => {
                write(&coming, bytes)?;
                // A link fails where something has appeared meanwhile; a rename would replace it.
                match fs::hard_link(&coming, path) {
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
                    Err(_) if path.symlink_metadata().is_err() => fs::rename(&coming, path),
                    other => other,
                }
            }
            Content::Folder(files) => {
                fs::create_dir(&coming)?;
                for (name, bytes) in files {
                    let file = coming.join(name);
                    file.parent().map_or(Ok(()), fs::create_dir_all)?;
                    write(&file, bytes)?;
                }
                fs::rename(&coming, path)
            }
        }
    }
}

/// A name beside a workbook that nothing has yet.
pub fn free_beside(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let numbered = |number: u32| path.with_file_name(format!("{stem}-{number}.xlsx"));
    let mut names = (1..).map(numbered);
    names.find(|name| name.symlink_metadata().is_err()).unwrap_or_default()
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn exists(path: &Path) -> Message {
    Message::new("target-exists").text("path", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_exists_is_left_alone() {
        let desk = tempfile::tempdir().unwrap();
        let path = desk.path().join("a.xlsx");
        let target = Target::free(&path).unwrap();
        fs::write(&path, "somebody's").unwrap();
        assert_eq!(target.write(&Content::Workbook(vec![1])).unwrap_err().message.key, "target-exists");
        assert_eq!(fs::read(&path).unwrap(), b"somebody's");
        assert_eq!(Target::free(&path).unwrap_err().message.key, "target-exists");
        assert_eq!(fs::read_dir(desk.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_is_there_as_a_whole() {
        let desk = tempfile::tempdir().unwrap();
        let target = Target::free(&desk.path().join("keio")).unwrap();
        let files = BTreeMap::from([("program.toml".to_string(), b"x".to_vec())]);
        target.write(&Content::Folder(files)).unwrap();
        assert_eq!(fs::read(target.path().join("program.toml")).unwrap(), b"x");
        assert_eq!(fs::read_dir(desk.path()).unwrap().count(), 1);
        assert_eq!(Target::free(&desk.path().join("b.ods")).unwrap_err().message.key, "target-ending");
    }
}
