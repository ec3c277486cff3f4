//! Minima that no course can hold: one for itself, or several together.

use std::collections::BTreeSet;

use super::super::code;
use super::super::conditions::{Count, Force, Requirement, Who, WhoName, Window};
use super::super::model::{Course, CourseIx, Pattern, SelectorIx};
use super::super::place::{Place, Term};
use super::super::selectors::Selectors;
use super::{Context, RuleTables, Told};
use crate::calendar::Month;
use crate::diagnostic::{Findings, Severity};
use crate::language::Message;

/// The places somebody can be planned at, and what selectors mean of them.
struct Reach<'a> {
    context: Context<'a>,
    selectors: &'a Selectors,
    places: Vec<Place>,
    months: Vec<Month>,
}

/// Reports minima above what the patterns of a course, or a whole training, can hold.
pub(super) fn judge(
    tables: &RuleTables,
    context: Context<'_>,
    selectors: &Selectors,
    findings: &mut Findings,
) {
    // What could not be read might make room.
    if findings.has_errors() {
        return;
    }
    let (places, months) = (context.known.places(), context.known.months());
    let reach = Reach { context, selectors, places, months };
    let minima = tables.requirements.iter().filter(|told| {
        let row = &told.row;
        row.force == Force::Must && row.count == Count::Months && row.of_months.is_none()
    });
    let minima: Vec<(&Told<Requirement>, u32)> =
        minima.filter_map(|told| Some((told, told.row.min.filter(|min| *min > 0)?))).collect();
    for (told, min) in &minima {
        reach.warn_of_courses(told, *min, findings);
    }
    reach.refuse_together(&minima, findings);
}

impl Reach<'_> {
    /// The places a selector ever means.
    fn of(&self, selector: SelectorIx) -> BTreeSet<Place> {
        let Some(selector) = self.selectors.get(selector) else { return BTreeSet::new() };
        let known = self.context.known;
        let is_meant = |place: &Place| known.ever_means(selector, *place, &self.months);
        self.places.iter().copied().filter(is_meant).collect()
    }

    /// Each course that the row certainly is for and that has no room for the minimum.
    fn warn_of_courses(&self, told: &Told<Requirement>, min: u32, findings: &mut Findings) {
        let wanted = self.of(told.row.place);
        // That a selector means nothing has been told.
        if wanted.is_empty() {
            return;
        }
        let program = self.context.program;
        for (at, course) in program.courses.iter().enumerate() {
            if !is_for_all_of(&told.row.who, CourseIx(at)) {
                continue;
            }
            let Some(length) = course.training_months.or(program.training_months) else { continue };
            let most = |pattern: &Pattern| self.most(pattern, &wanted, told.row.when, length);
            let most = course.patterns.iter().map(most).max().unwrap_or(0);
            if most < min {
                let message = Message::new(code::REQUIREMENT_ABOVE_COURSE)
                    .text("requirement", &told.row.id)
                    .text("course", &course.id)
                    .number("min", min.into())
                    .number("most", most.into());
                findings.push(Severity::Warning, told.place.clone(), message);
            }
        }
    }

    /// The most months of a window that a pattern can have at some places.
    fn most(&self, pattern: &Pattern, wanted: &BTreeSet<Place>, when: Window, length: u32) -> u32 {
        let (mut start, mut most) = (0, 0);
        for parts in &pattern.entries {
            let months: u32 = parts.iter().map(|part| part.months).sum();
            let within = (start..start + months).filter(|&position| when.contains(position, length)).count();
            let can_be = |selector: SelectorIx| !self.of(selector).is_disjoint(wanted);
            let there = parts.iter().filter(|part| part.place.is_some_and(can_be));
            most += there.map(|part| part.months).sum::<u32>().min(within as u32);
            start += months;
        }
        most
    }

    /// Rows for the same people at places apart whose minima together are more than there is time for.
    fn refuse_together(&self, minima: &[(&Told<Requirement>, u32)], findings: &mut Findings) {
        let program = self.context.program;
        let lengths = program.courses.iter().filter_map(|course: &Course| course.training_months);
        let Some(longest) = lengths.chain(program.training_months).max() else { return };
        for (at, (first, min)) in minima.iter().enumerate() {
            let mut taken = self.of(first.row.place);
            let (mut sum, mut lines) = (*min, vec![first.line.to_string()]);
            for (other, min) in &minima[at + 1..] {
                let places = self.of(other.row.place);
                let is_same = other.row.who.any == first.row.who.any && other.row.when == first.row.when;
                if is_same && places.is_disjoint(&taken) {
                    taken.extend(places);
                    sum += min;
                    lines.push(other.line.to_string());
                }
            }
            let room = (0..longest).filter(|&position| first.row.when.contains(position, longest)).count();
            if lines.len() > 1 && sum as usize > room {
                let message = Message::new(code::REQUIREMENTS_TOGETHER)
                    .text("lines", lines.join(", "))
                    .number("sum", sum.into())
                    .number("months", room as i64);
                findings.error(first.place.clone(), message);
                return;
            }
        }
    }
}

/// Whether everybody on a course is meant, whatever their tags.
fn is_for_all_of(who: &Who, course: CourseIx) -> bool {
    let holds = |term: &Term<WhoName>| match term.name {
        WhoName::Course(named) => (named == course) != term.not,
        WhoName::Tag(_) | WhoName::Year(_) => false,
    };
    who.any.is_empty() || who.any.iter().any(|all| all.iter().all(holds))
}
