//! Scenarios inside the binary: those that are shipped, and a small one to write over.

use super::Sources;

type Files = &'static [(&'static str, &'static [u8])];

macro_rules! files {
    ($folder:literal: $($file:literal),*) => {
        &[$(($file, include_bytes!(concat!($folder, "/", $file)).as_slice())),*]
    };
}

macro_rules! shipped {
    ($($name:literal: $($file:literal),*;)*) => {
        /// By the name of their folder.
        const SHIPPED: &[(&str, Files)] = &[$(($name, &[$((
            $file,
            include_bytes!(concat!("../../scenarios/", $name, "/", $file)).as_slice(),
        )),*])),*];
    };
}

shipped! {
    "ceiling-track": "program.toml", "facilities.csv", "requirements.csv";
    "emergency": "program.toml", "facilities.csv", "sections.csv", "requirements.csv", "stays.csv", "staffing.csv";
    "general-practice": "program.toml", "facilities.csv", "sections.csv", "requirements.csv";
    "internal-medicine": "program.toml", "facilities.csv", "requirements.csv";
    "keio-2019": "program.toml", "facilities.csv";
    "keio-2019-scarce": "program.toml", "facilities.csv", "facility_changes.csv", "residents.csv", "history.csv", "logged_cases.csv";
    "keio-2019-sections": "program.toml", "facilities.csv", "sections.csv", "residents.csv", "history.csv", "logged_cases.csv", "requirements.csv";
    "keio-2019-steady": "program.toml", "facilities.csv", "residents.csv", "history.csv", "logged_cases.csv";
    "keio-2020-replan": "program.toml", "facilities.csv", "facility_changes.csv", "residents.csv", "history.csv", "leaves.csv", "logged_cases.csv";
    "surgery": "program.toml", "facilities.csv";
}

/// Names that people use for one of them.
const ALSO: [(&str, &str); 1] = [("keio", "keio-2019-steady")];

const TEMPLATE: Files = files!("template": "program.toml", "facilities.csv", "residents.csv");

/// A small program that can be planned as it is.
pub fn template() -> Sources {
    sources(TEMPLATE)
}

/// The scenario of a name, such as `keio`.
pub fn shipped(name: &str) -> Option<Sources> {
    let name = ALSO.iter().find(|(also, _)| *also == name).map_or(name, |(_, own)| own);
    SHIPPED.iter().find(|(own, _)| *own == name).map(|(_, files)| sources(files))
}

/// All names under which [`shipped`] has a scenario.
pub fn shipped_names() -> impl Iterator<Item = &'static str> + Clone {
    ALSO.iter().map(|(also, _)| *also).chain(SHIPPED.iter().map(|(own, _)| *own))
}

fn sources(files: Files) -> Sources {
    let files = files.iter().map(|(name, bytes)| (name.to_string(), bytes.to_vec())).collect();
    Sources { files, ..Sources::default() }
}

#[cfg(test)]
mod tests {
    use super::super::{is_table, read};
    use super::*;
    use std::path::Path;

    #[test]
    fn the_binary_has_what_is_shipped() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let mut seen = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let sources = shipped(name).unwrap_or_else(|| panic!("{name} is not in the binary"));
            for file in std::fs::read_dir(&path).unwrap().map(|file| file.unwrap().path()) {
                let file_name = file.file_name().unwrap().to_str().unwrap();
                if is_table(file_name) {
                    assert_eq!(sources.files[file_name], std::fs::read(&file).unwrap(), "{name}/{file_name}");
                    seen += 1;
                }
            }
        }
        assert!(seen > 10);
    }

    #[test]
    fn the_template_is_a_program() {
        let (scenario, findings) = read(&template());
        assert!(scenario.is_some(), "{:?}", findings.list);
        assert_eq!(findings.list, []);
    }
}
