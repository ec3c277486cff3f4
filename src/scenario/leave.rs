//! Leave (休止) as data: what a row of `leaves.csv` says (§10 \[33\]).
//!
//! What a leave does to a training is worked out twice: by `service` for whoever builds careers, by the
//! judge for itself. Here is only what both start from; how leaves count is in `regulation::rules`.

use rust_decimal::Decimal;

use crate::calendar::Span;

/// The kinds of leave, each with an allowance of its own (§10 \[33\]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeaveKind {
    /// 出産に伴う休暇: counts up to six months, once.
    Childbirth,
    /// 疾病での休暇: counts up to six months in all.
    Illness,
    /// 短時間雇用: present, but counted by hours, up to six months in all.
    PartTime,
    /// 留学: never counts.
    Abroad,
    /// 臨床研修が可能な大学院: counts in full, and is training like any other.
    GraduateSchoolClinical,
    /// 診療業務のない大学院: never counts.
    GraduateSchoolResearch,
}

impl LeaveKind {
    pub const ALL: [Self; 6] = [
        Self::Childbirth,
        Self::Illness,
        Self::PartTime,
        Self::Abroad,
        Self::GraduateSchoolClinical,
        Self::GraduateSchoolResearch,
    ];

    /// The word used in `leaves.csv`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Childbirth => "childbirth",
            Self::Illness => "illness",
            Self::PartTime => "part-time",
            Self::Abroad => "abroad",
            Self::GraduateSchoolClinical => "graduate-school-clinical",
            Self::GraduateSchoolResearch => "graduate-school-research",
        }
    }

    /// Whether somebody decides to take it and could decide otherwise.
    pub fn is_chosen(self) -> bool {
        !matches!(self, Self::Childbirth | Self::Illness)
    }

    /// The key of its words in the message catalogues.
    pub fn key(self) -> &'static str {
        match self {
            Self::Childbirth => "leave-kind-childbirth",
            Self::Illness => "leave-kind-illness",
            Self::PartTime => "leave-kind-part-time",
            Self::Abroad => "leave-kind-abroad",
            Self::GraduateSchoolClinical => "leave-kind-graduate-school-clinical",
            Self::GraduateSchoolResearch => "leave-kind-graduate-school-research",
        }
    }
}

/// One leave of a resident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Leave {
    pub kind: LeaveKind,
    pub span: Span,
    /// Part-time only: hours of work a week, where stated.
    pub hours_per_week: Option<Decimal>,
    /// Part-time only: hours of work in the whole span, where stated.
    pub hours: Option<u32>,
}
