//! Months at one hospital gathered by section.
//!
//! No goal says in which order a resident goes through the sections of a hospital, and a library returns some
//! order: a month here, a month there, and back. No director means that. Months of one academic year at one
//! hospital change their sections, of one resident alone where there is room, or of two residents with each other,
//! as long as somebody changes section less often. Everybody keeps their months of every section and year. What
//! else a rule or a goal may say of the order, the judge says (`engine::plan`): then the plan stays as it was.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::calendar::{Month, Span};
use crate::plan::{Placement, Plan};
use crate::scenario::{FacilityIx, Scenario, SectionIx};

/// Rounds over all residents; most is gathered in the first few.
const ROUNDS_MAX: usize = 20;
/// Sections of which all orders are tried.
const ORDERED_MAX: usize = 5;

/// The plan with sections gathered, when `stopped` as far as that came; `None` where nobody gains.
pub fn gathered(scenario: &Scenario, plan: &Plan, stopped: &dyn Fn() -> bool) -> Option<Plan> {
    if plan.rows.iter().all(|row| row.section.is_none()) {
        return None;
    }
    let mut board = Board::of(scenario, plan);
    let mut gained = false;
    for _ in 0..ROUNDS_MAX {
        let mut moved = false;
        for run in 0..board.runs.len() {
            moved |= !stopped() && board.gather(run);
        }
        gained |= moved;
        if !moved || stopped() {
            break;
        }
    }
    gained.then(|| Plan { nowhere: plan.nowhere.clone(), ..board.plan() })
}

/// Months of an academic year that follow one another at one hospital and may change places.
#[derive(Clone)]
struct Run {
    resident: usize,
    facility: FacilityIx,
    /// Months from the first decided one.
    months: Range<usize>,
}

struct Board<'a> {
    scenario: &'a Scenario,
    /// Per resident and decided month the row of the plan, with its section as it is now.
    cells: Vec<Vec<Option<Placement>>>,
    /// Per section and decided month.
    present: Vec<Vec<i64>>,
    runs: Vec<Run>,
}

impl<'a> Board<'a> {
    fn of(scenario: &'a Scenario, plan: &Plan) -> Self {
        let months = scenario.horizon().months as usize;
        let mut cells = vec![vec![None; months]; scenario.residents.len()];
        let mut present = vec![vec![0; months]; scenario.sections.len()];
        for row in &plan.rows {
            for month in row.span.iter() {
                let at = usize::try_from(month.since(scenario.start())).ok().filter(|at| *at < months);
                let Some(at) = at else { continue };
                cells[row.resident.0][at] = Some(row.clone());
                if let Some(section) = row.section {
                    present[section.0][at] += 1;
                }
            }
        }
        let mut board = Self { scenario, cells, present, runs: Vec::new() };
        board.runs = (0..board.cells.len()).flat_map(|resident| board.runs_of(resident)).collect();
        board
    }

    fn month(&self, at: usize) -> Month {
        self.scenario.start().plus(at as u32)
    }

    fn runs_of(&self, resident: usize) -> Vec<Run> {
        let person = &self.scenario.residents[resident];
        let year = |at: usize| self.scenario.calendar.year_of(self.month(at));
        // Who is away takes no seat, and what is locked stays.
        let stays = |at: usize| {
            person.locks.iter().any(|lock| lock.stay.span.contains(self.month(at)))
                || person.leaves.iter().any(|leave| leave.span.contains(self.month(at)))
        };
        let mut runs: Vec<Run> = Vec::new();
        for (at, cell) in self.cells[resident].iter().enumerate() {
            let Some(cell) = cell.as_ref().filter(|cell| cell.section.is_some() && !stays(at)) else {
                continue;
            };
            let last = runs.last_mut().filter(|run| {
                run.facility == cell.facility && run.months.end == at && year(run.months.start) == year(at)
            });
            match last {
                Some(run) => run.months.end += 1,
                None => runs.push(Run { resident, facility: cell.facility, months: at..at + 1 }),
            }
        }
        runs
    }

    fn section(&self, resident: usize, at: usize) -> Option<SectionIx> {
        self.cells[resident].get(at)?.as_ref()?.section
    }

    fn sections(&self, run: &Run) -> Vec<SectionIx> {
        run.months.clone().filter_map(|at| self.section(run.resident, at)).collect()
    }

    /// How often somebody changes section within a hospital in the months of a run, into or out of them.
    fn changes(&self, run: &Run) -> usize {
        let cells = &self.cells[run.resident];
        let changes = |at: &usize| match (&cells[*at], cells.get(at + 1)) {
            (Some(one), Some(Some(next))) => one.facility == next.facility && one.section != next.section,
            _ => false,
        };
        (run.months.start.saturating_sub(1)..run.months.end).filter(changes).count()
    }

    fn put(&mut self, resident: usize, at: usize, section: SectionIx) {
        let Some(cell) = &mut self.cells[resident][at] else { return };
        if let Some(old) = cell.section.replace(section) {
            self.present[old.0][at] -= 1;
        }
        self.present[section.0][at] += 1;
    }

    /// Whether somebody may go from one section to another in a month, as far as seats and needs of the two go.
    fn has_room(&self, at: usize, from: SectionIx, to: SectionIx) -> bool {
        let (of_from, of_to) = (self.scenario.section(from), self.scenario.section(to));
        of_to.seats.at(self.month(at)).is_none_or(|seats| self.present[to.0][at] < i64::from(seats))
            && self.present[from.0][at] > i64::from(*of_from.min_residents.at(self.month(at)))
    }

    /// The months of a run in the first order found in which sections are changed less often.
    fn gather(&mut self, run: usize) -> bool {
        let run = self.runs[run].clone();
        let now = self.sections(&run);
        for then in arrangements(&now) {
            self.lay(&run, &then);
            let fewer = self.changes(&run);
            self.lay(&run, &now);
            if fewer < self.changes(&run) && self.take(&run, &now, &then) {
                return true;
            }
        }
        false
    }

    /// Lays a run's months in another order, where there is room or one other resident changes with this one, if
    /// the two together then change section less often.
    fn take(&mut self, run: &Run, now: &[SectionIx], then: &[SectionIx]) -> bool {
        let moves: Vec<(usize, SectionIx, SectionIx)> = run
            .months
            .clone()
            .zip(now.iter().zip(then))
            .filter(|(_, (from, to))| from != to)
            .map(|(at, (&from, &to))| (at, from, to))
            .collect();
        if moves.iter().all(|&(at, from, to)| self.has_room(at, from, to)) {
            self.lay(run, then);
            return true;
        }
        for other in 0..self.runs.len() {
            let other = self.runs[other].clone();
            let meets = other.facility == run.facility
                && other.resident != run.resident
                && other.months.start < run.months.end
                && run.months.start < other.months.end;
            if !meets {
                continue;
            }
            let gives =
                |at: usize, to| other.months.contains(&at) && self.section(other.resident, at) == Some(to);
            if !moves.iter().all(|&(at, from, to)| gives(at, to) || self.has_room(at, from, to)) {
                continue;
            }
            let theirs = self.sections(&other);
            let mut changed = theirs.clone();
            for &(at, from, to) in moves.iter().filter(|&&(at, _, to)| gives(at, to)) {
                debug_assert_eq!(changed[at - other.months.start], to);
                changed[at - other.months.start] = from;
            }
            let before = self.changes(run) + self.changes(&other);
            self.lay(run, then);
            self.lay(&other, &changed);
            if sorted(&theirs) == sorted(&changed) && self.changes(run) + self.changes(&other) < before {
                return true;
            }
            self.lay(run, now);
            self.lay(&other, &theirs);
        }
        false
    }

    fn lay(&mut self, run: &Run, sections: &[SectionIx]) {
        for (at, &section) in run.months.clone().zip(sections) {
            self.put(run.resident, at, section);
        }
    }

    /// A row per stay and academic year, as a plan has them.
    fn plan(&self) -> Plan {
        let year = |month: Month| self.scenario.calendar.year_of(month);
        let mut rows: Vec<Placement> = Vec::new();
        let cells = self.cells.iter().flat_map(|cells| cells.iter().enumerate());
        for (at, cell) in cells.filter_map(|(at, cell)| Some((self.month(at), cell.as_ref()?))) {
            let last = rows.last_mut().filter(|last| {
                (last.resident, last.course, last.facility, last.section)
                    == (cell.resident, cell.course, cell.facility, cell.section)
                    && last.span.end() == at
                    && year(last.span.start) == year(at)
            });
            match last {
                Some(row) => row.span = Span::new(row.span.start, row.span.months + 1),
                None => rows.push(Placement { span: Span::new(at, 1), ..cell.clone() }),
            }
        }
        Plan::from(rows)
    }
}

/// The same sections in other orders: each in one block, or two months changed.
fn arrangements(now: &[SectionIx]) -> Vec<Vec<SectionIx>> {
    let mut counts: BTreeMap<SectionIx, usize> = BTreeMap::new();
    now.iter().for_each(|&section| *counts.entry(section).or_default() += 1);
    let sections: Vec<SectionIx> = counts.keys().copied().collect();
    let blocks = |order: &Vec<SectionIx>| {
        order.iter().flat_map(|section| std::iter::repeat_n(*section, counts[section])).collect::<Vec<_>>()
    };
    let orders = if sections.len() <= ORDERED_MAX { orders(&sections) } else { Vec::new() };
    let mut all: Vec<Vec<SectionIx>> = orders.iter().map(blocks).collect();
    for one in 0..now.len() {
        for two in (one + 1..now.len()).filter(|&two| now[two] != now[one]) {
            let mut then = now.to_vec();
            then.swap(one, two);
            all.push(then);
        }
    }
    all
}

fn sorted(sections: &[SectionIx]) -> Vec<SectionIx> {
    let mut sections = sections.to_vec();
    sections.sort_unstable();
    sections
}

/// All orders of a few things.
fn orders<T: Copy>(of: &[T]) -> Vec<Vec<T>> {
    let Some((first, rest)) = of.split_first() else { return vec![Vec::new()] };
    let places = |order: Vec<T>| {
        (0..=order.len()).map(move |at| {
            let mut longer = order.clone();
            longer.insert(at, *first);
            longer
        })
    };
    orders(rest).into_iter().flat_map(places).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;
    use crate::scenario::{Sources, read};

    const PROGRAM: &str = "[program]\nid = \"p\"\nname = \"P\"\ntraining_months = 12\nyear_starts_in_month = 4\n\
        [horizon]\nfirst_year = 2025\n[intake]\n2025 = 3\n[rules]\ncore_months_min = 0\nfacilities_min = 1\n\
        [[courses]]\nid = \"A\"\nyears = [[\"core:12\"]]\n";
    const SECTIONS: &str = "facility,id,seats,min_residents\nk,ct,,1\nk,us,1,\nk,ivr,1,\n";

    fn scenario(locks: &str) -> Scenario {
        let files = [
            ("program.toml", PROGRAM),
            ("facilities.csv", "id,role,accreditation,supervisors\nk,core,comprehensive,9\n"),
            ("sections.csv", SECTIONS),
            ("locks.csv", locks),
        ];
        let files = files.map(|(name, text)| (name.to_string(), text.as_bytes().to_vec()));
        let (scenario, findings) = read(&Sources { files: files.into(), ..Sources::default() });
        scenario.unwrap_or_else(|| panic!("{findings:?}"))
    }

    const HEAD: &str = "resident,facility,start,months,kind,section\n";

    /// A plan from what each resident does month after month: c, u, i.
    fn written(scenario: &Scenario, months: [&str; 3]) -> Plan {
        let mut rows = String::from("resident,course,facility,start,months,section\n");
        for (person, months) in scenario.residents.iter().zip(months) {
            for (at, section) in months.chars().enumerate() {
                let section = match section {
                    'c' => "ct",
                    'u' => "us",
                    _ => "ivr",
                };
                let month = scenario.start().plus(at as u32);
                rows += &format!("{},A,k,{month},1,{section}\n", person.id);
            }
        }
        let (plan, findings) = plan::read("placements.csv", rows.as_bytes(), scenario);
        assert!(findings.list.is_empty(), "{findings:?}");
        plan.expect("a plan")
    }

    fn letters(scenario: &Scenario, plan: &Plan) -> Vec<String> {
        let of = |resident| {
            let rows = plan.rows.iter().filter(move |row| row.resident == resident);
            rows.flat_map(|row| {
                let id = row.section.map_or("", |section| &scenario.section(section).id);
                id[..1].repeat(row.span.months as usize).chars().collect::<Vec<_>>()
            })
        };
        scenario.resident_ixs().map(|resident| of(resident).collect()).collect()
    }

    #[test]
    fn two_who_stand_in_each_others_way_both_gain() {
        let scenario = scenario(HEAD);
        let plan = written(&scenario, ["uiuiuiuiuiui", "iuiuiuiuiuiu", "cccccccccccc"]);
        let then = letters(&scenario, &gathered(&scenario, &plan, &|| false).unwrap());
        assert_eq!(then, ["uuuuuuiiiiii", "iiiiiiuuuuuu", "cccccccccccc"]);
    }

    #[test]
    fn seats_needs_and_locks_stay_kept() {
        let scenario = scenario(&format!("{HEAD}Y2025-01,k,2025-07,1,must,us\n"));
        // Somebody is at CT in every month, and only one at a time at the others.
        let plan = written(&scenario, ["cucucicicccc", "ucucicicuiui", "iiiicuccicic"]);
        let then = gathered(&scenario, &plan, &|| false).unwrap();
        let (before, after) = (letters(&scenario, &plan), letters(&scenario, &then));
        let changes = |plan: &[String]| {
            let of = |months: &String| months.as_bytes().windows(2).filter(|two| two[0] != two[1]).count();
            plan.iter().map(of).sum::<usize>()
        };
        assert!(changes(&after) * 2 < changes(&before), "{after:?}");
        for month in 0..12 {
            let there = |letter| after.iter().filter(|of| of.as_bytes()[month] == letter).count();
            assert!(there(b'c') >= 1 && there(b'u') <= 1 && there(b'i') <= 1, "{after:?}");
        }
        let sorted = |months: &String| {
            let mut months: Vec<u8> = months.bytes().collect();
            months.sort_unstable();
            months
        };
        for (one, other) in before.iter().zip(&after) {
            assert_eq!(sorted(one), sorted(other));
        }
        assert_eq!(&after[0][3..4], &before[0][3..4], "the locked month");
    }
}
