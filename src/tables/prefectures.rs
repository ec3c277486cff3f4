//! The 47 prefectures, and how tables spell them.
//!
//! A cap of the standard depends on the prefecture of the core, and national tables print 東京 where
//! others write 東京都 or Tokyo: all of them are one place, kept as 東京都. What is none of them is
//! refused rather than taken for a place without a cap.

use unicode_normalization::UnicodeNormalization;

use super::value::hint;
use crate::diagnostic::{code, nearest};
use crate::language::{Message, spelling};

/// Japanese name, what it ends with in full, English name, and the ending in English.
const PREFECTURES: [(&str, &str, &str, &str); 47] = [
    ("北海道", "", "Hokkaido", ""),
    ("青森", "県", "Aomori", "ken"),
    ("岩手", "県", "Iwate", "ken"),
    ("宮城", "県", "Miyagi", "ken"),
    ("秋田", "県", "Akita", "ken"),
    ("山形", "県", "Yamagata", "ken"),
    ("福島", "県", "Fukushima", "ken"),
    ("茨城", "県", "Ibaraki", "ken"),
    ("栃木", "県", "Tochigi", "ken"),
    ("群馬", "県", "Gunma", "ken"),
    ("埼玉", "県", "Saitama", "ken"),
    ("千葉", "県", "Chiba", "ken"),
    ("東京", "都", "Tokyo", "to"),
    ("神奈川", "県", "Kanagawa", "ken"),
    ("新潟", "県", "Niigata", "ken"),
    ("富山", "県", "Toyama", "ken"),
    ("石川", "県", "Ishikawa", "ken"),
    ("福井", "県", "Fukui", "ken"),
    ("山梨", "県", "Yamanashi", "ken"),
    ("長野", "県", "Nagano", "ken"),
    ("岐阜", "県", "Gifu", "ken"),
    ("静岡", "県", "Shizuoka", "ken"),
    ("愛知", "県", "Aichi", "ken"),
    ("三重", "県", "Mie", "ken"),
    ("滋賀", "県", "Shiga", "ken"),
    ("京都", "府", "Kyoto", "fu"),
    ("大阪", "府", "Osaka", "fu"),
    ("兵庫", "県", "Hyogo", "ken"),
    ("奈良", "県", "Nara", "ken"),
    ("和歌山", "県", "Wakayama", "ken"),
    ("鳥取", "県", "Tottori", "ken"),
    ("島根", "県", "Shimane", "ken"),
    ("岡山", "県", "Okayama", "ken"),
    ("広島", "県", "Hiroshima", "ken"),
    ("山口", "県", "Yamaguchi", "ken"),
    ("徳島", "県", "Tokushima", "ken"),
    ("香川", "県", "Kagawa", "ken"),
    ("愛媛", "県", "Ehime", "ken"),
    ("高知", "県", "Kochi", "ken"),
    ("福岡", "県", "Fukuoka", "ken"),
    ("佐賀", "県", "Saga", "ken"),
    ("長崎", "県", "Nagasaki", "ken"),
    ("熊本", "県", "Kumamoto", "ken"),
    ("大分", "県", "Oita", "ken"),
    ("宮崎", "県", "Miyazaki", "ken"),
    ("鹿児島", "県", "Kagoshima", "ken"),
    ("沖縄", "県", "Okinawa", "ken"),
];

/// Words that follow an English name.
const ENGLISH_ENDINGS: [&str; 3] = ["prefecture", "metropolis", "pref."];

/// All names as they are written in full in Japanese.
pub(crate) fn in_full() -> impl Iterator<Item = String> {
    PREFECTURES.iter().map(|(ja, ending, ..)| format!("{ja}{ending}"))
}

/// The prefecture a text names, as it is written in full in Japanese.
///
/// # Errors
/// That there is none such, with the nearest.
pub(crate) fn prefecture(text: &str) -> Result<String, Message> {
    let wanted = plain(text);
    let found = PREFECTURES.iter().find(|(ja, ending, en, english_ending)| {
        let full = format!("{ja}{ending}");
        let en = en.to_lowercase();
        wanted == *ja
            || wanted == full
            || wanted == en
            || wanted == format!("{en}{english_ending}")
            || ENGLISH_ENDINGS.iter().any(|word| wanted == format!("{en}{}", spelling::folded(word)))
    });
    match found {
        Some((ja, ending, ..)) => Ok(format!("{ja}{ending}")),
        None => Err(unknown(text, &wanted)),
    }
}

fn unknown(text: &str, wanted: &str) -> Message {
    let full: Vec<String> = in_full().collect();
    let known =
        PREFECTURES.iter().flat_map(|(ja, _, en, _)| [*ja, *en]).chain(full.iter().map(String::as_str));
    let hint = match nearest(wanted, known) {
        Some(near) => Message::new("hint-nearest").text("name", near),
        None => hint(wanted, full.iter().map(String::as_str)),
    };
    Message::new(code::UNKNOWN_PREFECTURE).text("text", text).message("hint", hint)
}

/// Without blanks, hyphens, letter case, widths and the marks of long vowels.
fn plain(text: &str) -> String {
    spelling::folded(text).nfd().filter(|c| !matches!(c, '\u{0302}' | '\u{0304}')).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn national_tables_and_everybody_else_mean_the_same_places() {
        for (text, expected) in [
            ("東京", "東京都"),
            ("東京都", "東京都"),
            ("Tokyo", "東京都"),
            ("Ｔｏｋｙｏ", "東京都"),
            ("Tōkyō", "東京都"),
            ("Tokyo-to", "東京都"),
            ("TOKYO METROPOLIS", "東京都"),
            ("大阪", "大阪府"),
            ("Osaka-fu", "大阪府"),
            ("Ôsaka", "大阪府"),
            ("京都", "京都府"),
            ("北海道", "北海道"),
            ("Hokkaido", "北海道"),
            ("Kanagawa Prefecture", "神奈川県"),
            ("　愛知 ", "愛知県"),
            ("福岡", "福岡県"),
        ] {
            assert_eq!(prefecture(text), Ok(expected.to_string()), "{text}");
        }
        for (ja, ending, en, _) in PREFECTURES {
            for text in [ja.to_string(), format!("{ja}{ending}"), en.to_string(), en.to_uppercase()] {
                assert_eq!(prefecture(&text), Ok(format!("{ja}{ending}")));
            }
        }
    }

    #[test]
    fn another_place_is_refused() {
        for text in ["東京府", "Tokio", "川崎市", "関東", "京", "-", "Osaka-ken"] {
            assert_eq!(
                prefecture(text).map_err(|message| message.key),
                Err(code::UNKNOWN_PREFECTURE),
                "{text}"
            );
        }
    }
}
