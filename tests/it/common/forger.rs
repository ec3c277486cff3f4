//! A forger of certificates: from the definition of a certificate, every number at its limits, every list
//! empty, repeated, foreign, outside time; or true certificates with something changed.
//!
//! What it makes is at best true by accident, for a true claim. For a false claim (a worse plan called
//! best, a program with a plan said to have none) nothing of it may ever be accepted.

use kenshu::internal::audit::{coverage_shortfall, goal_values, resident_values};
use kenshu::internal::plan::certificate::{
    Cases, Certificate, Cut, Decision, Hold, IntakePrice, NUMBER_MAX, Prices, Quantity, ResidentGoal,
    RowPrice, Step, WorstPrice,
};
use kenshu::internal::plan::{GoalValue, Plan};
use kenshu::internal::scenario::{Goal, GoalKind, Measure, Place, Scenario};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};

const GOALS: [ResidentGoal; 4] = [
    ResidentGoal::CourseWishes,
    ResidentGoal::FacilityWishes,
    ResidentGoal::Repeats,
    ResidentGoal::Stability,
];

/// Numbers at which something may give way.
const NUMBERS: [i64; 22] = [
    0,
    1,
    2,
    3,
    12,
    -1,
    -2,
    720_720,
    720_719,
    -720_720,
    12 * 720_720,
    3_000_000,
    i64::MAX,
    i64::MIN,
    i64::MAX - 1,
    i64::MAX / 2,
    1 << 62,
    1 << 58,
    NUMBER_MAX,
    NUMBER_MAX - 1,
    -NUMBER_MAX,
    NUMBER_MAX / 720_720,
];

/// A certificate for the claim that the plan is best, or without one that there is none.
pub fn certificate(
    random: &mut StdRng,
    scenario: &Scenario,
    plan: Option<&Plan>,
    base: Option<&Plan>,
    genuine: &Certificate,
) -> Certificate {
    let mut forger = Forger { random, scenario, plan, base, cuts: 0, goals: scenario.goals.len() };
    forger.certificate(genuine)
}

/// How much of a quantity a plan has.
pub fn count(scenario: &Scenario, plan: &Plan, base: Option<&Plan>, quantity: Quantity) -> i64 {
    let values = |of| {
        let kind = match of {
            ResidentGoal::CourseWishes => GoalKind::CourseWishes,
            ResidentGoal::FacilityWishes => GoalKind::FacilityWishes,
            ResidentGoal::Repeats => GoalKind::Repeats,
            ResidentGoal::Stability => GoalKind::Stability,
            ResidentGoal::Requirements => GoalKind::Requirements,
            ResidentGoal::Points => GoalKind::Points,
        };
        resident_values(scenario, plan, base, kind)
    };
    match quantity {
        Quantity::Coverage => coverage_shortfall(scenario, plan).values().sum(),
        Quantity::Total(of) => values(of).iter().sum(),
        Quantity::Cases(_) => 0,
        Quantity::Staffing => {
            let goal = Goal { kind: GoalKind::Staffing, measure: Measure::Sum };
            let counted = goal_values(&scenario.with_goals(vec![goal]), plan, base);
            match counted.first() {
                Some((_, GoalValue::Number(value))) => *value,
                _ => 0,
            }
        }
        Quantity::TotalAndWorst(of) => values(of).iter().sum::<i64>() + values(of).iter().max().unwrap_or(&0),
        Quantity::AtLeast(of, level) => values(of).iter().filter(|&&v| v >= level).count() as i64,
    }
}

struct Forger<'f> {
    random: &'f mut StdRng,
    scenario: &'f Scenario,
    plan: Option<&'f Plan>,
    base: Option<&'f Plan>,
    cuts: usize,
    goals: usize,
}

impl Forger<'_> {
    fn certificate(&mut self, genuine: &Certificate) -> Certificate {
        self.cuts = genuine.cuts.len();
        let mut made = match self.random.random_range(0..4) {
            0 => Certificate { unit: 720_720, cuts: genuine.cuts.clone(), steps: Vec::new() },
            1 => Certificate { unit: self.number(), cuts: Vec::new(), steps: Vec::new() },
            _ => self.claimed(genuine.clone()),
        };
        if self.chance(0.2) {
            made.cuts.extend((0..self.few()).map(|_| self.cut()));
        }
        self.cuts = made.cuts.len();
        if made.steps.is_empty() || self.chance(0.3) {
            let steps: Vec<Step> = (0..self.few()).map(|_| self.step()).collect();
            let at = self.random.random_range(0..=made.steps.len());
            made.steps.splice(at..at, steps);
        }
        for _ in 0..self.few() {
            self.change(&mut made);
        }
        made
    }

    /// Says of the plan at hand what was proved of another.
    fn claimed(&mut self, mut made: Certificate) -> Certificate {
        for step in &mut made.steps {
            if let Some(quantity) = step.quantity {
                step.value = self.of_plan(quantity);
                step.bound = step.value;
            }
            for hold in &mut step.holds {
                if !matches!(hold.quantity, Quantity::Cases(_)) {
                    hold.at_most = self.of_plan(hold.quantity);
                }
            }
        }
        made
    }

    fn of_plan(&self, quantity: Quantity) -> i64 {
        self.plan.map_or(0, |plan| count(self.scenario, plan, self.base, quantity))
    }

    fn chance(&mut self, p: f64) -> bool {
        self.random.random_bool(p)
    }

    fn few(&mut self) -> usize {
        *[0, 1, 1, 1, 2, 2, 3, 5].choose(self.random).unwrap()
    }

    fn number(&mut self) -> i64 {
        match self.chance(0.8) {
            true => *NUMBERS.choose(self.random).unwrap(),
            false => self.random.random_range(-20..1_000_000),
        }
    }

    fn small(&mut self) -> i64 {
        if self.chance(0.8) { self.random.random_range(-1..30) } else { self.number() }
    }

    /// Whether tables say rules: then there is more to forge.
    fn is_ruled(&self) -> bool {
        let scenario = self.scenario;
        !(scenario.sections.is_empty()
            && scenario.staffing.is_empty()
            && scenario.points.is_empty()
            && scenario.requirements.is_empty())
    }

    fn goal(&mut self) -> ResidentGoal {
        if self.is_ruled() {
            return *ResidentGoal::ALL.choose(self.random).unwrap();
        }
        *GOALS.choose(self.random).unwrap()
    }

    fn quantity(&mut self) -> Quantity {
        if self.is_ruled() && self.chance(0.3) {
            return if self.chance(0.5) { Quantity::Staffing } else { Quantity::TotalAndWorst(self.goal()) };
        }
        match self.random.random_range(0..4) {
            0 => Quantity::Coverage,
            1 => Quantity::Total(self.goal()),
            2 => Quantity::AtLeast(self.goal(), self.small()),
            _ => Quantity::Cases(self.random.random_range(0..=self.cuts)),
        }
    }

    fn hold(&mut self) -> Hold {
        let quantity = self.quantity();
        let at_most = if self.chance(0.6) { self.of_plan(quantity) } else { self.small() };
        Hold { quantity, at_most }
    }

    fn step(&mut self) -> Step {
        let quantity = if self.chance(0.8) { Some(self.quantity()) } else { None };
        let holds: Vec<Hold> = (0..self.few()).map(|_| self.hold()).collect();
        let value = match quantity {
            Some(quantity) if self.chance(0.8) => self.of_plan(quantity),
            _ => self.small(),
        };
        Step {
            goal: if self.chance(0.8) { Some(self.random.random_range(0..=self.goals)) } else { None },
            quantity,
            value,
            bound: if self.chance(0.8) { value } else { self.number() },
            proof: ["certified", "solver", "none", "", "CERTIFIED"].choose(self.random).unwrap().to_string(),
            prices: self.prices(holds.len()),
            cases: if self.chance(0.2) { Some(Box::new(self.cases(holds.len(), 0))) } else { None },
            holds,
        }
    }

    fn prices(&mut self, holds: usize) -> Prices {
        let holds = if self.chance(0.95) { holds } else { self.few() };
        let more = if self.is_ruled() { self.prices_of_rules() } else { Prices::default() };
        Prices {
            seats: (0..self.few()).map(|_| self.row()).collect(),
            coverage: if self.chance(0.5) {
                (0..self.few()).map(|_| self.row()).collect()
            } else {
                Vec::new()
            },
            holds: (0..holds).map(|_| self.number()).collect(),
            ..more
        }
    }

    fn prices_of_rules(&mut self) -> Prices {
        let staffing = |forger: &mut Self| {
            let id = forger.scenario.staffing.choose(forger.random).map(|row| row.id.clone());
            RowPrice(id, forger.month(), forger.random.random_range(0..14), forger.number())
        };
        let intake = |forger: &mut Self| {
            let course = forger.scenario.courses.choose(forger.random).map(|course| course.id.clone());
            IntakePrice(course.unwrap_or_default(), forger.random.random_range(2018..2023), forger.number())
        };
        Prices {
            staffing_max: (0..self.few()).map(|_| staffing(self)).collect(),
            staffing_min: (0..self.few()).map(|_| staffing(self)).collect(),
            intake: (0..self.few()).map(|_| intake(self)).collect(),
            worst: (0..self.few()).map(|_| WorstPrice(self.goal(), self.resident(), self.number())).collect(),
            ..Prices::default()
        }
    }

    fn facility(&mut self) -> Option<String> {
        if !self.scenario.sections.is_empty() && self.chance(0.3) {
            return Some(self.section());
        }
        match self.random.random_range(0..12) {
            0 => None,
            1 => Some("elsewhere".into()),
            2 => Some(String::new()),
            _ => self.scenario.facilities.choose(self.random).map(|facility| facility.id.clone()),
        }
    }

    fn section(&mut self) -> String {
        let sections: Vec<Place> = self.scenario.places();
        sections.choose(self.random).map(|place| self.scenario.place_id(*place)).unwrap_or_default()
    }

    /// From years before the first decided month until years after everybody is done, and no months at all.
    fn month(&mut self) -> String {
        match self.random.random_range(0..16) {
            0 => ["", "2020", "2020-13", "0000-00", "9999-12", "1950-01", "2150-12", "-1-01", "２０２０-04"]
                .choose(self.random)
                .unwrap()
                .to_string(),
            1 => self.scenario.start().minus(self.random.random_range(1..60)).to_string(),
            2 => self.scenario.horizon().end().plus(self.random.random_range(0..60)).to_string(),
            3..8 => self.scenario.start().to_string(),
            _ => self.scenario.start().plus(self.random.random_range(0..40)).to_string(),
        }
    }

    fn row(&mut self) -> RowPrice {
        let months = match self.random.random_range(0..6) {
            0 => *[0, 1, 2, 24, 120, 1_200, u32::MAX].choose(self.random).unwrap(),
            1 | 2 => 12,
            _ => self.random.random_range(1..13),
        };
        RowPrice(self.facility(), self.month(), months, self.number())
    }

    fn cut(&mut self) -> Cut {
        let case = match self.chance(0.2) {
            true => "none".to_string(),
            false => self.scenario.cases.choose(self.random).map_or("none".into(), |case| case.id.clone()),
        };
        let year = |forger: &mut Self| match forger.chance(0.8) {
            true => forger.scenario.first_year + forger.random.random_range(-2..4),
            false => *[i32::MIN, i32::MAX, 0, 1950, 2150].choose(forger.random).unwrap(),
        };
        let sites: Vec<(String, i32)> =
            (0..self.few()).map(|_| (self.facility().unwrap_or_default(), year(self))).collect();
        Cut { case, sites, offer: self.number() }
    }

    fn resident(&mut self) -> String {
        match self.chance(0.1) {
            true => "nobody".into(),
            false => {
                self.scenario.residents.choose(self.random).map_or("nobody".into(), |one| one.id.clone())
            }
        }
    }

    fn decision(&mut self) -> Decision {
        let resident = self.resident();
        if self.is_ruled() && self.chance(0.3) {
            return match self.chance(0.5) {
                true => Decision::Section { resident, section: self.section(), month: self.month() },
                false => Decision::Worst { goal: self.goal(), level: self.small() },
            };
        }
        match self.chance(0.3) {
            true => {
                let course = self.scenario.courses.choose(self.random).map(|course| course.id.clone());
                Decision::Course { resident, course: course.unwrap_or_default() }
            }
            false => {
                let facility = self.facility().unwrap_or_default();
                Decision::Facility { resident, facility, month: self.month() }
            }
        }
    }

    fn cases(&mut self, holds: usize, depth: usize) -> Cases {
        match self.random.random_range(0..3) {
            0 if depth < 4 => Cases::Split {
                decision: self.decision(),
                yes: Box::new(self.cases(holds, depth + 1)),
                no: Box::new(self.cases(holds, depth + 1)),
            },
            1 => Cases::NoCareer(self.resident()),
            _ => Cases::Prices(self.prices(holds)),
        }
    }

    /// Changes one thing, from a subtle price to a senseless number.
    fn change(&mut self, made: &mut Certificate) {
        if made.steps.is_empty() || self.chance(0.1) {
            self.change_whole(made);
            return;
        }
        let number = self.random.random_range(0..made.steps.len());
        let other = made.steps[self.random.random_range(0..made.steps.len())].clone();
        let wild = self.number();
        let row = self.row();
        let holds = made.steps[number].holds.len();
        let (quantity, hold, cases) = (self.quantity(), self.hold(), self.cases(holds, 0));
        let step = &mut made.steps[number];
        match self.random.random_range(0..24) {
            0 => step.goal = other.goal,
            1 => step.quantity = other.quantity,
            2 => step.quantity = Some(quantity),
            3 => step.quantity = None,
            4 => step.holds = other.holds,
            5 => step.holds.iter_mut().for_each(|hold| hold.at_most = wild),
            6 => {
                step.holds.push(hold);
                step.prices.holds.push(wild);
            }
            7 => {
                step.holds.extend(std::iter::repeat_n(hold, 3));
                step.prices.holds.extend(std::iter::repeat_n(wild, 3));
            }
            8 => step.bound = wild,
            9 => step.value = wild,
            10 => step.prices = other.prices,
            11 => step.prices.holds.iter_mut().for_each(|price| *price = wild),
            12 => step.prices.seats.iter_mut().for_each(|row| row.3 = wild),
            13 => step.prices.coverage.iter_mut().for_each(|row| row.3 = wild),
            14 => step.prices.seats.iter_mut().for_each(|row| row.2 = row.2.saturating_add(1)),
            15 => step.prices.coverage.push(row),
            16 => step.prices.seats.push(row),
            17 => step.prices.seats.extend(step.prices.seats.clone()),
            18 => step.prices.coverage.extend(step.prices.coverage.clone()),
            19 => step.prices.seats.iter_mut().for_each(|priced| priced.0.clone_from(&row.0)),
            20 => step.prices.seats.iter_mut().for_each(|priced| priced.1.clone_from(&row.1)),
            21 => step.prices.seats.iter_mut().for_each(|priced| priced.3 = priced.3.saturating_mul(2)),
            22 => step.cases = Some(Box::new(cases)),
            _ => step.cases = other.cases,
        }
    }

    fn change_whole(&mut self, made: &mut Certificate) {
        match self.random.random_range(0..7) {
            0 => made.unit = self.number(),
            1 => made.steps.shuffle(self.random),
            2 => made.steps.extend(made.steps.clone()),
            3 => _ = made.steps.pop(),
            4 => made.cuts.clear(),
            5 => {
                let cut = self.cut();
                made.cuts.iter_mut().for_each(|known| known.sites.clone_from(&cut.sites));
            }
            _ => {
                let offer = self.number();
                made.cuts.iter_mut().for_each(|cut| cut.offer = offer);
            }
        }
    }
}
