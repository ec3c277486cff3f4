//! Answers the rows of a run on several threads, keeps each answer as it comes and shows how far it is.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::super::Failure;
use super::super::console::Console;
use super::super::results::{Found, Manifest, Results};
use super::Table;
use super::shard::Shard;
use crate::engine::{self, Session};
use crate::language::Message;
use crate::whatif::result::VariantResult;
use crate::whatif::sweep::Variant;

/// Variants answered to estimate how long many would take.
const SAMPLES: usize = 5;

/// A run, or the part of one that is this process's.
pub struct Run<'a> {
    pub manifest: &'a Manifest,
    pub results: &'a Results,
    pub shard: Shard,
    /// `None`: as many as everything works on.
    pub threads: Option<usize>,
    pub session: &'a Session<'static>,
    pub console: &'a Console,
}

impl Run<'_> {
    /// The answers of the rows of this part, in their order; `solved` answers the row at a position.
    ///
    /// # Errors
    /// A row failed, or the run was stopped: the answers so far are kept for the next one.
    pub fn answers(
        &self,
        solved: impl Fn(usize) -> Result<VariantResult, Failure> + Sync,
    ) -> Result<Vec<VariantResult>, Failure> {
        let keys = self.manifest.variants.iter().enumerate();
        let own = keys.filter(|(position, key)| self.shard.holds(*position, key));
        let positions: Vec<usize> = own.map(|(position, _)| position).collect();
        let total = positions.len();
        let bar = bar(total);
        let taken_up = AtomicUsize::new(0);
        let one = |position: usize| -> Result<Option<VariantResult>, Failure> {
            let key = self.manifest.variants.get(position).map(String::as_str).unwrap_or_default();
            let ended = match self.results.find(key)? {
                Found::Whole(result) => {
                    taken_up.fetch_add(1, Ordering::Relaxed);
                    Ok(Some(self.manifest.labelled(position, *result)))
                }
                Found::Nothing | Found::Corrupt => self.answer(key, || solved(position)),
            };
            bar.inc(1);
            ended
        };
        let answered = pool(self.threads)?.install(|| engine::sweep(positions, self.session, one));
        bar.finish_and_clear();
        let answered = answered?;
        let taken_up = taken_up.into_inner();
        if taken_up > 0 {
            self.console.tell(&Message::new("whatif-taken-up").number("count", taken_up as i64));
        }
        if answered.len() < total {
            let message = Message::new("whatif-stopped").number("count", answered.len() as i64);
            return Err(Failure::inside(message.number("total", total as i64)));
        }
        Ok(answered)
    }

    fn answer(
        &self,
        key: &str,
        solved: impl Fn() -> Result<VariantResult, Failure>,
    ) -> Result<Option<VariantResult>, Failure> {
        let started = Instant::now();
        let result = solved()?;
        // An answer that was broken off is none.
        if self.session.is_cancelled() && result.status != "optimal" {
            return Ok(None);
        }
        self.results.keep(key, &result, started.elapsed().as_millis() as u64)?;
        Ok(Some(result))
    }
}

/// Answers a variant within its time.
pub(super) fn solved(table: &Table<'_>, variant: &Variant) -> Result<VariantResult, Failure> {
    let session = table.session.part(table.asked.limit);
    let answered = table.bench.answer(variant, &session);
    let answered = answered.map_err(|_| {
        Failure::inside(Message::new("whatif-fault").text("variant", variant.labels.join(", ")))
    })?;
    Ok(table.words.told(answered))
}

/// The threads the user allows.
pub fn pool(threads: Option<usize>) -> Result<rayon::ThreadPool, Failure> {
    let pool = engine::threads::pool(threads);
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
pub(super) fn too_many(table: &Table<'_>) -> Failure {
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
