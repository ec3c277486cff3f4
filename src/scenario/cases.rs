//! `[[cases]]`: what every resident has to experience (経験症例; source §6.2 \[8,9,10,15\]).
//!
//! An item is named like the column of `facilities.csv` that holds its volumes. A part is an item of
//! its own, with a volume of its own; its cases count towards the item it belongs to as well.

use crate::diagnostic::{Findings, Place};
use crate::language::Message;

use super::model::{CaseItem, CaseIx};
use super::{bounds, code};
use crate::tables::document::Section;
use crate::tables::value::Names;

/// The items, whose volumes are known only with `facilities.csv`.
#[derive(Default)]
pub(crate) struct Cases {
    pub items: Vec<CaseItem>,
    pub names: Names,
    /// Every entry could be read.
    pub complete: bool,
    /// The columns the items name, and where they are named.
    pub columns: Vec<(String, Place)>,
}

/// Reads the items with their parts.
pub(crate) fn read(root: &Section<'_>, findings: &mut Findings) -> Cases {
    let mut cases = Cases::default();
    let errors_before = findings.errors();
    for section in root.get("cases").map(|entry| entry.sections(findings)).unwrap_or_default() {
        section
            .only(&["id", "name", "target", "supplement_max", "trainee_share", "parts", "by_year"], findings);
        cases.item(&section, findings);
    }
    cases.complete = findings.errors() == errors_before;
    if !cases.complete {
        cases.names.mark_partial();
    }
    cases
}

impl Cases {
    fn item(&mut self, section: &Section<'_>, findings: &mut Findings) {
        let number = |key: &str, findings: &mut Findings| {
            section.get(key).and_then(|entry| entry.whole(bounds::CASES, findings))
        };
        let id = section.need("id", findings);
        let name = section.get("name").and_then(|entry| entry.string(findings));
        let target = section.need("target", findings).and_then(|entry| entry.whole(bounds::CASES, findings));
        let supplement_max = number("supplement_max", findings).unwrap_or(0);
        let share = section.get("trainee_share");
        let share = share.map_or(Some(1.into()), |entry| entry.decimal(bounds::SHARE_MAX, findings));
        let parent = id.and_then(|entry| Some((entry.id(findings)?, entry.place())));
        if let (Some(target), Some(entry)) = (target, section.get("supplement_max"))
            && supplement_max > target
        {
            let message = Message::new(code::CASE_SUPPLEMENT).number("target", target.into());
            findings.error(entry.place(), message);
        }
        let item = CaseItem {
            id: parent.as_ref().map(|(id, _)| id.clone()).unwrap_or_default(),
            name: name.or_else(|| parent.as_ref().map(|(id, _)| id.clone())).unwrap_or_default(),
            volume: 0,
            target: target.unwrap_or_default(),
            supplement_max,
            trainee_share: share.unwrap_or_default(),
            part_of: None,
            by_year: by_year(section, target, findings),
        };
        let position = parent.and_then(|(_, place)| self.add(item.clone(), place, findings));
        self.parts(section, &item, position, target, findings);
    }

    /// The parts of an item; `target`: the item's, if it could be read.
    fn parts(
        &mut self,
        section: &Section<'_>,
        parent: &CaseItem,
        position: Option<usize>,
        target: Option<u32>,
        findings: &mut Findings,
    ) {
        let Some(entry) = section.get("parts") else { return };
        let mut sum = 0;
        for part in entry.sections(findings) {
            part.only(&["id", "name", "min"], findings);
            let id = part.need("id", findings);
            let name = part.get("name").and_then(|entry| entry.string(findings));
            let min = part.need("min", findings).and_then(|entry| entry.whole(bounds::CASES, findings));
            sum += u64::from(min.unwrap_or_default());
            let Some((id, place)) = id.and_then(|entry| Some((entry.id(findings)?, entry.place()))) else {
                continue;
            };
            let item = CaseItem {
                name: name.unwrap_or_else(|| id.clone()),
                id,
                target: min.unwrap_or_default(),
                supplement_max: 0,
                part_of: position.map(CaseIx),
                by_year: Vec::new(),
                ..parent.clone()
            };
            self.add(item, place, findings);
        }
        if let Some(target) = target.filter(|&target| sum > u64::from(target)) {
            let message = Message::new(code::CASE_PARTS).number("sum", sum as i64);
            findings.error(entry.place(), message.number("target", target.into()));
        }
    }

    /// The item's position, unless its id is taken.
    fn add(&mut self, item: CaseItem, place: Place, findings: &mut Findings) -> Option<usize> {
        if self.names.get(&item.id).is_some() {
            findings.error(place, Message::new(code::DUPLICATE_ID).text("text", &item.id));
            return None;
        }
        let position = self.items.len();
        self.names.insert(&item.id, position);
        self.names.call(&item.id, &item.name);
        self.columns.push((item.id.clone(), place));
        self.items.push(item);
        Some(position)
    }
}

/// Cases due by the end of each training year: never fewer than the year before, and no more than the target.
fn by_year(section: &Section<'_>, target: Option<u32>, findings: &mut Findings) -> Vec<u32> {
    let Some(entry) = section.get("by_year") else { return Vec::new() };
    let items = entry.items(findings).unwrap_or_default();
    let due: Vec<u32> = items.iter().filter_map(|item| item.whole(bounds::CASES, findings)).collect();
    let most = target.unwrap_or(*bounds::CASES.end());
    if !due.is_sorted() || due.last().is_some_and(|last| *last > most) {
        findings.error(entry.place(), Message::new(code::CASE_BY_YEAR).number("target", most.into()));
    } else if due.len() > *bounds::TRAINING_YEARS.end() as usize {
        let years = i64::from(*bounds::TRAINING_YEARS.end());
        findings.error(entry.place(), Message::new(code::CASE_BY_YEAR_LONG).number("years", years));
    }
    due
}
