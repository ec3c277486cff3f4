//! The folder a plan goes to: nothing lost that was not ours, one whole set of files at any time.
//!
//! `plan.json` lists the files of its run with their SHA-256. A file that stands in the folder under
//! one of our names may be replaced only if it is in that list and unchanged since; otherwise it is
//! somebody's work, and nothing is written. This is settled before the solve, so that no result is
//! lost to it, and again before writing. How the files take their places is `switch`'s. Spreadsheets on
//! Windows hold their files open; that too is found out beforehand.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

use super::Failure;
use crate::files::folder;
use crate::files::switch::{self, Switch, failure, hash_of, is_inside};
use crate::language::Message;
use crate::output::{calendars, dto};

/// The plan itself.
pub const PLACEMENTS: &str = "placements.csv";
/// The whole answer as a workbook.
pub const WORKBOOK: &str = "plan.xlsx";
pub const PLAN_JSON: &str = "plan.json";
/// Where this lies, somebody keeps the tables of a program.
const PROGRAM_TOML: &str = "program.toml";
/// All names a run may write, `plan.json` aside.
pub const TABLES: [&str; 9] = [
    PLACEMENTS,
    "by_resident.csv",
    "by_facility.csv",
    "ledger.csv",
    "cases.csv",
    "case_totals.csv",
    "audit.csv",
    "report.html",
    WORKBOOK,
];

/// The files one command may write.
#[derive(Debug)]
pub struct Files {
    tables: &'static [&'static str],
    /// A folder in the folder, whose files are called after people and hospitals.
    folder: Option<&'static str>,
    /// Lists the others with their SHA-256, and is written last.
    json: &'static str,
}

const OF_PLAN: Files = Files { tables: &TABLES, folder: Some(calendars::FOLDER), json: PLAN_JSON };
pub const DIFF_JSON: &str = "diff.json";
/// What `diff` writes.
pub const OF_DIFF: Files = Files {
    tables: &["diff_moves.csv", "diff_chains.csv", "diff_goals.csv", "diff_seats.csv", "diff_sections.csv"],
    folder: None,
    json: DIFF_JSON,
};

pub const COMPLETION_JSON: &str = "completion.json";
/// What `progress` writes.
pub const OF_PROGRESS: Files = Files { tables: &["completion.csv"], folder: None, json: COMPLETION_JSON };
pub const DUE_JSON: &str = "due.json";
/// What `due` writes.
pub const OF_DUE: Files = Files { tables: &["due.csv"], folder: Some(calendars::FOLDER), json: DUE_JSON };

impl Files {
    /// Whether a file of this name may be one of them, the list aside.
    fn has(&self, name: &str) -> bool {
        let folder = name.split_once('/').map(|(folder, _)| folder);
        self.tables.contains(&name) || (folder.is_some() && folder == self.folder && is_inside(name))
    }

    /// All fixed names, in the order in which the files take their places.
    fn names(&self) -> impl Iterator<Item = &'static str> {
        self.tables.iter().copied().chain([self.json])
    }
}

/// A folder that may be written to.
#[derive(Debug)]
pub struct OutFolder {
    path: PathBuf,
    files: &'static Files,
    /// The folder the scenario was read from; none of our files goes there.
    scenario: PathBuf,
}

/// What an earlier run says of its files.
#[derive(Deserialize)]
struct Earlier {
    tool: String,
    #[serde(default)]
    files: BTreeMap<String, String>,
}

/// Whether a file is as the run that wrote the plan of a folder lists it.
pub fn is_as_listed(folder: &Path, name: &str) -> bool {
    let list = folder::load_file(&folder.join(PLAN_JSON)).ok();
    let earlier = list.and_then(|bytes| serde_json::from_slice::<Earlier>(&bytes).ok());
    let listed = earlier.and_then(|earlier| earlier.files.get(name).cloned());
    listed.is_some() && hash_of(&folder.join(name)).is_ok_and(|found| found == listed)
}

impl OutFolder {
    /// Settles before any work is done whether `path` can take a plan.
    pub fn examine(path: &Path, scenario: &Path) -> Result<Self, Failure> {
        Self::examine_for(&OF_PLAN, path, scenario)
    }

    /// The same for what another command writes.
    pub fn examine_for(files: &'static Files, path: &Path, scenario: &Path) -> Result<Self, Failure> {
        let folder = Self { path: path.to_path_buf(), files, scenario: scenario.to_path_buf() };
        let not_writable = |error: std::io::Error| {
            Failure::usage(
                Message::new("out-not-writable").text("path", path.display()).text("reason", error),
            )
        };
        let absolute = std::path::absolute(path).map_err(not_writable)?;
        folder.refuse_scenario_folder()?;
        // A folder called like a table is a slip: the table was meant.
        let name = absolute.file_name().unwrap_or_default();
        if files.names().any(|table| name.eq_ignore_ascii_case(table)) {
            return Err(folder.refusal("out-named-like-a-table"));
        }
        // Where the folder does not exist yet, the one it will stand in must take a file.
        let existing = absolute.ancestors().find(|ancestor| ancestor.symlink_metadata().is_ok());
        let existing = existing.unwrap_or(&absolute);
        if !existing.exists() {
            return Err(folder.refusal_of("out-leads-nowhere", existing));
        }
        if !existing.is_dir() {
            return Err(folder.refusal_of("out-is-a-file", existing));
        }
        tempfile::tempfile_in(existing).map_err(not_writable)?;
        switch::settle(path)?;
        folder.refuse_foreign_files()?;
        Ok(folder)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether an earlier run left a plan here.
    pub fn has_plan(&self) -> bool {
        self.path.join(TABLES[0]).exists()
    }

    /// Refuses to replace the plan that the new one is to stay close to: it may be the one people have.
    pub fn keep(&self, base: &Path) -> Result<(), Failure> {
        let is_base = |name: &str| same_file::is_same_file(base, self.path.join(name)).unwrap_or(false);
        match self.files.names().any(is_base) {
            true => Err(self.refusal("out-is-the-base")),
            false => Ok(()),
        }
    }

    /// Writes the files of a run, takes away those of an earlier run that this one does not have,
    /// and returns the names of the latter.
    pub fn replace(&self, files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<String>, Failure> {
        // Once more: the solve took its time, and somebody may have worked in the folder meanwhile.
        self.refuse_scenario_folder()?;
        let switch = Switch::open(&self.path)?;
        let ours = self.earlier()?;
        let others: Vec<&str> =
            files.keys().map(String::as_str).filter(|name| *name != self.files.json).collect();
        self.refuse_foreign(&ours, &others)?;
        self.refuse_files_in_use(files)?;
        // The list of the others is the last to take its place.
        let others = files.iter().filter(|(name, _)| *name != self.files.json);
        let list = files.get_key_value(self.files.json);
        let coming = others.chain(list).map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        let coming: Vec<(&str, &[u8])> = coming.collect();
        let known = self.files.tables.iter().copied().chain(ours.keys().map(String::as_str));
        let mut gone: Vec<&str> = known.filter(|name| !files.contains_key(*name)).collect();
        gone.sort_unstable();
        gone.dedup();
        let there = gone.iter().filter(|name| self.path.join(name).exists());
        let removed = there.map(|name| name.to_string()).collect();
        switch.put(&coming, &gone)?;
        Ok(removed)
    }

    fn refuse_scenario_folder(&self) -> Result<(), Failure> {
        let out = resolved(&self.path);
        if out.starts_with(resolved(&self.scenario)) {
            return Err(self.refusal("out-is-the-scenario"));
        }
        if self.path.join(PROGRAM_TOML).exists() {
            return Err(self.refusal("out-is-a-scenario"));
        }
        Ok(())
    }

    fn refuse_foreign_files(&self) -> Result<(), Failure> {
        let ours = self.earlier()?;
        self.refuse_foreign(&ours, &[])
    }

    /// Refuses what stands in the place of a table, of a file that comes or of one that an earlier run lists, and
    /// is not what that run wrote.
    fn refuse_foreign(&self, ours: &BTreeMap<String, String>, coming: &[&str]) -> Result<(), Failure> {
        // Nothing is written through a link to somewhere else.
        if let Some(folder) = self.files.folder.map(|folder| self.path.join(folder))
            && folder.symlink_metadata().is_ok_and(|metadata| !metadata.is_dir())
        {
            return Err(self.refusal_of("out-file-foreign", &folder));
        }
        let known = self.files.tables.iter().copied().chain(ours.keys().map(String::as_str));
        for name in known.chain(coming.iter().copied()) {
            let path = self.path.join(name);
            // A file that no run lists need not be read to know whose it is.
            match (ours.get(name), path.symlink_metadata().is_ok()) {
                (_, false) => {}
                (Some(hash), true) if hash_of(&path)?.is_none_or(|found| found == *hash) => {}
                (Some(_), true) => return Err(self.refusal_of("out-file-edited", &path)),
                (None, true) => return Err(self.refusal_of("out-file-foreign", &path)),
            }
        }
        Ok(())
    }

    /// The files an earlier run lists in its `plan.json`; a `plan.json` of somebody else is refused.
    fn earlier(&self) -> Result<BTreeMap<String, String>, Failure> {
        let path = self.path.join(self.files.json);
        // Looked at before it is opened: a pipe could wait for ever.
        let bytes = match hash_of(&path)? {
            None => return Ok(BTreeMap::new()),
            Some(_) => fs::read(&path).map_err(|error| failure("out-file-unreadable", &path, &error))?,
        };
        match serde_json::from_slice::<Earlier>(&bytes) {
            Ok(mut earlier) if earlier.tool == dto::TOOL => {
                // Only files of this folder are ours to replace.
                earlier.files.retain(|name, _| self.files.has(name));
                Ok(earlier.files)
            }
            _ => Err(self.refusal_of("out-file-foreign", &path)),
        }
    }

    /// A file that another program holds, or that its owner protected, refuses to be opened.
    fn refuse_files_in_use(&self, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
        let fixed = self.files.names().map(|name| -> &str { name });
        for name in fixed.chain(files.keys().map(String::as_str)) {
            let path = self.path.join(name);
            match fs::OpenOptions::new().write(true).open(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    let key =
                        if files.contains_key(name) { "out-replace-failed" } else { "out-remove-failed" };
                    return Err(failure(key, &path, &error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn refusal(&self, key: &'static str) -> Failure {
        self.refusal_of(key, &self.path)
    }

    fn refusal_of(&self, key: &'static str, path: &Path) -> Failure {
        Failure::usage(Message::new(key).text("path", path.display()))
    }
}

/// The path without links, `.` and `..`, also where its last parts do not exist yet.
pub(super) fn resolved(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut missing: Vec<OsString> = Vec::new();
    let mut existing = absolute.as_path();
    let mut resolved = loop {
        if let Ok(real) = existing.canonicalize() {
            break real;
        }
        match (existing.parent(), existing.components().next_back()) {
            (Some(parent), Some(last)) => {
                missing.push(last.as_os_str().to_os_string());
                existing = parent;
            }
            _ => break existing.to_path_buf(),
        }
    };
    for name in missing.iter().rev() {
        match Path::new(name).components().next() {
            Some(Component::ParentDir) => {
                resolved.pop();
            }
            Some(Component::CurDir) => {}
            _ => resolved.push(name),
        }
    }
    resolved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::switch::sha256;

    /// A folder with a scenario in it and an out folder beside that.
    struct Desk {
        folder: tempfile::TempDir,
    }

    impl Desk {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("scenario")).unwrap();
            Self { folder }
        }

        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn examine(&self, out: &str) -> Result<OutFolder, &'static str> {
            OutFolder::examine(&self.path(out), &self.path("scenario")).map_err(|failure| failure.message.key)
        }

        fn run(&self, tables: &[(&str, &str)]) -> Result<Vec<String>, &'static str> {
            self.examine("out")?.replace(&files(tables)).map_err(|failure| failure.message.key)
        }

        fn names(&self) -> Vec<String> {
            let entries = fs::read_dir(self.path("out")).unwrap();
            let mut names: Vec<String> =
                entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
            names.sort();
            names
        }
    }

    fn files(tables: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
        let mut files: BTreeMap<String, Vec<u8>> =
            tables.iter().map(|(name, text)| (name.to_string(), text.as_bytes().to_vec())).collect();
        let hashes: BTreeMap<&str, String> =
            files.iter().map(|(name, bytes)| (name.as_str(), sha256(bytes))).collect();
        let json = serde_json::json!({"tool": "kenshu", "files": hashes});
        files.insert(PLAN_JSON.to_string(), json.to_string().into_bytes());
        files
    }

    #[test]
    fn a_rerun_replaces_its_own_files_and_leaves_no_others_behind() {
        let desk = Desk::new();
        assert_eq!(desk.run(&[("placements.csv", "1"), ("audit.csv", "1")]), Ok(vec![]));
        assert_eq!(desk.run(&[("placements.csv", "2"), ("audit.csv", "1")]), Ok(vec![]));
        assert_eq!(fs::read_to_string(desk.path("out/placements.csv")).unwrap(), "2");
        assert_eq!(desk.names(), ["audit.csv", "placements.csv", "plan.json"]);
    }

    #[test]
    fn files_of_an_earlier_run_do_not_outlive_it() {
        let desk = Desk::new();
        desk.run(&[("placements.csv", "1"), ("audit.csv", "1")]).unwrap();
        assert_eq!(desk.run(&[("audit.csv", "2")]), Ok(vec!["placements.csv".to_string()]));
        assert_eq!(desk.names(), ["audit.csv", "plan.json"]);
    }

    #[test]
    fn calendars_come_and_go_with_the_run_and_others_stay() {
        let desk = Desk::new();
        let calendar = |name: &str| desk.path("out/calendar").join(name);
        desk.run(&[("audit.csv", "1"), ("calendar/a.ics", "1"), ("calendar/b.ics", "1")]).unwrap();
        assert_eq!(fs::read_to_string(calendar("b.ics")).unwrap(), "1");
        fs::write(calendar("mine.ics"), "mine").unwrap();
        let removed = desk.run(&[("audit.csv", "1"), ("calendar/a.ics", "2")]).unwrap();
        assert_eq!(removed, ["calendar/b.ics"]);
        assert_eq!(fs::read_to_string(calendar("a.ics")).unwrap(), "2");
        assert_eq!(desk.run(&[("calendar/mine.ics", "1")]), Err("out-file-foreign"));
        fs::write(calendar("a.ics"), "with a remark").unwrap();
        assert_eq!(desk.run(&[("audit.csv", "1")]), Err("out-file-edited"));
        fs::write(calendar("a.ics"), "2").unwrap();
        fs::remove_file(calendar("mine.ics")).unwrap();
        assert_eq!(desk.run(&[("audit.csv", "1")]).unwrap(), ["calendar/a.ics"]);
        assert_eq!(desk.names(), ["audit.csv", "plan.json"], "the folder went with its last file");
        // A list that names files elsewhere makes none of them ours.
        fs::write(desk.path("x.ics"), "mine").unwrap();
        let hash = sha256(b"mine");
        let json = format!(r#"{{"tool": "kenshu", "files": {{"calendar/../../x.ics": "{hash}"}}}}"#);
        fs::remove_dir_all(desk.path("out")).unwrap();
        fs::create_dir_all(desk.path("out/calendar")).unwrap();
        fs::write(desk.path("out/plan.json"), json).unwrap();
        desk.run(&[("audit.csv", "1")]).unwrap();
        assert_eq!(fs::read_to_string(desk.path("x.ics")).unwrap(), "mine");
        fs::remove_dir(desk.path("out/calendar")).unwrap();
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(desk.path("scenario"), desk.path("out/calendar")).unwrap();
            assert_eq!(desk.run(&[("calendar/a.ics", "1")]), Err("out-file-foreign"));
        }
    }

    #[test]
    fn foreign_and_edited_files_stay() {
        let desk = Desk::new();
        fs::create_dir(desk.path("out")).unwrap();
        fs::write(desk.path("out/audit.csv"), "mine").unwrap();
        assert_eq!(desk.run(&[("audit.csv", "1")]), Err("out-file-foreign"));
        fs::remove_file(desk.path("out/audit.csv")).unwrap();
        fs::write(desk.path("out/plan.json"), "{\"tool\": \"other\"}").unwrap();
        assert_eq!(desk.run(&[("audit.csv", "1")]), Err("out-file-foreign"));
        fs::remove_file(desk.path("out/plan.json")).unwrap();
        fs::write(desk.path("out/notes.txt"), "not in the way").unwrap();
        desk.run(&[("audit.csv", "1")]).unwrap();
        fs::write(desk.path("out/audit.csv"), "1, with a remark").unwrap();
        assert_eq!(desk.run(&[("audit.csv", "2")]), Err("out-file-edited"));
        assert_eq!(fs::read_to_string(desk.path("out/audit.csv")).unwrap(), "1, with a remark");
    }

    #[test]
    fn the_scenario_folder_takes_no_plan() {
        let desk = Desk::new();
        for out in ["scenario", "scenario/out", "scenario/./a/../b", "other/../scenario"] {
            assert_eq!(desk.examine(out).err(), Some("out-is-the-scenario"), "{out}");
        }
        assert!(desk.examine("scenario/../out").is_ok());
        assert!(desk.examine("scenario-out").is_ok());
    }

    #[test]
    fn a_file_is_no_folder() {
        let desk = Desk::new();
        fs::write(desk.path("out"), "").unwrap();
        assert_eq!(desk.examine("out").err(), Some("out-is-a-file"));
        assert_eq!(desk.examine("Placements.csv").err(), Some("out-named-like-a-table"));
        fs::create_dir(desk.path("plan.json")).unwrap();
        assert_eq!(desk.examine("plan.json").err(), Some("out-named-like-a-table"));
    }

    #[test]
    fn a_folder_called_like_a_table_is_somebody_elses() {
        let desk = Desk::new();
        fs::create_dir_all(desk.path("out/placements.csv")).unwrap();
        assert_eq!(desk.run(&[("audit.csv", "1")]), Err("out-file-foreign"));
        assert!(desk.path("out/placements.csv").is_dir());
    }

    #[cfg(unix)]
    #[test]
    fn links_pipes_and_devices_are_somebody_elses() {
        use std::os::unix::fs::symlink;
        let desk = Desk::new();
        for out in ["nowhere", "nowhere/below"] {
            let _ = symlink("missing", desk.path("nowhere"));
            assert_eq!(desk.examine(out).err(), Some("out-leads-nowhere"), "{out}");
        }
        for name in ["audit.csv", "plan.json"] {
            for to in ["missing", "/dev/zero", "/dev/tty"] {
                fs::create_dir_all(desk.path("out")).unwrap();
                symlink(to, desk.path("out").join(name)).unwrap();
                assert_eq!(desk.run(&[("audit.csv", "1")]), Err("out-file-foreign"), "{name} {to}");
                fs::remove_file(desk.path("out").join(name)).unwrap();
            }
            let pipe = desk.path("out").join(name);
            assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
            assert_eq!(desk.run(&[("audit.csv", "1")]), Err("out-file-foreign"), "{name}");
            fs::remove_file(pipe).unwrap();
        }
        symlink(desk.path("out"), desk.path("link")).unwrap();
        assert!(desk.examine("link").is_ok());
    }

    #[test]
    fn the_base_plan_is_not_replaced() {
        let desk = Desk::new();
        desk.run(&[("placements.csv", "1"), ("audit.csv", "1")]).unwrap();
        let keep =
            |base: &str| desk.examine("out").unwrap().keep(&desk.path(base)).map_err(|f| f.message.key);
        assert_eq!(keep("out/placements.csv"), Err("out-is-the-base"));
        assert_eq!(keep("scenario/../out/./placements.csv"), Err("out-is-the-base"));
        fs::copy(desk.path("out/placements.csv"), desk.path("base.csv")).unwrap();
        assert_eq!(keep("base.csv"), Ok(()));
    }

    #[cfg(unix)]
    #[test]
    fn tables_are_as_readable_as_other_files() {
        use std::os::unix::fs::PermissionsExt;
        let desk = Desk::new();
        desk.run(&[("audit.csv", "1")]).unwrap();
        fs::write(desk.path("other"), "").unwrap();
        let mode = |name: &str| fs::metadata(desk.path(name)).unwrap().permissions().mode();
        assert_eq!(mode("out/audit.csv"), mode("other"));
    }
}
