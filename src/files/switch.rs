//! The switch from one set of files in a folder to the next: a run killed at any moment leaves the old
//! set or the new one, whole, and two runs never mix.
//!
//! The coming files are written into a folder of ours beside the others (`.kenshu/new`), and links to
//! those they replace are kept (`.kenshu/old`). Then a journal appears by one rename: from then on the new
//! set holds. Whoever opens the folder next carries out what a journal says, so a kill between two
//! renames is made good before anything else is looked at; where a rename is refused, the journal is turned
//! round and the old files are put back. Renames are all it takes, so it works on every system. A lock
//! keeps a second run out meanwhile. In the end nothing of this is left in the folder.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use same_file::Handle;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Failure;
use crate::language::Message;
use crate::output::dto::TOOL;

/// The folder of ours.
const WORK: &str = ".kenshu";
const NEW: &str = "new";
const OLD: &str = "old";
const JOURNAL: &str = "journal.json";
const JOURNAL_DRAFT: &str = "journal.draft";
const LOCK: &str = "lock";
/// How long to wait for another run's switch, which takes a moment.
const PATIENCE: Duration = Duration::from_secs(5);
const RETRY: Duration = Duration::from_millis(20);
/// How unfinished files of earlier versions are called: this and six letters or digits.
const UNFINISHED: &str = ".kenshu-";
/// No file of ours is larger; one that is need not be read to know that it was changed.
const FILE_BYTES_MAX: u64 = 1 << 30;
const READ_BYTES: usize = 1 << 16;
/// Files that are open together until the disk has them: asked for one after the other, it keeps us waiting for each.
const SYNCED_AT_ONCE: usize = 64;

/// What a switch does; in the folder from the moment it holds until it is done.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Journal {
    tool: String,
    /// Whether the old files are to be put back.
    undo: bool,
    /// The coming files with their SHA-256, in the order in which they take their places.
    coming: Vec<(String, String)>,
    /// The files that stand in their places, and those that go, with their SHA-256.
    had: BTreeMap<String, String>,
}

/// A folder held by this run alone.
#[derive(Debug)]
pub struct Switch {
    folder: PathBuf,
    /// Whether it came into being for this run.
    is_new: bool,
    disk: Disk,
    /// Held until the end; `None` on a disk without locks.
    _lock: Option<File>,
}

/// Carries out what a run killed amidst its switch left to do in a folder, if there is such a thing.
pub fn settle(folder: &Path) -> Result<(), Failure> {
    match folder.join(WORK).join(JOURNAL).exists() {
        true => Switch::open(folder).map(drop),
        false => Ok(()),
    }
}

impl Switch {
    /// Takes the folder, which is made where it is missing, settles what was left in it and clears away
    /// what killed runs had not finished.
    pub fn open(folder: &Path) -> Result<Self, Failure> {
        Self::open_on(folder, Disk::default())
    }

    fn open_on(folder: &Path, disk: Disk) -> Result<Self, Failure> {
        let is_new = !folder.exists();
        let lock = lock(folder)?;
        let switch = Self { folder: folder.to_path_buf(), is_new, disk, _lock: lock };
        if let Some(journal) = switch.journal()? {
            switch.carry_out(&journal)?;
        }
        switch.clear().map_err(|error| failure("out-remove-failed", &switch.work(), &error))?;
        sweep(folder);
        for name in [NEW, OLD] {
            let path = switch.work().join(name);
            switch.disk.make_folder(&path).map_err(|error| failure("out-create-failed", &path, &error))?;
        }
        Ok(switch)
    }

    fn work(&self) -> PathBuf {
        self.folder.join(WORK)
    }

    /// Where a file can be written that is to be renamed into the folder once it is whole.
    pub fn draft_folder(&self) -> PathBuf {
        self.work().join(NEW)
    }

    /// Puts the files in their places, in this order, and takes away those that go: all of it or, with an
    /// error, nothing.
    pub fn put(&self, coming: &[(&str, &[u8])], gone: &[&str]) -> Result<(), Failure> {
        let journal = self.prepare(coming, gone)?;
        self.write_journal(&journal)
            .map_err(|error| failure("out-write-failed", &self.work().join(JOURNAL), &error))?;
        self.carry_out(&journal).inspect_err(|_| {
            let undo = Journal { undo: true, ..journal };
            // Where that fails too, the next run carries out what the journal says.
            let _ = self.write_journal(&undo).map(|()| self.carry_out(&undo));
        })
    }

    /// Writes the coming files, and keeps hold of those that will be replaced or go.
    fn prepare(&self, coming: &[(&str, &[u8])], gone: &[&str]) -> Result<Journal, Failure> {
        let mut journal =
            Journal { tool: TOOL.to_string(), undo: false, coming: Vec::new(), had: BTreeMap::new() };
        let not_written =
            |name: &str, error: io::Error| failure("out-write-failed", &self.folder.join(name), &error);
        for some in coming.chunks(SYNCED_AT_ONCE) {
            let mut written = Vec::new();
            for &(name, bytes) in some {
                let path = self.work().join(NEW).join(name);
                self.make_folder_of(&path)?;
                let file = self.disk.write(&path, bytes).map_err(|error| not_written(name, error))?;
                written.push((name, file));
                journal.coming.push((name.to_string(), sha256(bytes)));
            }
            let synced = written
                .par_iter()
                .map(|(name, file)| file.sync_all().map_err(|error| not_written(name, error)));
            synced.collect::<Result<(), _>>()?;
        }
        for name in coming.iter().map(|(name, _)| name).chain(gone) {
            let path = self.folder.join(name);
            let Some(hash) = hash_of(&path)? else { continue };
            let kept = self.work().join(OLD).join(name);
            self.make_folder_of(&kept)?;
            self.disk.keep(&path, &kept).map_err(|error| failure("out-write-failed", &path, &error))?;
            journal.had.insert(name.to_string(), hash);
        }
        Ok(journal)
    }

    /// Makes the folder that a file goes to, where it lies in one.
    fn make_folder_of(&self, path: &Path) -> Result<(), Failure> {
        match path.parent() {
            Some(folder) if !folder.is_dir() => {
                self.disk.make_folder(folder).map_err(|error| failure("out-create-failed", folder, &error))
            }
            _ => Ok(()),
        }
    }

    /// Removes the folder of a file that went, if nothing else is in it.
    fn remove_folder_of(&self, path: &Path) {
        let folder = path.parent().filter(|folder| *folder != self.folder);
        // What somebody else keeps there stays, and the folder with it.
        let _ = folder.map(|folder| self.disk.remove_folder(folder));
    }

    /// The journal there is; one that is not ours, or names files elsewhere, is refused.
    fn journal(&self) -> Result<Option<Journal>, Failure> {
        let path = self.work().join(JOURNAL);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failure("out-file-unreadable", &path, &error)),
        };
        let is_here = |name: &String| is_inside(name);
        match serde_json::from_slice::<Journal>(&bytes) {
            Ok(journal)
                if journal.tool == TOOL
                    && journal.coming.iter().map(|(name, _)| name).chain(journal.had.keys()).all(is_here) =>
            {
                Ok(Some(journal))
            }
            _ => Err(Failure::usage(Message::new("out-file-foreign").text("path", path.display()))),
        }
    }

    fn write_journal(&self, journal: &Journal) -> io::Result<()> {
        let (draft, path) = (self.work().join(JOURNAL_DRAFT), self.work().join(JOURNAL));
        self.disk.write(&draft, &serde_json::to_vec(journal)?)?.sync_all()?;
        self.disk.rename(&draft, &path)?;
        // After a power cut the journal must be there before the first file is in its place.
        File::open(self.work()).and_then(|folder| folder.sync_all()).or(Ok(()))
    }

    /// Does what the journal says, from wherever it was left, and removes it.
    fn carry_out(&self, journal: &Journal) -> Result<(), Failure> {
        match journal.undo {
            true => self.put_back(journal)?,
            false => self.put_in_place(journal)?,
        }
        let path = self.work().join(JOURNAL);
        self.disk.remove(&path).map_err(|error| failure("out-remove-failed", &path, &error))
    }

    fn put_in_place(&self, journal: &Journal) -> Result<(), Failure> {
        let (last, first) = journal.coming.split_last().map_or((None, &[][..]), |(l, f)| (Some(l), f));
        let goes = |name: &String| !journal.coming.iter().any(|(coming, _)| coming == name);
        for (name, hash) in first {
            self.put_one(journal, name, hash)?;
        }
        for (name, hash) in journal.had.iter().filter(|(name, _)| goes(name)) {
            let path = self.folder.join(name);
            if hash_of(&path)?.as_ref() == Some(hash) {
                self.disk.remove(&path).map_err(|error| failure("out-remove-failed", &path, &error))?;
            }
            self.remove_folder_of(&path);
        }
        last.map_or(Ok(()), |(name, hash)| self.put_one(journal, name, hash))
    }

    fn put_one(&self, journal: &Journal, name: &str, hash: &str) -> Result<(), Failure> {
        let (from, to) = (self.work().join(NEW).join(name), self.folder.join(name));
        if !from.exists() {
            return Ok(()); // It is in its place already.
        }
        // Somebody may have worked in the folder since a run was killed.
        let is_known = |found: &String| found == hash || journal.had.get(name) == Some(found);
        if hash_of(&to)?.is_some_and(|found| !is_known(&found)) {
            return Err(Failure::usage(Message::new("out-file-edited").text("path", to.display())));
        }
        self.make_folder_of(&to)?;
        self.disk.rename(&from, &to).map_err(|error| failure("out-replace-failed", &to, &error))
    }

    fn put_back(&self, journal: &Journal) -> Result<(), Failure> {
        for (name, hash) in &journal.coming {
            let path = self.folder.join(name);
            let came = !journal.had.contains_key(name) && hash_of(&path)?.as_ref() == Some(hash);
            if came {
                self.disk.remove(&path).map_err(|error| failure("out-remove-failed", &path, &error))?;
            }
            self.remove_folder_of(&path);
        }
        for name in journal.had.keys() {
            let (from, to) = (self.work().join(OLD).join(name), self.folder.join(name));
            if from.exists() {
                self.make_folder_of(&to)?;
                self.disk.rename(&from, &to).map_err(|error| failure("out-replace-failed", &to, &error))?;
            }
        }
        Ok(())
    }

    /// Removes what is only there for a switch; nothing where one is still to be carried out.
    fn clear(&self) -> io::Result<()> {
        if self.work().join(JOURNAL).exists() {
            return Ok(());
        }
        for folder in [NEW, OLD].map(|name| self.work().join(name)) {
            self.clear_folder(&folder)?;
        }
        let draft = self.work().join(JOURNAL_DRAFT);
        if draft.exists() { self.disk.remove(&draft) } else { Ok(()) }
    }
}

impl Switch {
    /// Removes a folder of ours with everything in it.
    fn clear_folder(&self, folder: &Path) -> io::Result<()> {
        for entry in folder.read_dir().into_iter().flatten() {
            let entry = entry?;
            match entry.file_type()?.is_dir() {
                true => self.clear_folder(&entry.path())?,
                false => self.disk.remove(&entry.path())?,
            }
        }
        if folder.exists() { self.disk.remove_folder(folder) } else { Ok(()) }
    }
}

/// Whether a name is that of a file in a folder, or of one in a folder of that: no way leads out, nor to what is
/// only there for a switch.
pub fn is_inside(name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    let is_plain = |part: &&str| Path::new(part).file_name() == Some(part.as_ref()) && *part != WORK;
    (1..=2).contains(&parts.len()) && parts.iter().all(is_plain)
}

impl Drop for Switch {
    fn drop(&mut self) {
        // What cannot be cleared away is in nobody's way; the next run tries again. The lock's file goes
        // while it is still held, so that nobody takes a lock on a file that is about to go.
        if self.clear().is_ok() && !self.work().join(JOURNAL).exists() {
            let _ = self.disk.remove(&self.work().join(LOCK));
            let _ = self.disk.remove_folder(&self.work());
            if self.is_new {
                // Not if anything was written.
                let _ = self.disk.remove_folder(&self.folder);
            }
        }
    }
}

/// Takes the lock of a folder, waiting a little for whoever has it.
fn lock(folder: &Path) -> Result<Option<File>, Failure> {
    let (work, path) = (folder.join(WORK), folder.join(WORK).join(LOCK));
    let started = Instant::now();
    loop {
        let late = started.elapsed() > PATIENCE;
        fs::create_dir_all(&work).map_err(|error| failure("out-create-failed", &work, &error))?;
        match OpenOptions::new().create(true).truncate(false).write(true).open(&path) {
            // Its folder went with the run before.
            Err(error) if error.kind() == ErrorKind::NotFound && !late => continue,
            Err(error) => return Err(failure("out-write-failed", &path, &error)),
            Ok(file) => match file.try_lock() {
                // Whoever had it before may have removed the file meanwhile.
                Ok(()) if is_still(&file, &path) => return Ok(Some(file)),
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(failure("out-write-failed", &path, &error)),
                Ok(()) | Err(TryLockError::WouldBlock) => {}
            },
        }
        if late {
            return Err(Failure::inside(Message::new("out-in-use").text("path", folder.display())));
        }
        std::thread::sleep(RETRY);
    }
}

fn is_still(file: &File, path: &Path) -> bool {
    let held = file.try_clone().and_then(Handle::from_file);
    matches!((held, Handle::from_path(path)), (Ok(held), Ok(there)) if held == there)
}

/// Removes unfinished files of earlier versions.
pub fn sweep(folder: &Path) {
    for entry in folder.read_dir().into_iter().flatten().flatten() {
        let name = entry.file_name();
        let rest = name.to_str().and_then(|name| name.strip_prefix(UNFINISHED)).unwrap_or_default();
        let is_ours = rest.len() == 6 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if is_ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            // It is in nobody's way if it cannot be removed.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(Sha256::digest(bytes).as_slice())
}

/// The SHA-256 of a file, which need not fit into memory; `None` if there is none. What is no ordinary file,
/// such as a link, a folder or a pipe, is never read; neither is what is too large to be ours.
pub fn hash_of(path: &Path) -> Result<Option<String>, Failure> {
    let unreadable = |error: io::Error| failure("out-file-unreadable", path, &error);
    match path.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
        Ok(metadata) if !metadata.is_file() => {
            return Err(Failure::usage(Message::new("out-file-foreign").text("path", path.display())));
        }
        Ok(metadata) if metadata.len() > FILE_BYTES_MAX => {
            return Err(Failure::usage(Message::new("out-file-edited").text("path", path.display())));
        }
        Ok(_) => {}
    }
    let mut digest = Sha256::new();
    let mut file = BufReader::with_capacity(READ_BYTES, File::open(path).map_err(unreadable)?);
    loop {
        let bytes = file.fill_buf().map_err(unreadable)?;
        if bytes.is_empty() {
            break;
        }
        digest.update(bytes);
        let read = bytes.len();
        file.consume(read);
    }
    Ok(Some(hexadecimal(digest.finalize().as_slice())))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn failure(key: &'static str, path: &Path, reason: &io::Error) -> Failure {
    Failure::inside(Message::new(key).text("path", path.display()).text("reason", reason))
}

/// Every change to the disk is made here, so that tests can stop at each of them.
#[derive(Debug, Default)]
struct Disk {
    #[cfg(test)]
    fault: Option<tests::Fault>,
}

impl Disk {
    /// Writes a file; that it is on the disk is for the caller to wait for.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<File> {
        let mut file = File::create(path)?;
        #[cfg(test)]
        self.step().inspect_err(|_| file.write_all(&bytes[..bytes.len() / 2]).unwrap())?;
        file.write_all(bytes)?;
        Ok(file)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        #[cfg(test)]
        self.step()?;
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        #[cfg(test)]
        self.step()?;
        fs::remove_file(path)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        #[cfg(test)]
        self.step()?;
        fs::create_dir_all(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        #[cfg(test)]
        self.step()?;
        fs::remove_dir(path)
    }

    /// A second name for a file, or a copy where the disk knows no links.
    fn keep(&self, path: &Path, kept: &Path) -> io::Result<()> {
        #[cfg(test)]
        self.step()?;
        fs::hard_link(path, kept).or_else(|_| fs::copy(path, kept).map(drop))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// What goes wrong with the disk, and at which of the changes to it.
    #[derive(Debug)]
    pub struct Fault {
        at: usize,
        /// Whether no later change is made either, as after a kill.
        for_good: bool,
        made: AtomicUsize,
    }

    impl Disk {
        pub fn step(&self) -> io::Result<()> {
            let Some(fault) = &self.fault else { return Ok(()) };
            let made = fault.made.fetch_add(1, Ordering::Relaxed);
            match made == fault.at || (fault.for_good && made > fault.at) {
                true => Err(io::Error::from(ErrorKind::StorageFull)),
                false => Ok(()),
            }
        }
    }

    const OLD_SET: [(&str, &[u8]); 6] = [
        ("a.csv", b"old a"),
        ("b.csv", b"old b"),
        ("f/a.ics", b"old fa"),
        ("f/b.ics", b"old fb"),
        ("g/a.ics", b"old ga"),
        ("plan.json", b"old json"),
    ];
    const NEW_SET: [(&str, &[u8]); 5] = [
        ("a.csv", b"new a"),
        ("c.csv", b"new c"),
        ("f/a.ics", b"new fa"),
        ("h/a.ics", b"new ha"),
        ("plan.json", b"new json"),
    ];
    const GONE: [&str; 3] = ["b.csv", "f/b.ics", "g/a.ics"];

    /// The files of a folder and of the folders in it.
    fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()) {
            let name = entry.file_name().into_string().unwrap();
            if entry.path().is_dir() {
                let inner = contents(&entry.path());
                files.extend(inner.into_iter().map(|(own, bytes)| (format!("{name}/{own}"), bytes)));
            } else if name != "mine.txt" {
                files.insert(name, fs::read(entry.path()).unwrap());
            }
        }
        files
    }

    fn set(files: &[(&str, &[u8])]) -> BTreeMap<String, Vec<u8>> {
        files.iter().map(|(name, bytes)| (name.to_string(), bytes.to_vec())).collect()
    }

    /// A folder with the old set and a file of somebody else.
    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("mine.txt"), "mine").unwrap();
        Switch::open(folder.path()).unwrap().put(&OLD_SET, &[]).unwrap();
        folder
    }

    /// Switches to the new set with a fault; whether it was met.
    fn switched_with(folder: &Path, at: usize, for_good: bool) -> bool {
        let fault = Fault { at, for_good, made: AtomicUsize::new(0) };
        let disk = Disk { fault: Some(fault) };
        match Switch::open_on(folder, disk) {
            Err(_) => true,
            Ok(switch) => switch.put(&NEW_SET, &GONE).is_err() || switch.disk.step().is_err(),
        }
    }

    #[test]
    fn a_switch_leaves_the_new_set_and_nothing_else() {
        let folder = folder();
        assert_eq!(contents(folder.path()), set(&OLD_SET));
        Switch::open(folder.path()).unwrap().put(&NEW_SET, &GONE).unwrap();
        assert_eq!(contents(folder.path()), set(&NEW_SET));
        assert!(!folder.path().join("g").exists(), "a folder goes with its last file");
    }

    #[test]
    fn a_kill_at_any_step_leaves_one_set_whole_for_whoever_comes_next() {
        let (mut olds, mut news) = (0, 0);
        for at in 0.. {
            let folder = folder();
            let was_killed = switched_with(folder.path(), at, true);
            settle(folder.path()).unwrap();
            let visible = contents_without_work(folder.path());
            match visible == set(&OLD_SET) {
                true => olds += 1,
                false => {
                    assert_eq!(visible, set(&NEW_SET), "killed at step {at}");
                    news += 1;
                }
            }
            Switch::open(folder.path()).unwrap().put(&NEW_SET, &GONE).unwrap();
            assert_eq!(contents(folder.path()), set(&NEW_SET), "the run after a kill at step {at}");
            assert!(!folder.path().join("g").exists(), "after a kill at step {at}");
            assert_eq!(fs::read(folder.path().join("mine.txt")).unwrap(), b"mine");
            if !was_killed {
                break;
            }
        }
        assert!(olds > 5 && news > 5, "{olds} {news}");
    }

    fn contents_without_work(folder: &Path) -> BTreeMap<String, Vec<u8>> {
        let work = folder.join(WORK);
        if work.exists() {
            assert!(!work.join(JOURNAL).exists());
            fs::remove_dir_all(work).unwrap();
        }
        contents(folder)
    }

    #[test]
    fn a_full_disk_at_any_step_leaves_one_set_whole_at_once() {
        for at in 0.. {
            let folder = folder();
            let was_met = switched_with(folder.path(), at, false);
            let visible = contents_without_work(folder.path());
            assert!(visible == set(&OLD_SET) || visible == set(&NEW_SET), "full at step {at}: {visible:?}");
            if !was_met && at > 60 {
                break;
            }
        }
    }

    #[test]
    fn what_somebody_changed_after_a_kill_stays() {
        let met = (0..60).any(|at| {
            let folder = folder();
            switched_with(folder.path(), at, true);
            let is_left = folder.path().join(WORK).join(JOURNAL).exists();
            if !is_left || !folder.path().join(WORK).join(NEW).join("a.csv").exists() {
                return false;
            }
            fs::write(folder.path().join("a.csv"), "mine").unwrap();
            assert_eq!(settle(folder.path()).unwrap_err().message.key, "out-file-edited");
            assert_eq!(fs::read(folder.path().join("a.csv")).unwrap(), b"mine");
            fs::remove_file(folder.path().join("a.csv")).unwrap();
            settle(folder.path()).unwrap();
            assert_eq!(contents(folder.path()), set(&NEW_SET));
            true
        });
        assert!(met);
    }

    #[test]
    fn a_second_run_is_kept_out() {
        let folder = folder();
        let first = Switch::open(folder.path()).unwrap();
        assert_eq!(Switch::open(folder.path()).unwrap_err().message.key, "out-in-use");
        drop(first);
        assert!(Switch::open(folder.path()).is_ok());
    }

    #[test]
    fn a_folder_made_for_nothing_goes() {
        let desk = tempfile::tempdir().unwrap();
        drop(Switch::open(&desk.path().join("out")).unwrap());
        assert!(!desk.path().join("out").exists());
    }

    #[test]
    fn unfinished_files_of_earlier_versions_go() {
        let folder = folder();
        for name in [".kenshu-aB3dE6", ".kenshu-notes"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        drop(Switch::open(folder.path()).unwrap());
        assert!(!folder.path().join(".kenshu-aB3dE6").exists());
        assert!(folder.path().join(".kenshu-notes").exists());
    }

    #[test]
    fn a_journal_of_somebody_else_is_not_carried_out() {
        let folder = folder();
        fs::create_dir(folder.path().join(WORK)).unwrap();
        let naming =
            |name: &str| format!(r#"{{"tool":"kenshu","undo":false,"coming":[["{name}",""]],"had":{{}}}}"#);
        let names = ["../x", "f/../../x", "/x", "f/g/x", ".kenshu/x", "", "f/", "."];
        for journal in std::iter::once("{}".to_string()).chain(names.map(naming)) {
            fs::write(folder.path().join(WORK).join(JOURNAL), journal).unwrap();
            assert_eq!(settle(folder.path()).unwrap_err().message.key, "out-file-foreign");
        }
    }
}
