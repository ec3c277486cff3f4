//! The page on screens of other sizes, under a finger and on paper.

use serde_json::{Value, json};

use crate::page::browser::Tab;
use crate::page_browser::{Stage, answered, at_ease, block, spoken};

fn choose(tab: &mut Tab, id: &str, value: &str) {
    tab.value(&format!(
        "(() => {{ const select = document.querySelector('#{id}'); select.value = '{value}'; select.dispatchEvent(new Event('change')); }})()"
    ));
}

#[test]
fn nothing_is_wider_than_the_window() {
    let Some(stage) = Stage::set("nothing_is_wider_than_the_window") else { return };
    let mut tab = stage.tab();
    for (width, height) in [(1280, 720), (1024, 768)] {
        tab.size(width, height);
        for language in ["en", "ja"] {
            choose(&mut tab, "lang", language);
            spoken(&mut tab, language);
            tab.until("document.querySelector('#grid .block') && document.querySelector('#side .summary')");
            let over = tab.value(
                "[document.scrollingElement.scrollWidth - innerWidth, document.scrollingElement.scrollHeight - innerHeight, \
                 Math.max(...[...document.querySelectorAll('#bar button, #bar select, #bar input')].map((one) => one.getBoundingClientRect().right)) - innerWidth]",
            );
            let most = over.as_array().unwrap().iter().filter_map(Value::as_f64).fold(f64::MIN, f64::max);
            assert!(most <= 0.0, "{width} × {height}, {language}: {over}");
            // The grid has room beside the judge's word.
            let (.., wide, high) = tab.place("#grid");
            assert!(wide >= 500.0 && high >= 250.0, "{width} × {height}: {wide} × {high}");
        }
    }
}

#[test]
fn the_whole_grid_is_printed() {
    let Some(stage) = Stage::set("the_whole_grid_is_printed") else { return };
    let mut tab = stage.tab();
    let printed = tab.send("Page.printToPDF", json!({ "preferCSSPageSize": true, "printBackground": true }));
    let pdf = data_encoding::BASE64.decode(printed["data"].as_str().unwrap().as_bytes()).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
    // What is on paper: every row of both tables, and nothing to press.
    tab.send("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    tab.value("window.dispatchEvent(new Event('beforeprint'))");
    let shown = |tab: &mut Tab, selector: &str| {
        tab.value(&format!(
            "[...document.querySelectorAll('{selector}')].filter((one) => one.offsetParent !== null || getComputedStyle(one).position === 'fixed').length"
        ))
    };
    assert_eq!(tab.value("document.querySelectorAll('#grid .row.resident').length"), json!(6));
    assert_eq!(tab.value("document.querySelectorAll('#margins .row.margin').length"), json!(6));
    assert_eq!(shown(&mut tab, "#bar button"), json!(0));
    assert_eq!(shown(&mut tab, "#side"), json!(0));
}

#[test]
fn a_finger_chooses_a_block_and_then_moves_it() {
    let Some(mut stage) = Stage::set("a_finger_chooses_a_block_and_then_moves_it") else { return };
    let mut tab = stage.tab();
    tab.tablet();
    let (_, start, months) = stage.stays("r4").last().unwrap().clone();
    let (x, y, ..) = tab.show(&block("r4", start));
    tab.touch(&[(x, y)]);
    tab.until(&format!("document.activeElement === document.querySelector('{}')", block("r4", start)));
    let seen = crate::page_browser::revision(&mut tab);
    let (_, below, ..) = tab.place("#margins .row[data-facility=\"south\"]");
    let steps = (1..=8).map(|step| (x, y + (below - y) * f64::from(step) / 8.0));
    tab.touch(&[(x, y)].into_iter().chain(steps).collect::<Vec<_>>());
    answered(&mut tab, seen);
    assert_eq!(stage.stays("r4").last().unwrap(), &("south".to_string(), start, months));
    at_ease(&tab);
}

/// A finger that rests on a block opens its menu, and lifting it again chooses nothing.
#[test]
fn a_finger_that_rests_opens_the_menu() {
    let Some(mut stage) = Stage::set("a_finger_that_rests_opens_the_menu") else { return };
    let mut tab = stage.tab();
    tab.tablet();
    let before = stage.stays("r4");
    let (_, start, _) = before.last().unwrap().clone();
    let (x, y, ..) = tab.show(&block("r4", start));
    tab.rest((x, y), "document.querySelectorAll('#menu .item').length > 2");
    tab.until("document.querySelectorAll('#menu .item').length > 2");
    assert_eq!(stage.stays("r4"), before);
    at_ease(&tab);
}

/// The height of the hospitals is set by keyboard as by mouse.
#[test]
fn the_tables_share_the_height_by_mouse_and_by_keyboard() {
    let Some(stage) = Stage::set("the_tables_share_the_height_by_mouse_and_by_keyboard") else { return };
    let mut tab = stage.tab();
    let heights = |tab: &mut Tab| [tab.place("#grid").3, tab.place("#margins").3];
    let before = heights(&mut tab);
    tab.value("document.querySelector('#split').focus()");
    tab.key("ArrowUp", 0);
    let after = heights(&mut tab);
    assert!(
        (after[1] - before[1] - 24.0).abs() < 1.0 && (before[0] - after[0] - 24.0).abs() < 1.0,
        "{before:?} {after:?}"
    );
    assert_eq!(
        tab.value("document.querySelector('#split').getAttribute('aria-valuenow')"),
        json!(after[1].round().to_string())
    );
    tab.key("ArrowDown", 0);
    assert_eq!(heights(&mut tab), before);
    let (x, y, ..) = tab.place("#split");
    tab.drag((x, y), (x, y - 60.0), 0);
    assert!((heights(&mut tab)[1] - before[1] - 60.0).abs() < 2.0);
    at_ease(&tab);
}
