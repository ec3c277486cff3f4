//! `[rules]` and `[rules.intake_cap]`: the standard's numbers, unless the scenario says otherwise.

use rust_decimal::Decimal;

use crate::diagnostic::{Findings, Place};
use crate::regulation;

use super::bounds;
use super::document::Section;
use super::leave::{ChildbirthExcess, LeaveRules};
use super::model::{IntakeCap, MeanRounding, Rules, SupervisorRounding, TotalsSource};

/// A volume column that `program.toml` names, and where.
pub(crate) struct NamedVolume {
    pub name: String,
    pub place: Place,
    /// Cases a year per new resident, for the intake cap.
    pub per_resident: Decimal,
}

/// The rules. The cap's volumes come apart: which columns they are, `facilities.csv` tells later.
pub(crate) fn read(root: &Section<'_>, findings: &mut Findings) -> (Rules, Vec<NamedVolume>) {
    let mut rules = regulation::default_rules();
    let Some(section) = root.get("rules").and_then(|entry| entry.section(findings)) else {
        return (rules, Vec::new());
    };
    section.only(
        &[
            "residents_per_supervisor",
            "supervisor_rounding",
            "comprehensive_months_min",
            "core_months_min",
            "affiliate_stay_months_min",
            "facilities_min",
            "childbirth_months_max",
            "childbirth_leaves_max",
            "childbirth_excess",
            "illness_months_max",
            "part_time_months_max",
            "part_time_hours",
            "part_time_hours_per_week_full",
            "leave_months_max",
            "counted_leave_keeps_seat",
            "leave_counts_at_facility",
            "part_time_cases",
            "unknown_volumes",
            "freeze_months",
            "changed_from",
            "intake_cap",
        ],
        findings,
    );
    for (key, range, number) in [
        ("residents_per_supervisor", bounds::RESIDENTS_PER_SUPERVISOR, &mut rules.residents_per_supervisor),
        ("comprehensive_months_min", bounds::RULE_MONTHS, &mut rules.comprehensive_months_min),
        ("core_months_min", bounds::RULE_MONTHS, &mut rules.core_months_min),
        ("affiliate_stay_months_min", bounds::RULE_MONTHS, &mut rules.affiliate_stay_months_min),
        ("facilities_min", bounds::RULE_FACILITIES, &mut rules.facilities_min),
    ] {
        if let Some(value) = section.get(key).and_then(|entry| entry.whole(range, findings)) {
            *number = value;
        }
    }
    if let Some(rounding) = section
        .get("supervisor_rounding")
        .and_then(|entry| entry.word(&SupervisorRounding::ALL, SupervisorRounding::id, findings))
    {
        rules.supervisor_rounding = rounding;
    }
    leave(&section, &mut rules.leave, findings);
    if let Some(unknown) =
        section.get("unknown_volumes").and_then(|entry| entry.word(&[false, true], unknown_volumes, findings))
    {
        rules.unknown_volumes_are_zero = unknown;
    }
    rules.freeze_months =
        section.get("freeze_months").and_then(|entry| entry.whole(bounds::RULE_MONTHS, findings));
    rules.changed_from = section.get("changed_from").and_then(|entry| entry.month(findings));
    let cap = section.get("intake_cap").and_then(|entry| entry.section(findings));
    let (cap, volumes) = cap.map(|section| intake_cap(&section, findings)).unzip();
    rules.intake_cap = cap;
    (rules, volumes.unwrap_or_default())
}

/// How leaves count (§10 \[33\]).
fn leave(section: &Section<'_>, rules: &mut LeaveRules, findings: &mut Findings) {
    for (key, range, number) in [
        ("childbirth_months_max", bounds::RULE_MONTHS, &mut rules.childbirth_months_max),
        ("childbirth_leaves_max", bounds::RULE_LEAVES, &mut rules.childbirth_leaves_max),
        ("illness_months_max", bounds::RULE_MONTHS, &mut rules.illness_months_max),
        ("part_time_months_max", bounds::RULE_MONTHS, &mut rules.part_time_months_max),
        ("part_time_hours", bounds::PART_TIME_HOURS, &mut rules.part_time_hours),
        (
            "part_time_hours_per_week_full",
            0..=bounds::HOURS_PER_WEEK_MAX,
            &mut rules.part_time_hours_per_week_full,
        ),
    ] {
        if let Some(value) = section.get(key).and_then(|entry| entry.whole(range, findings)) {
            *number = value;
        }
    }
    for (key, flag) in [
        ("counted_leave_keeps_seat", &mut rules.counted_leave_keeps_seat),
        ("leave_counts_at_facility", &mut rules.leave_counts_at_facility),
        ("part_time_cases", &mut rules.part_time_cases),
    ] {
        if let Some(value) = section.get(key).and_then(|entry| entry.flag(findings)) {
            *flag = value;
        }
    }
    if let Some(excess) = section
        .get("childbirth_excess")
        .and_then(|entry| entry.word(&ChildbirthExcess::ALL, ChildbirthExcess::id, findings))
    {
        rules.childbirth_excess = excess;
    }
    rules.leave_months_max =
        section.get("leave_months_max").and_then(|entry| entry.whole(bounds::RULE_MONTHS, findings));
}

/// What an unknown case volume means for its item: `zero` if it counts as none.
fn unknown_volumes(are_zero: bool) -> &'static str {
    if are_zero { "zero" } else { "not-assessed" }
}

/// The cap; every key that is not a fixed one names a volume.
fn intake_cap(section: &Section<'_>, findings: &mut Findings) -> (IntakeCap, Vec<NamedVolume>) {
    let mut cap = IntakeCap {
        supervisors_per_resident: Decimal::from(regulation::SUPERVISORS_PER_NEW_RESIDENT),
        volume_per_resident: Vec::new(),
        totals: TotalsSource::Rows,
        past_hires: None,
        past_years: regulation::PAST_YEARS,
        mean_rounding: regulation::MEAN_ROUNDING,
    };
    let mut volumes = Vec::new();
    for (name, place, entry) in section.entries() {
        match name.as_str() {
            "supervisors_per_resident" => {
                cap.supervisors_per_resident =
                    entry.divisor(bounds::SUPERVISORS_MAX, findings).unwrap_or(cap.supervisors_per_resident);
            }
            "totals" => {
                cap.totals = entry.word(&TotalsSource::ALL, TotalsSource::id, findings).unwrap_or(cap.totals);
            }
            "past_hires" => cap.past_hires = entry.whole(bounds::PAST_HIRES, findings),
            "past_years" => {
                cap.past_years = entry.whole(bounds::PAST_YEARS, findings).unwrap_or(cap.past_years);
            }
            "mean_rounding" => {
                cap.mean_rounding =
                    entry.word(&MeanRounding::ALL, MeanRounding::id, findings).unwrap_or(cap.mean_rounding);
            }
            _ => {
                let per_resident = entry.divisor(bounds::VOLUME_MAX, findings).unwrap_or(Decimal::ONE);
                volumes.push(NamedVolume { name, place, per_resident });
            }
        }
    }
    (cap, volumes)
}
