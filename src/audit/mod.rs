//! The judge: every rule of the catalogue, checked on any plan, over scenario and plan only.
//!
//! The judge shares no code with the solver's side (`itineraries`, `solve`, `cases`): a mistake
//! made there must not be repeated here. It imports only `calendar`, `diagnostic`, `language`,
//! `scenario`, `regulation` and `plan`. One file per rule.
//!
//! One defect, one finding. A plan may be incomplete or contradict itself, so each rule has its own
//! business: a missing month is reported by `whole-career`, a doubled one by `one-place`, a stay at
//! an associated facility by `associated-never-placed`, a row in leave without a seat by `leave-seat`,
//! a missing month of an extension by `training-complete`. Every other rule of a career takes such
//! months as open and speaks only when no way of filling them could satisfy it.

mod affiliate_stay;
mod allocation;
mod associated_never_placed;
mod carry_over;
mod case_figures;
mod case_milestones;
mod case_volume;
pub mod certificate;
mod comprehensive_months;
mod core_months;
mod course_fixed;
mod course_intake;
mod course_pattern;
mod crowding;
mod extension;
mod figure;
mod goals;
mod history_course;
mod history_kept;
mod intake_cap;
mod leave_credit;
mod leave_minima;
mod leave_once;
mod leave_proof;
mod leave_seat;
mod lock;
mod not_stated;
mod one_place;
mod order;
mod points;
mod presence;
mod printed_totals;
mod quotas;
mod requirements;
mod seats;
mod section_named;
mod section_seats;
mod section_step;
mod several_facilities;
mod staffing;
mod stay_rule;
mod supervisor_ratio;
mod totals;
mod training_complete;
pub mod training_months;
mod urban_cap;
mod verdict;
mod visits;
mod whole_career;

use crate::calendar::Month;
use crate::diagnostic::Severity;
use crate::language::Message;
use crate::plan::{GoalValue, Plan};
use crate::regulation::{Rule, Rules, Subject, TRAINING_MONTHS, default_cap, default_rules};
use crate::scenario::{FacilityIx, Goal, ResidentIx, Scenario};

pub use case_figures::{
    case_is_assessed, case_lacking, case_lacks_everywhere, case_logged, case_need, case_supplement,
};
pub use figure::Figure;
pub use goals::{coverage_shortfall, goal_values, resident_values};
pub use quotas::check_quotas;
pub use seats::seat_limit;
pub use staffing::{Staffed, staffed};
pub use supervisor_ratio::program_limit;
pub use verdict::{Verdict, concerns, not_checked, verdict};

use presence::Presence;

/// One finding of the judge. What it does not concern is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub rule: Rule,
    pub severity: Severity,
    pub resident: Option<ResidentIx>,
    pub facility: Option<FacilityIx>,
    pub academic_year: Option<i32>,
    /// The first month the finding is about.
    pub month: Option<Month>,
    /// What was found, in the rule's own unit (months, residents, …).
    pub measured: Figure,
    /// What the rule asks for, in the same unit.
    pub required: Figure,
    /// The clause that a row of a table gives; the rule's own where it gives none.
    pub clause: String,
    pub message: Message,
}

impl Finding {
    fn new(rule: Rule, severity: Severity, message: Message) -> Self {
        Self {
            rule,
            severity,
            resident: None,
            facility: None,
            academic_year: None,
            month: None,
            measured: Figure::None,
            required: Figure::None,
            clause: rule.clause(),
            message,
        }
    }

    fn error(rule: Rule, message: Message) -> Self {
        Self::new(rule, Severity::Error, message)
    }

    fn resident(mut self, resident: ResidentIx) -> Self {
        self.resident = Some(resident);
        self
    }

    /// Takes over the clause of a table's row.
    fn of_row(mut self, clause: &str) -> Self {
        if !clause.is_empty() {
            clause.clone_into(&mut self.clause);
        }
        self
    }

    fn facility(mut self, facility: Option<FacilityIx>) -> Self {
        self.facility = facility;
        self
    }

    fn month(mut self, scenario: &Scenario, month: Month) -> Self {
        self.month = Some(month);
        self.year(scenario.calendar.year_of(month))
    }

    fn year(mut self, academic_year: i32) -> Self {
        self.academic_year = Some(academic_year);
        self
    }

    fn figures(mut self, measured: impl Into<Figure>, required: impl Into<Figure>) -> Self {
        self.measured = measured.into();
        self.required = required.into();
        self
    }
}

/// The judgement of one plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// In the order of the catalogue, then of residents or facilities, then of time.
    pub findings: Vec<Finding>,
    /// The value of every goal, counted from the placements alone.
    pub goals: Vec<(Goal, GoalValue)>,
}

impl Audit {
    /// The broken rules about who is where (a fault of the plan) or about what the scenario itself
    /// brings: findings of severity error. Warnings and notes are no violations.
    pub fn violations(&self, subject: Subject) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |f| f.severity == Severity::Error && f.rule.subject() == subject)
    }

    /// Whether any rule of the subject is broken.
    pub fn has_violations(&self, subject: Subject) -> bool {
        self.violations(subject).next().is_some()
    }

    /// The findings of one rule.
    pub fn of(&self, rule: Rule) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |f| f.rule == rule)
    }
}

/// Judges a plan: all placement rules and all program rules, and counts every goal.
///
/// `base` is the plan that the goal `stability` compares with; without one that goal is left out.
pub fn audit(scenario: &Scenario, plan: &Plan, base: Option<&Plan>) -> Audit {
    let presence = Presence::new(scenario, plan);
    let mut findings = Vec::new();
    for rule in Rule::ALL {
        findings.extend(check(*rule, &presence));
    }
    Audit { findings, goals: goals::count(&presence, base, None) }
}

/// A rule with the number the scenario gives it, for its entry's name, requirement and reading.
pub fn rule_of(scenario: &Scenario, rule: Rule) -> Message {
    rule_with(&scenario.rules, scenario.training_months, rule)
}

/// A rule with the number the national standard gives it.
pub fn rule_by_default(rule: Rule) -> Message {
    rule_with(&default_rules(), TRAINING_MONTHS, rule)
}

fn rule_with(rules: &Rules, training_months: u32, rule: Rule) -> Message {
    let number = match rule {
        Rule::ComprehensiveMonths => Some(rules.comprehensive_months_min),
        Rule::CoreMonths => Some(rules.core_months_min),
        Rule::AffiliateStay => Some(rules.affiliate_stay_months_min),
        Rule::SeveralFacilities => Some(rules.facilities_min),
        Rule::TrainingComplete => Some(training_months),
        Rule::SupervisorRatio => Some(rules.residents_per_supervisor),
        Rule::UrbanCap => {
            Some(rules.intake_cap.as_ref().map_or(default_cap().past_years, |cap| cap.past_years))
        }
        _ => None,
    };
    let message = Message::new(rule.key());
    match number {
        Some(number) => message.number("number", i64::from(number)),
        None => message,
    }
}

/// Judges what the scenario itself brings: intake caps and printed totals; and says which case items
/// can be assessed at all.
pub fn audit_program(scenario: &Scenario) -> Vec<Finding> {
    let nobody = Plan::default();
    let presence = Presence::new(scenario, &nobody);
    let program = Rule::ALL.iter().filter(|rule| rule.subject() == Subject::Program);
    let mut findings = case_volume::notes(scenario);
    findings.extend(program.flat_map(|rule| check(*rule, &presence)));
    findings
}

/// How many more residents of one year a cap leaves room for; negative where it is exceeded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapRoom {
    pub residents: i64,
    pub rule: Rule,
    /// The total that binds, where the cap has several.
    pub part: Option<String>,
}

/// The room that every cap leaves in every year of intake.
pub fn cap_rooms(scenario: &Scenario) -> Vec<CapRoom> {
    intake_cap::rooms(scenario).into_iter().chain(urban_cap::room(scenario)).collect()
}

/// Whether no intake exceeds a cap (source §4 \[27,28\]), by findings about the program; `None` where none does and
/// one that the tables ask for was not checked.
pub fn keeps_caps(scenario: &Scenario, findings: &[Finding]) -> Option<bool> {
    let is_cap = |rule| matches!(rule, Rule::IntakeCap | Rule::UrbanCap);
    let is_broken = |finding: &Finding| is_cap(finding.rule) && finding.severity == Severity::Error;
    if findings.iter().any(is_broken) {
        return Some(false);
    }
    let cap = scenario.rules.intake_cap.as_ref()?;
    let is_open = cap.past_hires.is_some() && verdict::lacks_prefecture(scenario);
    (!is_open).then_some(true)
}

fn check(rule: Rule, presence: &Presence<'_>) -> Vec<Finding> {
    match rule {
        Rule::OnePlace => one_place::check(presence),
        Rule::WholeCareer => whole_career::check(presence),
        Rule::HistoryKept => history_kept::check(presence),
        Rule::Lock => lock::check(presence),
        Rule::CourseFixed => course_fixed::check(presence),
        Rule::CourseIntake => course_intake::check(presence),
        Rule::LeaveSeat => leave_seat::check(presence),
        Rule::LeaveCredit => leave_credit::check(presence),
        Rule::LeaveOnce => leave_once::check(presence),
        Rule::LeaveProof => leave_proof::check(presence),
        Rule::LeaveMinima => leave_minima::check(presence),
        Rule::TrainingComplete => training_complete::check(presence),
        Rule::Extension => extension::check(presence),
        Rule::CoursePattern => course_pattern::check(presence),
        Rule::ComprehensiveMonths => comprehensive_months::check(presence),
        Rule::CoreMonths => core_months::check(presence),
        Rule::AffiliateStay => affiliate_stay::check(presence),
        Rule::SeveralFacilities => several_facilities::check(presence),
        Rule::AssociatedNeverPlaced => associated_never_placed::check(presence),
        Rule::SupervisorRatio => supervisor_ratio::check(presence),
        Rule::Seats => seats::check(presence),
        Rule::SectionNamed => section_named::check(presence),
        Rule::SectionStep => section_step::check(presence),
        Rule::SectionSeats => section_seats::check(presence),
        Rule::Requirement => requirements::check(presence),
        Rule::StayRule => stay_rule::check(presence),
        Rule::Order => order::check(presence),
        Rule::Staffing => staffing::check(presence),
        Rule::CaseVolume => case_volume::check(presence),
        Rule::NotStated => not_stated::check(presence.scenario),
        Rule::HistoryCourse => history_course::check(presence.scenario),
        Rule::IntakeCap => intake_cap::check(presence.scenario),
        Rule::UrbanCap => urban_cap::check(presence.scenario),
        Rule::PrintedTotals => printed_totals::check(presence.scenario),
    }
}
