//! The working basis as a product of triangles, brought up to date pivot by pivot.
//!
//! Most columns of a working basis are slacks, so only the others are factorised, in the rows that no
//! slack covers: B = L U there, found column by column (left-looking, rows and columns that are alone
//! first, so that most bases need no elimination at all). Each pivot since is an *eta*: a matrix that is
//! the identity but for one column (a column entered) or one row (another column of a class became its
//! key). After some dozens of them the basis is factorised afresh.

/// A row or position and its coefficient.
pub type Entry = (u32, f64);

/// A pivot smaller than this is none.
const PIVOT_MIN: f64 = 1e-7;

/// Entries smaller than this are rounding errors.
const DROPPED: f64 = 1e-12;

/// Pivots after which the basis is factorised afresh.
const ETAS_MAX: usize = 64;

/// A column of the working basis.
pub enum Column<'c> {
    /// ±1 in one row.
    Slack(u32, f64),
    /// Entries in some rows, each once.
    General(&'c [Entry]),
}

/// Lists of entries one behind the other.
#[derive(Debug, Default)]
struct Lists {
    entries: Vec<Entry>,
    ends: Vec<u32>,
}

impl Lists {
    fn clear(&mut self) {
        self.entries.clear();
        self.ends.clear();
    }

    fn close(&mut self) {
        self.ends.push(self.entries.len() as u32);
    }

    fn of(&self, at: usize) -> &[Entry] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.entries[start..self.ends[at] as usize]
    }
}

#[derive(Debug, Clone, Copy)]
struct Pivot {
    row: u32,
    position: u32,
    value: f64,
}

#[derive(Debug)]
enum Eta {
    /// The column at a position was replaced; `B⁻¹` times the new one, its own entry apart.
    Replaced { position: u32, pivot: f64, others: Vec<Entry> },
    /// The position's column became its class's key and the key took its place; the positions of the
    /// other columns of the class.
    Swapped { position: u32, others: Vec<u32> },
}

/// B = L U and what came after.
#[derive(Debug, Default)]
pub struct Factor {
    pivots: Vec<Pivot>,
    /// Per pivot what its row takes from later rows.
    lower: Lists,
    /// Per pivot the entries above it, by number of the pivot.
    upper: Lists,
    /// Per pivot the entries of its column in rows of slacks.
    covered: Lists,
    /// Row, position and sign of the slacks.
    slacks: Vec<(u32, u32, f64)>,
    etas: Vec<Eta>,
    /// All zero between calls.
    by_row: Vec<f64>,
    by_pivot: Vec<f64>,
}

/// Positions whose columns depend on others, and the rows that nothing covers, as many of each.
#[derive(Debug)]
pub struct Singular {
    pub positions: Vec<u32>,
    pub rows: Vec<u32>,
}

impl Factor {
    /// Whether it is time to factorise afresh.
    pub fn is_long(&self) -> bool {
        self.etas.len() >= ETAS_MAX
    }

    pub fn is_fresh(&self) -> bool {
        self.etas.is_empty()
    }

    /// Factorises the basis with these columns, one per position; as many rows as positions.
    pub fn factorise(&mut self, columns: &[Column<'_>]) -> Result<(), Singular> {
        let rows = columns.len();
        self.pivots.clear();
        self.slacks.clear();
        self.etas.clear();
        for lists in [&mut self.lower, &mut self.upper, &mut self.covered] {
            lists.clear();
        }
        self.by_row.clear();
        self.by_row.resize(rows, 0.0);
        let mut is_covered = vec![false; rows];
        let mut general: Vec<(u32, &[Entry])> = Vec::new();
        for (position, column) in columns.iter().enumerate() {
            match *column {
                Column::Slack(row, sign) => {
                    self.slacks.push((row, position as u32, sign));
                    is_covered[row as usize] = true;
                }
                Column::General(entries) => general.push((position as u32, entries)),
            }
        }
        let order = order(&general, &is_covered);
        let mut count_of_row = vec![0_u32; rows];
        for &(row, _) in general.iter().flat_map(|(_, entries)| *entries) {
            count_of_row[row as usize] += 1;
        }
        // The number of the pivot of each row.
        let mut pivot_of: Vec<u32> = vec![u32::MAX; rows];
        let mut singular = Singular { positions: Vec::new(), rows: Vec::new() };
        let mut touched: Vec<u32> = Vec::new();
        let mut waiting = std::collections::BinaryHeap::new();
        for (number, planned) in order {
            let (position, entries) = general[number];
            touched.clear();
            let mut covered_entries = 0;
            for &(row, value) in entries {
                if is_covered[row as usize] {
                    self.covered.entries.push((row, value));
                    covered_entries += 1;
                    continue;
                }
                self.by_row[row as usize] = value;
                touched.push(row);
                if pivot_of[row as usize] != u32::MAX {
                    waiting.push(std::cmp::Reverse(pivot_of[row as usize]));
                }
            }
            let mut last = u32::MAX;
            while let Some(std::cmp::Reverse(pivot)) = waiting.pop() {
                if pivot == last {
                    continue;
                }
                last = pivot;
                let value = self.by_row[self.pivots[pivot as usize].row as usize];
                if value.abs() <= DROPPED {
                    continue;
                }
                self.upper.entries.push((pivot, value));
                for &(row, factor) in self.lower.of(pivot as usize) {
                    let before = self.by_row[row as usize];
                    if before == 0.0 {
                        touched.push(row);
                        if pivot_of[row as usize] != u32::MAX {
                            waiting.push(std::cmp::Reverse(pivot_of[row as usize]));
                        }
                    }
                    self.by_row[row as usize] = before - factor * value;
                }
            }
            // Of the large enough ones the one in the emptiest row.
            let open = |row: &&u32| pivot_of[**row as usize] == u32::MAX;
            let largest =
                touched.iter().filter(open).map(|&r| self.by_row[r as usize].abs()).fold(0.0, f64::max);
            let mut chosen: Option<u32> =
                planned.filter(|&row| self.by_row[row as usize].abs() >= 0.01 * largest);
            if chosen.is_none() {
                for &row in touched.iter().filter(open) {
                    let fits = self.by_row[row as usize].abs() >= 0.1 * largest;
                    let emptier = chosen.is_none_or(|best| {
                        (count_of_row[row as usize], row) < (count_of_row[best as usize], best)
                    });
                    if fits && emptier {
                        chosen = Some(row);
                    }
                }
            }
            match chosen.filter(|_| largest > PIVOT_MIN) {
                None => {
                    singular.positions.push(position);
                    let kept = self.covered.entries.len() - covered_entries;
                    self.covered.entries.truncate(kept);
                    let kept = self.upper.ends.last().map_or(0, |&end| end as usize);
                    self.upper.entries.truncate(kept);
                }
                Some(row) => {
                    let value = self.by_row[row as usize];
                    for &other in &touched {
                        let entry = self.by_row[other as usize];
                        if other != row && pivot_of[other as usize] == u32::MAX && entry.abs() > DROPPED {
                            self.lower.entries.push((other, entry / value));
                            // A row may have been touched twice.
                            self.by_row[other as usize] = 0.0;
                        }
                    }
                    pivot_of[row as usize] = self.pivots.len() as u32;
                    self.pivots.push(Pivot { row, position, value });
                    self.lower.close();
                    self.upper.close();
                    self.covered.close();
                }
            }
            touched.iter().for_each(|&row| self.by_row[row as usize] = 0.0);
        }
        self.by_pivot.clear();
        self.by_pivot.resize(self.pivots.len(), 0.0);
        if singular.positions.is_empty() {
            return Ok(());
        }
        let uncovered = |&row: &usize| !is_covered[row] && pivot_of[row] == u32::MAX;
        singular.rows = (0..rows).filter(uncovered).map(|row| row as u32).collect();
        Err(singular)
    }

    /// B z = v: from values by row to values by position, in place.
    pub fn solve(&mut self, values: &mut [f64]) {
        for (pivot, lower) in self.pivots.iter().zip(Each(&self.lower, 0)) {
            let value = values[pivot.row as usize];
            if value != 0.0 {
                lower.iter().for_each(|&(row, factor)| values[row as usize] -= factor * value);
            }
        }
        for number in (0..self.pivots.len()).rev() {
            let pivot = self.pivots[number];
            let value = std::mem::take(&mut values[pivot.row as usize]);
            if value.abs() <= DROPPED {
                continue;
            }
            let value = value / pivot.value;
            self.by_pivot[number] = value;
            for &(earlier, entry) in self.upper.of(number) {
                values[self.pivots[earlier as usize].row as usize] -= entry * value;
            }
            for &(row, entry) in self.covered.of(number) {
                values[row as usize] -= entry * value;
            }
        }
        // From rows to positions.
        for &(row, position, sign) in &self.slacks {
            let value = std::mem::take(&mut values[row as usize]);
            self.by_row[position as usize] = sign * value;
        }
        for (pivot, value) in self.pivots.iter().zip(&mut self.by_pivot) {
            self.by_row[pivot.position as usize] = std::mem::take(value);
        }
        for (value, result) in values.iter_mut().zip(&mut self.by_row) {
            *value = std::mem::take(result);
        }
        for eta in &self.etas {
            eta.solve(values);
        }
    }

    /// Bᵀ w = c: from values by position to values by row, in place.
    pub fn solve_transposed(&mut self, values: &mut [f64]) {
        for eta in self.etas.iter().rev() {
            eta.solve_transposed(values);
        }
        for &(row, position, sign) in &self.slacks {
            self.by_row[row as usize] = sign * values[position as usize];
        }
        for number in 0..self.pivots.len() {
            let pivot = self.pivots[number];
            let mut value = values[pivot.position as usize];
            for &(row, entry) in self.covered.of(number) {
                value -= entry * self.by_row[row as usize];
            }
            for &(earlier, entry) in self.upper.of(number) {
                value -= entry * self.by_pivot[earlier as usize];
            }
            self.by_pivot[number] = value / pivot.value;
        }
        for number in (0..self.pivots.len()).rev() {
            let mut value = self.by_pivot[number];
            for &(row, factor) in self.lower.of(number) {
                value -= factor * self.by_row[row as usize];
            }
            self.by_row[self.pivots[number].row as usize] = value;
        }
        self.by_pivot.iter_mut().for_each(|value| *value = 0.0);
        for (value, result) in values.iter_mut().zip(&mut self.by_row) {
            *value = std::mem::take(result);
        }
    }

    /// The column at `position` was replaced by one that `solve` turns into `solved`.
    pub fn replace(&mut self, position: usize, solved: &[f64]) {
        let other = |&(at, value): &(usize, &f64)| at != position && value.abs() > DROPPED;
        let others = solved.iter().enumerate().filter(other).map(|(at, &value)| (at as u32, value)).collect();
        self.etas.push(Eta::Replaced { position: position as u32, pivot: solved[position], others });
    }

    /// The class of the column at `position` has it for its key now, and its old key here.
    pub fn swap(&mut self, position: u32, others: Vec<u32>, solved: &mut [f64]) {
        let eta = Eta::Swapped { position, others };
        eta.solve(solved);
        self.etas.push(eta);
    }
}

/// The lists one after another.
struct Each<'l>(&'l Lists, usize);

impl<'l> Iterator for Each<'l> {
    type Item = &'l [Entry];

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.1;
        self.1 += 1;
        (at < self.0.ends.len()).then(|| self.0.of(at))
    }
}

impl Eta {
    fn solve(&self, values: &mut [f64]) {
        match self {
            Self::Replaced { position, pivot, others } => {
                let value = values[*position as usize];
                if value == 0.0 {
                    return;
                }
                let value = value / pivot;
                values[*position as usize] = value;
                others.iter().for_each(|&(at, entry)| values[at as usize] -= entry * value);
            }
            Self::Swapped { position, others } => {
                let others: f64 = others.iter().map(|&at| values[at as usize]).sum();
                let value = &mut values[*position as usize];
                *value = -*value - others;
            }
        }
    }

    fn solve_transposed(&self, values: &mut [f64]) {
        match self {
            Self::Replaced { position, pivot, others } => {
                let others: f64 = others.iter().map(|&(at, entry)| entry * values[at as usize]).sum();
                let value = &mut values[*position as usize];
                *value = (*value - others) / pivot;
            }
            Self::Swapped { position, others } => {
                let value = values[*position as usize];
                values[*position as usize] = -value;
                others.iter().for_each(|&at| values[at as usize] -= value);
            }
        }
    }
}

/// An order of the columns in which little has to be eliminated: columns with one open row, then rows
/// with one open column, each with the row to pivot on, and what is left by number of entries.
fn order(columns: &[(u32, &[Entry])], is_covered: &[bool]) -> Vec<(usize, Option<u32>)> {
    let mut columns_of: Vec<Vec<u32>> = vec![Vec::new(); is_covered.len()];
    let mut in_column = vec![0_u32; columns.len()];
    for (number, (_, entries)) in columns.iter().enumerate() {
        for &(row, _) in entries.iter().filter(|(row, _)| !is_covered[*row as usize]) {
            columns_of[row as usize].push(number as u32);
            in_column[number] += 1;
        }
    }
    let mut in_row: Vec<u32> = columns_of.iter().map(|columns| columns.len() as u32).collect();
    let mut row_is_open: Vec<bool> = is_covered.iter().map(|covered| !covered).collect();
    let mut column_is_open = vec![true; columns.len()];
    let mut order = Vec::with_capacity(columns.len());
    let mut single_columns: Vec<u32> =
        (0..columns.len() as u32).filter(|&c| in_column[c as usize] == 1).collect();
    let mut single_rows: Vec<u32> = (0..in_row.len() as u32).filter(|&r| in_row[r as usize] == 1).collect();
    loop {
        let (column, row) = if let Some(column) = single_columns.pop() {
            let open = columns[column as usize].1.iter().find(|(row, _)| row_is_open[*row as usize]);
            let Some(&(row, _)) = open.filter(|_| column_is_open[column as usize]) else { continue };
            (column, row)
        } else if let Some(row) = single_rows.pop() {
            let open = columns_of[row as usize].iter().find(|c| column_is_open[**c as usize]);
            let Some(&column) = open.filter(|_| row_is_open[row as usize]) else { continue };
            (column, row)
        } else {
            break;
        };
        column_is_open[column as usize] = false;
        row_is_open[row as usize] = false;
        order.push((column as usize, Some(row)));
        for &(other, _) in columns[column as usize].1 {
            in_row[other as usize] = in_row[other as usize].saturating_sub(1);
            if row_is_open[other as usize] && in_row[other as usize] == 1 {
                single_rows.push(other);
            }
        }
        for &other in &columns_of[row as usize] {
            in_column[other as usize] -= 1;
            if column_is_open[other as usize] && in_column[other as usize] == 1 {
                single_columns.push(other);
            }
        }
    }
    let mut left: Vec<usize> = (0..columns.len()).filter(|&column| column_is_open[column]).collect();
    left.sort_by_key(|&column| (in_column[column], column));
    order.extend(left.into_iter().map(|column| (column, None)));
    order
}
