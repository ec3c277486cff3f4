//! Which variants there are: a product of axes, or a list made by a rule.
//!
//! Variants are made one by one when they are asked for, so a sweep of ten thousand costs no memory.

use sha2::{Digest, Sha256};

use crate::language::Message;
use crate::scenario::edit::Edit;

/// A value of an axis: how it is shown, and what it changes.
#[derive(Debug, Clone)]
pub struct Point {
    pub label: String,
    pub changes: Vec<Edit>,
}

/// A key and the values it takes.
#[derive(Debug, Clone)]
pub struct Axis {
    /// The KEY as it was typed.
    pub name: String,
    pub points: Vec<Point>,
}

/// One variant of the scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// One per column of the sweep.
    pub labels: Vec<String>,
    pub changes: Vec<Edit>,
}

/// The variants of one run.
pub struct Sweep {
    pub columns: Vec<String>,
    pub count: usize,
    make: Box<dyn Fn(usize) -> Variant + Send + Sync>,
}

impl Sweep {
    /// Variants made by a rule, from their position.
    pub fn of(
        columns: Vec<String>,
        count: usize,
        make: impl Fn(usize) -> Variant + Send + Sync + 'static,
    ) -> Self {
        Self { columns, count, make: Box::new(make) }
    }

    /// The product of axes, the last one running fastest; `sets` hold in every variant.
    ///
    /// # Errors
    /// More variants than can be counted.
    pub fn product(sets: Vec<Edit>, axes: Vec<Axis>) -> Result<Self, Message> {
        let columns = axes.iter().map(|axis| axis.name.clone()).collect();
        let count = axes.iter().try_fold(1usize, |count, axis| count.checked_mul(axis.points.len()));
        let count = count.ok_or_else(|| Message::new("whatif-too-many"))?;
        Ok(Self::of(columns, count, move |position| at(&sets, &axes, position)))
    }

    /// The variant at a position below `count`.
    pub fn variant(&self, position: usize) -> Variant {
        (self.make)(position)
    }
}

fn at(sets: &[Edit], axes: &[Axis], position: usize) -> Variant {
    let mut rest = position;
    let mut points: Vec<&Point> = Vec::new();
    for axis in axes.iter().rev() {
        let size = axis.points.len().max(1);
        points.extend(axis.points.get(rest % size));
        rest /= size;
    }
    points.reverse();
    Variant {
        labels: points.iter().map(|point| point.label.clone()).collect(),
        changes: sets.iter().chain(points.iter().flat_map(|point| &point.changes)).cloned().collect(),
    }
}

/// What tells a variant's answer from every other: the scenario, the changes, the version, the limit.
pub fn hash(scenario: &str, changes: &[Edit], limit: Option<std::time::Duration>) -> String {
    // Plain data: serde_json has no way to fail on it.
    let changes = serde_json::to_string(changes).unwrap_or_default();
    let limit = limit.map_or(0, |limit| limit.as_millis());
    let text = format!("{}\n{scenario}\n{limit}\n{changes}", env!("CARGO_PKG_VERSION"));
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::edit::{Key, Value};

    fn axis(name: &str, values: &[&str]) -> Axis {
        let change = |text: &str| Edit {
            key: Key::Program(vec!["intake".into(), name.into()]),
            value: Value::Text(text.into()),
        };
        let point = |text: &&str| Point { label: text.to_string(), changes: vec![change(text)] };
        Axis { name: name.into(), points: values.iter().map(point).collect() }
    }

    #[test]
    fn several_axes_form_the_product() {
        let sweep =
            Sweep::product(vec![], vec![axis("a", &["1", "2"]), axis("b", &["x", "y", "z"])]).unwrap();
        let labels: Vec<String> = (0..sweep.count).map(|at| sweep.variant(at).labels.concat()).collect();
        assert_eq!(labels, ["1x", "1y", "1z", "2x", "2y", "2z"]);
        assert_eq!(Sweep::product(vec![], vec![]).unwrap().count, 1);
    }

    #[test]
    fn other_changes_have_other_hashes() {
        let sweep = Sweep::product(vec![], vec![axis("a", &["1", "2"]), axis("b", &["1", "2"])]).unwrap();
        let mut hashes: Vec<String> =
            (0..sweep.count).map(|at| hash("s", &sweep.variant(at).changes, None)).collect();
        hashes.push(hash("other", &sweep.variant(0).changes, None));
        hashes.push(hash("s", &sweep.variant(0).changes, Some(std::time::Duration::from_secs(1))));
        let count = hashes.len();
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), count);
    }
}
