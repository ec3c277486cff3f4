//! What can be done about cases: lower targets, more volume, a greater part of it for trainees.

use super::super::change::{Change, Extent};
use super::super::standing::{Proof, Standing};
use super::super::statement::Statement;
use super::Node;
use crate::calendar::Month;
use crate::scenario::edit::Loosening;
use crate::scenario::{CaseIx, FacilityIx, Role, Scenario};

impl Node<'_> {
    /// A lower target, more cases at one of the facilities, more of them for trainees; the latter two
    /// only if there could be so many cases that the target would not matter.
    pub(super) fn cases(
        &self,
        case: CaseIx,
        shared: bool,
        asked: &dyn Fn(Statement) -> bool,
        sets: &mut Vec<Vec<Change>>,
    ) {
        let item = self.scenario.case(case);
        let placeable = |f: &FacilityIx| self.scenario.facility(*f).role != Role::Associated;
        // Where an item is done at all there can be more of it; to begin with it is another thing.
        let does = |f: &FacilityIx| has_cases(self.scenario, case, *f);
        let anywhere = self.scenario.facility_ixs().any(|facility| does(&facility));
        let sites = self.scenario.facility_ixs().filter(placeable).filter(|f| does(f) || !anywhere);
        let sites: Vec<FacilityIx> =
            sites.filter(|&site| asked(Statement::Volume { case, facility: site })).collect();
        let (ask_share, ask_target) = (asked(Statement::Share(case)), asked(Statement::Target(case)));
        if sites.is_empty() && !ask_share && !ask_target {
            return;
        }
        let is_part = |part: CaseIx| self.scenario.case(part).part_of == Some(case);
        let is_stuck = matches!(self.proof, Proof::Stuck(_));
        let helps = |standing| !matches!(standing, Standing::Holds(_)) || self.proof.is_nearer(standing);
        let share = Statement::Share(case).number(self.scenario).unwrap_or(0);
        // An item and its parts have one share.
        let whole = self.standing_without(&|other| other == case || is_part(other));
        if item.part_of.is_none() && ask_share && helps(whole) {
            let share = Statement::Share(case);
            self.as_far(Change::of_number(share, 0), share.most(self.scenario), shared, sets);
        }
        let alone = self.standing_without(&|other| other == case);
        if !helps(alone) && !is_stuck {
            return;
        }
        // A target is not below what its parts ask for by now or what may be supplemented.
        let parts = self.now.case_ixs().filter(|&part| is_part(part));
        let least = parts.map(|part| self.now.case(part).target).sum::<u32>().max(item.supplement_max);
        if ask_target {
            let most = item.target.saturating_sub(least);
            self.as_far(Change::of_number(Statement::Target(case), 0), most, shared, sets);
        }
        if !helps(alone) {
            return;
        }
        for facility in sites.into_iter().filter(|_| share > 0) {
            let of = Statement::Volume { case, facility };
            let from = self.first_month_of_cases(case, facility);
            let old = self.old(of).and_then(Change::since);
            let extent = Extent::Since(old.map_or(from, |old| from.min(old)), 0);
            self.as_far(Change { of, extent }, of.most(self.scenario), shared, sets);
        }
    }

    /// The proof if nobody had to reach some targets.
    fn standing_without(&self, targets: &dyn Fn(CaseIx) -> bool) -> Standing {
        let left_out = self.now.case_ixs().filter(|&case| targets(case));
        let nothing = self.now.loosened(left_out.map(|case| Loosening::Target(case, 0)));
        self.proof.standing_of_cases(&nothing)
    }

    /// The beginning of the academic year in which the proof first asks for cases at a facility.
    fn first_month_of_cases(&self, case: CaseIx, facility: FacilityIx) -> Month {
        let Proof::Prices { prices, .. } = &self.proof else { return self.scenario.start() };
        let sites = prices.cuts.iter().filter(|cut| cut.case == case).flat_map(|cut| &cut.sites);
        let years = sites.filter(|site| site.facility == facility).map(|site| site.academic_year);
        // Careers may need its cases as well where nobody shares them.
        years.min().map_or(self.scenario.start(), |year| self.scenario.calendar.start_of(year))
    }
}

/// Whether a facility has a volume of the item at any time.
fn has_cases(scenario: &Scenario, case: CaseIx, facility: FacilityIx) -> bool {
    let volumes = scenario.facility(facility).volumes.get(scenario.case(case).volume);
    volumes.is_some_and(|volumes| {
        let later = volumes.changes.iter().map(|(_, volume)| volume);
        std::iter::once(&volumes.initial).chain(later).flatten().any(|volume| !volume.is_zero())
    })
}
