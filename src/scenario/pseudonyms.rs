//! A scenario without names: ids of people and places are keyed pseudonyms, and free text is left out. Reports to the
//! committee go without names, and only whoever holds the key can link them again (§8 \[41,44,46\], §9.1).
//!
//! A pseudonym is a keyed hash (HMAC-SHA-256) of what kind of thing it is and of its id, so the same key gives the
//! same pseudonyms next year, and nobody without it can try out ids. Rows of residents are put in the order of
//! their pseudonyms, since the order of a list of names tells names. Numbers, months and roles stay: what is planned
//! and judged is the same. So do ids of courses, case items and records that shipped programs have too, since they
//! are words of the trade and name nobody.

use std::collections::{BTreeMap, BTreeSet};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::conditions::{Who, WhoName};
use super::intake;
use super::model::{CaseItem, Course, Facility, Model, Resident, ResidentIx, Scenario};
use super::place::{PlaceName, Section, Selector, Term};
use super::{read, shipped, shipped_names};
use crate::regulation::{GRADUATE_SCHOOL_TAG, RecordKind};

/// Bytes of a hash that a pseudonym shows: two of a program's ids share them once in billions of programs.
const SHOWN: usize = 6;

/// The secret without which nothing can be linked.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl Key {
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The pseudonym of an id; the letter in front keeps a spreadsheet from taking it for a number.
    fn pseudonym(&self, kind: Kind, id: &str) -> String {
        // HMAC takes keys of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return String::new() };
        mac.update(kind.id().as_bytes());
        mac.update(&[0]);
        mac.update(id.as_bytes());
        let hash = mac.finalize().into_bytes();
        let shown: String = hash.iter().take(SHOWN).map(|byte| format!("{byte:02x}")).collect();
        format!("{}-{shown}", kind.letter())
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Key(…)")
    }
}

/// What a pseudonym stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Program,
    Resident,
    Facility,
    Section,
    /// A tag of residents, courses or facilities.
    Tag,
    /// A row of a rule: a requirement, a staffing level, a rule that no table can say.
    Rule,
    Course,
    /// An item of case experience or a volume, which share their column.
    Case,
    /// A kind of record.
    Record,
}

impl Kind {
    /// The word used in the key's file.
    pub fn id(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::Resident => "resident",
            Self::Facility => "facility",
            Self::Section => "section",
            Self::Tag => "tag",
            Self::Rule => "rule",
            Self::Course => "course",
            Self::Case => "case",
            Self::Record => "record",
        }
    }

    fn letter(self) -> char {
        match self {
            Self::Program => 'p',
            Self::Resident => 'r',
            Self::Facility => 'f',
            Self::Section => 's',
            Self::Tag => 't',
            Self::Rule => 'q',
            Self::Course => 'c',
            Self::Case => 'v',
            Self::Record => 'd',
        }
    }
}

/// What a pseudonym is linked to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    pub kind: Kind,
    pub pseudonym: String,
    pub id: String,
    /// Empty where it is the id.
    pub name: String,
}

/// A scenario without names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nameless {
    pub scenario: Scenario,
    /// Where each resident of the scenario before now stands.
    pub residents: Vec<ResidentIx>,
    /// Ascending, each once.
    pub links: Vec<Link>,
}

/// Two ids with one pseudonym: another key has to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Collision;

/// The scenario under a key.
///
/// # Errors
/// Two ids have the same pseudonym.
pub fn nameless(scenario: &Scenario, key: &Key) -> Result<Nameless, Collision> {
    let mut desk = Desk {
        key,
        model: scenario,
        trade: words_of_the_trade(),
        links: BTreeMap::new(),
        numbers: BTreeMap::new(),
        collision: false,
    };
    let (model, residents) = desk.model();
    if desk.collision {
        return Err(Collision);
    }
    let links = desk.links.into_values().collect();
    Ok(Nameless { scenario: Scenario(model), residents, links })
}

/// What shipped programs call courses, items, volumes and records.
fn words_of_the_trade() -> BTreeSet<(Kind, String)> {
    let mut words = BTreeSet::new();
    for sources in shipped_names().filter_map(shipped) {
        let (Some(Scenario(model)), _) = read(&sources) else { continue };
        words.extend(model.courses.into_iter().map(|course| (Kind::Course, course.id)));
        words.extend(model.volumes.into_iter().map(|volume| (Kind::Case, volume)));
        words.extend(model.completion.kinds.into_iter().map(|kind| (Kind::Record, kind.id)));
    }
    words
}

struct Desk<'a> {
    key: &'a Key,
    model: &'a Model,
    trade: BTreeSet<(Kind, String)>,
    links: BTreeMap<String, Link>,
    /// Ids of anonymous residents, and what they are now.
    numbers: BTreeMap<String, String>,
    collision: bool,
}

impl Desk<'_> {
    fn named(&mut self, kind: Kind, id: &str, name: &str) -> String {
        let pseudonym = self.key.pseudonym(kind, id);
        let name = if name == id { "" } else { name };
        let link = Link { kind, pseudonym: pseudonym.clone(), id: id.to_owned(), name: name.to_owned() };
        let known = self.links.entry(pseudonym.clone()).or_insert(link);
        self.collision |= (known.kind, known.id.as_str()) != (kind, id);
        if known.name.is_empty() {
            known.name = name.to_owned();
        }
        pseudonym
    }

    /// As it is where it is a word of the trade.
    fn worded(&mut self, kind: Kind, id: &str, name: &str) -> String {
        match self.trade.contains(&(kind, id.to_owned())) {
            true => id.to_owned(),
            false => self.named(kind, id, name),
        }
    }

    fn tags(&mut self, tags: &[String]) -> Vec<String> {
        // A word of the catalogue, which says what the course is.
        let of = |tag: &String| match tag == GRADUATE_SCHOOL_TAG {
            true => tag.clone(),
            false => self.named(Kind::Tag, tag, ""),
        };
        tags.iter().map(of).collect()
    }

    /// Every part of a scenario is named here, so that a new one cannot be handed out unseen.
    fn model(&mut self) -> (Model, Vec<ResidentIx>) {
        let model: &Model = self.model;
        let Model {
            id,
            name,
            training_months,
            calendar,
            first_year,
            intake,
            course_mix,
            rules,
            lifted,
            printed_totals,
            courses,
            goals,
            cases,
            volumes,
            facilities,
            sections,
            selectors,
            requirements,
            stay_rules,
            order_rules,
            staffing,
            points,
            not_stated,
            completion,
            residents,
            hash: _,
        } = model;
        let program = self.named(Kind::Program, id, name);
        let (residents, places) = self.residents(residents);
        let mut requirements = requirements.clone();
        for row in &mut requirements {
            row.id = self.named(Kind::Rule, &row.id, &row.name);
            row.name = row.id.clone();
            row.who = self.who(&row.who);
            row.clause.clear();
        }
        let mut stay_rules = stay_rules.clone();
        for row in &mut stay_rules {
            row.who = self.who(&row.who);
            row.clause.clear();
        }
        let mut order_rules = order_rules.clone();
        for row in &mut order_rules {
            row.who = self.who(&row.who);
            row.clause.clear();
        }
        let mut staffing = staffing.clone();
        for row in &mut staffing {
            row.id = self.named(Kind::Rule, &row.id, &row.name);
            row.name = row.id.clone();
            row.who = self.who(&row.who);
            row.clause.clear();
        }
        let mut points = points.clone();
        for row in &mut points {
            row.resident = row.resident.and_then(|resident| places.get(resident.0).copied());
        }
        let mut completion = completion.clone();
        for RecordKind { name, id, .. } in &mut completion.kinds {
            *id = self.worded(Kind::Record, id, name.as_deref().unwrap_or_default());
            *name = name.as_ref().map(|_| id.clone());
        }
        let printed_totals = printed_totals.iter().map(|(of, total)| match volumes.contains(of) {
            true => (self.worded(Kind::Case, of, ""), *total),
            // That of the supervisors.
            false => (of.clone(), *total),
        });
        let printed_totals = printed_totals.collect();
        let not_stated = not_stated.iter().map(|text| self.named(Kind::Rule, text, "")).collect();
        let model = Model {
            name: program.clone(),
            id: program,
            training_months: *training_months,
            calendar: *calendar,
            first_year: *first_year,
            intake: intake.clone(),
            course_mix: course_mix.clone(),
            rules: rules.clone(),
            lifted: lifted.clone(),
            printed_totals,
            courses: courses.iter().map(|course| self.course(course)).collect(),
            goals: goals.clone(),
            cases: cases.iter().map(|case| self.case(case)).collect(),
            volumes: volumes.iter().map(|volume| self.worded(Kind::Case, volume, "")).collect(),
            facilities: facilities.iter().map(|facility| self.facility(facility)).collect(),
            sections: sections.iter().map(|section| self.section(section)).collect(),
            selectors: selectors.iter().map(|selector| self.selector(selector)).collect(),
            requirements,
            stay_rules,
            order_rules,
            staffing,
            points,
            not_stated,
            completion,
            residents,
            // Whoever has the tables could recognise them by it.
            hash: String::new(),
        };
        (model, places)
    }

    /// The residents in the order of their pseudonyms within each year, and where each of them now stands.
    fn residents(&mut self, residents: &[Resident]) -> (Vec<Resident>, Vec<ResidentIx>) {
        let mut numbers: BTreeMap<i32, u32> = BTreeMap::new();
        let mut all: Vec<(usize, Resident)> = Vec::new();
        for (position, resident) in residents.iter().enumerate() {
            let id = match resident.anonymous {
                true => {
                    let number = numbers.entry(resident.entry_year).or_default();
                    *number += 1;
                    self.numbered(resident, *number)
                }
                false => self.named(Kind::Resident, &resident.id, &resident.name),
            };
            let tags = self.tags(&resident.tags);
            all.push((position, Resident { name: id.clone(), id, tags, ..resident.clone() }));
        }
        all.sort_by(|(one_at, one), (other_at, other)| {
            let by_name = if one.anonymous { one_at.cmp(other_at) } else { one.id.cmp(&other.id) };
            (one.entry_year, one.anonymous).cmp(&(other.entry_year, other.anonymous)).then(by_name)
        });
        let mut places = vec![ResidentIx(0); all.len()];
        for (new, (old, _)) in all.iter().enumerate() {
            places[*old] = ResidentIx(new);
        }
        (all.into_iter().map(|(_, resident)| resident).collect(), places)
    }

    /// An anonymous resident has no name to hide, but is counted anew where no row has such an id any more.
    fn numbered(&mut self, resident: &Resident, number: u32) -> String {
        let id = intake::anonymous_id(resident.entry_year, number);
        if id != resident.id {
            let link = Link {
                kind: Kind::Resident,
                pseudonym: id.clone(),
                id: resident.id.clone(),
                name: String::new(),
            };
            self.links.insert(id.clone(), link);
        }
        self.numbers.insert(resident.id.clone(), id.clone());
        id
    }

    fn course(&mut self, course: &Course) -> Course {
        let model = self.model;
        let mut who = Vec::new();
        for name in &course.who {
            let by_id = model.residents.iter().find(|resident| resident.id == *name);
            match by_id {
                Some(resident) if resident.anonymous => who.extend(self.numbers.get(name).cloned()),
                Some(resident) => who.push(self.named(Kind::Resident, name, &resident.name)),
                None => {}
            }
            if by_id.is_none() || model.residents.iter().any(|resident| resident.tags.contains(name)) {
                who.extend(self.tags(std::slice::from_ref(name)));
            }
        }
        let tags = self.tags(&course.tags);
        let id = self.worded(Kind::Course, &course.id, &course.name);
        Course { name: id.clone(), id, tags, who, ..course.clone() }
    }

    fn case(&mut self, case: &CaseItem) -> CaseItem {
        let id = self.worded(Kind::Case, &case.id, &case.name);
        CaseItem { name: id.clone(), id, ..case.clone() }
    }

    fn facility(&mut self, facility: &Facility) -> Facility {
        let id = self.named(Kind::Facility, &facility.id, &facility.name);
        let tags = self.tags(&facility.tags);
        let (name, name_en) = (id.clone(), id.clone());
        Facility { id, name, name_en, tags, source: String::new(), ..facility.clone() }
    }

    fn section(&mut self, section: &Section) -> Section {
        let id = self.named(Kind::Section, &section.id, &section.name);
        let (name, name_en) = (id.clone(), id.clone());
        Section { id, name, name_en, source: String::new(), ..section.clone() }
    }

    fn selector(&mut self, selector: &Selector) -> Selector {
        let model = self.model;
        let name = |desk: &mut Self, name: &PlaceName| match name {
            PlaceName::EverySection(id) => PlaceName::EverySection(desk.named(Kind::Section, id, "")),
            PlaceName::Tag(tag) => PlaceName::Tag(desk.named(Kind::Tag, tag, "")),
            other => other.clone(),
        };
        let any: Vec<Vec<Term<PlaceName>>> = selector
            .any
            .iter()
            .map(|all| {
                let term = |term: &Term<PlaceName>| Term { not: term.not, name: name(self, &term.name) };
                all.iter().map(term).collect()
            })
            .collect();
        let facility_id =
            |desk: &mut Self, facility: &Facility| desk.named(Kind::Facility, &facility.id, &facility.name);
        let mut text = |name: &PlaceName| match name {
            PlaceName::Any => "any".to_owned(),
            PlaceName::Facility(ix) => facility_id(self, model.facility(*ix)),
            PlaceName::Section(ix) => {
                let section = model.section(*ix);
                let facility = facility_id(self, model.facility(section.facility));
                format!("{facility}/{}", self.named(Kind::Section, &section.id, &section.name))
            }
            PlaceName::EverySection(id) => format!("*/{id}"),
            PlaceName::Tag(tag) => tag.clone(),
            PlaceName::Role(role) => role.id().to_owned(),
            PlaceName::Accreditation(accreditation) => accreditation.id().to_owned(),
            PlaceName::Prefecture(prefecture) => prefecture.clone(),
        };
        Selector { text: written(&any, &mut text), any }
    }

    fn who(&mut self, who: &Who) -> Who {
        let model = self.model;
        let any: Vec<Vec<Term<WhoName>>> = who
            .any
            .iter()
            .map(|all| {
                let term = |term: &Term<WhoName>| {
                    let name = match &term.name {
                        WhoName::Tag(tag) => WhoName::Tag(self.tags(std::slice::from_ref(tag)).concat()),
                        other => other.clone(),
                    };
                    Term { not: term.not, name }
                };
                all.iter().map(term).collect()
            })
            .collect();
        let mut text = |name: &WhoName| match name {
            WhoName::Course(course) => {
                let course = model.course(*course);
                self.worded(Kind::Course, &course.id, &course.name)
            }
            WhoName::Tag(tag) => tag.clone(),
            WhoName::Year(year) => format!("year{year}"),
        };
        Who { text: written(&any, &mut text), any }
    }
}

/// A selector as tables have it.
fn written<T>(any: &[Vec<Term<T>>], name: &mut impl FnMut(&T) -> String) -> String {
    let mut term = |term: &Term<T>| format!("{}{}", if term.not { "!" } else { "" }, name(&term.name));
    let all = any.iter().map(|all| all.iter().map(&mut term).collect::<Vec<_>>().join("&"));
    all.collect::<Vec<_>>().join(";")
}
