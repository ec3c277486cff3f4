//! The real LibreOffice, headless. It takes seconds to start, so it is asked only where `KENSHU_SCENARIOS` says
//! that more is tried than every day, and where it is installed.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The program; `None`, said aloud, where it is not asked for or not installed.
pub fn libreoffice() -> Option<PathBuf> {
    if std::env::var_os("KENSHU_SCENARIOS").is_none() {
        eprintln!("left out: LibreOffice is asked where KENSHU_SCENARIOS is set");
        return None;
    }
    let paths = std::env::var_os("PATH")?;
    let found =
        std::env::split_paths(&paths).map(|folder| folder.join("soffice")).find(|path| path.is_file());
    if found.is_none() {
        eprintln!("left out: LibreOffice (soffice) is not installed");
    }
    found
}

/// Opens files and saves them into a folder, all in one run, with a profile of its own in `desk`.
pub fn converted(soffice: &Path, desk: &Path, options: &[&str], files: &[PathBuf], into: &Path) {
    let output = Command::new(soffice)
        .arg(format!("-env:UserInstallation=file://{}/profile", desk.display()))
        .arg("--headless")
        .args(options)
        .arg("--outdir")
        .arg(into)
        .args(files)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A workbook opened and saved again.
pub fn through_libreoffice(soffice: &Path, bytes: &[u8]) -> Vec<u8> {
    let desk = tempfile::tempdir().unwrap();
    let (book, out) = (desk.path().join("book.xlsx"), desk.path().join("out"));
    std::fs::write(&book, bytes).unwrap();
    converted(soffice, desk.path(), &["--convert-to", "xlsx"], &[book], &out);
    std::fs::read(out.join("book.xlsx")).unwrap()
}
