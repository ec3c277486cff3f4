//! `kenshu audit SCENARIO placements.csv [--certificate plan.json]`: judge any plan, also one made by
//! hand, and re-check what a `plan.json` claims about it.

use std::path::Path;
use std::time::Duration;

use super::console::Console;
use super::progress::interruptible;
use super::{AuditOptions, Exit, Failure, input, replan};
use crate::audit::certificate::claim::{self, About, ClaimVerdict, Outcome};
use crate::audit::certificate::{Limits, frozen};
use crate::audit::{self, Audit};
use crate::cases::{self, Supplies};
use crate::diagnostic::{Diagnostic, Findings, Severity};
use crate::files::folder;
use crate::language::Message;
use crate::output::{audit_tables, findings_json, goals, margins, readings, summary, verification};
use crate::plan::claims::{self, Claims};
use crate::plan::{Margin, Plan, careers};
use crate::regulation::{Rule, Subject};
use crate::replan::freeze::locked;
use crate::scenario::Scenario;

/// A re-check without a limit of its own ends after this.
const TIME_LIMIT: Duration = Duration::from_secs(60);

pub fn run(options: &AuditOptions, console: &Console) -> Result<Exit, Failure> {
    let session = interruptible(Some(options.time_limit.unwrap_or(TIME_LIMIT)));
    let read = input::scenario_or_stop(&options.scenario, console)?;
    let scenario = &read.scenario;
    let plan = |path: &Path| input::plan_or_stop(path, scenario, console);
    let earlier = |path: &Path| input::earlier_or_stop(path, scenario, console);
    let base = options.base.as_deref().map(earlier).transpose()?.map(|read| read.plan.plan);
    let mut judged_plan = options.placements.as_deref().map(plan).transpose()?;
    let claims = options.certificate.as_deref().map(|path| claims_or_stop(path, console)).transpose()?;
    if let (Some(read), Some(claims)) = (&mut judged_plan, &claims) {
        read.plan.nowhere = claims::nowhere(scenario, &claims.nowhere);
    }

    // Months that had to stay as in the base plan are part of the question the certificate answers.
    let frozen = match &claims {
        Some(claims) => replan::claimed(scenario, base.as_ref(), claims)?,
        None => Vec::new(),
    };
    let stopped = || session.time_left().is_some_and(|left| left.is_zero());
    let limits = Limits { stopped: &stopped, ..Limits::default() };
    let kept = judged_plan
        .as_ref()
        .and_then(|read| frozen::check(scenario, &read.plan, base.as_ref(), &frozen, &limits));
    let scenario = &locked(scenario, &frozen);
    let claimed = claims.is_some();
    let verdicts = claims.map(|claims| {
        let plan = judged_plan.as_ref().map(|read| &read.plan);
        claim::check(scenario, plan, base.as_ref(), &claims, &limits)
    });
    let audit = match &judged_plan {
        Some(read) => audit::audit(scenario, &read.plan, base.as_ref()),
        None => Audit { findings: audit::audit_program(scenario), goals: Vec::new() },
    };
    let mut verdicts = verdicts.unwrap_or_default();
    verdicts.extend(kept);
    let margins = judged_plan.as_ref().map(|read| margins(scenario, &audit, &read.plan)).unwrap_or_default();
    let readings =
        judged_plan.as_ref().map(|read| readings::readings(scenario, &read.plan)).unwrap_or_default();
    if console.json {
        let remarks = judged_plan.as_ref().map_or(Findings::default(), |read| read.findings.clone());
        let text = findings_json::audit(scenario, &remarks, &audit, &verdicts, &readings, &console.catalogue);
        console.out(&text)?;
    } else {
        let careers = judged_plan.as_ref().map(|read| careers::careers(scenario, &read.plan));
        console.out(&tables(scenario, &audit, careers.as_deref(), &verdicts, console))?;
        let margins = margins::table(scenario, &margins, &console.catalogue, console.width());
        if !margins.is_empty() {
            console.out(&format!("\n{margins}"))?;
        }
    }
    console.err(&summary::cases_text(scenario, &console.catalogue));
    readings.iter().for_each(|reading| console.tell(reading));
    repeat(read.findings.list.iter().chain(judged_plan.iter().flat_map(|read| &read.findings.list)), console);
    // Without anything to hold frozen months against, only a claim is left open by them.
    if base.is_none() && !claimed {
        verdicts.retain(|verdict| verdict.about != About::Frozen);
    }
    Ok(ended(&audit, judged_plan.is_some(), &verdicts, console))
}

/// Remarks told again, at most.
const REPEATED_MAX: usize = 3;

/// Says again what was remarked while the tables were read: by now it stands above everything else.
fn repeat<'a>(remarks: impl Iterator<Item = &'a Diagnostic>, console: &Console) {
    let remarks: Vec<&Diagnostic> = remarks.filter(|remark| remark.severity == Severity::Warning).collect();
    if !remarks.is_empty() {
        console.tell(&Message::new("audit-remarks").number("count", remarks.len() as i64));
    }
    for remark in remarks.iter().take(REPEATED_MAX) {
        console.tell(&remark.message);
    }
}

/// Says the result in a sentence for each part, and what it means for whoever called.
fn ended(audit: &Audit, judged: bool, verdicts: &[ClaimVerdict], console: &Console) -> Exit {
    let (frozen, claims): (Vec<&ClaimVerdict>, Vec<&ClaimVerdict>) =
        verdicts.iter().partition(|verdict| verdict.about == About::Frozen);
    let is_rejected = |verdict: &&ClaimVerdict| verdict.outcome() == Outcome::Rejected;
    let rejected = claims.iter().copied().filter(is_rejected).count();
    let unfrozen = frozen.iter().copied().filter(is_rejected).count();
    // Case items that nobody can assess are no claim.
    let is_open =
        |verdict: &ClaimVerdict| verdict.outcome() == Outcome::Open && verdict.about != About::Cases;
    let open = verdicts.iter().any(is_open);
    if rejected > 0 {
        console.tell(&Message::new("audit-rejected").number("count", rejected as i64));
    } else if !claims.is_empty() {
        console.tell(&Message::new(if open { "audit-claims-open" } else { "audit-claims-hold" }));
    }
    if unfrozen > 0 {
        console.tell(&Message::new("audit-frozen-changed"));
    }
    let broken = audit.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    if broken > 0 {
        console.tell(&Message::new("audit-broken").number("count", broken as i64));
    } else if judged && unfrozen == 0 {
        console.tell(&Message::new("audit-good"));
    }
    match broken + rejected + unfrozen {
        0 if open => Exit::Failure,
        0 => Exit::Good,
        _ => Exit::Negative,
    }
}

/// How far the plan is from a shortage of cases; nothing is said of a plan in which it is not clear who
/// is where.
fn margins(scenario: &Scenario, audit: &Audit, plan: &Plan) -> Vec<Margin> {
    let clear =
        [Rule::OnePlace, Rule::WholeCareer, Rule::AssociatedNeverPlaced].map(|rule| audit.of(rule).next());
    if clear.iter().any(Option::is_some) {
        return Vec::new();
    }
    cases::margins(scenario, &Supplies::of(scenario), plan)
}

fn claims_or_stop(path: &Path, console: &Console) -> Result<Claims, Failure> {
    let bytes = folder::load_file(path).map_err(|findings| input::stop(&findings, path, console))?;
    claims::read(&bytes).map_err(|reason| {
        Failure::usage(Message::new("claims-unreadable").text("path", path.display()).text("reason", reason))
    })
}

fn tables(
    scenario: &Scenario,
    audit: &Audit,
    careers: Option<&[careers::Career]>,
    verdicts: &[ClaimVerdict],
    console: &Console,
) -> String {
    let (catalogue, width) = (&console.catalogue, console.width());
    // Without a plan there are no placements to have an opinion about.
    let rules = Rule::ALL.iter().filter(|rule| careers.is_some() || rule.subject() == Subject::Program);
    let mut parts = vec![
        summary::heading(scenario, catalogue),
        audit_tables::rules(scenario, rules, &audit.findings, catalogue, width),
    ];
    if !audit.findings.is_empty() {
        parts.push(audit_tables::findings(&audit.findings, catalogue, width));
    }
    if let Some(careers) = careers {
        parts.push(goals::table(scenario, &audit.goals, careers, catalogue).render());
    }
    if !verdicts.is_empty() {
        parts.push(verification::table(verdicts, catalogue, width));
    }
    parts.join("\n")
}
