//! A simplex method for the relaxed master: one choice for each class, limits that few choices meet.
//!
//! ```text
//! minimise    Σ cost_j x_j − Σ_r low_r less_r + Σ_r high_r more_r
//! subject to  Σ_{j of g} x_j = count_g                      for every class g
//!             Σ_j a_rj x_j + less_r − more_r = at_most_r    for every row r
//!             x, less, more ≥ 0
//! ```
//!
//! `less` and `more` keep the price of a row between `low` and `high`: a box around known prices, so any
//! choice at all is a start, and moving the box keeps what is known. Columns may be added at any time.
//!
//! Of each class one basic column, its *key*, stands for the class's own equation (generalized upper
//! bounds; Dantzig and Van Slyke 1967). What is left to factorise has a row per limit, not per resident,
//! and a class that changes its only choice changes no basis at all. A library that does not know this
//! structure carries a row for every column of the pool; measured on 240 residents and 72 sites it takes
//! ten times as long. Nothing here is believed: prices are rounded and proved afresh in `bound`.

mod factor;

use factor::{Column as FactorColumn, Entry, Factor};

/// Reduced costs above this, negated, are taken for none.
const COST_TOLERANCE: f64 = 1e-7;

/// Values this far below zero are taken for zero.
const VALUE_TOLERANCE: f64 = 1e-9;

/// A coefficient smaller than this is no pivot.
const PIVOT_MIN: f64 = 1e-7;

/// How far limits are moved apart, so that few choices meet several of them at once and every step gains.
/// Prices do not depend on it: they are those of a basis.
const APART: f64 = 1e-6;

/// What a column costs that may not be chosen.
const FORBIDDEN: f64 = 1e6;

const NOWHERE: u32 = u32::MAX;
const KEY: u32 = u32::MAX - 1;

/// A limit, and the box of its price.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    pub at_most: f64,
    pub low: f64,
    pub high: f64,
}

#[derive(Debug)]
struct Class {
    count: f64,
    key: u32,
    key_value: f64,
    /// Positions of its other basic columns.
    others: Vec<u32>,
    /// Its columns.
    pool: Vec<u32>,
    /// The priced cost of the key.
    worth: f64,
}

#[derive(Debug)]
struct Column {
    /// [`NOWHERE`]: of no class.
    class: u32,
    cost: f64,
    start: u32,
    end: u32,
    /// Position in the basis, [`KEY`] or [`NOWHERE`].
    at: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Basic {
    Less(u32),
    More(u32),
    Column(u32),
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// No column at hand improves on the choice.
    Optimal,
    /// As many pivots as allowed.
    Limit,
    /// Rounding errors got the better of it.
    Lost,
}

#[derive(Debug)]
pub struct Simplex {
    rows: Vec<Row>,
    /// `at_most`, moved apart.
    limits: Vec<f64>,
    classes: Vec<Class>,
    columns: Vec<Column>,
    entries: Vec<Entry>,
    /// Columns of no class.
    free: Vec<u32>,
    basis: Vec<Basic>,
    values: Vec<f64>,
    /// Per row whether its `less` or `more` is basic.
    has_slack: Vec<bool>,
    factor: Factor,
    /// Minus the prices.
    duals: Vec<f64>,
    solved: Vec<f64>,
    /// Per class how fast its key falls; all zero between steps.
    falls: Vec<f64>,
    candidates: Vec<u32>,
    pub pivots: usize,
}

enum Leaving {
    Position(usize),
    Key(usize),
}

impl Simplex {
    /// Rows, and how often each class chooses.
    pub fn new(rows: Vec<Row>, counts: impl Iterator<Item = f64>) -> Self {
        let class = |count| Class {
            count,
            key: NOWHERE,
            key_value: count,
            others: Vec::new(),
            pool: Vec::new(),
            worth: 0.0,
        };
        let classes: Vec<Class> = counts.map(class).collect();
        let (height, falls) = (rows.len(), vec![0.0; classes.len()]);
        Self {
            limits: rows.iter().enumerate().map(|(row, of)| of.at_most + APART * apart(row)).collect(),
            rows,
            classes,
            columns: Vec::new(),
            entries: Vec::new(),
            free: Vec::new(),
            basis: Vec::new(),
            values: vec![0.0; height],
            has_slack: vec![false; height],
            factor: Factor::default(),
            duals: vec![0.0; height],
            solved: vec![0.0; height],
            falls,
            candidates: Vec::new(),
            pivots: 0,
        }
    }

    /// Adds a column; the first of a class is its key until another one is better.
    pub fn add(&mut self, class: Option<usize>, cost: f64, entries: impl Iterator<Item = Entry>) -> u32 {
        let (start, number) = (self.entries.len() as u32, self.columns.len() as u32);
        self.entries.extend(entries);
        let end = self.entries.len() as u32;
        let mut column = Column { class: NOWHERE, cost, start, end, at: NOWHERE };
        match class {
            None => self.free.push(number),
            Some(class) => {
                column.class = class as u32;
                let of = &mut self.classes[class];
                of.pool.push(number);
                if of.key == NOWHERE {
                    of.key = number;
                    column.at = KEY;
                }
            }
        }
        self.columns.push(column);
        number
    }

    /// Begins with the keys, whatever limits they break.
    pub fn start(&mut self) {
        self.basis = (0..self.rows.len() as u32).map(Basic::Less).collect();
        self.has_slack = vec![true; self.rows.len()];
        self.refresh();
    }

    /// Begins again with the keys there are, after rounding errors.
    pub fn start_again(&mut self) {
        for class in &mut self.classes {
            class.others.clear();
        }
        for column in self.columns.iter_mut().filter(|column| column.at != KEY) {
            column.at = NOWHERE;
        }
        self.start();
    }

    /// Moves the box of prices.
    pub fn set_box(&mut self, row: usize, low: f64, high: f64) {
        (self.rows[row].low, self.rows[row].high) = (low, high);
    }

    /// The price of a row.
    pub fn price(&self, row: usize) -> f64 {
        -self.duals[row]
    }

    pub fn row(&self, row: usize) -> Row {
        self.rows[row]
    }

    /// The columns of a class whose reduced cost is at most `most`, basic ones among them.
    pub fn near(&self, class: usize, most: f64) -> impl Iterator<Item = (u32, f64)> + '_ {
        let reduced = move |&column: &u32| (column, self.reduced_cost(column));
        self.classes[class].pool.iter().map(reduced).filter(move |&(_, cost)| cost <= most)
    }

    /// How often a column is chosen.
    pub fn value(&self, column: u32) -> f64 {
        let Column { class, at, .. } = self.columns[column as usize];
        match at {
            NOWHERE => 0.0,
            KEY => self.classes[class as usize].key_value,
            position => self.values[position as usize],
        }
    }

    /// A class of one takes this column and no other.
    pub fn settle(&mut self, class: usize, column: u32) {
        let pool = std::mem::replace(&mut self.classes[class].pool, vec![column]);
        for other in pool.into_iter().filter(|&other| other != column) {
            self.columns[other as usize].cost = FORBIDDEN;
        }
    }

    /// What the prices are worth by the columns at hand: an upper bound on what they prove.
    pub fn worth(&self) -> f64 {
        let classes: f64 = self.classes.iter().map(|class| class.count * class.worth).sum();
        let rows: f64 = self.rows.iter().zip(&self.duals).map(|(row, dual)| row.at_most * dual).sum();
        classes + rows
    }

    /// The rows whose price presses against its box, from above (`true`) or below.
    pub fn walls(&self) -> impl Iterator<Item = (usize, bool)> + '_ {
        let pressing = |(basic, &value): (&Basic, &f64)| match *basic {
            _ if value < 1e-4 => None,
            Basic::Less(row) if self.rows[row as usize].low > 0.0 => Some((row as usize, false)),
            Basic::More(row) => Some((row as usize, true)),
            _ => None,
        };
        self.basis.iter().zip(&self.values).filter_map(pressing)
    }

    /// Improves the choice until no column at hand does, at most so many pivots.
    pub fn run(&mut self, pivots: usize) -> Ended {
        let most = self.pivots + pivots;
        self.price_all();
        let mut fresh_failures = 0;
        loop {
            self.gather();
            let mut gained = false;
            while let Some(entering) = self.best() {
                if self.pivots >= most {
                    return Ended::Limit;
                }
                gained = true;
                self.pivots += 1;
                if !self.step(entering) {
                    // A basis that has just been factorised leaves no errors to blame.
                    fresh_failures += usize::from(self.factor.is_fresh());
                    if fresh_failures > 3 {
                        return Ended::Lost;
                    }
                    self.refresh();
                    self.price_all();
                    break;
                }
            }
            if !gained {
                return Ended::Optimal;
            }
        }
    }

    fn entries(&self, column: u32) -> &[Entry] {
        let Column { start, end, .. } = self.columns[column as usize];
        &self.entries[start as usize..end as usize]
    }

    /// Cost less what its rows are worth.
    fn priced(&self, column: u32) -> f64 {
        let rows: f64 =
            self.entries(column).iter().map(|&(row, value)| value * self.duals[row as usize]).sum();
        self.columns[column as usize].cost - rows
    }

    fn reduced_cost(&self, column: u32) -> f64 {
        let class = self.columns[column as usize].class;
        let worth = if class == NOWHERE { 0.0 } else { self.classes[class as usize].worth };
        self.priced(column) - worth
    }

    /// Prices from the basis.
    fn price_all(&mut self) {
        let cost = |basic: &Basic| match *basic {
            Basic::Less(row) => -self.rows[row as usize].low,
            Basic::More(row) => self.rows[row as usize].high,
            Basic::Column(column) => {
                let Column { class, cost, .. } = self.columns[column as usize];
                match class {
                    NOWHERE => cost,
                    class => cost - self.columns[self.classes[class as usize].key as usize].cost,
                }
            }
        };
        let mut duals: Vec<f64> = std::mem::take(&mut self.duals);
        duals.clear();
        duals.extend(self.basis.iter().map(cost));
        self.factor.solve_transposed(&mut duals);
        self.duals = duals;
        for class in 0..self.classes.len() {
            self.classes[class].worth = self.priced(self.classes[class].key);
        }
    }

    /// The columns worth looking at for some pivots: the best of each class.
    fn gather(&mut self) {
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates.clear();
        let costed = |&column: &u32| (column, self.reduced_cost(column));
        for class in &self.classes {
            let best = class.pool.iter().map(costed).min_by(|a, b| a.1.total_cmp(&b.1));
            candidates.extend(best.filter(|best| best.1 < -COST_TOLERANCE).map(|best| best.0));
        }
        candidates
            .extend(self.free.iter().map(costed).filter(|(_, cost)| *cost < -COST_TOLERANCE).map(|c| c.0));
        self.candidates = candidates;
    }

    /// Who enters: the candidate or slack with the least reduced cost.
    fn best(&self) -> Option<Basic> {
        let mut best: Option<(f64, Basic)> = None;
        let mut offer = |cost: f64, basic: Basic| {
            if cost < -COST_TOLERANCE && best.is_none_or(|(known, _)| cost < known) {
                best = Some((cost, basic));
            }
        };
        for &column in &self.candidates {
            if self.columns[column as usize].at == NOWHERE {
                offer(self.reduced_cost(column), Basic::Column(column));
            }
        }
        for (row, of) in self.rows.iter().enumerate().filter(|(row, _)| !self.has_slack[*row]) {
            let price = -self.duals[row];
            offer(price - of.low, Basic::Less(row as u32));
            offer(of.high - price, Basic::More(row as u32));
        }
        best.map(|(_, basic)| basic)
    }

    /// Lets one enter and another leave; `false`, and nothing has changed, if no pivot is good enough.
    fn step(&mut self, entering: Basic) -> bool {
        let own_class = self.direction(entering);
        let mut touched: Vec<u32> = own_class.into_iter().map(|class| class as u32).collect();
        if let Some(class) = own_class {
            self.falls[class] += 1.0;
        }
        for (position, &rate) in self.solved.iter().enumerate().filter(|(_, rate)| **rate != 0.0) {
            if let Some(class) = self.class_at(position) {
                touched.push(class as u32);
                self.falls[class] -= rate;
            }
        }
        touched.sort_unstable();
        touched.dedup();
        let leaving = self.leaving(&touched);
        let Some((far, leaving)) = leaving else {
            touched.iter().for_each(|&class| self.falls[class as usize] = 0.0);
            return false;
        };
        for (value, rate) in self.values.iter_mut().zip(&self.solved) {
            *value -= far * rate;
        }
        for &class in &touched {
            let fall = std::mem::take(&mut self.falls[class as usize]);
            self.classes[class as usize].key_value -= far * fall;
        }
        match leaving {
            Leaving::Key(class) if self.classes[class].others.is_empty() => {
                let Basic::Column(column) = entering else { return false };
                let of = &mut self.classes[class];
                self.columns[of.key as usize].at = NOWHERE;
                (of.key, of.key_value) = (column, far);
                self.columns[column as usize].at = KEY;
                self.classes[class].worth = self.priced(column);
                return true;
            }
            Leaving::Key(class) => {
                let position = self.give_key(class, own_class);
                self.enter(entering, position, far);
            }
            Leaving::Position(position) => self.enter(entering, position, far),
        }
        if self.factor.is_long() {
            self.refresh();
        }
        self.price_all();
        true
    }

    /// `solved` becomes what the basic variables lose for one unit of the entering one; its class.
    fn direction(&mut self, entering: Basic) -> Option<usize> {
        let mut solved = std::mem::take(&mut self.solved);
        solved.iter_mut().for_each(|value| *value = 0.0);
        let mut class = None;
        match entering {
            Basic::Less(row) => solved[row as usize] = 1.0,
            Basic::More(row) => solved[row as usize] = -1.0,
            Basic::Column(column) => {
                self.entries(column).iter().for_each(|&(row, value)| solved[row as usize] += value);
                let of = self.columns[column as usize].class;
                if of != NOWHERE {
                    class = Some(of as usize);
                    let key = self.classes[of as usize].key;
                    self.entries(key).iter().for_each(|&(row, value)| solved[row as usize] -= value);
                }
            }
        }
        self.factor.solve(&mut solved);
        self.solved = solved;
        class
    }

    fn class_at(&self, position: usize) -> Option<usize> {
        let Basic::Column(column) = self.basis[position] else { return None };
        let class = self.columns[column as usize].class;
        (class != NOWHERE).then_some(class as usize)
    }

    /// How far the entering variable can rise, and who is zero first; of those nearly first the one with
    /// the largest pivot.
    fn leaving(&self, touched: &[u32]) -> Option<(f64, Leaving)> {
        let positions = self.values.iter().zip(&self.solved).map(|(&value, &rate)| (value, rate));
        let keys =
            touched.iter().map(|&class| (self.classes[class as usize].key_value, self.falls[class as usize]));
        let mut far = f64::INFINITY;
        for (value, rate) in positions.clone().chain(keys.clone()).filter(|(_, rate)| *rate > PIVOT_MIN) {
            far = far.min((value.max(0.0) + VALUE_TOLERANCE) / rate);
        }
        let mut best: Option<(f64, f64, Leaving)> = None;
        let mut offer = |value: f64, rate: f64, leaving: Leaving| {
            let reaches = value.max(0.0) / rate;
            if rate > PIVOT_MIN && reaches <= far && best.as_ref().is_none_or(|known| rate > known.0) {
                best = Some((rate, reaches, leaving));
            }
        };
        for (&class, (value, rate)) in touched.iter().zip(keys) {
            offer(value, rate, Leaving::Key(class as usize));
        }
        for (position, (value, rate)) in positions.enumerate() {
            if rate > PIVOT_MIN {
                offer(value, rate, Leaving::Position(position));
            }
        }
        best.map(|(_, reaches, leaving)| (reaches, leaving))
    }

    /// The class's basic column with the largest value becomes its key; the old key is at its position then.
    fn give_key(&mut self, class: usize, own_class: Option<usize>) -> usize {
        let of = &mut self.classes[class];
        let value = |at: u32| self.values[at as usize];
        let largest =
            (0..of.others.len()).max_by(|&a, &b| value(of.others[a]).total_cmp(&value(of.others[b])));
        let position = of.others.swap_remove(largest.unwrap_or(0)) as usize;
        if own_class == Some(class) {
            self.solved[position] -= 1.0;
        }
        self.factor.swap(position as u32, of.others.clone(), &mut self.solved);
        let Basic::Column(key) = self.basis[position] else { return position };
        let old = std::mem::replace(&mut of.key, key);
        of.key_value = self.values[position];
        // It is still among the others for `enter`, which lets it leave.
        of.others.push(position as u32);
        self.columns[key as usize].at = KEY;
        self.columns[old as usize].at = position as u32;
        self.basis[position] = Basic::Column(old);
        position
    }

    /// Puts the entering variable where another one leaves.
    fn enter(&mut self, entering: Basic, position: usize, value: f64) {
        self.factor.replace(position, &self.solved);
        match self.basis[position] {
            Basic::Less(row) | Basic::More(row) => self.has_slack[row as usize] = false,
            Basic::Column(column) => self.leave(column, position),
        }
        self.basis[position] = entering;
        self.values[position] = value;
        match entering {
            Basic::Less(row) | Basic::More(row) => self.has_slack[row as usize] = true,
            Basic::Column(column) => {
                self.columns[column as usize].at = position as u32;
                if let Some(class) = self.class_at(position) {
                    self.classes[class].others.push(position as u32);
                }
            }
        }
    }

    fn leave(&mut self, column: u32, position: usize) {
        self.columns[column as usize].at = NOWHERE;
        if let Some(class) = self.class_at(position) {
            self.classes[class].others.retain(|&other| other as usize != position);
        }
    }

    /// Factorises afresh and computes all values anew.
    fn refresh(&mut self) {
        // Where columns depend on others, slacks stand in; where a slack turns out negative, its opposite.
        for _ in 0..4 {
            self.factorise();
            if !self.compute_values() {
                return;
            }
        }
    }

    fn factorise(&mut self) {
        loop {
            let mut differences: Vec<Entry> = Vec::new();
            let mut ends = Vec::with_capacity(self.basis.len());
            let mut at_row = vec![0.0; self.rows.len()];
            let mut rows: Vec<u32> = Vec::new();
            for basic in &self.basis {
                if let Basic::Column(column) = *basic {
                    let class = self.columns[column as usize].class;
                    let key = (class != NOWHERE).then(|| self.classes[class as usize].key);
                    let mut put = |column: u32, sign: f64| {
                        for &(row, value) in self.entries(column) {
                            at_row[row as usize] += sign * value;
                            rows.push(row);
                        }
                    };
                    put(column, 1.0);
                    key.into_iter().for_each(|key| put(key, -1.0));
                    for row in rows.drain(..) {
                        let value = std::mem::take(&mut at_row[row as usize]);
                        if value != 0.0 {
                            differences.push((row, value));
                        }
                    }
                }
                ends.push(differences.len());
            }
            let columns: Vec<FactorColumn<'_>> = self
                .basis
                .iter()
                .enumerate()
                .map(|(position, basic)| match *basic {
                    Basic::Less(row) => FactorColumn::Slack(row, 1.0),
                    Basic::More(row) => FactorColumn::Slack(row, -1.0),
                    Basic::Column(_) => {
                        let start = if position == 0 { 0 } else { ends[position - 1] };
                        FactorColumn::General(&differences[start..ends[position]])
                    }
                })
                .collect();
            let Err(singular) = self.factor.factorise(&columns) else { return };
            for (&position, &row) in singular.positions.iter().zip(&singular.rows) {
                if let Basic::Column(column) = self.basis[position as usize] {
                    self.leave(column, position as usize);
                }
                self.basis[position as usize] = Basic::Less(row);
                self.has_slack[row as usize] = true;
            }
        }
    }

    /// All values from the basis; whether a slack had to change its side, which changes the basis.
    fn compute_values(&mut self) -> bool {
        let mut values = std::mem::take(&mut self.values);
        values.clone_from(&self.limits);
        for class in self.classes.iter().filter(|class| class.key != NOWHERE) {
            for &(row, value) in self.entries(class.key) {
                values[row as usize] -= class.count * value;
            }
        }
        self.factor.solve(&mut values);
        let mut turned = false;
        for (basic, value) in self.basis.iter_mut().zip(&mut values) {
            if *value < -VALUE_TOLERANCE {
                *basic = match *basic {
                    Basic::Less(row) => Basic::More(row),
                    Basic::More(row) => Basic::Less(row),
                    Basic::Column(column) => Basic::Column(column),
                };
                turned |= !matches!(basic, Basic::Column(_));
            }
        }
        self.values = values;
        for class in &mut self.classes {
            let others: f64 = class.others.iter().map(|&at| self.values[at as usize]).sum();
            class.key_value = class.count - others;
        }
        turned
    }
}

/// A number between 1 and 2 that looks random, the same for the same row.
fn apart(row: usize) -> f64 {
    let mixed = (row as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
    1.0 + mixed as f64 / (1_u64 << 24) as f64
}
