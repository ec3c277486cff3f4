//! A scenario as the files it could have been read from.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use kenshu::calendar::Month;
use kenshu::plan::Plan;
use kenshu::scenario::{CaseIx, Dated, Leave, LeaveRules, LockKind, Pattern, Scenario, Sources, Stay};

/// The tables. Anonymous residents get rows like the others: only their ids told them apart. The cap on
/// intake concerns no placement and is left out.
pub fn sources(scenario: &Scenario) -> Sources {
    let mut files = BTreeMap::from([
        ("program.toml".to_string(), program(scenario)),
        ("facilities.csv".to_string(), facilities(scenario)),
        ("residents.csv".to_string(), residents(scenario)),
    ]);
    let mut changes = String::new();
    for facility in &scenario.facilities {
        let id = &facility.id;
        change(&mut changes, id, "accreditation", &facility.accreditation, |a| a.id().to_string());
        change(&mut changes, id, "supervisors", &facility.supervisors, ToString::to_string);
        change(&mut changes, id, "seats", &facility.seats, |s| s.map_or(String::new(), |s| s.to_string()));
        change(&mut changes, id, "min_residents", &facility.min_residents, ToString::to_string);
        for (name, volume) in scenario.volumes.iter().zip(&facility.volumes) {
            change(&mut changes, id, name, volume, |v| v.map_or(String::new(), |v| v.to_string()));
        }
    }
    let mut logged = String::new();
    for resident in scenario.residents.iter().filter(|resident| resident.entry_year < scenario.first_year) {
        for (item, count) in scenario.cases.iter().zip(&resident.logged) {
            logged += &format!("{},{},{count}\n", resident.id, item.id);
        }
    }
    let (mut history, mut locks, mut leaves) = (String::new(), String::new(), String::new());
    for resident in &scenario.residents {
        for &stay in &resident.history {
            history += &format!("{},{}\n", resident.id, stay_cells(scenario, stay));
        }
        for lock in &resident.locks {
            let kind = if lock.kind == LockKind::Must { "must" } else { "must-not" };
            locks += &format!("{},{},{kind}\n", resident.id, stay_cells(scenario, lock.stay));
        }
        for leave in &resident.leaves {
            let Leave { kind, span, hours_per_week, hours } = leave;
            let weekly = hours_per_week.map_or(String::new(), |hours| hours.to_string());
            let hours = hours.map_or(String::new(), |hours| hours.to_string());
            let _ = writeln!(
                leaves,
                "{},{},{},{},{weekly},{hours}",
                resident.id,
                kind.id(),
                span.start,
                span.months
            );
        }
        if let Some(from) = resident.resigned_from {
            let _ = writeln!(leaves, "{},resigned,{from},,,", resident.id);
        }
    }
    for (name, head, rows) in [
        ("facility_changes.csv", "facility,from,column,value", changes),
        ("history.csv", "resident,facility,start,months", history),
        ("locks.csv", "resident,facility,start,months,kind", locks),
        ("leaves.csv", "resident,kind,start,months,hours_per_week,hours", leaves),
        ("logged_cases.csv", "resident,case,count", logged),
    ] {
        if !rows.is_empty() {
            files.insert(name.to_string(), format!("{head}\n{rows}"));
        }
    }
    Sources { files: files.into_iter().map(|(name, text)| (name, text.into_bytes())).collect() }
}

/// Writes the tables, and a base plan beside them as `placements.csv`.
pub fn write(folder: &Path, scenario: &Scenario, base: Option<&Plan>) -> std::io::Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    for (name, bytes) in sources(scenario).files {
        std::fs::write(folder.join(name), bytes)?;
    }
    let Some(base) = base else { return Ok(()) };
    let mut rows = String::from("resident,course,facility,start,months\n");
    for row in &base.rows {
        let course = row.course.map_or("", |course| &scenario.course(course).id);
        let stay = stay_cells(scenario, Stay { facility: row.facility, span: row.span });
        let _ = writeln!(rows, "{},{course},{stay}", scenario.resident(row.resident).id);
    }
    std::fs::write(folder.join("placements.csv"), rows)
}

fn stay_cells(scenario: &Scenario, stay: Stay) -> String {
    format!("{},{},{}", scenario.facility(stay.facility).id, stay.span.start, stay.span.months)
}

fn change<T>(rows: &mut String, id: &str, column: &str, values: &Dated<T>, cell: impl Fn(&T) -> String) {
    for (from, value) in &values.changes {
        let from: &Month = from;
        let _ = writeln!(rows, "{id},{from},{column},{}", cell(value));
    }
}

fn program(scenario: &Scenario) -> String {
    let rules = &scenario.rules;
    let mut text = format!(
        "[program]\nid = \"{}\"\nname = \"{}\"\ntraining_months = {}\nyear_starts_in_month = {}\n\n\
         [horizon]\nfirst_year = {}\n\n[intake]\n",
        scenario.id,
        scenario.name,
        scenario.training_months,
        scenario.calendar.starts_in_month,
        scenario.first_year
    );
    for (year, residents) in &scenario.intake {
        let _ = writeln!(text, "{year} = {residents}");
    }
    let _ = write!(
        text,
        "\n[rules]\nresidents_per_supervisor = {}\nsupervisor_rounding = \"{}\"\n\
         comprehensive_months_min = {}\ncore_months_min = {}\naffiliate_stay_months_min = {}\n\
         facilities_min = {}\nunknown_volumes = \"{}\"\n",
        rules.residents_per_supervisor,
        rules.supervisor_rounding.id(),
        rules.comprehensive_months_min,
        rules.core_months_min,
        rules.affiliate_stay_months_min,
        rules.facilities_min,
        if rules.unknown_volumes_are_zero { "zero" } else { "not-assessed" }
    );
    text += &leave_rules(&rules.leave);
    for (key, value) in [
        ("freeze_months", rules.freeze_months.map(|months| months.to_string())),
        ("changed_from", rules.changed_from.map(|month| format!("\"{month}\""))),
    ] {
        text += &value.map_or(String::new(), |value| format!("{key} = {value}\n"));
    }
    for course in &scenario.courses {
        let ways: Vec<String> = course.patterns.iter().map(pattern).collect();
        let _ = write!(text, "\n[[courses]]\nid = \"{}\"\nname = \"{}\"\n", course.id, course.name);
        let _ = writeln!(text, "years = {}\nalternatives = [{}]", ways[0], ways[1..].join(", "));
    }
    for (number, item) in scenario.cases.iter().enumerate().filter(|(_, item)| item.part_of.is_none()) {
        let parts = scenario.cases.iter().filter(|part| part.part_of == Some(CaseIx(number)));
        let parts = parts.map(|part| {
            format!("{{ id = \"{}\", name = \"{}\", min = {} }}", part.id, part.name, part.target)
        });
        let _ = write!(
            text,
            "\n[[cases]]\nid = \"{}\"\nname = \"{}\"\ntarget = {}\nsupplement_max = {}\n\
             trainee_share = {}\nparts = [{}]\n",
            item.id,
            item.name,
            item.target,
            item.supplement_max,
            item.trainee_share,
            parts.collect::<Vec<_>>().join(", ")
        );
    }
    for goal in &scenario.goals {
        let _ =
            write!(text, "\n[[goals]]\ngoal = \"{}\"\nmeasure = \"{}\"\n", goal.kind.id(), goal.measure.id());
    }
    text
}

fn leave_rules(rules: &LeaveRules) -> String {
    let LeaveRules {
        childbirth_months_max,
        childbirth_leaves_max,
        childbirth_excess,
        illness_months_max,
        part_time_months_max,
        part_time_hours,
        part_time_hours_per_week_full,
        leave_months_max,
        counted_leave_keeps_seat,
        leave_counts_at_facility,
        part_time_cases,
    } = rules;
    let mut text = format!(
        "childbirth_months_max = {childbirth_months_max}\nchildbirth_leaves_max = {childbirth_leaves_max}\n\
         childbirth_excess = \"{}\"\nillness_months_max = {illness_months_max}\n\
         part_time_months_max = {part_time_months_max}\npart_time_hours = {part_time_hours}\n\
         part_time_hours_per_week_full = {part_time_hours_per_week_full}\n\
         counted_leave_keeps_seat = {counted_leave_keeps_seat}\n\
         leave_counts_at_facility = {leave_counts_at_facility}\npart_time_cases = {part_time_cases}\n",
        childbirth_excess.id()
    );
    if let Some(months) = leave_months_max {
        let _ = writeln!(text, "leave_months_max = {months}");
    }
    text
}

fn pattern(pattern: &Pattern) -> String {
    let year = |parts: &Vec<_>| {
        let parts = parts
            .iter()
            .map(|part: &kenshu::scenario::Part| format!("\"{}:{}\"", part.role.id(), part.months));
        format!("[{}]", parts.collect::<Vec<_>>().join(", "))
    };
    format!("[{}]", pattern.years.iter().map(year).collect::<Vec<_>>().join(", "))
}

fn facilities(scenario: &Scenario) -> String {
    let mut rows =
        String::from("id,name,name_en,prefecture,role,accreditation,supervisors,seats,min_residents");
    scenario.volumes.iter().for_each(|name| rows += &format!(",{name}"));
    rows.push('\n');
    for facility in &scenario.facilities {
        let seats = facility.seats.initial.map_or(String::new(), |seats| seats.to_string());
        let _ = write!(
            rows,
            "{},{},{},{},{},{},{},{seats},{}",
            facility.id,
            facility.name,
            facility.name_en,
            facility.prefecture,
            facility.role.id(),
            facility.accreditation.initial.id(),
            facility.supervisors.initial,
            facility.min_residents.initial
        );
        for volume in &facility.volumes {
            rows += &format!(",{}", volume.initial.map_or(String::new(), |volume| volume.to_string()));
        }
        rows.push('\n');
    }
    rows
}

fn residents(scenario: &Scenario) -> String {
    let mut rows = String::from("id,name,entry_year,course,course_wishes,facility_wishes\n");
    for resident in &scenario.residents {
        let course = resident.course.map_or("", |course| &scenario.course(course).id);
        let courses: Vec<&str> =
            resident.course_wishes.iter().map(|&wish| scenario.course(wish).id.as_str()).collect();
        let facilities: Vec<&str> =
            resident.facility_wishes.iter().map(|&wish| scenario.facility(wish).id.as_str()).collect();
        let (courses, facilities) = (courses.join(";"), facilities.join(";"));
        let _ = writeln!(
            rows,
            "{},{},{},{course},{courses},{facilities}",
            resident.id, resident.name, resident.entry_year
        );
    }
    rows
}
