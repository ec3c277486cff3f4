//! The facilities of the source document (§2.1, §2.3) with the figures as it prints them.

use std::collections::BTreeMap;

use kenshu::internal::scenario::{
    Accreditation, Dated, Facility, IntakeCap, MeanRounding, Role, Scenario, TotalsSource,
};

use super::program::{course, decimal, empty, facility, resident};

/// id, supervisors, CT, IVR, radiotherapy, prefecture; the core first.
const ROWS: [(&str, &str, &str, &str, &str, &str); 18] = [
    ("keio", "11.0", "45477", "872", "536", "東京都"),
    ("tokyo-mc", "3.0", "13921.5", "158.5", "409", "東京都"),
    ("saitama-city", "3.0", "20667", "86", "200", "埼玉県"),
    ("saitama-nho", "4.0", "22210", "72", "318", "埼玉県"),
    ("keiyu", "1.5", "9188.5", "116.5", "123.5", "神奈川県"),
    ("eiju", "2.0", "17434", "144", "0", "東京都"),
    ("hiroo", "2.0", "16747", "33", "0", "東京都"),
    ("tachikawa", "4.0", "14230", "123", "314", "東京都"),
    ("saitama-mc", "2.0", "14000", "83", "280", "埼玉県"),
    ("hino", "1.0", "12068", "55", "0", "東京都"),
    ("ashikaga", "3.0", "27205", "347", "304", "栃木県"),
    ("nihon-kokan", "2.0", "12062", "100", "0", "神奈川県"),
    ("saiseikai-chuo", "2.0", "12614", "126.5", "108.5", "東京都"),
    ("kawasaki", "3.5", "10650", "150", "125", "神奈川県"),
    ("yokohama-tobu", "5.0", "32946", "232", "630", "神奈川県"),
    ("shinzen", "1.0", "15676", "45", "0", "神奈川県"),
    ("shizuoka", "1.0", "11673", "2", "0", "静岡県"),
    ("luke", "3.3", "3224.9", "78.5", "77.6", "東京都"),
];

/// The source's program with its cap on the printed totals and the given new residents per year.
pub fn keio(intake: &[(i32, u32)]) -> Scenario {
    let mut scenario = empty(36);
    scenario.unchecked_mut().first_year = 2019;
    scenario.unchecked_mut().volumes = ["ct", "ivr", "radiotherapy"].map(String::from).to_vec();
    scenario.unchecked_mut().facilities = ROWS.iter().map(keio_facility).collect();
    scenario.unchecked_mut().courses = vec![course("A", &["core:12/core:12/affiliate:12"])];
    scenario.unchecked_mut().intake = intake.iter().copied().collect();
    for (year, count) in intake {
        scenario
            .unchecked_mut()
            .residents
            .extend((1..=*count).map(|n| resident(&format!("{year}-{n:02}"), *year)));
    }
    scenario.unchecked_mut().rules.intake_cap = Some(IntakeCap {
        supervisors_per_resident: decimal("1"),
        volume_per_resident: vec![(0, decimal("3000")), (1, decimal("60")), (2, decimal("60"))],
        totals: TotalsSource::Printed,
        past_hires: Some(59),
        past_years: 5,
        mean_rounding: MeanRounding::HalfUp,
    });
    scenario.unchecked_mut().printed_totals = BTreeMap::from(
        [("supervisors", "54.3"), ("ct", "313689.7"), ("ivr", "2811"), ("radiotherapy", "3425.6")]
            .map(|(name, total)| (name.to_string(), decimal(total))),
    );
    scenario
}

fn keio_facility(row: &(&str, &str, &str, &str, &str, &str)) -> Facility {
    let (id, supervisors, ct, ivr, radiotherapy, prefecture) = *row;
    let (role, accreditation) = match id {
        "keio" => (Role::Core, Accreditation::Comprehensive),
        "tokyo-mc" | "kawasaki" | "luke" => (Role::Affiliate, Accreditation::Comprehensive),
        _ => (Role::Affiliate, Accreditation::Training),
    };
    Facility {
        prefecture: prefecture.into(),
        volumes: [ct, ivr, radiotherapy].map(|volume| Dated::constant(Some(decimal(volume)))).to_vec(),
        ..facility(id, role, accreditation, supervisors)
    }
}
