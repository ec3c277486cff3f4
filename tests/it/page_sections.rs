//! Sections of a hospital in a real browser: on blocks, below the grid, by mouse, by keyboard, in the views.

use serde_json::{Value, json};

use crate::page::sections::divided;
use crate::page_browser::{Stage, answered, at_ease, block, revision};

/// A planned stay at the core: (resident, first month, the section it is in, the other one).
fn at_core(stage: &mut Stage) -> (String, u64, String, String) {
    let board = stage.page.ask("board", json!({ "tab": "looks" }));
    for row in board["board"]["residents"].as_array().unwrap() {
        for block in row["blocks"].as_array().unwrap() {
            if block["facility"] == 0 && block["history"].is_null() {
                let id = row["id"].as_str().unwrap().to_string();
                let [here, there] = if block["section"] == 0 { ["ct", "ivr"] } else { ["ivr", "ct"] };
                let place = |section: &str| format!("core/{section}");
                return (id, block["start"].as_u64().unwrap(), place(here), place(there));
            }
        }
    }
    panic!("nobody is planned at the core");
}

fn place_of(tab: &mut crate::page::browser::Tab, resident: &str, start: u64) -> Value {
    tab.value(&format!("document.querySelector('{}').dataset.place", block(resident, start)))
}

#[test]
fn a_section_is_dropped_on_and_its_hospital_is_not() {
    let Some(mut stage) = Stage::of("a_section_is_dropped_on_and_its_hospital_is_not", divided) else {
        return;
    };
    let mut tab = stage.tab();
    let (resident, start, here, there) = at_core(&mut stage);
    assert_eq!(place_of(&mut tab, &resident, start), json!(here));
    let (x, y, ..) = tab.show(&block(&resident, start));
    let (_, whole, ..) = tab.place("#margins .row[data-facility=\"core\"]");
    let seen = revision(&mut tab);
    tab.drag((x, y), (x, whole), 0);
    assert_eq!(revision(&mut tab), seen, "nobody is at a hospital with sections and in none of them");
    let (x, y, ..) = tab.show(&block(&resident, start));
    let (_, below, ..) = tab.place(&format!("#margins .row[data-place=\"{there}\"]"));
    tab.drag((x, y), (x, below), 0);
    answered(&mut tab, seen);
    assert_eq!(place_of(&mut tab, &resident, start), json!(there));
    let said = tab.value(&format!("document.querySelector('{}').title", block(&resident, start)));
    let section = there[5..].to_uppercase();
    assert!(said.as_str().unwrap().contains(&format!("core hospital – {section}")), "{said}");
    at_ease(&tab);
}

#[test]
fn sections_and_staffing_stand_below_and_in_the_view_of_hospitals() {
    let Some(stage) = Stage::of("sections_and_staffing_stand_below_and_in_the_view_of_hospitals", divided)
    else {
        return;
    };
    let mut tab = stage.tab();
    assert_eq!(tab.value("document.querySelectorAll('#margins .name.part').length"), json!(2));
    tab.value("document.querySelector('#margins').scrollTop = 10000");
    tab.until("document.querySelector('#margins .row[data-staffing=\"ivr-one\"] .figure')");
    tab.value("(() => { const mode = document.querySelector('#mode'); mode.value = 'hospitals'; mode.dispatchEvent(new Event('change')); })()");
    tab.until("document.querySelectorAll('#grid .name.part').length >= 2");
    let placed = "document.querySelectorAll('#grid .block[data-place^=\"core/\"]').length";
    assert!(tab.value(placed).as_u64() > Some(0));
    tab.click("#grid .name.part");
    tab.until("document.querySelector('#side .lines')?.innerText.includes('– IVR')");
    at_ease(&tab);
}

#[test]
fn a_section_is_chosen_in_the_menu_by_keyboard() {
    let Some(mut stage) = Stage::of("a_section_is_chosen_in_the_menu_by_keyboard", divided) else { return };
    let mut tab = stage.tab();
    let (resident, start, _, there) = at_core(&mut stage);
    tab.show(&block(&resident, start));
    tab.value(&format!("document.querySelector('{}').focus()", block(&resident, start)));
    tab.key("Enter", 0);
    tab.until(&format!("document.querySelector('#menu [data-key=\"move {there}\"]')"));
    let mut presses = 0;
    while tab.value("document.activeElement.dataset.key ?? ''") != json!(format!("move {there}")) {
        tab.key("ArrowDown", 0);
        presses += 1;
        assert!(presses < 60, "the arrows never get to {there}");
    }
    let seen = revision(&mut tab);
    tab.key("Enter", 0);
    answered(&mut tab, seen);
    assert_eq!(place_of(&mut tab, &resident, start), json!(there));
    // And locked there: the whole block, or its part where more of the same section stands beside it.
    assert_eq!(
        tab.value(&format!(
            "document.querySelector('{}').matches('.locked, .partly')",
            block(&resident, start)
        )),
        json!(true)
    );
    at_ease(&tab);
}
