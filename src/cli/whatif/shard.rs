//! `--shard`: which variants are this process's part, given by hand or by the scheduler that started it.
//!
//! `i/N` takes every N-th variant from the i-th on. `hash:i/N` goes by each variant's own key, so that a variant stays
//! in its part when others are added. `auto` and `auto/N` ask the environment: schedulers number the tasks of an
//! array in a variable each. Exactly one may be set, since a job inside another one's would answer the wrong part.

use crate::language::Message;

/// A part of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    pub part: usize,
    pub parts: usize,
    /// Whether variants are shared out by their keys instead of by their positions.
    pub by_key: bool,
}

/// A task's number as a scheduler gives it.
struct Array {
    index: &'static str,
    /// The number of tasks; `None`: the scheduler does not say it.
    count: Option<&'static str>,
    /// The number of the first task where it need not be 0, and the step to the next.
    first: Option<(&'static str, &'static str)>,
}

const ARRAYS: [Array; 6] = [
    Array {
        index: "SLURM_ARRAY_TASK_ID",
        count: Some("SLURM_ARRAY_TASK_COUNT"),
        first: Some(("SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_STEP")),
    },
    Array { index: "HQ_TASK_ID", count: None, first: None },
    Array { index: "JOB_COMPLETION_INDEX", count: None, first: None },
    Array { index: "AWS_BATCH_JOB_ARRAY_INDEX", count: Some("AWS_BATCH_JOB_ARRAY_SIZE"), first: None },
    Array { index: "CLOUD_RUN_TASK_INDEX", count: Some("CLOUD_RUN_TASK_COUNT"), first: None },
    Array { index: "PBS_ARRAY_INDEX", count: None, first: None },
];

impl Shard {
    /// The whole run.
    pub const ALL: Self = Self { part: 1, parts: 1, by_key: false };

    /// `auto`, `auto/N`, `i/N` or `hash:i/N`.
    ///
    /// # Errors
    /// What is wrong with the text, or with what the environment says.
    pub fn read(text: &str, environment: &dyn Fn(&str) -> Option<String>) -> Result<Self, Message> {
        let plain = text.trim();
        let malformed = || Message::new("whatif-shard").text("value", text);
        if plain == "auto" {
            return from_environment(None, environment);
        }
        if let Some(parts) = plain.strip_prefix("auto/") {
            let parts = number(parts).filter(|parts| *parts > 0).ok_or_else(malformed)?;
            return from_environment(Some(parts), environment);
        }
        let by_key = plain.strip_prefix("hash:");
        let (part, parts) = by_key.unwrap_or(plain).split_once('/').ok_or_else(malformed)?;
        let (part, parts) = number(part).zip(number(parts)).ok_or_else(malformed)?;
        let is_part = (1..=parts).contains(&part);
        is_part.then_some(Self { part, parts, by_key: by_key.is_some() }).ok_or_else(malformed)
    }

    /// Whether there are other parts.
    pub fn is_a_part(self) -> bool {
        self.parts > 1
    }

    /// Whether the variant at a position, with its key (a hash in hexadecimal), belongs to the part.
    pub fn holds(self, position: usize, key: &str) -> bool {
        let number = match self.by_key {
            false => position as u64,
            true => key.get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or(0),
        };
        number % self.parts as u64 == self.part as u64 - 1
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}/{}", if self.by_key { "hash:" } else { "" }, self.part, self.parts)
    }
}

fn number(text: &str) -> Option<usize> {
    text.trim().parse().ok()
}

/// The part that the environment gives, of so many if they are said here.
fn from_environment(
    parts: Option<usize>,
    environment: &dyn Fn(&str) -> Option<String>,
) -> Result<Shard, Message> {
    let set: Vec<&Array> = ARRAYS.iter().filter(|array| environment(array.index).is_some()).collect();
    let array = match set.as_slice() {
        [] => {
            let names: Vec<&str> = ARRAYS.iter().map(|array| array.index).collect();
            return Err(Message::new("whatif-shard-no-array").text("names", names.join(", ")));
        }
        [array] => array,
        several => {
            let names: Vec<&str> = several.iter().map(|array| array.index).collect();
            return Err(Message::new("whatif-shard-several").text("names", names.join(", ")));
        }
    };
    let whole = |name: &'static str| -> Result<usize, Message> {
        let text = environment(name).unwrap_or_default();
        let malformed = || Message::new("whatif-shard-variable").text("name", name).text("value", &text);
        number(&text).ok_or_else(malformed)
    };
    let parts = match (parts, array.count.filter(|name| environment(name).is_some())) {
        (Some(parts), _) => parts,
        (None, Some(count)) => whole(count)?,
        (None, None) => return Err(Message::new("whatif-shard-no-count").text("name", array.index)),
    };
    let index = whole(array.index)?;
    let from_first = match array.first {
        Some((first, step)) if environment(first).is_some() => {
            let step = if environment(step).is_some() { whole(step)?.max(1) } else { 1 };
            let beyond = index.checked_sub(whole(first)?);
            beyond.filter(|beyond| beyond % step == 0).map(|beyond| beyond / step)
        }
        _ => Some(index),
    };
    let part = from_first.filter(|position| *position < parts);
    let part = part.ok_or_else(|| {
        Message::new("whatif-shard-beyond")
            .text("name", array.index)
            .number("index", index as i64)
            .number("parts", parts as i64)
            .number("last", parts as i64 - 1)
    })?;
    Ok(Shard { part: part + 1, parts, by_key: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, variables: &[(&str, &str)]) -> Result<String, &'static str> {
        let environment = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_string())
        };
        Shard::read(text, &environment).map(|shard| shard.to_string()).map_err(|message| message.key)
    }

    #[test]
    fn a_part_is_given_by_hand() {
        assert_eq!(read("2/4", &[]), Ok("2/4".into()));
        assert_eq!(read("hash:4/4", &[]), Ok("hash:4/4".into()));
        for wrong in ["", "0/4", "5/4", "1", "a/b", "hash:1", "hash:0/2", "auto/0", "auto/x", "automatic"] {
            assert_eq!(read(wrong, &[]), Err("whatif-shard"), "{wrong}");
        }
    }

    #[test]
    fn exactly_one_scheduler_says_which_part() {
        let slurm =
            [("SLURM_ARRAY_TASK_ID", "7"), ("SLURM_ARRAY_TASK_MIN", "5"), ("SLURM_ARRAY_TASK_COUNT", "4")];
        assert_eq!(read("auto", &slurm), Ok("3/4".into()));
        assert_eq!(read("auto/9", &slurm), Ok("3/9".into()));
        assert_eq!(read("auto", &[slurm[0], slurm[2]]), Err("whatif-shard-beyond"));
        let stepped = [slurm[0], slurm[1], slurm[2], ("SLURM_ARRAY_TASK_STEP", "2")];
        assert_eq!(read("auto", &stepped), Ok("2/4".into()));
        let off = [slurm[0], slurm[1], slurm[2], ("SLURM_ARRAY_TASK_STEP", "3")];
        assert_eq!(read("auto", &off), Err("whatif-shard-beyond"));
        let batch = [("AWS_BATCH_JOB_ARRAY_INDEX", "0"), ("AWS_BATCH_JOB_ARRAY_SIZE", "2")];
        assert_eq!(read("auto", &batch), Ok("1/2".into()));
        let run = [("CLOUD_RUN_TASK_INDEX", "1"), ("CLOUD_RUN_TASK_COUNT", "2")];
        assert_eq!(read("auto", &run), Ok("2/2".into()));
        for name in ["HQ_TASK_ID", "JOB_COMPLETION_INDEX", "PBS_ARRAY_INDEX"] {
            assert_eq!(read("auto/3", &[(name, "2")]), Ok("3/3".into()));
            assert_eq!(read("auto/3", &[(name, "3")]), Err("whatif-shard-beyond"));
            assert_eq!(read("auto", &[(name, "2")]), Err("whatif-shard-no-count"));
            assert_eq!(read("auto/3", &[(name, "two")]), Err("whatif-shard-variable"));
        }
        assert_eq!(read("auto", &[slurm[0]]), Err("whatif-shard-no-count"));
        assert_eq!(read("auto", &[]), Err("whatif-shard-no-array"));
        assert_eq!(read("auto/2", &[slurm[0], batch[0]]), Err("whatif-shard-several"));
    }

    #[test]
    fn a_variant_is_in_exactly_one_part_and_stays_there() {
        let keys: Vec<String> =
            (0..500u64).map(|n| format!("{:016x}ffff", n.wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
        for by_key in [false, true] {
            for parts in [1, 2, 7] {
                let of = |position: usize, key: &str| -> Vec<usize> {
                    let shards = (1..=parts).map(|part| Shard { part, parts, by_key });
                    shards.filter(|shard| shard.holds(position, key)).map(|shard| shard.part).collect()
                };
                for (position, key) in keys.iter().enumerate() {
                    let own = of(position, key);
                    assert_eq!(own.len(), 1);
                    assert!(!by_key || own == of(position + 1, key));
                }
            }
        }
    }
}
