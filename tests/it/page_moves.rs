//! Where every move leaves everybody, by mouse, by keyboard and by finger: each is held against the months as a hand
//! would write them.

use serde_json::{Value, json};

use crate::page::browser::{ALT, CONTROL, SHIFT, Tab};
use crate::page::client::Page;
use crate::page::desk;
use crate::page_browser::{Stage, answered, at_ease, block, prices_in_words, revision};

/// The first month of r4, r5 in the small program, counted from the first that is shown.
const FIRST: usize = 24;

/// Where a resident is, month by month of a training of three years.
fn months(stage: &mut Stage, resident: &str) -> Vec<String> {
    let mut months = vec![String::new(); 36];
    for (place, start, length) in stage.stays(resident) {
        for month in start as usize..(start + length) as usize {
            months[month - FIRST] = place.clone();
        }
    }
    months
}

/// A block taken out and put back so that it begins at a month; what lies between closes up.
fn pushed(months: &[String], from: usize, length: usize, to: usize) -> Vec<String> {
    let mut after = months.to_vec();
    let block: Vec<String> = after.drain(from..from + length).collect();
    after.splice(to..to, block);
    after
}

fn exchanged(months: &[String], one: usize, other: usize, length: usize) -> Vec<String> {
    let mut after = months.to_vec();
    (0..length).for_each(|month| after.swap(one + month, other + month));
    after
}

fn filled(months: &[String], at: usize, with: usize) -> Vec<String> {
    let mut after = months.to_vec();
    after[at] = months[with].clone();
    after
}

/// A stay between two others at other places: where it begins in the training, and how long it is.
fn between(months: &[String], stays: &[(String, u64, u64)]) -> (usize, usize) {
    let found = stays.iter().find_map(|(place, start, length)| {
        let (at, length) = (*start as usize - FIRST, *length as usize);
        let differs = |other: Option<&String>| other.is_some_and(|other| other != place);
        let before = at.checked_sub(1).and_then(|before| months.get(before));
        (length > 2 && differs(before) && differs(months.get(at + length))).then_some((at, length))
    });
    found.expect("a stay between two others")
}

struct Hand<'s> {
    stage: &'s mut Stage,
    tab: Tab,
}

impl Hand<'_> {
    fn focus(&mut self, resident: &str, at: usize) {
        self.tab.show(&block(resident, (at + FIRST) as u64));
        self.tab
            .value(&format!("document.querySelector('{}').focus()", block(resident, (at + FIRST) as u64)));
    }

    /// A key on the block of r4 that begins there; where r4 is then.
    fn key(&mut self, at: usize, key: &str, modifiers: u32) -> Vec<String> {
        self.focus("r4", at);
        let seen = revision(&mut self.tab);
        self.tab.key(key, modifiers);
        answered(&mut self.tab, seen);
        // The focus stays on a block, so that the next key has something to act on.
        self.tab.until("document.activeElement.classList.contains('block')");
        months(self.stage, "r4")
    }

    fn again(&mut self, key: &str) {
        let seen = revision(&mut self.tab);
        self.tab.key(key, CONTROL);
        self.tab.until(&format!("window.kenshu.revision > {seen}"));
    }

    fn drag(&mut self, from: (f64, f64), to: (f64, f64), modifiers: u32) -> Vec<String> {
        let seen = revision(&mut self.tab);
        self.tab.drag(from, to, modifiers);
        answered(&mut self.tab, seen);
        months(self.stage, "r4")
    }
}

#[test]
fn every_key_leaves_everybody_where_it_says() {
    let Some(mut stage) = Stage::set("every_key_leaves_everybody_where_it_says") else { return };
    let tab = stage.tab();
    let before = months(&mut stage, "r4");
    let (at, length) = between(&before, &stage.stays("r4"));
    let end = at + length;
    let stays = stage.stays("r4");
    let here = stays.iter().position(|stay| stay.1 as usize == at + FIRST).unwrap();
    let (earlier, later) = (stays[here - 1].clone(), stays[here + 1].clone());
    let below = months(&mut stage, "r5");
    let mut hand = Hand { stage: &mut stage, tab };
    let expected = [
        ("ArrowLeft", ALT | SHIFT, pushed(&before, at, length, at - 1)),
        ("ArrowRight", ALT | SHIFT, pushed(&before, at, length, at + 1)),
        ("ArrowLeft", ALT, pushed(&before, at, length, earlier.1 as usize - FIRST)),
        ("ArrowRight", ALT, pushed(&before, at, length, at + later.2 as usize)),
        ("]", 0, filled(&before, end, at)),
        ("[", 0, filled(&before, end - 1, end)),
        ("{", SHIFT, filled(&before, at - 1, at)),
        ("}", SHIFT, filled(&before, at, at - 1)),
    ];
    for (key, modifiers, after) in expected {
        assert_ne!(after, before, "{key}");
        assert_eq!(hand.key(at, key, modifiers), after, "{key} with {modifiers}");
        hand.again("z");
        assert_eq!(months(hand.stage, "r4"), before, "{key} is taken back");
        hand.again("y");
        assert_eq!(months(hand.stage, "r4"), after, "{key} is done again");
        hand.again("z");
    }
    // The resident below takes these months, and gives theirs.
    let mut mine = before.clone();
    mine[at..end].clone_from_slice(&below[at..end]);
    let mut theirs = below.clone();
    theirs[at..end].clone_from_slice(&before[at..end]);
    assert_eq!(hand.key(at, "ArrowDown", ALT), mine);
    assert_eq!(months(hand.stage, "r5"), theirs);
    hand.again("z");
    // Locked, and opened again.
    let locked = |stage: &mut Stage| {
        let board = stage.page.ask("board", json!({ "tab": "looks" }));
        let blocks = Page::row(&board, "r4")["blocks"].as_array().unwrap().clone();
        let block = blocks.iter().find(|block| block["start"] == json!(at + FIRST)).unwrap().clone();
        block["locked"].as_u64().unwrap_or(0) as usize
    };
    assert_eq!(locked(hand.stage), 0);
    assert_eq!(hand.key(at, "l", 0), before);
    assert_eq!(locked(hand.stage), length);
    assert_eq!(hand.key(at, "l", 0), before);
    assert_eq!(locked(hand.stage), 0);
    at_ease(&hand.tab);
}

/// Two stays far apart: one is marked, the other chosen, whoever's it is.
#[test]
fn two_stays_change_places_at_any_distance() {
    let Some(mut stage) = Stage::set("two_stays_change_places_at_any_distance") else { return };
    let tab = stage.tab();
    let before = months(&mut stage, "r4");
    let theirs = months(&mut stage, "r5");
    let mut hand = Hand { stage: &mut stage, tab };
    // By keyboard: the first year of one for the last of another.
    hand.focus("r4", 0);
    hand.tab.key("x", 0);
    hand.tab.until("document.querySelectorAll('#grid .block.marked').length === 1");
    assert!(hand.tab.text("#beside").contains("Marked"));
    hand.focus("r5", 24);
    let seen = revision(&mut hand.tab);
    hand.tab.key("x", 0);
    answered(&mut hand.tab, seen);
    assert_eq!(months(hand.stage, "r4")[..12], theirs[24..36]);
    assert_eq!(months(hand.stage, "r5")[24..36], before[..12]);
    assert_eq!(hand.tab.value("document.querySelectorAll('#grid .block.marked').length"), json!(0));
    hand.again("z");
    // By the menu, of one person.
    hand.tab.click_right(&block("r4", FIRST as u64));
    hand.tab.press("#menu", "Mark for a swap");
    hand.tab.until("document.querySelector('#grid .block.marked')");
    hand.tab.click_right(&block("r4", FIRST as u64 + 24));
    let seen = revision(&mut hand.tab);
    hand.tab.press("#menu", "Change places with the marked stay");
    answered(&mut hand.tab, seen);
    assert_eq!(months(hand.stage, "r4"), exchanged(&before, 0, 24, 12));
    // A mark is taken away again.
    hand.focus("r4", 0);
    hand.tab.key("x", 0);
    hand.tab.until("document.querySelector('#grid .block.marked')");
    hand.tab.key("Escape", 0);
    hand.tab.until("!document.querySelector('#grid .block.marked')");
    at_ease(&hand.tab);
}

#[test]
fn dragging_along_the_row_changes_places_and_shift_pushes() {
    let Some(mut stage) = Stage::set("dragging_along_the_row_changes_places_and_shift_pushes") else {
        return;
    };
    let mut tab = stage.tab();
    tab.choose("#zoom", "year");
    let before = months(&mut stage, "r4");
    let mut hand = Hand { stage: &mut stage, tab };
    let (x, y, width, _) = hand.tab.show(&block("r4", FIRST as u64));
    let month = width / 12.0;
    assert!((month - 8.0).abs() < 0.01, "{width}");
    // The first year onto the third.
    let onto = (x + 24.0 * month, y);
    let (plain, shifted) = (exchanged(&before, 0, 24, 12), pushed(&before, 0, 12, 24));
    assert_ne!(plain, before);
    assert_eq!(hand.drag((x, y), onto, 0), plain);
    hand.again("z");
    let (x, y, ..) = hand.tab.show(&block("r4", FIRST as u64));
    assert_eq!(hand.drag((x, y), (x + 24.0 * month, y), SHIFT), shifted);
    hand.again("z");
    // Both ends of a block between two others, out and in.
    let (at, length) = between(&before, &hand.stage.stays("r4"));
    let end = at + length;
    for (is_end, by) in [(true, 1.0), (true, -1.0), (false, 1.0), (false, -1.0)] {
        let (x, y, width, _) = hand.tab.show(&block("r4", (at + FIRST) as u64));
        let edge = if is_end { x + width / 2.0 - 3.0 } else { x - width / 2.0 + 3.0 };
        let after = match (is_end, by > 0.0) {
            (true, true) => filled(&before, end, at),
            (true, false) => filled(&before, end - 1, end),
            (false, true) => filled(&before, at, at - 1),
            (false, false) => filled(&before, at - 1, at),
        };
        assert_eq!(hand.drag((edge, y), (edge + by * month, y), 0), after, "end {is_end}, {by}");
        hand.again("z");
    }
    assert_eq!(months(hand.stage, "r4"), before);
    at_ease(&hand.tab);
}

/// What Shift does stands in the menu too, for a finger.
/// Rule, clause, measured and required stand beside what was touched, and a finding that is new says so in words.
#[test]
fn what_an_edit_breaks_is_told_beside_it() {
    let Some(mut stage) = Stage::set("what_an_edit_breaks_is_told_beside_it") else { return };
    let mut tab = stage.tab();
    assert_eq!(
        tab.value("document.querySelectorAll('.sign').length"),
        json!(0),
        "nothing is new at the beginning"
    );
    // Both residents of a year at the hospital that holds one.
    for who in ["r4", "r5"] {
        // What was said of the one before may lie above it.
        tab.click("#bar h1");
        let (x, y, ..) = tab.show(&block(who, FIRST as u64));
        let (_, below, ..) = tab.place("#margins .row[data-facility=\"south\"]");
        let seen = revision(&mut tab);
        tab.drag((x, y), (x, below), 0);
        answered(&mut tab, seen);
    }
    let verdict = stage.page.ask("board", json!({ "tab": "looks" }))["verdict"].clone();
    let names = verdict["rules"].as_array().unwrap().clone();
    let findings: Vec<Value> = verdict["findings"].as_array().unwrap().clone();
    let errors: Vec<&Value> = findings.iter().filter(|one| one["severity"] == "error").collect();
    let shown = tab.text("#beside");
    let over = errors.iter().find(|one| one["facility"] == "south").expect("south is over");
    for what in ["clause", "message", "measured", "required"] {
        let text = over[what].as_str().unwrap();
        assert!(shown.contains(text), "{what} {text}: {shown}");
    }
    let rule = names.iter().find(|rule| rule["id"] == over["rule"]).unwrap()["name"].as_str().unwrap();
    assert!(shown.contains(rule), "{rule}: {shown}");
    // It stands beside the block, not somewhere.
    let (x, y, ..) = tab.place(&block("r5", FIRST as u64));
    let (bx, by, wide, high) = tab.place("#beside");
    assert!((bx - wide / 2.0 - x).abs() < 200.0, "{bx} {wide} {x}");
    assert!(by - high / 2.0 - y < 120.0 || by + high / 2.0 > 600.0, "{by} {high} {y}");
    let signs = tab
        .value("[...document.querySelectorAll('#side .findings .new .sign')].map((one) => one.textContent)");
    assert!(
        !signs.as_array().unwrap().is_empty() && signs.as_array().unwrap().iter().all(|sign| sign == "new")
    );
    // All the judge says stands in the panel, in its words.
    let panel = tab.text("#side");
    assert!(errors.iter().all(|one| panel.contains(one["message"].as_str().unwrap())), "{panel}");
    at_ease(&tab);
}

/// Where every hospital holds one, somebody else has to make room: the menu says who, and no tooltip has to be found.
#[test]
fn the_menu_names_who_else_moves() {
    let tight = || {
        let (desk, path) = desk();
        let table = std::fs::read_to_string(path.join("facilities.csv")).unwrap();
        let column =
            table.lines().next().unwrap().split(',').position(|heading| heading == "supervisors").unwrap();
        let line = |line: &str| {
            let mut cells: Vec<&str> = line.split(',').collect();
            if ["east", "west", "north"].contains(&cells[0]) {
                cells[column] = "0.4";
            }
            cells.join(",")
        };
        let lines: Vec<String> = table.lines().map(line).collect();
        std::fs::write(path.join("facilities.csv"), lines.join("\n") + "\n").unwrap();
        (desk, path)
    };
    let Some(mut stage) = Stage::of("the_menu_names_who_else_moves", tight) else { return };
    let mut tab = stage.tab();
    let mut moving = 0;
    for who in ["r2", "r3", "r4", "r6"] {
        let (_, start, _) = stage.stays(who).last().unwrap().clone();
        tab.show(&block(who, start));
        tab.value(&format!("document.querySelector('{}').focus()", block(who, start)));
        tab.key("Enter", 0);
        tab.until("document.querySelectorAll('#menu .price').length >= 4 && !document.querySelector('#alternatives > .quiet')");
        moving += prices_in_words(&mut stage, &mut tab, who, start);
        tab.key("Escape", 0);
        tab.until("document.querySelector('#menu').hidden");
    }
    assert!(moving > 0, "nobody makes room");
    at_ease(&tab);
}
