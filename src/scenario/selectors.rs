//! `where` and `who`: selectors as people write them, and what their names mean.
//!
//! A selector is *noted* when it is read, which gives it a position (equal ones share one), and *resolved* once
//! the facilities, sections and tags it can name are known: `program.toml` is read before any of them. `;`
//! joins, `&` binds closer, `!` closest; all of them full-width too.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::Month;
use crate::diagnostic::{Findings, Place as At, Severity};
use crate::language::Message;

use super::code;
use super::conditions::{Who, WhoName};
use super::facilities::Facilities;
use super::model::{Accreditation, CourseIx, FacilityIx, Role, SelectorIx};
use super::place::{Place, PlaceName, Selector, Term};
use super::sections::Sections;
use crate::tables::catalogue::{ACCREDITATIONS, ROLES, Word, word_of};
use crate::tables::table::Cell;
use crate::tables::value::{self, Names, hint, normal};
use crate::tables::{limits, prefectures};

/// The name of every facility but associated ones.
const ANY: &str = "any";
/// In front of a section's id: at whatever facility.
const EVERY: &str = "*/";

/// Names joined by `;` and `&`, with `!` or without.
type Expression = Vec<Vec<(bool, String)>>;

/// Every selector of places that was read, by position.
pub(crate) struct Selectors {
    list: Vec<Selector>,
    /// By text.
    positions: BTreeMap<String, usize>,
    /// Those whose names nobody has looked up yet, and where they stand.
    noted: Vec<(usize, Expression, At)>,
}

impl Default for Selectors {
    fn default() -> Self {
        let list: Vec<Selector> = Role::ALL.map(Selector::of_role).into();
        let positions = list.iter().enumerate().map(|(at, selector)| (selector.text.clone(), at)).collect();
        Self { list, positions, noted: Vec::new() }
    }
}

/// What names in selectors can mean.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    pub facilities: &'a Facilities,
    pub sections: &'a Sections,
    /// The first decided month, for what changes from month to month.
    pub start: Option<Month>,
}

impl Selectors {
    pub fn into_list(self) -> Vec<Selector> {
        self.list
    }

    pub fn get(&self, ix: SelectorIx) -> Option<&Selector> {
        self.list.get(ix.0)
    }

    /// Remembers a selector whose names are looked up later.
    ///
    /// # Errors
    /// That the text is none.
    pub fn note(&mut self, text: &str, at: At) -> Result<SelectorIx, Message> {
        let expression = parsed(text, role_word)?;
        let text = written(&expression);
        if let Some(&position) = self.positions.get(&text) {
            return Ok(SelectorIx(position));
        }
        let position = self.list.len();
        self.positions.insert(text.clone(), position);
        self.list.push(Selector { text, any: Vec::new() });
        self.noted.push((position, expression, at));
        Ok(SelectorIx(position))
    }

    /// Looks up the names of everything noted; what is wrong with them is told where they stand.
    pub fn resolve(&mut self, known: Known<'_>, findings: &mut Findings) {
        for (position, expression, at) in std::mem::take(&mut self.noted) {
            let errors = findings.errors();
            let any = terms(expression, |name| known.place(name), &at, findings);
            let Some(selector) = self.list.get_mut(position) else { continue };
            selector.any = any;
            // Nothing follows from a selector of which a name is missing.
            if findings.errors() == errors && !findings.has_errors() && known.is_empty(selector) {
                let message = Message::new(code::SELECTOR_EMPTY).text("text", &selector.text);
                findings.push(Severity::Warning, at, message);
            }
        }
    }

    /// Reads a selector and looks its names up.
    pub fn read(
        &mut self,
        text: &str,
        at: At,
        known: Known<'_>,
        findings: &mut Findings,
    ) -> Option<SelectorIx> {
        let read = self.note(text, at.clone()).map_err(|message| findings.error(at, message)).ok();
        self.resolve(known, findings);
        read
    }

    /// The selector in a cell, which has to have one.
    pub fn cell(&mut self, cell: Cell<'_>, known: Known<'_>, findings: &mut Findings) -> Option<SelectorIx> {
        if cell.is_empty() {
            findings.error(cell.place(), Message::new(code::VALUE_EMPTY));
            return None;
        }
        self.read(cell.text(), cell.place(), known, findings)
    }
}

/// Cuts a selector into its names.
fn parsed(text: &str, plain: impl Fn(String) -> String) -> Result<Expression, Message> {
    let malformed = || Message::new(code::SELECTOR_MALFORMED).text("text", text);
    // A line break or a Japanese comma separates as in any list.
    let text = normal(&text.replace(['\n', '、'], ";"));
    let mut any = Vec::new();
    for all in text.split(';').map(str::trim).filter(|all| !all.is_empty()) {
        let term = |term: &str| {
            let term = term.trim();
            let (not, name) = term.strip_prefix('!').map_or((false, term), |name| (true, name.trim()));
            let is_name = !name.is_empty() && !name.starts_with('!');
            is_name.then(|| (not, plain(name.to_string())))
        };
        any.push(all.split('&').map(term).collect::<Option<Vec<_>>>().ok_or_else(malformed)?);
    }
    if any.is_empty() { Err(malformed()) } else { Ok(any) }
}

/// A role is one selector in whatever language it is written.
fn role_word(name: String) -> String {
    word_in(&name, ROLES).map_or(name, str::to_string)
}

/// As it is written in files.
fn written(expression: &Expression) -> String {
    let term = |(not, name): &(bool, String)| format!("{}{name}", if *not { "!" } else { "" });
    let all = |all: &Vec<(bool, String)>| all.iter().map(term).collect::<Vec<_>>().join("&");
    expression.iter().map(all).collect::<Vec<_>>().join(";")
}

/// A comma separates names as in any list, unless something is called so.
fn by_commas<T, E>(expression: Expression, look_up: impl Fn(&str) -> Result<T, E>) -> Expression {
    let is_known = |name: &str| look_up(name).is_ok();
    let parts = |all: Vec<(bool, String)>| {
        let listed: Vec<String> = match &all[..] {
            [(false, name)] if !is_known(name) => {
                name.split(',').map(|part| part.trim().to_string()).filter(|part| !part.is_empty()).collect()
            }
            _ => Vec::new(),
        };
        match listed.len() > 1 && listed.iter().all(|part| is_known(part)) {
            true => listed.into_iter().map(|part| vec![(false, part)]).collect(),
            false => vec![all],
        }
    };
    expression.into_iter().flat_map(parts).collect()
}

/// The names of an expression looked up; without a conjunction of which one is unknown.
fn terms<T>(
    expression: Expression,
    look_up: impl Fn(&str) -> Result<T, Option<Message>>,
    at: &At,
    findings: &mut Findings,
) -> Vec<Vec<Term<T>>> {
    let mut any = Vec::new();
    for all in by_commas(expression, &look_up) {
        let mut terms = Vec::new();
        let mut complete = true;
        for (not, name) in all {
            match look_up(&name) {
                Ok(name) => terms.push(Term { not, name }),
                Err(message) => {
                    complete = false;
                    message.into_iter().for_each(|message| findings.error(at.clone(), message));
                }
            }
        }
        if complete {
            any.push(terms);
        }
    }
    any
}

/// The word of a list that a text means.
fn word_in(text: &str, list: &[Word]) -> Option<&'static str> {
    let is_listed = |id: &&str| list.iter().any(|word| word.id == *id);
    let typed = list.iter().find(|word| word.id == text.to_lowercase()).map(|word| word.id);
    typed.or_else(|| word_of(text).find(is_listed))
}

/// A meaning of a name, and the key of what kind of thing that is.
type Meaning<T> = (&'static str, T);

/// The one meaning a name has.
fn one<T>(name: &str, mut meanings: Vec<Meaning<T>>) -> Result<Option<T>, Message> {
    match meanings.len() {
        0 | 1 => Ok(meanings.pop().map(|(_, meaning)| meaning)),
        _ => Err(Message::new(code::SELECTOR_AMBIGUOUS)
            .text("text", name)
            .message("one", Message::new(meanings[0].0))
            .message("other", Message::new(meanings[1].0))),
    }
}

impl Known<'_> {
    /// What a name means among places.
    fn place(&self, name: &str) -> Result<PlaceName, Option<Message>> {
        let facilities = self.facilities;
        let mut meanings: Vec<Meaning<PlaceName>> = Vec::new();
        if name == ANY {
            meanings.push(("selector-any", PlaceName::Any));
        }
        let role = |id: &str| Role::ALL.into_iter().find(|role| role.id() == id);
        if let Some(role) = word_in(name, ROLES).and_then(role) {
            meanings.push(("selector-role", PlaceName::Role(role)));
        }
        let accreditation = |id: &str| Accreditation::ALL.into_iter().find(|known| known.id() == id);
        if let Some(accreditation) = word_in(name, ACCREDITATIONS).and_then(accreditation) {
            meanings.push(("selector-accreditation", PlaceName::Accreditation(accreditation)));
        }
        if let Ok(prefecture) = prefectures::prefecture(name) {
            meanings.push(("selector-prefecture", PlaceName::Prefecture(prefecture)));
        }
        if self.tags().any(|tag| tag == name) {
            meanings.push(("selector-tag", PlaceName::Tag(name.to_string())));
        }
        match facilities.names.find(name, code::UNKNOWN_PLACE) {
            Ok(position) => meanings.push(("selector-facility", PlaceName::Facility(FacilityIx(position)))),
            // Several facilities have the name, which says which.
            Err(Some(message)) if message.key == code::NAME_AMBIGUOUS => return Err(Some(message)),
            Err(_) => {}
        }
        if meanings.is_empty()
            && let Some((facility, section)) = name.rsplit_once('/')
        {
            meanings.extend(self.section(facility.trim(), section.trim()));
        }
        if let Some(meaning) = one(name, meanings).map_err(Some)? {
            return Ok(meaning);
        }
        if facilities.list.is_empty() || self.sections.incomplete {
            return Err(None);
        }
        let names = self.names();
        let hint = hint(name, names.iter().map(String::as_str));
        Err(Some(Message::new(code::UNKNOWN_PLACE).text("text", name).message("hint", hint)))
    }

    fn section(&self, facility: &str, section: &str) -> Option<Meaning<PlaceName>> {
        if facility == "*" {
            let id = self.sections.list.iter().map(|known| &known.id).find(|id| *id == section)?;
            return Some(("selector-section", PlaceName::EverySection(id.clone())));
        }
        let facility = self.facilities.names.find(facility, code::UNKNOWN_FACILITY).ok()?;
        let section = self.sections.find(FacilityIx(facility), section).ok()?;
        Some(("selector-section", PlaceName::Section(section)))
    }

    fn tags(&self) -> impl Iterator<Item = &str> {
        self.facilities.list.iter().flat_map(|facility| &facility.tags).map(String::as_str)
    }

    /// All names there are, for the nearest.
    fn names(&self) -> Vec<String> {
        let facilities = &self.facilities.list;
        let mut names: Vec<String> = facilities.iter().map(|facility| facility.id.clone()).collect();
        let id = |facility: FacilityIx| facilities.get(facility.0).map_or("", |facility| &facility.id);
        let sections = &self.sections.list;
        names.extend(sections.iter().map(|section| format!("{}/{}", id(section.facility), section.id)));
        names.extend(sections.iter().map(|section| format!("{EVERY}{}", section.id)));
        names.extend(self.tags().map(str::to_string));
        names.extend(facilities.iter().map(|facility| facility.name.clone()));
        let words = [ANY].into_iter().chain(ROLES.iter().chain(ACCREDITATIONS).map(|word| word.id));
        names.extend(words.map(str::to_string));
        let mut seen = BTreeSet::new();
        names.retain(|name| !name.is_empty() && seen.insert(name.clone()));
        names
    }

    /// Whether a selector means no place at any time. A plain role is no selector somebody got wrong.
    fn is_empty(&self, selector: &Selector) -> bool {
        let months = self.months();
        !months.is_empty()
            && !self.places().into_iter().any(|place| self.ever_means(selector, place, &months))
    }

    /// Months that differ in what a selector means, from the first decided one on; none where nobody knows
    /// which that is.
    pub fn months(&self) -> Vec<Month> {
        let Some(start) = self.start else { return Vec::new() };
        let dates = self.facilities.list.iter().flat_map(|facility| &facility.accreditation.changes);
        let months: BTreeSet<Month> = dates.map(|(month, _)| (*month).max(start)).chain([start]).collect();
        months.into_iter().collect()
    }

    /// Whether a selector means a place in one of the months.
    pub fn ever_means(&self, selector: &Selector, place: Place, months: &[Month]) -> bool {
        let (facilities, sections) = (&self.facilities.list, &self.sections.list);
        months.iter().any(|month| selector.means(facilities, sections, place, *month))
    }

    /// Every place somebody can be planned at.
    pub fn places(&self) -> Vec<Place> {
        let placed = self.facilities.list.iter().enumerate();
        let placed = placed.filter(|(_, facility)| facility.role != Role::Associated);
        let places = placed.flat_map(|(at, _)| {
            let facility = FacilityIx(at);
            let of: Vec<Place> = self
                .sections
                .of(facility)
                .map(|section| Place { facility, section: Some(section) })
                .collect();
            if of.is_empty() { vec![Place { facility, section: None }] } else { of }
        });
        places.collect()
    }
}

/// What names in `who` can mean.
#[derive(Clone, Copy)]
pub(crate) struct People<'a> {
    pub courses: &'a Names,
    pub tags: &'a BTreeSet<String>,
    /// Not all residents could be read: a tag that nobody has need not be wrong.
    pub incomplete: bool,
}

impl People<'_> {
    /// Reads `who`; `years`: whether training years can be named.
    pub fn cell(&self, cell: Cell<'_>, years: bool, findings: &mut Findings) -> Option<Who> {
        if cell.is_empty() {
            return Some(Who::default());
        }
        let at = cell.place();
        let expression = match parsed(cell.text(), |name| name) {
            Ok(expression) => expression,
            Err(message) => {
                findings.error(at, message);
                return None;
            }
        };
        let text = written(&expression);
        let errors = findings.errors();
        let any = terms(expression, |name| self.name(name, years), &at, findings);
        (findings.errors() == errors).then_some(Who { text, any })
    }

    fn name(&self, name: &str, years: bool) -> Result<WhoName, Option<Message>> {
        let mut meanings: Vec<Meaning<WhoName>> = Vec::new();
        match self.courses.find(name, code::UNKNOWN_WHO) {
            Ok(position) => meanings.push(("selector-course", WhoName::Course(CourseIx(position)))),
            Err(Some(message)) if message.key == code::NAME_AMBIGUOUS => return Err(Some(message)),
            Err(_) => {}
        }
        if self.tags.contains(name) {
            meanings.push(("selector-resident-tag", WhoName::Tag(name.to_string())));
        }
        if let Some(year) = training_year(name).filter(|_| years) {
            meanings.push(("selector-year", WhoName::Year(year)));
        }
        if let Some(meaning) = one(name, meanings).map_err(Some)? {
            return Ok(meaning);
        }
        if training_year(name).is_some() {
            return Err(Some(Message::new(code::WHO_YEAR).text("text", name)));
        }
        if self.incomplete {
            return Err(None);
        }
        let hint = hint(name, self.courses.ids().chain(self.tags.iter().map(String::as_str)));
        Err(Some(Message::new(code::UNKNOWN_WHO).text("text", name).message("hint", hint)))
    }
}

/// `year2`, or as a table in Japanese has it: `2年次`.
fn training_year(name: &str) -> Option<u32> {
    let plain = name.to_lowercase();
    let number = plain.strip_prefix("year").or_else(|| plain.strip_suffix("年次"))?;
    value::whole(number.trim(), limits::TRAINING_YEARS).ok()
}
