//! `[rules]` and `[rules.intake_cap]`: the standard's numbers, unless the scenario says otherwise.

use rust_decimal::Decimal;

use crate::diagnostic::{Findings, Place};
use crate::regulation::{self, IntakeCap, Kind, Parameter, Rules, Value};

use super::bounds;
use crate::tables::document::{Entry, Section};

/// A volume column that `program.toml` names, and where.
pub(crate) struct NamedVolume {
    pub name: String,
    pub place: Place,
    /// Cases a year per new resident, for the intake cap.
    pub per_resident: Decimal,
}

/// The table of the cap within the rules.
const CAP: &str = "intake_cap";

/// The rules. The cap's volumes come apart: which columns they are, `facilities.csv` tells later.
pub(crate) fn read(root: &Section<'_>, findings: &mut Findings) -> (Rules, Vec<NamedVolume>) {
    let mut rules = regulation::default_rules();
    let Some(section) = root.get("rules").and_then(|entry| entry.section(findings)) else {
        return (rules, Vec::new());
    };
    let known: Vec<&str> = regulation::RULES.iter().map(|row| row.key).chain([CAP]).collect();
    section.only(&known, findings);
    for row in &regulation::RULES {
        if let Some(entry) = section.get(row.key) {
            take(row, &entry, &mut rules, findings);
        }
    }
    let cap = section.get(CAP).and_then(|entry| entry.section(findings));
    let (cap, volumes) = cap.map(|section| intake_cap(&section, findings)).unzip();
    rules.intake_cap = cap;
    (rules, volumes.unwrap_or_default())
}

/// The cap; every key that is no parameter names a volume.
fn intake_cap(section: &Section<'_>, findings: &mut Findings) -> (IntakeCap, Vec<NamedVolume>) {
    let mut cap = regulation::default_cap();
    let mut volumes = Vec::new();
    for (name, place, entry) in section.entries() {
        match regulation::INTAKE_CAP.iter().find(|row| row.key == name) {
            Some(row) => take(row, &entry, &mut cap, findings),
            None => {
                let per_resident = entry.divisor(bounds::VOLUME_MAX, findings).unwrap_or(Decimal::ONE);
                volumes.push(NamedVolume { name, place, per_resident });
            }
        }
    }
    (cap, volumes)
}

/// Enters a value; what cannot be read is reported, and the standard stays.
fn take<T>(row: &Parameter<T>, entry: &Entry<'_>, of: &mut T, findings: &mut Findings) {
    let value = match &row.kind {
        Kind::Whole(range) => entry.whole(range.clone(), findings).map(Value::Whole),
        Kind::Divisor(max) => entry.divisor(*max, findings).map(Value::Decimal),
        Kind::Flag => entry.flag(findings).map(Value::Flag),
        Kind::Word(words) => entry.word(words, |word| word, findings).map(Value::Word),
        Kind::Month => entry.month(findings).map(Value::Month),
    };
    if let Some(value) = value {
        (row.set)(of, value);
    }
}
