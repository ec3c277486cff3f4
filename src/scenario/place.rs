//! Places, and selectors that say which of them are meant.
//!
//! A place is where a resident is in a month: a facility, or a section (department) of one. In decided months
//! at a facility that has sections a resident is always in one of them; the past may not say in which.

use super::model::{
    Accreditation, CaseIx, Dated, Facility, FacilityIx, Model, Part, Role, SectionIx, SelectorIx,
};
use crate::calendar::Month;

/// One row of `sections.csv` with its `facility_changes.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub facility: FacilityIx,
    /// Within the facility; the place is called `facility/id`.
    pub id: String,
    /// Japanese name; the id if the table gives none.
    pub name: String,
    /// English name; the Japanese name if the table gives none.
    pub name_en: String,
    /// Residents it holds in a month; `None`: no limit of its own, the facility's binds.
    pub seats: Dated<Option<u32>>,
    /// Residents it counts on in every month; 0 if none.
    pub min_residents: Dated<u32>,
    /// Stays there are multiples of so many months; at least 1.
    pub step_months: u32,
    /// Items that are met in the naming sections of the facility only.
    pub cases: Vec<CaseIx>,
    pub source: String,
}

/// Where somebody is in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub facility: FacilityIx,
    /// `None`: the facility has no sections, or nobody wrote down which.
    pub section: Option<SectionIx>,
}

/// What a name in a selector of places means.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceName {
    /// Every facility but associated ones.
    Any,
    Facility(FacilityIx),
    Section(SectionIx),
    /// `*/section`: the section of this id at whatever facility.
    EverySection(String),
    /// A tag of the facility, normalised.
    Tag(String),
    Role(Role),
    /// As it is in the month asked about.
    Accreditation(Accreditation),
    /// As `tables::prefectures` writes it.
    Prefecture(String),
}

/// A name, or its opposite.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term<T> {
    pub not: bool,
    pub name: T,
}

/// `where`: any of several conjunctions of names (`;` joins, `&` binds closer, `!` closest).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Selector {
    /// As it was written, for texts and for writing it again.
    pub text: String,
    pub any: Vec<Vec<Term<PlaceName>>>,
}

impl Selector {
    /// Every facility of a role.
    pub fn of_role(role: Role) -> Self {
        let term = Term { not: false, name: PlaceName::Role(role) };
        Self { text: role.id().to_owned(), any: vec![vec![term]] }
    }

    /// Whether it means the place in the month, among these facilities and sections.
    pub(super) fn means(
        &self,
        facilities: &[Facility],
        sections: &[Section],
        place: Place,
        month: Month,
    ) -> bool {
        let of = &facilities[place.facility.0];
        let means = |name: &PlaceName| match name {
            PlaceName::Any => of.role != Role::Associated,
            PlaceName::Facility(facility) => *facility == place.facility,
            PlaceName::Section(section) => place.section == Some(*section),
            PlaceName::EverySection(id) => place.section.is_some_and(|ix| sections[ix.0].id == *id),
            PlaceName::Tag(tag) => of.tags.contains(tag),
            PlaceName::Role(role) => of.role == *role,
            PlaceName::Accreditation(accreditation) => of.accreditation.at(month) == accreditation,
            PlaceName::Prefecture(prefecture) => of.prefecture == *prefecture,
        };
        let holds = |term: &Term<PlaceName>| means(&term.name) != term.not;
        self.any.iter().any(|all| all.iter().all(holds))
    }

    /// Whether it speaks of sections. A stay is then counted by section; else all the time at a facility
    /// without a gap is one stay.
    pub fn names_sections(&self) -> bool {
        let is_section =
            |term: &Term<PlaceName>| matches!(term.name, PlaceName::Section(_) | PlaceName::EverySection(_));
        self.any.iter().flatten().any(is_section)
    }
}

impl Model {
    pub fn section(&self, ix: SectionIx) -> &Section {
        &self.sections[ix.0]
    }

    pub fn selector(&self, ix: SelectorIx) -> &Selector {
        &self.selectors[ix.0]
    }

    pub fn section_ixs(&self) -> impl Iterator<Item = SectionIx> + use<> {
        (0..self.sections.len()).map(SectionIx)
    }

    /// The sections of a facility; none if it is not divided.
    pub fn sections_of(&self, facility: FacilityIx) -> impl Iterator<Item = SectionIx> {
        self.section_ixs().filter(move |&ix| self.section(ix).facility == facility)
    }

    pub fn has_sections(&self, facility: FacilityIx) -> bool {
        self.sections_of(facility).next().is_some()
    }

    /// The places of a facility somebody can be planned at: its sections, or itself.
    pub fn places_of(&self, facility: FacilityIx) -> Vec<Place> {
        let sections: Vec<Place> =
            self.sections_of(facility).map(|ix| Place { facility, section: Some(ix) }).collect();
        if sections.is_empty() { vec![Place { facility, section: None }] } else { sections }
    }

    /// Every place somebody can be planned at; associated facilities are none (§7.1).
    pub fn places(&self) -> Vec<Place> {
        let placed = self.facility_ixs().filter(|&ix| self.facility(ix).role != Role::Associated);
        placed.flat_map(|ix| self.places_of(ix)).collect()
    }

    /// Whether the selector means the place in the month.
    pub fn selects(&self, selector: SelectorIx, place: Place, month: Month) -> bool {
        self.selector(selector).means(&self.facilities, &self.sections, place, month)
    }

    /// Whether the selector means some place of the facility in the month.
    pub fn selects_facility(&self, selector: SelectorIx, facility: FacilityIx, month: Month) -> bool {
        self.places_of(facility).into_iter().any(|place| self.selects(selector, place, month))
    }

    /// Whether somebody known to be at the place may have been at one the selector means: where nobody wrote down
    /// in which section, in any.
    pub fn may_select(&self, selector: SelectorIx, place: Place, month: Month) -> bool {
        self.selects(selector, place, month)
            || (place.section.is_none() && self.selects_facility(selector, place.facility, month))
    }

    /// The role of a part that asks for one and nothing else.
    pub fn role_of(&self, part: &Part) -> Option<Role> {
        match self.selector(part.place?).any.as_slice() {
            [all] => match all.as_slice() {
                [Term { not: false, name: PlaceName::Role(role) }] => Some(*role),
                _ => None,
            },
            _ => None,
        }
    }

    /// The name of a place as tables write it: the facility's id, or `facility/section`.
    pub fn place_id(&self, place: Place) -> String {
        let facility = &self.facility(place.facility).id;
        match place.section {
            None => facility.clone(),
            Some(section) => format!("{facility}/{}", self.section(section).id),
        }
    }
}
