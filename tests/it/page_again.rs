//! Planning again in a real browser: how far it is, the plan that is found beside the one at hand, taken or discarded;
//! versions, files changed outside, what is said where nothing can be handed out.

use std::fs;

use serde_json::{Value, json};

use crate::common::folder;
use crate::common::programs::{Shape, program};
use crate::page::browser::Tab;
use crate::page::client::Page;
use crate::page_browser::{Stage, answered, at_ease, block, revision};

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

/// Drags the last stay of r4 onto a hospital below.
fn moved(stage: &mut Stage, tab: &mut Tab, to: &str) {
    let (_, start, _) = stage.stays("r4").last().unwrap().clone();
    let (x, y, ..) = tab.show(&block("r4", start));
    let (_, below, ..) = tab.place(&format!("#margins .row[data-facility=\"{to}\"]"));
    let seen = revision(tab);
    tab.drag((x, y), (x, below), 0);
    answered(tab, seen);
}

/// What is drawn of a resident: the plan at hand, and the one that was found.
fn lines(tab: &mut Tab, resident: &str) -> [Vec<Value>; 2] {
    [":not(.after)", ".after"].map(|kind| {
        let found = tab.value(&format!(
            "[...document.querySelectorAll('#grid .block[data-resident=\"{resident}\"]{kind}')].map((one) => [one.dataset.place, Number(one.dataset.start), Number(one.dataset.months)])"
        ));
        list(&found).clone()
    })
}

#[test]
fn before_and_after_stand_side_by_side() {
    let Some(mut stage) = Stage::set("before_and_after_stand_side_by_side") else { return };
    stage.crowd();
    let mut tab = stage.tab();
    moved(&mut stage, &mut tab, "south");
    let at_hand = stage.page.ask("board", json!({ "tab": "looks" }));
    for (button, is_taken) in [("Plan again", false), ("From scratch", true)] {
        tab.press("#bar", button);
        tab.until("document.querySelector('#side .choice .primary')");
        let proposal = stage.page.ask("proposal", json!({ "tab": "looks" }));
        let chains = list(&proposal["diff"]["chains"]);
        assert!(!chains.is_empty(), "the move broke something, so somebody else moves: {proposal}");
        // Who moves is told in words, and drawn: above the plan at hand, below it the one that was found.
        let told =
            tab.value("[...document.querySelectorAll('#side .chains li')].map((one) => one.textContent)");
        assert_eq!(list(&told), chains);
        let places = |rows: &Value, resident: &str| -> Vec<Value> {
            let row = list(rows).iter().find(|row| row["id"] == resident).unwrap().clone();
            let name = |block: &Value| {
                at_hand["board"]["facilities"][block["facility"].as_u64().unwrap() as usize]["id"].clone()
            };
            list(&row["blocks"])
                .iter()
                .map(|block| json!([name(block), block["start"], block["months"]]))
                .collect()
        };
        let shown = tab.value("[...document.querySelectorAll('#grid .row.resident.moved .name')].map((one) => one.dataset.resident)");
        assert!(!list(&shown).is_empty());
        for who in list(&shown).iter().filter_map(Value::as_str) {
            let [above, below] = lines(&mut tab, who);
            assert_eq!(above, places(&at_hand["board"]["residents"], who), "{who}");
            assert_eq!(below, places(&proposal["rows"], who), "{who}");
            assert_ne!(above, below, "{who}");
        }
        let differs = |row: &&Value| {
            places(&proposal["rows"], row["id"].as_str().unwrap())
                != places(&at_hand["board"]["residents"], row["id"].as_str().unwrap())
        };
        assert_eq!(
            list(&proposal["rows"]).iter().filter(differs).count(),
            list(&shown).len(),
            "only those who move"
        );
        let goals = tab.text("#side .goals");
        assert!(
            list(&proposal["diff"]["goals"])
                .iter()
                .all(|goal| goals.contains(goal["name"].as_str().unwrap()))
        );
        let seen = revision(&mut tab);
        tab.press("#side", if is_taken { "Take this plan" } else { "Discard" });
        if is_taken {
            tab.until(&format!("window.kenshu.revision > {seen}"));
        }
        tab.until("!document.querySelector('#side .chains') && !document.querySelector('#grid .after')");
        let now = stage.page.ask("board", json!({ "tab": "looks" }));
        match is_taken {
            true => {
                assert_eq!(now["board"]["residents"], proposal["rows"]);
                assert_eq!(now["verdict"]["broken"], 0);
            }
            false => assert_eq!(now["board"], at_hand["board"], "what is discarded changes nothing"),
        }
    }
    assert_eq!(stage.stays("r4").last().unwrap().0, "south", "the lock is kept");
    at_ease(&tab);
}

/// A program that is planned for a while: what is known and proved stands below, and a button ends it.
#[test]
fn how_far_it_is_stands_there_until_it_is_stopped() {
    let large = || {
        let desk = tempfile::tempdir().unwrap();
        let path = desk.path().join("program");
        let shape = Shape { seed: 1, intake: 60, years: 5, sites: 60, seats_percent: 70 };
        folder::write(&path, &program(shape), None).unwrap();
        (desk, path)
    };
    let Some(stage) = Stage::unplanned("how_far_it_is_stands_there_until_it_is_stopped", large) else {
        return;
    };
    stage.page.call("release", json!({}));
    let mut tab = stage.browser.tab(1280, 720);
    tab.enter(&stage.page);
    tab.until("document.querySelector('#progress')?.innerText.includes('bound')");
    // Meanwhile the judge speaks of what a hand does.
    let first = "#grid .row.resident .gap";
    let (x, y, ..) = tab.show(first);
    let seen = revision(&mut tab);
    tab.value(&format!("document.querySelector('{first}').focus()"));
    tab.key("Enter", 0);
    tab.until("document.querySelector('#menu .alternative .item')");
    tab.click("#menu .alternative .item");
    answered(&mut tab, seen);
    assert!(tab.text("#beside").contains("Violations"), "{x} {y}");
    assert!(!tab.text("#progress").is_empty(), "the question is still under way");
    tab.click("#progress .stop");
    tab.until("!document.querySelector('#progress').innerText");
    at_ease(&tab);
}

/// Where solver and judge do not agree nothing is handed out, and the page says so. No program is known that does it, so
/// what the server would say is put in its place.
#[test]
fn a_fault_is_told() {
    let Some(stage) = Stage::set("a_fault_is_told") else { return };
    let mut tab = stage.tab();
    tab.send(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": "const ask = window.fetch; window.faulty = true; window.fetch = async (path, options) => { const reply = await ask(path, options); \
            if (!window.faulty || !String(path).endsWith('/pulse')) return reply; const answer = await reply.json(); \
            answer.job = { kind: 'plan', number: 99, over: true, proposal: false, fault: 'The judge finds what the solver does not.' }; \
            return new Response(JSON.stringify(answer), { status: 200 }); };" }),
    );
    tab.send("Page.reload", json!({}));
    tab.until("document.querySelector('#fault')");
    assert_eq!(tab.text("#fault"), "The judge finds what the solver does not.");
    assert_eq!(
        tab.value("document.querySelector('#side .primary')"),
        Value::Null,
        "there is nothing to take"
    );
    tab.value("window.faulty = false");
    tab.press("#side", "Discard");
    tab.until("!document.querySelector('#fault') && document.querySelector('#side .summary')");
    at_ease(&tab);
}

#[test]
fn versions_are_kept_and_compared_in_the_dialog() {
    let Some(mut stage) = Stage::set("versions_are_kept_and_compared_in_the_dialog") else { return };
    let mut tab = stage.tab();
    for place in ["east", "south"] {
        moved(&mut stage, &mut tab, place);
        tab.press("#bar", "Versions");
        tab.until("document.querySelector('#dialog').open && document.querySelector('#version-name')");
        tab.value("document.querySelector('#version-name').focus()");
        tab.type_text(place);
        tab.key("Enter", 0);
        tab.until(&format!(
            "[...document.querySelectorAll('.versions span')].some((one) => one.textContent === '{place}')"
        ));
        tab.key("Escape", 0);
        tab.until("!document.querySelector('#dialog').open");
    }
    assert!(stage.path.join("versions/east.csv").is_file());
    tab.press("#bar", "Versions");
    tab.until(
        "document.querySelector('#dialog').open && document.querySelectorAll('#dialog select').length === 2",
    );
    tab.choose("#dialog select:first-of-type", "east");
    tab.choose("#dialog select:last-of-type", "south");
    tab.press("#dialog", "Compare");
    tab.until("document.querySelector('#dialog .chains li')");
    let told = stage.page.ask("version/compare", json!({ "tab": "looks", "name": "east", "other": "south" }));
    let shown =
        tab.value("[...document.querySelectorAll('#dialog .chains li')].map((one) => one.textContent)");
    assert_eq!(shown, told["chains"]);
    assert!(tab.text("#dialog h2").contains("east → south"));
    // And one is opened.
    tab.press("#dialog", "Back");
    tab.until("document.querySelector('.versions button')");
    let seen = revision(&mut tab);
    tab.click(".versions li:first-child button");
    tab.until(&format!("window.kenshu.revision > {seen}"));
    assert_eq!(stage.stays("r4").last().unwrap().0, "east");
    at_ease(&tab);
}

#[test]
fn a_file_changed_outside_is_asked_about() {
    let Some(mut stage) = Stage::set("a_file_changed_outside_is_asked_about") else { return };
    let mut tab = stage.tab();
    moved(&mut stage, &mut tab, "south");
    let locks = stage.path.join("locks.csv");
    let theirs = fs::read_to_string(&locks).unwrap() + "\n";
    fs::write(&locks, &theirs).unwrap();
    tab.press("#bar", "Save ●");
    tab.until("document.querySelector('#dialog').open");
    assert!(tab.text("#dialog").contains("The files have changed"));
    tab.press("#dialog", "Cancel");
    tab.until("!document.querySelector('#dialog').open");
    assert_eq!(fs::read_to_string(&locks).unwrap(), theirs);
    tab.press("#bar", "Save ●");
    tab.until("document.querySelector('#dialog').open");
    tab.press("#dialog", "Overwrite");
    tab.until("document.querySelector('#bar').innerText.includes('Save') && !document.querySelector('#bar').innerText.includes('Save ●')");
    assert!(fs::read_to_string(&locks).unwrap().contains("r4,south"));
    at_ease(&tab);
}

/// A tab that crashes takes no edit with it: whoever opens the page next goes on from there.
#[test]
fn a_page_that_crashes_loses_no_edit() {
    let Some(mut stage) = Stage::set("a_page_that_crashes_loses_no_edit") else { return };
    let mut tab = stage.tab();
    moved(&mut stage, &mut tab, "south");
    let edited = stage.stays("r4");
    tab.crash();
    // The one that crashed has told nobody that it is gone, so the next one is asked to take over.
    let mut next = stage.tab();
    next.until("document.querySelector('.notice button')");
    assert_eq!(stage.stays("r4"), edited);
    let (_, start, _) = edited.last().unwrap().clone();
    next.until(&format!("document.querySelector('{}').dataset.place === 'south'", block("r4", start)));
    next.click(".notice button");
    next.until("!document.querySelector('.notice')");
    let seen = revision(&mut next);
    next.key("z", crate::page::browser::CONTROL);
    next.until(&format!("window.kenshu.revision > {seen}"));
    assert_ne!(stage.stays("r4"), edited, "and it can be taken back");
    at_ease(&next);
}

/// The address lets the browser in once and does not stay: not in the bar, not in the way back.
#[test]
fn the_secret_does_not_stay_in_the_address() {
    let Some(stage) = Stage::set("the_secret_does_not_stay_in_the_address") else { return };
    let path = stage.path.clone();
    let browser = stage.browser;
    drop(stage.page);
    let page = Page::start(&path, &[]);
    let mut tab = browser.tab(1280, 720);
    tab.go(&page.address);
    tab.drawn();
    let clean = format!("{}/", page.origin());
    let at = |tab: &mut Tab| tab.value("location.href");
    assert_eq!(at(&mut tab), json!(clean));
    assert_eq!(tab.value("document.cookie"), json!(""), "no script reads the cookie");
    let history = tab.send("Page.getNavigationHistory", json!({}));
    let kept: Vec<&Value> = list(&history["entries"])
        .iter()
        .filter(|one| one["url"].as_str().unwrap().contains("token"))
        .collect();
    assert!(kept.is_empty(), "{kept:?}");
    tab.send("Page.reload", json!({}));
    tab.drawn();
    // The same browser by the printed address, and another that read it somewhere.
    let mut again = browser.tab(1280, 720);
    again.go(&page.address);
    again.drawn();
    assert_eq!(at(&mut again), json!(clean));
    let stranger = page.get(page.address.strip_prefix(&page.origin()).unwrap(), &[]);
    assert_eq!(stranger.status, 401);
    at_ease(&tab);
}

/// The manual inside: every page of it, as elements.
#[test]
fn the_manual_is_inside() {
    let Some(mut stage) = Stage::set("the_manual_is_inside") else { return };
    let mut tab = stage.tab();
    let topics = stage.page.ask("manual", json!({ "tab": "looks" }))["topics"].clone();
    for topic in list(&topics) {
        tab.press("#bar", "Manual");
        tab.until("document.querySelector('#dialog ul button')");
        tab.press("#dialog", topic[1].as_str().unwrap());
        tab.until("document.querySelector('#dialog .manual')");
        let (length, marks) = (
            tab.text("#dialog .manual").len(),
            tab.value("[...document.querySelectorAll('#dialog .manual > :not(pre)')].filter((one) => /^#+ |^```/.test(one.textContent)).length"),
        );
        assert!(length > 200, "{topic}: {length}");
        assert_eq!(marks, json!(0), "{topic}: marks of the text are shown as they are");
        tab.key("Escape", 0);
        tab.until("!document.querySelector('#dialog').open");
    }
    at_ease(&tab);
}
