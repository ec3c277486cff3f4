//! The judge, who shares nothing with the solver.

use super::{Plan, Program, Severity};
use crate::audit;
use crate::calendar::Month;
use crate::language::{Catalogue, Language, Message};
use crate::regulation::Rule;
use crate::scenario::Scenario;

impl Plan {
    /// Judges the plan: every rule about who is where, and what the program itself brings.
    ///
    /// ```
    /// use kenshu::{Language, Plan, Program, Severity};
    ///
    /// let program = Program::shipped("keio-2019-steady").ok_or("not shipped")?;
    /// let table = "resident,facility,start,months\nY2019-01,keio,2019-04,12\n";
    /// let audit = Plan::read(&program, table.as_bytes())?.audit();
    /// assert!(!audit.is_legal());
    /// let violation = audit.violations().find(|v| v.resident() == Some("Y2019-01")).ok_or("none")?;
    /// assert_eq!((violation.rule(), violation.severity()), ("whole-career", Severity::Error));
    /// println!("{} ({})", violation.message(Language::Ja), violation.clause());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn audit(&self) -> Audit {
        let scenario = &self.program.scenario;
        Audit::of(scenario, &audit::audit(scenario, &self.plan, None))
    }
}

impl Program {
    /// Judges what the program brings before anybody is placed: intake caps, printed totals.
    ///
    /// ```
    /// use kenshu::Program;
    ///
    /// let program = Program::shipped("keio-2019").ok_or("not shipped")?;
    /// println!("within the intake caps: {}", program.audit().is_legal());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn audit(&self) -> Audit {
        let findings = audit::audit_program(&self.scenario);
        Audit::of(&self.scenario, &audit::Audit { findings, goals: Vec::new() })
    }
}

/// A judgement.
#[derive(Debug, Clone)]
pub struct Audit {
    violations: Vec<Violation>,
}

impl Audit {
    pub(super) fn of(scenario: &Scenario, audit: &audit::Audit) -> Self {
        let violations = audit.findings.iter().map(|finding| Violation {
            rule: finding.rule,
            severity: finding.severity,
            clause: finding.clause.clone(),
            resident: finding.resident.map(|resident| scenario.resident(resident).id.clone()),
            facility: finding.facility.map(|facility| scenario.facility(facility).id.clone()),
            month: finding.month,
            message: finding.message.clone(),
        });
        Self { violations: violations.collect() }
    }

    /// Whether no rule is broken; what is only worth knowing breaks none.
    pub fn is_legal(&self) -> bool {
        self.violations.iter().all(|violation| violation.severity != Severity::Error)
    }

    /// What was found, in the order of the rules, then of residents or facilities, then of time; remarks too.
    pub fn violations(&self) -> impl Iterator<Item = &Violation> {
        self.violations.iter()
    }
}

/// A rule that is broken, or something a director should look at.
#[derive(Debug, Clone)]
pub struct Violation {
    rule: Rule,
    severity: Severity,
    clause: String,
    resident: Option<String>,
    facility: Option<String>,
    month: Option<Month>,
    message: Message,
}

impl Violation {
    /// The rule's id, such as `core-months`; `kenshu help rules` lists them.
    pub fn rule(&self) -> &'static str {
        self.rule.id()
    }

    /// Only an `Error` is a broken rule.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Where the rule is written.
    pub fn clause(&self) -> &str {
        &self.clause
    }

    /// Whom it is about.
    pub fn resident(&self) -> Option<&str> {
        self.resident.as_deref()
    }

    /// Where it is.
    pub fn facility(&self) -> Option<&str> {
        self.facility.as_deref()
    }

    /// The first month it is about.
    pub fn month(&self) -> Option<Month> {
        self.month
    }

    /// What is wrong, with the figures.
    pub fn message(&self, language: Language) -> String {
        Catalogue::new(language).say(&self.message)
    }
}
