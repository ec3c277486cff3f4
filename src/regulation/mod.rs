//! The catalogue of rules: ids and clauses here, the national standard's numbers in `parameters`. No checks.
//!
//! Sections (§) and clauses \[n\] are those of the 2019 radiology program document and of the national
//! training standard (整備基準) printed beside them. The words of each rule are in the message
//! catalogues, under `rule-<id>` with the attributes `.requirement` and `.reading`.

mod completion;
mod parameters;
mod rules;

pub use completion::{COUNTS as RECORD_COUNTS, Completion, Due, KEEP_YEARS, PERCENT, RecordKind};
pub use parameters::{INTAKE_CAP, Kind, Minimum, Parameter, RULES, Value, default_cap, default_rules};
pub use rules::{
    ChildbirthExcess, IntakeCap, LeaveRules, MeanRounding, Rules, SupervisorRounding, TotalsSource, Unlisted,
};

/// §7.1 \[16,25,30\]: the training takes three years, counted in months.
pub const TRAINING_MONTHS: u32 = 36;
/// §7.2 \[30\]: graduate school begins in the third year in principle, earlier on request.
pub const GRADUATE_SCHOOL_FROM: u32 = 3;
/// The tag of a course with graduate school.
pub const GRADUATE_SCHOOL_TAG: &str = "graduate-school";
/// §4 \[27,28\]: prefectures in which a core makes a program urban.
pub const URBAN_PREFECTURES: [&str; 5] = ["東京都", "神奈川県", "愛知県", "大阪府", "福岡県"];

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
            fn clauses(self) -> &'static [u32] {
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
    /// In a divided facility everybody is in one of its sections.
    SectionNamed: "section-named", "", [], Placement;
    /// Time in a section is a multiple of its step.
    SectionStep: "section-step", "", [], Placement;
    /// The seats of a section.
    SectionSeats: "section-seats", "", [], Placement;
    /// What one career has to hold (`requirements.csv`).
    Requirement: "requirement", "", [], Placement;
    /// What stays are like (`stays.csv`).
    StayRule: "stay-rule", "", [], Placement;
    /// What comes before what (`order.csv`).
    Order: "order", "", [], Placement;
    /// Residents at places month by month (`staffing.csv`).
    Staffing: "staffing", "", [], Placement;
    /// Residents of an intake year on a course.
    CourseIntake: "course-intake", "", [], Placement;
    /// The facilities' case volumes let every resident reach the targets.
    CaseVolume: "case-volume", "6.2", [8, 9, 10, 15], Placement;
    /// Everybody's past begins a course they may take.
    HistoryCourse: "history-course", "7.2", [30], Program;
    /// New residents of a year against supervisors and volumes of the group.
    IntakeCap: "intake-cap", "4", [27, 28], Program;
    /// New residents of a year against the mean of past hires.
    UrbanCap: "urban-cap", "4", [27, 28], Program;
    /// Printed totals are the sums of the rows.
    PrintedTotals: "printed-totals", "2.3", [31], Program;
    /// Rules that no table can say.
    NotStated: "not-stated", "", [], Program;
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
