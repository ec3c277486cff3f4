//! What is asked of the page in a real browser: several numbers at once, how far one goes, what a seat is worth, and ways
//! out, each shown before it is taken.

use serde_json::json;

use crate::page_browser::{Stage, at_ease, revision};

const WHAT_IF: &str = "[...document.querySelectorAll('#bar button')].find((button) => button.textContent === 'What if').click()";

fn press(text: &str) -> String {
    format!(
        "[...document.querySelectorAll('#whatif button')].find((button) => button.textContent === '{text}').click()"
    )
}

#[test]
fn several_sliders_move_and_answers_come_by_themselves() {
    let Some(stage) = Stage::set("several_sliders_move_and_answers_come_by_themselves") else { return };
    let mut tab = stage.tab();
    tab.value(WHAT_IF);
    tab.until("document.querySelector('#whatif-from')");
    tab.value("(() => { const keys = document.querySelector('#whatif-key'); keys.value = 'facilities.west.supervisors'; keys.dispatchEvent(new Event('change')); })()");
    tab.until("document.querySelectorAll('#whatif .number').length === 2");
    // A slider by keyboard; nothing else is pressed.
    tab.value("document.querySelector('#whatif-1').focus()");
    tab.key("ArrowRight", 0);
    let values = "Number(document.querySelector('#whatif-to').value) - Number(document.querySelector('#whatif-from').value) + 1";
    tab.until(&format!("document.querySelectorAll('#answers tbody tr').length === {values}"));
    // Each goal has a curve, or is told to be the same for every value.
    tab.until("document.querySelectorAll('#answers [data-goal]').length >= 4");
    let goals = tab.value("document.querySelectorAll('#answers tbody tr.now, #answers tbody tr')[0].querySelectorAll('td')[2].children.length");
    assert_eq!(tab.value("document.querySelectorAll('#answers [data-goal]').length"), goals);
    // One of the answers is applied, with the other number.
    let seen = revision(&mut tab);
    tab.click("#answers tbody tr:last-child button");
    tab.until(&format!("window.kenshu.revision > {seen}"));
    tab.until("!document.querySelector('dialog').open");
    tab.value(WHAT_IF);
    tab.until("document.querySelector('#whatif [data-key=\"facilities.west.supervisors\"]')");
    let now = tab.text("#whatif [data-key=\"facilities.west.supervisors\"] .quiet");
    assert!(now.contains('2'), "{now}");
    at_ease(&tab);
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
    tab.until("document.querySelector('#limit .limit[data-settled=\"true\"]')");
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
