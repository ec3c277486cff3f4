//! Names of files made of what people are called: short, unlike each other, and good on every system.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

/// Bytes of a name without its ending: systems allow 255, folders and endings come before and after.
const BYTES_MAX: usize = 100;

/// A name for each text, in their order: letters and digits of any script, `-` and `_`, everything else one `_`.
/// No two are the same where letter case does not count, and none is one that Windows keeps for devices.
pub fn file_names<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut free = |text: &str| {
        let name = plain(text);
        let numbered = |number: u32| if number == 1 { name.clone() } else { format!("{name}-{number}") };
        let mut candidates = (1..).map(numbered);
        let is_free = |candidate: &String| taken.insert(candidate.to_lowercase());
        candidates.find(is_free).unwrap_or_default()
    };
    texts.into_iter().map(&mut free).collect()
}

fn plain(text: &str) -> String {
    let mut name = String::new();
    for c in text.nfc() {
        let c = if c.is_alphanumeric() || c == '-' { c } else { '_' };
        if name.len() + c.len_utf8() > BYTES_MAX {
            break;
        }
        if c != '_' || !name.ends_with('_') {
            name.push(c);
        }
    }
    let name = name.trim_matches(['_', '-']);
    let is_device = ["con", "prn", "aux", "nul"].contains(&name.to_lowercase().as_str())
        || (name.len() == 4 && ["com", "lpt"].iter().any(|port| name.to_lowercase().starts_with(port)));
    match name {
        "" => "_".to_string(),
        name if is_device => format!("{name}_"),
        name => name.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_good_on_every_system() {
        let names = file_names(["Y2025-01 髙﨑", "a/b\\c:d", "A/B C?d", "CON", "com1", "..", "", "a_b_c_d"]);
        assert_eq!(
            names,
            ["Y2025-01_髙﨑", "a_b_c_d", "A_B_C_d-2", "CON_", "com1_", "_", "_-2", "a_b_c_d-3"]
        );
    }

    proptest! {
        #[test]
        fn any_texts_have_names_of_their_own(texts in prop::collection::vec(".{0,300}", 0..8)) {
            let names = file_names(texts.iter().map(String::as_str));
            let different: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
            prop_assert_eq!(different.len(), texts.len());
            for name in names {
                prop_assert!(!name.is_empty() && name.len() <= BYTES_MAX + 4, "{}", name);
                prop_assert!(name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c)), "{}", name);
            }
        }
    }
}
