//! What a schedule is worth by the benchmark's own definition, and what it breaks.
//!
//! The value is the sum over students of how satisfied they are, plus the least satisfied one once more. Satisfaction
//! counts preferences once a discipline, changes of hospital between a discipline and the next whatever lies between,
//! and idle periods before the end of the last one.

use super::instance::Instance;

/// A discipline attended at a hospital, from a period on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attendance {
    pub start: usize,
    pub discipline: usize,
    pub hospital: usize,
}

/// By student.
pub type Schedule = Vec<Vec<Attendance>>;

/// What a schedule is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    pub value: i64,
    /// What it breaks; the value is worth nothing unless there is none.
    pub violations: Vec<String>,
}

/// Scores a schedule.
pub fn score(instance: &Instance, schedule: &Schedule) -> Score {
    let mut violations = Vec::new();
    let mut present = vec![vec![vec![0_u32; instance.periods]; instance.disciplines]; instance.hospitals];
    let mut satisfied = Vec::new();
    for (student, attended) in schedule.iter().enumerate() {
        let broken = broken(instance, student, attended);
        violations.extend(broken.into_iter().map(|what| format!("student {}: {what}", student + 1)));
        for of in attended {
            for period in (of.start..of.start + instance.duration).filter(|&of| of < instance.periods) {
                present[of.hospital][of.discipline][period] += 1;
            }
        }
        satisfied.push(satisfaction(instance, student, attended));
    }
    for (hospital, wards) in present.iter().enumerate() {
        for (discipline, periods) in wards.iter().enumerate() {
            for (period, &present) in periods.iter().enumerate() {
                let bounds = instance.least[hospital][discipline][period]
                    ..=instance.most[hospital][discipline][period];
                if !bounds.contains(&present) {
                    let ward = format!("hospital {} discipline {}", hospital + 1, discipline + 1);
                    violations.push(format!("{ward} period {}: {present} of {bounds:?}", period + 1));
                }
            }
        }
    }
    let value = satisfied.iter().sum::<i64>() + satisfied.iter().min().copied().unwrap_or(0);
    Score { value, violations }
}

/// How satisfied a student is.
pub fn satisfaction(instance: &Instance, student: usize, attended: &[Attendance]) -> i64 {
    let mut attended = attended.to_vec();
    attended.sort_unstable();
    let [.., of_change, of_idle] = instance.weights[student];
    let preferences: i64 =
        attended.iter().map(|of| instance.worth(student, of.discipline, of.hospital)).sum();
    let changes = attended.windows(2).filter(|two| two[0].hospital != two[1].hospital).count();
    let end = attended.last().map_or(0, |last| last.start + instance.duration);
    let idle = end.saturating_sub(attended.len() * instance.duration);
    preferences + of_change * changes as i64 + of_idle * idle as i64
}

/// What a student's own schedule breaks.
pub fn broken(instance: &Instance, student: usize, attended: &[Attendance]) -> Vec<String> {
    let mut attended = attended.to_vec();
    attended.sort_unstable();
    let mut broken = Vec::new();
    let mut busy = vec![false; instance.periods];
    for (at, of) in attended.iter().enumerate() {
        for period in of.start..of.start + instance.duration {
            match busy.get_mut(period) {
                None => broken.push(format!("period {} is beyond the horizon", period + 1)),
                Some(true) => broken.push(format!("twice busy in period {}", period + 1)),
                Some(free) => *free = true,
            }
            if instance.available[student].get(period) == Some(&false) {
                broken.push(format!("not available in period {}", period + 1));
            }
        }
        let name = format!("discipline {}", of.discipline + 1);
        if !instance.allowed[student][of.discipline] || !instance.able[student][of.hospital][of.discipline] {
            broken.push(format!("{name} at hospital {} is not for the student", of.hospital + 1));
        }
        let earlier = &attended[..at];
        if earlier.iter().any(|other| other.discipline == of.discipline) {
            broken.push(format!("{name} twice"));
        }
        for &before in &instance.before[of.discipline] {
            if !earlier.iter().any(|other| other.discipline == before) {
                broken.push(format!("{name} without discipline {} before", before + 1));
            }
        }
    }
    for (group, &needed) in instance.attended[student].iter().enumerate() {
        let count = attended.iter().filter(|of| instance.group[of.discipline] == group).count();
        if count != needed {
            broken.push(format!("{count} of group {}, not {needed}", group + 1));
        }
    }
    for hospital in 0..instance.hospitals {
        let count = attended.iter().filter(|of| of.hospital == hospital).count();
        if count > instance.disciplines_per_hospital_max {
            broken.push(format!("{count} at hospital {}", hospital + 1));
        }
    }
    broken
}
