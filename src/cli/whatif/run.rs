//! Answers variants on several threads, keeps each as it comes and shows how far it is.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::super::Failure;
use super::super::results::{Found, Manifest, Results};
use super::Table;
use crate::engine;
use crate::language::Message;
use crate::whatif::result::VariantResult;
use crate::whatif::sweep::Variant;

/// Variants answered to estimate how long many would take.
const SAMPLES: usize = 5;

/// The answers of the variants of this part, in their order.
pub fn answers(
    table: &Table<'_>,
    manifest: &Manifest,
    results: &Results,
) -> Result<Vec<VariantResult>, Failure> {
    let keys = manifest.variants.iter().enumerate();
    let own = keys.filter(|(position, key)| table.asked.shard.holds(*position, key));
    let positions: Vec<usize> = own.map(|(position, _)| position).collect();
    let total = positions.len();
    let bar = bar(total);
    let taken_up = AtomicUsize::new(0);
    let one = |position: usize| -> Result<Option<VariantResult>, Failure> {
        let key = manifest.variants.get(position).map(String::as_str).unwrap_or_default();
        let variant = table.asked.sweep.variant(position);
        let ended = match results.find(key)? {
            Found::Whole(result) => {
                taken_up.fetch_add(1, Ordering::Relaxed);
                // Two variants may be one scenario under other labels.
                Ok(Some(VariantResult { labels: variant.labels, ..*result }))
            }
            Found::Nothing | Found::Corrupt => answer(table, key, &variant, results),
        };
        bar.inc(1);
        ended
    };
    let answered = pool(table)?.install(|| engine::sweep(positions, &table.session, one));
    bar.finish_and_clear();
    let answered = answered?;
    let taken_up = taken_up.into_inner();
    if taken_up > 0 {
        table.console.tell(&Message::new("whatif-taken-up").number("count", taken_up as i64));
    }
    if answered.len() < total {
        let message = Message::new("whatif-stopped").number("count", answered.len() as i64);
        return Err(Failure::inside(message.number("total", total as i64)));
    }
    Ok(answered)
}

fn answer(
    table: &Table<'_>,
    key: &str,
    variant: &Variant,
    results: &Results,
) -> Result<Option<VariantResult>, Failure> {
    let started = Instant::now();
    let result = solved(table, variant)?;
    // An answer that was broken off is none.
    if table.session.is_cancelled() && result.status != "optimal" {
        return Ok(None);
    }
    results.keep(key, &result, started.elapsed().as_millis() as u64)?;
    Ok(Some(result))
}

/// Answers a variant within its time.
pub fn solved(table: &Table<'_>, variant: &Variant) -> Result<VariantResult, Failure> {
    let session = table.session.part(table.asked.limit);
    let answered = table.bench.answer(variant, &session);
    let answered = answered.map_err(|_| {
        Failure::inside(Message::new("whatif-fault").text("variant", variant.labels.join(", ")))
    })?;
    Ok(table.words.told(answered))
}

/// The threads the user allows.
pub fn pool(table: &Table<'_>) -> Result<rayon::ThreadPool, Failure> {
    let pool = engine::threads::pool(table.asked.threads);
    pool.map_err(|error| Failure::inside(Message::new("whatif-threads").text("reason", error)))
}

/// How far it is, how fast, and how long it will take; nothing where stderr is not a terminal.
pub fn bar(total: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
    let template = "{spinner} {elapsed_precise} [{wide_bar}] {pos}/{len}  {rate}  -{eta_precise}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        let rate = |state: &ProgressState, text: &mut dyn std::fmt::Write| {
            _ = write!(text, "{:.1}/s", state.per_sec());
        };
        bar.set_style(style.with_key("rate", rate).tick_chars("|/-\\ ").progress_chars("=> "));
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// The refusal of very many variants, with how long they would take: a few from beginning to end are
/// answered to see, since the first may be no scenario at all.
pub fn too_many(table: &Table<'_>) -> Failure {
    let count = table.asked.sweep.count;
    let samples: Vec<usize> = (0..SAMPLES).map(|sample| sample * (count - 1) / (SAMPLES - 1)).collect();
    let started = Instant::now();
    for &position in &samples {
        if let Err(failure) = solved(table, &table.asked.sweep.variant(position)) {
            return failure;
        }
    }
    let threads = table.asked.threads.unwrap_or_else(rayon::current_num_threads).max(1) as u128;
    let seconds = started.elapsed().as_millis() * count as u128 / SAMPLES as u128 / threads / 1000;
    let message = Message::new("whatif-many").number("count", count as i64);
    Failure::usage(message.text("minutes", (seconds / 60 + 1).to_string()))
}
