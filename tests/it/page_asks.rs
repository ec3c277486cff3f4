//! What is asked of the page in a real browser: how far a number goes, what a seat is worth, and ways out, each shown
//! before it is taken.

use serde_json::{Value, json};

use crate::page::begin::workbook_of;
use crate::page::client::Page;
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

/// An intake under the slider: the answers as they are known, a curve for every goal, where it breaks and what binds.
#[test]
fn curves_show_where_an_intake_breaks() {
    let Some(mut stage) = Stage::set("curves_show_where_an_intake_breaks") else { return };
    stage.page.ask("pulse", json!({}));
    stage.page.ask("apply", json!({ "sets": [{ "name": "facilities.core.supervisors", "text": "1.5" }] }));
    stage.page.ask("release", json!({}));
    let mut tab = stage.tab();
    tab.value(WHAT_IF);
    tab.until("document.querySelector('#whatif-from')");
    assert_eq!(tab.value("document.querySelector('#whatif .number').dataset.key"), json!("intake.2020"));
    tab.choose("#whatif-from", "2");
    tab.choose("#whatif-to", "9");
    tab.until("document.querySelectorAll('#answers tbody tr').length === 8 && !document.querySelector('#answers > .quiet')");
    let job = stage.page.ask("pulse", json!({ "tab": "looks" }))["job"].clone();
    let variants = job["variants"].as_array().unwrap().clone();
    let can: Vec<bool> = variants.iter().map(|one| one["placeable"] == json!(true)).collect();
    let breaks = can.iter().position(|can| !can).expect("somewhere there is no plan");
    assert!(breaks > 0 && can[breaks..].iter().all(|can| !can), "{can:?}");
    let said = tab.text("#breaks");
    assert!(
        said.contains(&format!("No plan from {} on", variants[breaks]["value"].as_str().unwrap())),
        "{said}"
    );
    for words in variants[breaks]["binding"].as_array().unwrap() {
        assert!(said.contains(words.as_str().unwrap()), "{said}: {words}");
    }
    // What binds stands beside each value, what is wrong where there is no plan.
    let rows = tab.value("[...document.querySelectorAll('#answers tbody tr')].map((row) => row.innerText)");
    for (row, variant) in rows.as_array().unwrap().iter().zip(&variants) {
        let row = row.as_str().unwrap();
        assert!(
            row.contains(if variant["placeable"] == json!(true) { "has a plan" } else { "no plan" }),
            "{row}"
        );
        assert!(
            variant["binding"].as_array().unwrap().iter().all(|words| row.contains(words.as_str().unwrap())),
            "{row}"
        );
    }
    // A curve has a point for each value with a plan, a cross for each without, and a line where it breaks.
    let goals = variants[0]["goals"].as_array().unwrap().len();
    for at in 0..goals {
        let name = variants[0]["goals"][at]["name"].clone();
        let curve = tab.value(&format!(
            "(() => {{ const curve = [...document.querySelectorAll('#answers [data-goal]')].find((one) => one.dataset.goal === {name}); \
             return [curve.className, curve.querySelectorAll('.dot').length, curve.querySelectorAll('.none').length, curve.querySelectorAll('.cliff').length, \
             [...curve.querySelectorAll('.dot')].map((dot) => Number(dot.getAttribute('cy')))]; }})()"
        ));
        let heights: Vec<i64> =
            variants[..breaks].iter().map(|one| one["goals"][at]["height"].as_i64().unwrap()).collect();
        if heights.iter().all(|height| *height == heights[0]) {
            assert_eq!(curve[0], json!("flat"), "{name}");
            continue;
        }
        assert_eq!(
            (&curve[1], &curve[2], &curve[3]),
            (&json!(breaks), &json!(8 - breaks), &json!(1)),
            "{name}"
        );
        let drawn: Vec<f64> = curve[4].as_array().unwrap().iter().filter_map(Value::as_f64).collect();
        for (one, other) in heights.iter().zip(&drawn).zip(heights.iter().zip(&drawn).skip(1)) {
            // Higher is worse, and further up, where the numbers are smaller.
            assert_eq!(
                one.0.cmp(other.0),
                other.1.partial_cmp(one.1).unwrap(),
                "{name}: {heights:?} {drawn:?}"
            );
        }
    }
    at_ease(&tab);
}

/// Typed into the table of a workbook by keyboard: the fault is named by sheet and cell, and mended the same way.
#[test]
fn a_cell_of_a_workbook_is_typed_by_keyboard() {
    let Some(stage) = Stage::set("a_cell_of_a_workbook_is_typed_by_keyboard") else { return };
    let book = stage.path.with_extension("xlsx");
    workbook_of(&stage.path, &book);
    let mut page = Page::open(&book, &[]);
    page.planned();
    page.ask("release", json!({}));
    let mut tab = stage.browser.tab(1280, 720);
    tab.open(&page);
    tab.press("#bar", "Tables");
    tab.until("document.querySelector('.sheet input')");
    let column = "[...document.querySelectorAll('.sheet th')].findIndex((head) => /Entry year/i.test(head.textContent)) - 1";
    let cell = format!("document.querySelector(`[data-cell=\"0 ${{{column}}}\"]`)");
    let typed = |tab: &mut crate::page::browser::Tab, text: &str| {
        tab.value(&format!("(() => {{ const cell = {cell}; cell.focus(); cell.select(); }})()"));
        tab.type_text(text);
        tab.key("Enter", 0);
    };
    typed(&mut tab, "soon");
    tab.until(
        "document.querySelector('.sheet td.fault') && document.querySelector('#dialog .findings .error')",
    );
    let told = page.ask("tables", json!({ "tab": "looks" }))["findings"].clone();
    let fault = told.as_array().unwrap().iter().find(|one| one["severity"] == "error").unwrap();
    let (file, cell_name) =
        (fault["place"]["file"].as_str().unwrap(), fault["place"]["cell"].as_str().unwrap());
    assert!(file.ends_with(']'), "{file}");
    let said = tab.text("#dialog .findings .error");
    assert!(said.contains(file) && said.contains(cell_name), "{said}: {file} {cell_name}");
    typed(&mut tab, "2018");
    tab.until(
        "!document.querySelector('.sheet td.fault') && !document.querySelector('#dialog .findings .error')",
    );
    at_ease(&tab);
}
