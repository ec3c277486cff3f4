//! An instance as the tables of a program, and a plan of it as a schedule.
//!
//! Students are residents, hospitals facilities, wards sections (`h1/d2`), periods months. A student who attends n
//! disciplines is on a course of n pieces and free months in any order. Group counts are requirements, *once* is one visit
//! no longer than the duration, precedence is order, ward limits are seats and staffing by date, ability and
//! availability are locks. Training ends with a training year: nobody is available behind the last period.
//!
//! The benchmark adds the least satisfied student's value, the product the largest distance from the best that
//! somebody could have alone. The two are the same where the best is the same for all: so there is a course at
//! a place that has no seat and gives everybody [`Tables::ideal`] points, which nobody can have more of.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use kenshu::internal::calendar::Month;
use kenshu::internal::plan::Plan;
use kenshu::internal::scenario::{Scenario, Sources};

use super::instance::Instance;
use super::score::{Attendance, Schedule};

/// The first period is April of this year.
const FIRST_YEAR: i32 = 2025;

/// An instance as tables.
pub struct Tables {
    pub sources: Sources,
    /// No student can be more satisfied.
    pub ideal: i64,
    students: i64,
}

impl Tables {
    pub fn of(instance: &Instance) -> Self {
        let ideal = ideal(instance);
        let tables = [
            ("program.toml", program(instance)),
            ("facilities.csv", facilities(instance)),
            ("sections.csv", sections(instance)),
            ("facility_changes.csv", changes(instance)),
            ("residents.csv", residents(instance)),
            ("locks.csv", locks(instance)),
            ("requirements.csv", requirements(instance)),
            ("stays.csv", stays(instance)),
            ("order.csv", order(instance)),
            ("staffing.csv", staffing(instance)),
            ("points.csv", points(instance, ideal)),
        ];
        // A table with nothing but headings is none.
        let files = tables.into_iter().filter(|(_, text)| text.lines().count() > 1);
        let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes())).collect();
        let sources = Sources { files, unread: BTreeSet::new() };
        Self { sources, ideal, students: instance.students as i64 }
    }

    /// What the goal's value is in the benchmark's.
    pub fn worth(&self, value: i64) -> i64 {
        (self.students + 1) * self.ideal - value
    }
}

/// Who is where in a plan.
pub fn schedule(instance: &Instance, scenario: &Scenario, plan: &Plan) -> Schedule {
    let mut schedule = vec![Vec::new(); instance.students];
    let mut rows = plan.rows.clone();
    rows.sort_by_key(|row| (row.resident, row.span.start));
    let number = |id: &str| id[1..].parse::<usize>().expect("a number behind the letter") - 1;
    for row in rows {
        let section = scenario.section(row.section.expect("only wards have seats"));
        let of: &mut Vec<Attendance> = &mut schedule[number(&scenario.resident(row.resident).id)];
        let start = row.span.start.since(Month::new(FIRST_YEAR, 4).expect("a month"));
        let attendance = Attendance {
            start: usize::try_from(start).expect("nothing before the first period"),
            discipline: number(&section.id),
            hospital: number(&scenario.facility(row.facility).id),
        };
        // A stay over the end of an academic year is two rows.
        let goes_on = |last: &Attendance| {
            last.discipline == attendance.discipline && last.hospital == attendance.hospital
        };
        if !of.last().is_some_and(goes_on) {
            of.push(attendance);
        }
    }
    schedule
}

fn month(period: usize) -> String {
    let month = 3 + period;
    format!("{}-{:02}", FIRST_YEAR + (month / 12) as i32, month % 12 + 1)
}

/// Whole academic years.
fn months(instance: &Instance) -> usize {
    instance.periods.next_multiple_of(12)
}

fn ward(hospital: usize, discipline: usize) -> String {
    format!("h{}/d{}", hospital + 1, discipline + 1)
}

/// Hospitals and disciplines where anybody may ever be.
fn wards(instance: &Instance) -> impl Iterator<Item = (usize, usize)> {
    let all = (0..instance.hospitals).flat_map(|h| (0..instance.disciplines).map(move |d| (h, d)));
    all.filter(|&(h, d)| instance.most[h][d].iter().any(|&seats| seats > 0))
}

/// Disciplines with a ward, and how a selector names their wards.
fn disciplines(instance: &Instance) -> BTreeMap<usize, String> {
    wards(instance).map(|(_, discipline)| (discipline, format!("*/d{}", discipline + 1))).collect()
}

/// How many disciplines of each group a student attends, as a word.
fn needs(attended: &[usize]) -> String {
    let counts: Vec<String> = attended.iter().map(usize::to_string).collect();
    format!("needs-{}", counts.join("-"))
}

/// Their course.
fn course(attended: &[usize]) -> String {
    needs(attended).replace("needs", "attends")
}

fn all_needs(instance: &Instance) -> BTreeSet<&Vec<usize>> {
    instance.attended.iter().collect()
}

/// A value no student exceeds: of each group the disciplines worth most, no change, no idle period.
fn ideal(instance: &Instance) -> i64 {
    let of_student = |student: usize| -> i64 {
        let best = |discipline: usize| {
            (0..instance.hospitals).map(|h| instance.worth(student, discipline, h)).max().unwrap_or(0)
        };
        let of_group = |(group, &count): (usize, &usize)| -> i64 {
            let mut worths: Vec<i64> =
                (0..instance.disciplines).filter(|&d| instance.group[d] == group).map(best).collect();
            worths.sort_unstable_by(|a, b| b.cmp(a));
            worths.iter().take(count).sum()
        };
        let attended = &instance.attended[student];
        let stays = attended.iter().sum::<usize>();
        let idle = instance.periods.saturating_sub(stays * instance.duration);
        let [.., of_change, of_idle] = instance.weights[student];
        let gained = of_change.max(0) * stays as i64 + of_idle.max(0) * idle as i64;
        attended.iter().enumerate().map(of_group).sum::<i64>() + gained
    };
    (0..instance.students).map(of_student).max().unwrap_or(0)
}

fn program(instance: &Instance) -> String {
    let mut text = format!(
        r#"[program]
id = "mss"
name = "MSS"
training_months = {months}
[horizon]
first_year = {FIRST_YEAR}
[intake]
{FIRST_YEAR} = {students}
[rules]
comprehensive_months_min = 0
core_months_min = 0
affiliate_stay_months_min = 0
facilities_min = 0
[[goals]]
goal = "points"
measure = "sum-plus-worst"
[[courses]]
id = "ideal"
years = [["ideal:{months}"]]
"#,
        months = months(instance),
        students = instance.students,
    );
    for attended in all_needs(instance) {
        let busy = attended.iter().sum::<usize>() * instance.duration;
        let mut parts = Vec::new();
        if busy > 0 {
            parts.push(format!("\"hospital:{busy}/{}\"", instance.duration));
        }
        if let Some(free) = months(instance).checked_sub(busy).filter(|&free| free > 0) {
            parts.push(format!("\"free:{free}/1\""));
        }
        let needs = needs(attended);
        let _ = writeln!(
            text,
            "[[courses]]\nid = \"{}\"\nwho = [\"{needs}\"]\nyears = [[{}]]",
            course(attended),
            parts.join(", ")
        );
    }
    text
}

fn facilities(instance: &Instance) -> String {
    let mut text = String::from("id,role,accreditation,supervisors,seats,tags\nideal,affiliate,none,1,0,\n");
    for hospital in 1..=instance.hospitals {
        let _ = writeln!(text, "h{hospital},affiliate,none,{},,hospital", instance.students);
    }
    text
}

fn sections(instance: &Instance) -> String {
    let mut text = String::from("facility,id,seats\n");
    for (h, d) in wards(instance) {
        let _ = writeln!(text, "h{},d{},{}", h + 1, d + 1, instance.most[h][d][0]);
    }
    text
}

fn changes(instance: &Instance) -> String {
    let mut text = String::from("facility,from,column,value\n");
    for (h, d) in wards(instance) {
        for (at, two) in instance.most[h][d].windows(2).enumerate().filter(|(_, two)| two[0] != two[1]) {
            let _ = writeln!(text, "{},{},seats,{}", ward(h, d), month(at + 1), two[1]);
        }
    }
    text
}

fn residents(instance: &Instance) -> String {
    let mut text = String::from("id,entry_year,tags\n");
    for (student, attended) in instance.attended.iter().enumerate() {
        let _ = writeln!(text, "s{},{FIRST_YEAR},{}", student + 1, needs(attended));
    }
    text
}

/// Runs of periods of which something holds: (first, length).
fn runs(holds: impl Iterator<Item = bool>) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (period, _) in holds.enumerate().filter(|(_, holds)| *holds) {
        match runs.last_mut() {
            Some((start, length)) if *start + *length == period => *length += 1,
            _ => runs.push((period, 1)),
        }
    }
    runs
}

fn locks(instance: &Instance) -> String {
    let mut text = String::from("resident,facility,start,months,kind,section\n");
    for student in 0..instance.students {
        let is_away = |period: usize| !instance.available[student].get(period).unwrap_or(&false);
        for (start, months) in runs((0..months(instance)).map(is_away)) {
            for hospital in 1..=instance.hospitals {
                let start = month(start);
                let _ = writeln!(text, "s{},h{hospital},{start},{months},must-not,", student + 1);
            }
        }
        for (h, d) in wards(instance) {
            if !instance.allowed[student][d] || !instance.able[student][h][d] {
                let (start, months) = (month(0), months(instance));
                let (student, h, d) = (student + 1, h + 1, d + 1);
                let _ = writeln!(text, "s{student},h{h},{start},{months},must-not,d{d}");
            }
        }
    }
    text
}

fn requirements(instance: &Instance) -> String {
    let mut text = String::from("id,who,where,count,min,max\n");
    for attended in all_needs(instance) {
        for (group, count) in attended.iter().enumerate() {
            let wards: Vec<String> = disciplines(instance)
                .into_iter()
                .filter(|(discipline, _)| instance.group[*discipline] == group)
                .map(|(_, selector)| selector)
                .collect();
            let months = count * instance.duration;
            let wards = wards.join(";");
            if !wards.is_empty() {
                let who = course(attended);
                let _ = writeln!(text, "{who}-{group},{who},{wards},months,{months},{months}");
            }
        }
        // Disciplines at a hospital are months there, which a career has fewer different counts of.
        let most = instance.disciplines_per_hospital_max;
        if most < attended.iter().sum::<usize>() {
            let (who, months) = (course(attended), most * instance.duration);
            for hospital in 1..=instance.hospitals {
                let _ = writeln!(text, "{who}-h{hospital},{who},h{hospital},months,,{months}");
            }
        }
    }
    text
}

fn stays(instance: &Instance) -> String {
    let mut text = String::from("where,months_max,visits_max\n");
    for (_, wards) in disciplines(instance) {
        let _ = writeln!(text, "{wards},{},1", instance.duration);
    }
    text
}

fn order(instance: &Instance) -> String {
    let mut text = String::from("first,months,then\n");
    let of = disciplines(instance);
    for (discipline, before) in instance.before.iter().enumerate() {
        for first in before {
            if let (Some(first), Some(then)) = (of.get(first), of.get(&discipline)) {
                let _ = writeln!(text, "{first},{},{then}", instance.duration);
            }
        }
    }
    text
}

fn staffing(instance: &Instance) -> String {
    let mut text = String::from("id,where,from,until,min\n");
    for (h, d) in wards(instance) {
        let least = &instance.least[h][d];
        for level in least.iter().copied().filter(|&level| level > 0).collect::<BTreeSet<u32>>() {
            for (start, months) in runs(least.iter().map(|&of| of == level)) {
                let (from, until) = (month(start), month(start + months - 1));
                let (h, d, ward) = (h + 1, d + 1, ward(h, d));
                let _ = writeln!(text, "h{h}-d{d}-{start},{ward},{from},{until},{level}");
            }
        }
    }
    text
}

fn points(instance: &Instance, ideal: i64) -> String {
    let mut text = format!("resident,where,points\n,@stay:ideal,{ideal}\n");
    let wards: Vec<(usize, usize)> = wards(instance).collect();
    let disciplines = disciplines(instance);
    for student in 0..instance.students {
        let [of_discipline, of_hospital, of_change, of_idle] = instance.weights[student];
        let mut row = |selector: &str, points: i64| {
            if points != 0 {
                let _ = writeln!(text, "s{},{selector},{points}", student + 1);
            }
        };
        for (&discipline, wards) in &disciplines {
            let liked = of_discipline * instance.likes_discipline[student][discipline];
            row(&format!("@stay:{wards}"), liked + instance.manager_likes[discipline]);
        }
        for hospital in 0..instance.hospitals {
            let here = wards.iter().filter(|(of, _)| *of == hospital);
            let here: Vec<String> = here.map(|&(h, d)| ward(h, d)).collect();
            if !here.is_empty() {
                let liked = of_hospital * instance.likes_hospital[student][hospital];
                row(&format!("@stay:{}", here.join(";")), liked);
            }
        }
        row("@change", of_change);
        row("@idle", of_idle);
    }
    text
}
