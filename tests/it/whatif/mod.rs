//! What-if: overlays equal files edited by hand, runs equal whatever their threads and parts, and what
//! must never get worse does not.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod commands;
mod largest;
mod overlays;
mod properties;
#[cfg(unix)]
mod schedulers;

use crate::desk::Desk;

/// Three affiliates, named residents and anonymous ones; seats are tight in 2021.
pub const PROGRAM: &str = r#"
[program]
id = "small"
name = "小さな研修プログラム"
training_months = 36

[horizon]
first_year = 2019

[intake]
2019 = 3   # as agreed
2020 = 2

[course_mix]
A = 2
B = 1

[rules]
core_months_min = 6

[rules.intake_cap]
supervisors_per_resident = 1
ct = 100
past_hires = 15

[[courses]]
id = "A"
name = "基本コース"
years = [["core:12"], ["core:12"], ["affiliate:12"]]

[[courses]]
id = "B"
name = "連携コース"
years = [["core:12"], ["affiliate:12"], ["affiliate:12"]]
"#;
pub const FACILITIES: &str = "id,name,prefecture,role,accreditation,supervisors,min_residents,ct
keio,慶應義塾大学病院,東京都,core,comprehensive,3,,900
ashikaga,足利赤十字病院,栃木県,affiliate,training,1,1,400
keiyu,けいゆう病院,神奈川県,affiliate,training,1,,300

st.luke,\"聖路加, 病院\",東京都,affiliate,comprehensive,0.4,,200
";
pub const RESIDENTS: &str = "id,entry_year,course,course_wishes,facility_wishes
R1,2019,,B;A,ashikaga;keiyu
R2,2019,A,A,keiyu;ashikaga;st.luke
R3,2020,,A;B,st.luke;keiyu
";

impl Desk {
    /// A folder with the scenario and room for results.
    pub fn small() -> Self {
        let desk = Self::empty();
        desk.write("small/program.toml", PROGRAM);
        desk.write("small/facilities.csv", FACILITIES);
        desk.write("small/residents.csv", RESIDENTS);
        desk
    }

    /// Runs a what-if on the scenario and returns the rows of its `whatif.csv`, the header first.
    pub fn whatif(&self, out: &str, arguments: &[&str]) -> Vec<Vec<String>> {
        let ended = self.run(&[&["whatif", "small", "--out", out], arguments].concat());
        assert!(ended.code <= 1, "{}", ended.stderr);
        self.rows(&format!("{out}/whatif.csv"))
    }
}

/// The cell under a header.
pub fn cell<'a>(rows: &'a [Vec<String>], row: usize, column: &str) -> &'a str {
    let at = rows[0].iter().position(|name| name == column);
    &rows[row][at.unwrap_or_else(|| panic!("no column {column} in {:?}", rows[0]))]
}
