//! How everybody stands towards completion under the plan on the desk, in words.

use serde_json::{Value, json};

use super::desk::Snapshot;
use crate::calendar::Month;
use crate::completion::{Standing, known_until, progress};
use crate::language::Catalogue;
use crate::output::completion;

/// Everybody's standing at the beginning of a month; without one, of the month up to which the tables tell.
pub fn standings(about: &Snapshot, as_of: Option<Month>, catalogue: &Catalogue) -> Value {
    let scenario = &about.scenario;
    // A desk without a plan has one without rows.
    let plan = Some(&*about.plan).filter(|plan| !plan.rows.is_empty());
    let progress = progress(scenario, plan, as_of.unwrap_or_else(|| known_until(scenario)));
    let columns = ["ledger-counted", "ledger-missing", "ledger-end", "completion-verdict", "completion-why"];
    let one = |standing: &Standing| {
        let person = scenario.resident(standing.resident);
        let items = standing.items.iter().map(|item| completion::item_words(scenario, item, catalogue));
        json!({
            "id": person.id,
            "name": person.name,
            "verdict": standing.verdict.map(crate::completion::State::id),
            "figures": completion::figures_of(standing),
            "words": completion::verdict(standing, catalogue),
            "why": completion::reasons(scenario, standing, catalogue),
            "items": items.collect::<Vec<_>>(),
        })
    };
    json!({
        "as_of": progress.as_of.to_string(),
        "title": catalogue.say(&completion::title(&progress)),
        "summary": catalogue.say(&completion::summary(&progress)),
        "legend": catalogue.word("completion-legend"),
        "columns": columns.map(|key| catalogue.word(key)),
        "residents": progress.residents.iter().map(one).collect::<Vec<_>>(),
    })
}
