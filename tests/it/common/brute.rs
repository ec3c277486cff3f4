//! The oracle: every career and every plan of a small scenario, by trying them all on the judge.
//!
//! It shares nothing with the solver's side and knows no rule itself; the judge decides. Two things
//! keep it fast, both about what the judge says and both tested in `judge.rs` against plain
//! enumeration:
//! - facilities change only where some part of some pattern could begin or end, since the judge
//!   refuses a career that follows no pattern, and a part is at one facility; or in the extension;
//! - a beginning of a career that breaks a rule is not continued: the judge takes the missing
//!   months as open and speaks only when no way of filling them could satisfy the rule.
//!
//! Which months are to be filled is asked of `Scenario::due`, which `solver.rs` holds against what the
//! judge asks for and accepts.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use kenshu::internal::audit::{Finding, audit, case_is_assessed};
use kenshu::internal::calendar::{Month, Span};
use kenshu::internal::diagnostic::Severity;
use kenshu::internal::plan::{GoalValue, Placement, Plan};
use kenshu::internal::regulation::{Rule, Subject};
use kenshu::internal::scenario::{CourseIx, FacilityIx, Model, ResidentIx, Scenario};

/// A course and the facility of each decided month with a seat. Whoever has no such month has at most one
/// career: no row tells its course.
pub type Career = (CourseIx, Vec<FacilityIx>);

/// More plans than this are not tried one by one; see [`combinations`].
pub const PLANS_MAX: u128 = 20_000;

/// All careers of a resident that the judge accepts for that resident alone.
///
/// Limits of facilities are left out: they concern everybody together.
pub fn careers(scenario: &Scenario, resident: ResidentIx) -> BTreeSet<Career> {
    let alone = alone(scenario, resident);
    let pieces = pieces(scenario, resident);
    let mut found = BTreeSet::new();
    for course in courses(scenario, resident) {
        extend(&alone, course, &pieces, &mut Plan::default(), &mut found);
    }
    found
}

/// The courses that careers may be on.
fn courses(scenario: &Scenario, resident: ResidentIx) -> Vec<CourseIx> {
    match scenario.due(resident).next() {
        Some(_) => scenario.course_ixs().collect(),
        None => vec![UNSEEN],
    }
}

/// Stands for the course of whoever has no month that is to be filled.
pub const UNSEEN: CourseIx = CourseIx(0);

/// The same by trying every facility in every month and judging only whole careers.
pub fn careers_plainly(scenario: &Scenario, resident: ResidentIx) -> BTreeSet<Career> {
    let alone = alone(scenario, resident);
    let months: Vec<Span> = scenario.due(resident).map(|month| Span::new(month, 1)).collect();
    let facilities = scenario.facilities.len();
    let count = facilities.pow(months.len() as u32);
    assert!(count <= 20_000, "too many careers to try: {count}");
    let mut found = BTreeSet::new();
    for course in courses(scenario, resident) {
        for number in 0..count {
            let digit = |position: usize| number / facilities.pow(position as u32) % facilities;
            let rows = months.iter().enumerate().map(|(position, span)| Placement {
                resident: ResidentIx(0),
                course: Some(course),
                facility: FacilityIx(digit(position)),
                section: None,
                span: *span,
                line: None,
            });
            let plan = Plan::from(rows.collect::<Vec<_>>());
            if !breaks(&alone, &plan, false) {
                found.insert((course, plan.rows.iter().map(|row| row.facility).collect()));
            }
        }
    }
    found
}

/// How many plans there are before anybody looks at the facilities' limits.
pub fn combinations(scenario: &Scenario) -> u128 {
    let counts = scenario.resident_ixs().map(|resident| careers(scenario, resident).len() as u128);
    counts.fold(1, u128::saturating_mul)
}

/// The least goal values of all plans the judge accepts, and how many plans have them; `None` if it
/// accepts none.
///
/// # Panics
/// With more than [`PLANS_MAX`] combinations; ask [`combinations`] before.
pub fn best(scenario: &Scenario, base: Option<&Plan>) -> Option<(Vec<GoalValue>, usize)> {
    let all: Vec<Vec<Career>> =
        scenario.resident_ixs().map(|resident| careers(scenario, resident).into_iter().collect()).collect();
    let count = all.iter().fold(1u128, |product, careers| product.saturating_mul(careers.len() as u128));
    assert!(count <= PLANS_MAX, "too many plans to try: {count}");
    // The limits for the first residents alone: adding residents never makes room.
    let firsts: Vec<Scenario> = (1..=all.len())
        .map(|n| {
            let residents = scenario.residents[..n].to_vec();
            Scenario::unchecked(Model { residents, ..Model::clone(&bare(scenario)) })
        })
        .collect();
    let mut search = Search { scenario, base, all: &all, firsts: &firsts, best: None };
    search.place(0, &mut Plan::default());
    search.best
}

struct Search<'a> {
    scenario: &'a Scenario,
    base: Option<&'a Plan>,
    all: &'a [Vec<Career>],
    firsts: &'a [Scenario],
    best: Option<(Vec<GoalValue>, usize)>,
}

impl Search<'_> {
    fn place(&mut self, position: usize, plan: &mut Plan) {
        let Some(careers) = self.all.get(position) else {
            self.judge(plan);
            return;
        };
        let resident = ResidentIx(position);
        for career in careers {
            let before = plan.rows.len();
            plan.rows.extend(rows(self.scenario, resident, career));
            let crowded = |finding: &Finding| is_limit(finding.rule);
            let first = &self.firsts[position];
            if !audit(first, plan, None).violations(Subject::Placement).any(crowded) {
                self.place(position + 1, plan);
            }
            plan.rows.truncate(before);
        }
    }

    fn judge(&mut self, plan: &Plan) {
        let audit = audit(self.scenario, plan, self.base);
        if audit.has_violations(Subject::Placement) {
            return;
        }
        let values: Vec<GoalValue> = audit.goals.into_iter().map(|(_, value)| value).collect();
        match &mut self.best {
            Some((best, count)) => match compare(&values, best) {
                Ordering::Less => self.best = Some((values, 1)),
                Ordering::Equal => *count += 1,
                Ordering::Greater => {}
            },
            None => self.best = Some((values, 1)),
        }
    }
}

/// The rows of a career: one per contiguous stay, cut at academic years as `placements.csv` is.
pub fn rows(scenario: &Scenario, resident: ResidentIx, career: &Career) -> Vec<Placement> {
    let (course, facilities) = career;
    let mut rows: Vec<Placement> = Vec::new();
    for (month, facility) in scenario.due(resident).zip(facilities) {
        let goes_on = |row: &Placement| {
            let year = scenario.calendar.year_of(row.span.start);
            (row.facility, row.span.end(), year) == (*facility, month, scenario.calendar.year_of(month))
        };
        match rows.last_mut() {
            Some(row) if goes_on(row) => row.span.months += 1,
            _ => rows.push(Placement {
                resident,
                course: Some(*course),
                facility: *facility,
                section: None,
                span: Span::new(month, 1),
                line: None,
            }),
        }
    }
    rows
}

/// Lexicographic order of goal values; worst-first vectors by their residents, worst first.
pub fn compare(a: &[GoalValue], b: &[GoalValue]) -> Ordering {
    let pairs = a.iter().zip(b).map(|(a, b)| compare_value(a, b));
    pairs.fold(Ordering::Equal, Ordering::then).then(a.len().cmp(&b.len()))
}

/// Order of two values of the same goal.
pub fn compare_value(a: &GoalValue, b: &GoalValue) -> Ordering {
    sequence(a).cmp(&sequence(b))
}

fn sequence(value: &GoalValue) -> Vec<i64> {
    match value {
        GoalValue::Number(number) => vec![*number],
        GoalValue::Vector(pairs) => {
            pairs.iter().flat_map(|(value, count)| std::iter::repeat_n(*value, *count as usize)).collect()
        }
    }
}

/// The scenario without what costs the judge time and concerns no placement.
pub fn bare(scenario: &Scenario) -> Scenario {
    let mut bare = Scenario::unchecked(Model {
        goals: Vec::new(),
        printed_totals: BTreeMap::new(),
        ..Model::clone(scenario)
    });
    bare.unchecked_mut().rules.intake_cap = None;
    // Whether an item is assessed is decided by the years of everybody's training. A part of the
    // residents has fewer years, so it could be assessed for them; nothing may then be asked.
    for case in scenario.case_ixs().filter(|case| !case_is_assessed(scenario, *case)) {
        bare.unchecked_mut().cases[case.0].target = 0;
    }
    bare
}

fn alone(scenario: &Scenario, resident: ResidentIx) -> Scenario {
    bare(scenario).alone(scenario.resident(resident).clone())
}

fn is_limit(rule: Rule) -> bool {
    matches!(rule, Rule::SupervisorRatio | Rule::Seats)
}

/// Whether the judge refuses the plan of one resident; `unfinished`: missing months are no reason.
fn breaks(alone: &Scenario, plan: &Plan, unfinished: bool) -> bool {
    let audit = audit(alone, plan, None);
    audit.findings.iter().any(|finding| {
        finding.severity == Severity::Error
            && finding.rule.subject() == Subject::Placement
            && !is_limit(finding.rule)
            && !(unfinished && matches!(finding.rule, Rule::WholeCareer | Rule::TrainingComplete))
    })
}

/// The months to fill, cut wherever some part of some pattern could begin or end.
///
/// A leave without a seat may stop the pattern or, if the rules let counted leave go without, may not: every
/// number of such months before is taken for possible. Once the months of a complete training have gone by
/// it may be the extension, which a lock can send elsewhere in any month.
fn pieces(scenario: &Scenario, resident: ResidentIx) -> Vec<Span> {
    let person = scenario.resident(resident);
    let entry = scenario.calendar.start_of(person.entry_year);
    let due: Vec<Month> = scenario.due(resident).collect();
    let past: BTreeSet<Month> = person.history.iter().flat_map(|stay| stay.span.iter()).collect();
    let ends = part_ends(scenario);
    let mut pieces: Vec<Span> = Vec::new();
    for (position, &month) in due.iter().enumerate() {
        let since_entry = month.since(entry) as u32;
        let seatless = since_entry - past.len() as u32 - position as u32;
        let least = if scenario.rules.leave.counted_leave_keeps_seat { seatless } else { 0 };
        let may_cut = since_entry >= scenario.training_months
            || (least..=seatless).any(|stopped| ends.contains(&(since_entry - stopped)));
        match pieces.last_mut() {
            Some(last) if last.end() == month && !may_cut => last.months += 1,
            _ => pieces.push(Span::new(month, 1)),
        }
    }
    pieces
}

/// Months of a pattern after which some part of some pattern could begin.
fn part_ends(scenario: &Scenario) -> BTreeSet<u32> {
    let mut ends = BTreeSet::new();
    for pattern in scenario.courses.iter().flat_map(|course| &course.patterns) {
        let mut year_start = 0;
        for parts in &pattern.entries {
            // Parts come in any order, so the sums of all their subsets are possible cuts.
            let mut sums = BTreeSet::from([0]);
            for part in parts {
                sums.extend(sums.clone().iter().map(|sum| sum + part.months));
            }
            ends.extend(sums.iter().map(|sum| year_start + sum));
            year_start += parts.iter().map(|part| part.months).sum::<u32>();
        }
    }
    ends
}

fn extend(
    alone: &Scenario,
    course: CourseIx,
    pieces: &[Span],
    plan: &mut Plan,
    found: &mut BTreeSet<Career>,
) {
    let Some((piece, rest)) = pieces.split_first() else {
        if !breaks(alone, plan, false) {
            let months = |row: &Placement| std::iter::repeat_n(row.facility, row.span.months as usize);
            found.insert((course, plan.rows.iter().flat_map(months).collect()));
        }
        return;
    };
    for facility in alone.facility_ixs() {
        let resident = ResidentIx(0);
        plan.rows.push(Placement {
            resident,
            course: Some(course),
            facility,
            section: None,
            span: *piece,
            line: None,
        });
        if !breaks(alone, plan, true) {
            extend(alone, course, rest, plan, found);
        }
        plan.rows.pop();
    }
}
