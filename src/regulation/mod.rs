//! The catalogue of rules: ids, clauses and the national standard's numbers. No checks here.
//!
//! Sections (§) and clauses \[n\] are those of the 2019 radiology program document and of the national
//! training standard (整備基準) printed beside them. The words of each rule are in the message
//! catalogues, under `rule-<id>` with the attributes `.requirement` and `.reading`.

use crate::scenario::{ChildbirthExcess, LeaveRules, MeanRounding, Rules, SupervisorRounding};

/// §2 \[26,27,36\]: a supervisor guides at most three residents in all.
pub const RESIDENTS_PER_SUPERVISOR: u32 = 3;
/// §7.1 \[16,25,30\]: at least a year at a comprehensive institution.
pub const COMPREHENSIVE_MONTHS_MIN: u32 = 12;
/// §7.1 \[16,25,30\]: at least six months at the core.
pub const CORE_MONTHS_MIN: u32 = 6;
/// §7.1 \[16,25,30\]: no stay at an affiliate shorter than three months.
pub const AFFILIATE_STAY_MONTHS_MIN: u32 = 3;
/// §7.1 \[16,25,30\]: always several facilities.
pub const FACILITIES_MIN: u32 = 2;
/// §4 \[27,28\]: one new resident of a year needs one supervisor of the group.
pub const SUPERVISORS_PER_NEW_RESIDENT: u32 = 1;
/// §4 \[27,28\]: the urban cap looks back five years.
pub const PAST_YEARS: u32 = 5;
/// §4 \[27,28\]: prefectures in which a core makes a program urban.
pub const URBAN_PREFECTURES: [&str; 5] = ["東京都", "神奈川県", "愛知県", "大阪府", "福岡県"];
/// §4 \[27,28\]: the cap's mean is rounded half up unless the scenario says otherwise.
pub const MEAN_ROUNDING: MeanRounding = MeanRounding::HalfUp;

/// §10 \[33\] (1): six months of a childbirth leave count, once.
pub const CHILDBIRTH_MONTHS_MAX: u32 = 6;
pub const CHILDBIRTH_LEAVES_MAX: u32 = 1;
/// §10 \[33\] (2): six months of illness count.
pub const ILLNESS_MONTHS_MAX: u32 = 6;
/// §10 \[33\] (3): six months of part-time work count, 800 hours (100 days of 8) making the six, and
/// without such a reckoning from 30 hours a week on.
pub const PART_TIME_MONTHS_MAX: u32 = 6;
pub const PART_TIME_HOURS: u32 = 800;
pub const PART_TIME_HOURS_PER_WEEK_FULL: u32 = 30;

/// The rules a scenario has that says nothing in `[rules]`.
pub fn default_rules() -> Rules {
    Rules {
        residents_per_supervisor: RESIDENTS_PER_SUPERVISOR,
        supervisor_rounding: SupervisorRounding::FacilityFloor,
        comprehensive_months_min: COMPREHENSIVE_MONTHS_MIN,
        core_months_min: CORE_MONTHS_MIN,
        affiliate_stay_months_min: AFFILIATE_STAY_MONTHS_MIN,
        facilities_min: FACILITIES_MIN,
        leave: LeaveRules {
            childbirth_months_max: CHILDBIRTH_MONTHS_MAX,
            childbirth_leaves_max: CHILDBIRTH_LEAVES_MAX,
            childbirth_excess: ChildbirthExcess::Beyond,
            illness_months_max: ILLNESS_MONTHS_MAX,
            part_time_months_max: PART_TIME_MONTHS_MAX,
            part_time_hours: PART_TIME_HOURS,
            part_time_hours_per_week_full: PART_TIME_HOURS_PER_WEEK_FULL,
            leave_months_max: None,
            counted_leave_keeps_seat: true,
            leave_counts_at_facility: true,
            part_time_cases: false,
        },
        unknown_volumes_are_zero: false,
        freeze_months: None,
        changed_from: None,
        intake_cap: None,
    }
}

/// What a rule judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Who is where: a plan of the solver never breaks one of these.
    Placement,
    /// What the scenario itself brings: intake and totals.
    Program,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident: $id:literal, $section:literal, [$($clause:literal),*], $subject:ident;)*) => {
        /// A rule of the catalogue.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $($(#[$doc])* $name),* }

        impl Rule {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable id used in files and messages.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }

            /// The key of the rule's entry in the message catalogues.
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => concat!("rule-", $id)),* }
            }

            /// Section of the source document.
            pub fn section(self) -> &'static str {
                match self { $(Self::$name => $section),* }
            }

            /// Clauses of the national standard; empty for what is not the standard's but the director's.
            pub fn clauses(self) -> &'static [u32] {
                match self { $(Self::$name => &[$($clause),*]),* }
            }

            pub fn subject(self) -> Subject {
                match self { $(Self::$name => Subject::$subject),* }
            }
        }
    };
}

rules! {
    /// One resident is at one place at a time.
    OnePlace: "one-place", "7.1", [16, 25, 30], Placement;
    /// Every decided month of the training is placed, none outside it.
    WholeCareer: "whole-career", "7.1", [16, 25, 30], Placement;
    /// What was before `first_year` stays as it was.
    HistoryKept: "history-kept", "7.1", [16, 25, 30], Placement;
    /// A lock of the director.
    Lock: "lock", "", [], Placement;
    /// The course fixed for the resident is the course of the plan, the same in all rows.
    CourseFixed: "course-fixed", "7.2", [30], Placement;
    /// Nobody is placed in months of leave without a seat.
    LeaveSeat: "leave-seat", "10", [33], Placement;
    /// How many months of each leave count.
    LeaveCredit: "leave-credit", "10", [33], Placement;
    /// A childbirth leave counts once.
    LeaveOnce: "leave-once", "10", [33], Placement;
    /// A leave that counts needs a document.
    LeaveProof: "leave-proof", "10", [33], Placement;
    /// A minimum that is met only thanks to months of leave.
    LeaveMinima: "leave-minima", "10", [33], Placement;
    /// The counted months make a complete training.
    TrainingComplete: "training-complete", "9.2", [21, 53], Placement;
    /// The months that extend a training are at the last facility.
    Extension: "extension", "9.2", [21, 53], Placement;
    /// The placements follow one pattern of the course.
    CoursePattern: "course-pattern", "7.2", [30], Placement;
    /// Months at comprehensive institutions.
    ComprehensiveMonths: "comprehensive-months", "7.1", [16, 25, 30], Placement;
    /// Months at the core.
    CoreMonths: "core-months", "7.1", [16, 25, 30], Placement;
    /// Length of each contiguous stay at an affiliate.
    AffiliateStay: "affiliate-stay", "7.1", [16, 25, 30], Placement;
    /// Number of different facilities.
    SeveralFacilities: "several-facilities", "7.1", [16, 25, 30], Placement;
    /// An associated facility is never a placement.
    AssociatedNeverPlaced: "associated-never-placed", "7.1", [16, 25, 30], Placement;
    /// Residents per supervisor.
    SupervisorRatio: "supervisor-ratio", "2", [26, 27, 36], Placement;
    /// The explicit seats of a facility.
    Seats: "seats", "", [], Placement;
    /// The facilities' case volumes let every resident reach the targets.
    CaseVolume: "case-volume", "6.2", [8, 9, 10, 15], Placement;
    /// New residents of a year against supervisors and volumes of the group.
    IntakeCap: "intake-cap", "4", [27, 28], Program;
    /// New residents of a year against the mean of past hires.
    UrbanCap: "urban-cap", "4", [27, 28], Program;
    /// Printed totals are the sums of the rows.
    PrintedTotals: "printed-totals", "2.3", [31], Program;
}

impl Rule {
    /// Section and clauses as printed: `§7.1 [16,25,30]`; empty for the director's own rules.
    pub fn clause(self) -> String {
        if self.section().is_empty() {
            return String::new();
        }
        let clauses: Vec<String> = self.clauses().iter().map(u32::to_string).collect();
        format!("§{} [{}]", self.section(), clauses.join(","))
    }
}
