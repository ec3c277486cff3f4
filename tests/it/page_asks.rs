//! Ways out in a real browser: each is shown before it is taken.

use serde_json::json;

use crate::page_browser::{Stage, at_ease, revision};

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
