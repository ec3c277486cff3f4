//! A tiny valid scenario as text, and edits that spoil it.
#![allow(dead_code, reason = "compiled into several test binaries, each of which uses its part")]
#![allow(clippy::unwrap_used, reason = "test support outside of #[test] functions")]

use kenshu::internal::diagnostic::{Findings, Severity};
use kenshu::internal::scenario::Sources;

pub const PROGRAM: &str = r#"[program]
id = "mini"
name = "小さなプログラム"
training_months = 36

[horizon]
first_year = 2019

[intake]
2019 = 3

[course_mix]
A = 1

[rules]
core_months_min = 6

[rules.intake_cap]
ct = 3000

[printed_totals]
supervisors = 8
ct = 60000

[[courses]]
id = "A"
name = "基本"
years = [["core:12"], ["core:12"], ["affiliate:12"]]
alternatives = [[["core:12"], ["core:8", "affiliate:4"], ["affiliate:12"]]]

[[courses]]
id = "C"
name = "連携先行"
years = [["affiliate:12"], ["core:12"], ["affiliate:12"]]

[[goals]]
goal = "coverage"
measure = "sum"

[[goals]]
goal = "course-wishes"
measure = "worst-first"
"#;

pub const FACILITIES: &str = "\
id,name,role,accreditation,supervisors,seats,min_residents,ct,source
daigaku,大学病院,core,comprehensive,4,,,45000,§2.3
kawasaki,川崎病院,affiliate,comprehensive,2.5,5,1,10000,§2.3
minato,港病院,affiliate,training,1.5,,,5000,§2.3
echo,超音波クリニック,associated,none,0,,,,§2.1
";

pub const CHANGES: &str = "\
facility,from,column,value
minato,2020-04,supervisors,1
minato,2021-04,ct,
";

pub const RESIDENTS: &str = "\
id,name,entry_year,course,course_wishes,facility_wishes,graduate_school_from
17-1,,2017,,A,minato;kawasaki,
18-1,,2018,C,C;A,kawasaki,3
19-1,,2019,,A;C,kawasaki;minato,
";

pub const HISTORY: &str = "\
resident,facility,start,months
17-1,daigaku,2017-04,12
17-1,daigaku,2018-04,8
17-1,kawasaki,2018-12,4
18-1,minato,2018-04,12
";

pub const LOCKS: &str = "\
resident,facility,start,months,kind
19-1,kawasaki,2021-04,12,must
Y2019-01,minato,2021-04,12,must-not
";

/// The valid scenario.
pub fn valid() -> Sources {
    let files = [
        ("program.toml", PROGRAM),
        ("facilities.csv", FACILITIES),
        ("facility_changes.csv", CHANGES),
        ("residents.csv", RESIDENTS),
        ("history.csv", HISTORY),
        ("locks.csv", LOCKS),
    ];
    let files = files.map(|(name, content)| (name.to_string(), content.as_bytes().to_vec()));
    Sources { files: files.into_iter().collect(), ..Sources::default() }
}

/// One change to a scenario.
pub enum Edit {
    /// In a file, the first text by the second; every occurrence is meant to be changed.
    Replace(&'static str, &'static str, &'static str),
    /// A line added to a file, which is made if there is none.
    Append(&'static str, &'static str),
    /// A file with this content.
    Write(&'static str, &'static [u8]),
    Remove(&'static str),
    Change(fn(&mut Sources)),
}

pub fn edited(edits: &[Edit]) -> Sources {
    let mut sources = valid();
    for edit in edits {
        match edit {
            Edit::Replace(file, from, to) => {
                let content = String::from_utf8(sources.files[*file].clone()).unwrap();
                assert!(content.contains(from), "{file} has no {from:?}");
                sources.files.insert(file.to_string(), content.replace(from, to).into_bytes());
            }
            Edit::Append(file, line) => {
                let content = sources.files.entry(file.to_string()).or_default();
                content.extend_from_slice(line.as_bytes());
                content.push(b'\n');
            }
            Edit::Write(file, content) => {
                sources.files.insert(file.to_string(), content.to_vec());
            }
            Edit::Remove(file) => {
                sources.files.remove(*file).unwrap();
            }
            Edit::Change(change) => change(&mut sources),
        }
    }
    sources
}

/// A finding in short: code, file, line (0: the whole file), cell or, in TOML, key.
pub type Short = (String, String, usize, String);

pub fn short(findings: &Findings) -> Vec<Short> {
    let finding = |finding: &kenshu::internal::diagnostic::Diagnostic| {
        let place = &finding.place;
        let column = place.column.clone().filter(|_| place.file.ends_with(".toml"));
        let cell = place.cell.clone().or(column).unwrap_or_default();
        (finding.code().to_string(), place.file.clone(), place.line.unwrap_or(0), cell)
    };
    findings.list.iter().map(finding).collect()
}

pub fn errors(findings: &Findings) -> usize {
    findings.list.iter().filter(|finding| finding.severity == Severity::Error).count()
}
