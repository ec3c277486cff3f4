//! What is asked of the page in a real browser: how far a number goes, what a seat is worth, and ways out, each shown
//! before it is taken.

use serde_json::json;

use crate::page_browser::{Stage, at_ease, revision};

const WHAT_IF: &str = "[...document.querySelectorAll('#bar button')].find((button) => button.textContent === 'What if').click()";

fn press(text: &str) -> String {
    format!(
        "[...document.querySelectorAll('#whatif button')].find((button) => button.textContent === '{text}').click()"
    )
}

#[test]
fn the_largest_intake_is_proved_and_a_seat_has_a_value() {
    let Some(stage) = Stage::set("the_largest_intake_is_proved_and_a_seat_has_a_value") else { return };
    let mut tab = stage.tab();
    tab.value(WHAT_IF);
    tab.until("document.querySelector('#whatif-from')");
    tab.value("(() => { const keys = document.querySelector('#whatif-key'); keys.value = 'facilities.core.supervisors'; keys.dispatchEvent(new Event('change')); })()");
    tab.until("document.querySelectorAll('#whatif .number').length === 2");
    tab.value("document.querySelector('#whatif [data-key=\"facilities.core.supervisors\"] button').click()");
    tab.value(&press("Find the fewest needed"));
    tab.until("document.querySelector('#limit .limit[data-settled]')");
    assert!(tab.text("#limit .summary").contains("Supervisors of core hospital"));
    tab.value(&press("Value of a seat"));
    tab.until("document.querySelector('#seats table, #seats h3 + p:not(.quiet)')");
    tab.until("!document.querySelector('#seats > .quiet')");
    at_ease(&tab);
}

#[test]
fn a_way_out_is_looked_at_before_it_is_taken() {
    let Some(mut stage) = Stage::set("a_way_out_is_looked_at_before_it_is_taken") else { return };
    let lock = json!({ "op": "place", "resident": "r4", "start": "2022-04", "months": 12, "place": "west" });
    stage.page.ask("pulse", json!({}));
    stage.page.ask("edit", json!({ "op": lock }));
    let none = json!({ "sets": [{ "name": "facilities.west.supervisors", "text": "0" }] });
    stage.page.ask("apply", none);
    stage.page.ask("release", json!({}));
    let mut tab = stage.tab();
    tab.click("#bar button:nth-of-type(2)");
    tab.until("document.querySelector('#side .choice .primary')");
    tab.click("#side .choice .primary");
    tab.until("document.querySelector('#side .way button')");
    let seen = revision(&mut tab);
    tab.click("#side .way button");
    tab.until("document.querySelectorAll('dialog .cells tbody tr').length > 0 && document.querySelector('dialog .chains')");
    assert_eq!(revision(&mut tab), seen, "looking changes nothing");
    tab.click("#way-take");
    tab.until(&format!("window.kenshu.revision > {seen} && !document.querySelector('dialog').open"));
    at_ease(&tab);
}

/// With a second number turned down no value of the first leaves a plan; turned back, they do, and one is taken with it.
#[test]
fn two_sliders_are_turned_and_both_numbers_taken() {
    let Some(mut stage) = Stage::set("two_sliders_are_turned_and_both_numbers_taken") else { return };
    let mut tab = stage.tab();
    tab.value(WHAT_IF);
    tab.until("document.querySelector('#whatif-from')");
    tab.value("(() => { const keys = document.querySelector('#whatif-key'); keys.value = 'facilities.core.supervisors'; keys.dispatchEvent(new Event('change')); })()");
    tab.until("document.querySelector('#whatif-1')");
    let turned = |value: &str| {
        format!(
            "(() => {{ const slider = document.querySelector('#whatif-1'); slider.value = '{value}'; slider.dispatchEvent(new Event('input')); }})()"
        )
    };
    let all = |kind: &str| {
        let rows = "document.querySelectorAll('#answers tbody tr').length";
        let values = "Number(document.querySelector('#whatif-to').value) - Number(document.querySelector('#whatif-from').value) + 1";
        format!(
            "{rows} === {values} && document.querySelectorAll('#answers tbody td.{kind}').length >= {rows}"
        )
    };
    tab.value(&turned("0"));
    tab.until(&all("bad"));
    tab.value(&turned("9"));
    tab.until("document.querySelectorAll('#answers tbody td.good').length > 1");
    tab.until("!document.querySelector('#answers > .quiet')");
    let seen = revision(&mut tab);
    tab.value("[...document.querySelectorAll('#answers tbody tr')].find((row) => !row.classList.contains('now') && row.querySelector('td.good')).querySelector('button').click()");
    tab.until(&format!("window.kenshu.revision > {seen} && !document.querySelector('dialog').open"));
    let numbers = stage.page.ask("numbers", json!({}))["numbers"].clone();
    let core = numbers.as_array().unwrap().iter().find(|one| one["key"] == "facilities.core.supervisors");
    assert_eq!(core.unwrap()["now"], json!("9"));
    at_ease(&tab);
}
