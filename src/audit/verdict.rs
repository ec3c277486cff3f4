//! What became of a rule: kept, broken, or not checked, and then why.
//!
//! Without a finding a rule is kept only if there was something to judge it by. A number of 0 switches a
//! rule off; a cap needs its figures, the prefecture of the core and past hires, case targets need
//! volumes. What is missing is said wherever the verdict is.

use crate::diagnostic::Severity;
use crate::language::Message;
use crate::regulation::{Rule, URBAN_PREFECTURES};
use crate::scenario::{FacilityIx, Force, Role, Scenario};

use super::{Finding, case_is_assessed, course_intake};

/// The verdict on one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing breaks it. `warnings` are findings that a director should look at; `open` counts items of
    /// the rule that could not be checked.
    Kept {
        warnings: usize,
        open: usize,
    },
    Broken {
        errors: usize,
    },
    NotChecked {
        because: Message,
    },
}

impl Verdict {
    /// The word used in files for other programs.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Kept { .. } => "kept",
            Self::Broken { .. } => "broken",
            Self::NotChecked { .. } => "not-checked",
        }
    }
}

/// The verdict on a rule, by the judge's findings.
pub fn verdict(scenario: &Scenario, rule: Rule, findings: &[Finding]) -> Verdict {
    let count = |severity| {
        findings.iter().filter(|finding| finding.rule == rule && finding.severity == severity).count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    match not_checked(scenario, rule) {
        _ if errors > 0 => Verdict::Broken { errors },
        Some(because) => Verdict::NotChecked { because },
        None => Verdict::Kept { warnings, open: open(scenario, rule, findings) },
    }
}

/// Why nothing of a rule can be judged in this scenario, if so.
pub fn not_checked(scenario: &Scenario, rule: Rule) -> Option<Message> {
    let rules = &scenario.rules;
    let off = |number: u32| (number == 0).then(|| Message::new("because-switched-off"));
    match rule {
        Rule::ComprehensiveMonths => off(rules.comprehensive_months_min),
        Rule::CoreMonths => off(rules.core_months_min),
        Rule::AffiliateStay => off(rules.affiliate_stay_months_min),
        Rule::SeveralFacilities => off(rules.facilities_min),
        Rule::IntakeCap if rules.intake_cap.is_none() => Some(Message::new("because-no-cap")),
        Rule::UrbanCap => urban_cap(scenario).map(|reason| because(scenario, &reason)),
        Rule::PrintedTotals if scenario.printed_totals.is_empty() => Some(Message::new("because-no-totals")),
        Rule::NotStated => Some(Message::new("because-not-stated")),
        rule if !concerns(scenario, rule) => Some(Message::new("because-no-rows")),
        Rule::CaseVolume if scenario.cases.is_empty() => Some(Message::new("because-no-cases")),
        Rule::CaseVolume if !scenario.case_ixs().any(|case| case_is_assessed(scenario, case)) => {
            Some(Message::new("because-no-volumes"))
        }
        _ => None,
    }
}

/// Whether the scenario has anything that the rule is about: rules of tables without a row are not worth a line.
pub fn concerns(scenario: &Scenario, rule: Rule) -> bool {
    let must = |force: Force| force == Force::Must;
    match rule {
        Rule::SectionNamed => !scenario.sections.is_empty(),
        Rule::SectionStep => scenario.sections.iter().any(|section| section.step_months > 1),
        Rule::SectionSeats => scenario.sections.iter().any(|section| {
            section.seats.initial.is_some() || section.seats.changes.iter().any(|(_, seats)| seats.is_some())
        }),
        Rule::Requirement => scenario.requirements.iter().any(|row| must(row.force)),
        Rule::StayRule => !scenario.stay_rules.is_empty(),
        Rule::Order => scenario.order_rules.iter().any(|row| must(row.force)),
        Rule::Staffing => scenario.staffing.iter().any(|row| must(row.force)),
        Rule::CourseIntake => course_intake::is_limited(scenario),
        Rule::NotStated => !scenario.not_stated.is_empty(),
        _ => true,
    }
}

/// Why the urban cap was not checked.
enum UrbanCap {
    NoCap,
    NoPastHires,
    /// No core is known to lie where the cap binds, and of this one it is not known where it lies.
    NoPrefecture(FacilityIx),
    NotUrban,
}

/// The cap binds where the core is in one of five prefectures, so that has to be known first; `None` if it was checked.
fn urban_cap(scenario: &Scenario) -> Option<UrbanCap> {
    let Some(cap) = &scenario.rules.intake_cap else { return Some(UrbanCap::NoCap) };
    let cores = || scenario.facility_ixs().filter(|core| scenario.facility(*core).role == Role::Core);
    let prefecture = |core: FacilityIx| scenario.facility(core).prefecture.as_str();
    if cores().any(|core| URBAN_PREFECTURES.contains(&prefecture(core))) {
        return cap.past_hires.is_none().then_some(UrbanCap::NoPastHires);
    }
    Some(cores().find(|core| prefecture(*core).is_empty()).map_or(UrbanCap::NotUrban, UrbanCap::NoPrefecture))
}

fn because(scenario: &Scenario, reason: &UrbanCap) -> Message {
    match reason {
        UrbanCap::NoCap => Message::new("because-no-cap"),
        UrbanCap::NoPastHires => Message::new("because-no-past-hires"),
        UrbanCap::NotUrban => Message::new("because-not-urban"),
        UrbanCap::NoPrefecture(core) => {
            let core = scenario.facility(*core);
            Message::new("because-no-prefecture").name("facility", &core.name, &core.name_en)
        }
    }
}

/// Whether nobody can say if the urban cap binds.
pub(super) fn lacks_prefecture(scenario: &Scenario) -> bool {
    matches!(urban_cap(scenario), Some(UrbanCap::NoPrefecture(_)))
}

/// Items of a rule that could not be checked while others were.
fn open(scenario: &Scenario, rule: Rule, findings: &[Finding]) -> usize {
    let said = |key: &str| findings.iter().filter(|f| f.rule == rule && f.message.key == key).count();
    match rule {
        Rule::CaseVolume => scenario.case_ixs().filter(|case| !case_is_assessed(scenario, *case)).count(),
        Rule::IntakeCap => said("audit-intake-cap-not-assessed"),
        Rule::PrintedTotals => said("audit-printed-totals-not-assessed"),
        _ => 0,
    }
}
