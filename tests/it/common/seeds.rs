//! How much a test tries: a quick tier, or as much as `KENSHU_SCENARIOS` says.

/// The first seeds of generated scenarios, or those `KENSHU_SCENARIOS` names: `20000`, or `20000..40000`.
pub fn seeds(usual: u64) -> std::ops::Range<u64> {
    let asked = std::env::var("KENSHU_SCENARIOS").unwrap_or_default();
    let number = |text: &str| text.parse::<u64>().ok();
    match asked.split_once("..") {
        Some((from, to)) => number(from).zip(number(to)).map_or(0..usual, |(from, to)| from..to),
        None => 0..number(&asked).unwrap_or(usual),
    }
}

/// How many of whatever the test repeats: claims, ways out, workbooks, kills.
pub fn count(usual: usize) -> usize {
    let seeds = seeds(usual as u64);
    (seeds.end - seeds.start) as usize
}
