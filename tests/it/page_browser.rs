//! The page in a real browser, by mouse and by keyboard. Where there is none, the tests say so and pass. A browser takes
//! seconds to start, so every day only some of them ask it, and all where `KENSHU_SCENARIOS` is set.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Once;

use serde_json::{Value, json};

use crate::page::begin::workbook_of;
use crate::page::browser::{ALT, Browser, CONTROL, SHIFT, Tab, installed};
use crate::page::client::Page;
use crate::page::desk;

/// Those that are asked every day: one of each way the page is used.
const EVERY_DAY: [&str; 7] = [
    "a_block_is_dragged_and_judged_beside",
    "everything_goes_by_keyboard",
    "the_menu_ranks_every_hospital_and_takes_one",
    "a_plan_is_made_again_held_against_this_one_and_accepted",
    "the_server_is_killed_and_no_edit_is_lost",
    "a_resident_called_like_markup_is_text",
    "two_sliders_are_turned_and_both_numbers_taken",
];

/// A program with a browser, or a word on what is left out.
pub struct Stage {
    _desk: tempfile::TempDir,
    pub path: PathBuf,
    pub page: Page,
    pub browser: Browser,
}

impl Stage {
    /// The small program.
    pub fn set(test: &str) -> Option<Self> {
        Self::of(test, desk)
    }

    /// A program that is written somewhere, with its plan.
    pub fn of(test: &str, program: impl FnOnce() -> (tempfile::TempDir, PathBuf)) -> Option<Self> {
        let mut stage = Self::unplanned(test, program)?;
        stage.page.planned();
        // The tab of the browser writes, not the one of the plain client.
        stage.page.ask("release", json!({}));
        Some(stage)
    }

    /// The same with the plan still to come.
    pub fn unplanned(test: &str, program: impl FnOnce() -> (tempfile::TempDir, PathBuf)) -> Option<Self> {
        if !EVERY_DAY.contains(&test) && std::env::var_os("KENSHU_SCENARIOS").is_none() {
            static TOLD: Once = Once::new();
            TOLD.call_once(|| {
                left_out("most questions to the browser, which are asked where KENSHU_SCENARIOS is set")
            });
            return None;
        }
        let Some(program_of_browser) = installed() else {
            left_out(&format!("{test}, since there is no chromium here"));
            return None;
        };
        let (desk, path) = program();
        let page = Page::open(&path, &[]);
        Some(Self { _desk: desk, path, page, browser: Browser::start(&program_of_browser) })
    }

    pub fn tab(&self) -> Tab {
        let mut tab = self.browser.tab(1280, 720);
        tab.open(&self.page);
        tab.until("document.querySelector('#bar')");
        tab
    }

    /// Has r5 spend the third year where r4 is to be, and there is one seat: whoever plans again has to move somebody.
    pub fn crowd(&mut self) {
        self.page.ask("take-over", json!({}));
        for op in ["place", "unlock"] {
            let mut op = json!({ "op": op, "resident": "r5", "start": "2022-04", "months": 12 });
            if op["op"] == "place" {
                op["place"] = json!("south");
            }
            self.page.ask("edit", json!({ "op": op }));
        }
        self.page.ask("release", json!({}));
    }

    /// The stays of a resident as the server has them: (facility, first month, months).
    pub fn stays(&mut self, resident: &str) -> Vec<(String, u64, u64)> {
        let board = self.page.ask("board", json!({ "tab": "looks" }));
        let name = |block: &Value| {
            let at = block["facility"].as_u64().unwrap() as usize;
            board["board"]["facilities"][at]["id"].as_str().unwrap().to_string()
        };
        let blocks = Page::row(&board, resident)["blocks"].as_array().unwrap();
        let stay = |block: &Value| {
            (name(block), block["start"].as_u64().unwrap(), block["months"].as_u64().unwrap())
        };
        blocks.iter().map(stay).collect()
    }
}

/// Says what is not tested, to whoever runs the tests: what a test that passes prints is kept from them.
fn left_out(what: &str) {
    let _ = writeln!(std::io::stderr(), "left out: {what}");
}

pub fn block(resident: &str, start: u64) -> String {
    format!("#grid .block[data-resident=\"{resident}\"][data-start=\"{start}\"]")
}

/// Waits until an edit has come back, which is when the judge's word stands beside it.
pub fn answered(tab: &mut Tab, revision: u64) {
    tab.until(&format!("window.kenshu.revision > {revision}"));
    tab.until("!document.querySelector('#beside').hidden && document.querySelector('#beside').innerText");
}

pub fn revision(tab: &mut Tab) -> u64 {
    tab.value("window.kenshu.revision").as_u64().unwrap()
}

/// Waits until the page speaks a language, which is some time after it was told to.
pub fn spoken(tab: &mut Tab, language: &str) {
    let word = if language == "ja" { "保存" } else { "Save" };
    tab.until(&format!(
        "document.documentElement.lang === '{language}' && [...document.querySelectorAll('#bar button')].some((one) => one.textContent.startsWith('{word}'))"
    ));
}

pub fn at_ease(tab: &Tab) {
    assert!(tab.complaints.is_empty(), "{:?}", tab.complaints);
}

#[test]
fn a_block_is_dragged_and_judged_beside() {
    let Some(mut stage) = Stage::set("a_block_is_dragged_and_judged_beside") else { return };
    let mut tab = stage.tab();
    let before = stage.stays("r4");
    let (_, start, months) = before.last().unwrap().clone();
    // Onto a hospital below.
    let (x, y, ..) = tab.show(&block("r4", start));
    let (_, below, ..) = tab.place("#margins .row[data-facility=\"south\"]");
    let seen = revision(&mut tab);
    tab.drag((x, y), (x, below), 0);
    answered(&mut tab, seen);
    assert_eq!(stage.stays("r4").last().unwrap(), &("south".to_string(), start, months));
    let broken = stage.page.ask("board", json!({ "tab": "looks" }))["verdict"]["broken"].as_u64().unwrap();
    let said = tab.text("#beside");
    let expected =
        if broken == 0 { "No rule is broken".to_string() } else { format!("Violations: {broken}") };
    assert!(said.contains(&expected), "{said}: {broken} broken");
    assert!(
        tab.value(&format!("document.querySelector('{}').classList.contains('locked')", block("r4", start)))
            == json!(true)
    );
    // And back by keyboard.
    let seen = revision(&mut tab);
    tab.key("z", CONTROL);
    tab.until(&format!("window.kenshu.revision > {seen}"));
    assert_eq!(stage.stays("r4"), before);
    at_ease(&tab);
}

#[test]
fn two_change_places_and_ends_are_drawn() {
    let Some(mut stage) = Stage::set("two_change_places_and_ends_are_drawn") else { return };
    let mut tab = stage.tab();
    let (one, other) = (stage.stays("r4"), stage.stays("r5"));
    let shared = one
        .iter()
        .find(|stay| other.iter().any(|that| (that.1, that.2) == (stay.1, stay.2) && that.0 != stay.0));
    let (place, start, months) = shared.expect("two residents with a stay in the same months").clone();
    let theirs = other.iter().find(|stay| stay.1 == start).unwrap().0.clone();
    let ((x, y, ..), (x2, y2, ..)) = (tab.show(&block("r4", start)), tab.place(&block("r5", start)));
    let seen = revision(&mut tab);
    tab.drag((x, y), (x2, y2), 0);
    answered(&mut tab, seen);
    assert!(stage.stays("r4").contains(&(theirs, start, months)));
    assert!(stage.stays("r5").contains(&(place.clone(), start, months)));
    // The end of a block is drawn three months earlier: what it gives up goes to its neighbour.
    let (x, y, width, _) = tab.show(&block("r5", start));
    let seen = revision(&mut tab);
    let end = (x + width / 2.0 - 2.0, y);
    tab.drag(end, (end.0 - 3.0 * width / months as f64, y), 0);
    answered(&mut tab, seen);
    assert!(stage.stays("r5").contains(&(place, start, months - 3)), "{:?}", stage.stays("r5"));
    at_ease(&tab);
}

#[test]
fn everything_goes_by_keyboard() {
    let Some(mut stage) = Stage::set("everything_goes_by_keyboard") else { return };
    let mut tab = stage.tab();
    tab.value("document.querySelector('#grid').focus()");
    tab.key("ArrowDown", 0);
    tab.until("document.activeElement.classList.contains('block')");
    let mut presses = 0;
    let mut press_until = |tab: &mut Tab, key: &str, condition: &str| {
        while tab.value(condition) != json!(true) {
            tab.key(key, 0);
            presses += 1;
            assert!(presses < 60, "the arrows never get to where {condition}");
        }
    };
    // A stay in the middle of a career, between two others.
    press_until(&mut tab, "ArrowDown", "document.activeElement.dataset.resident === 'r4'");
    let before = stage.stays("r4");
    let middle = before.iter().position(|(place, _, months)| place != "core" && *months < 12).unwrap();
    let at = before[middle].1;
    let is_there = format!("document.activeElement.dataset.start === '{at}'");
    let is_first = format!("Number(document.activeElement.dataset.start) <= {at}");
    press_until(&mut tab, "ArrowLeft", &is_first);
    press_until(&mut tab, "ArrowRight", &is_there);
    let mut act = |stage: &mut Stage, key: &str, modifiers: u32| {
        let seen = revision(&mut tab);
        tab.key(key, modifiers);
        answered(&mut tab, seen);
        tab.until("document.activeElement.classList.contains('block')");
        stage.stays("r4")
    };
    let pushed = act(&mut stage, "ArrowLeft", ALT | SHIFT);
    assert_ne!(pushed, before);
    let shorter = act(&mut stage, "[", 0);
    assert_ne!(shorter, pushed);
    let locks = |stage: &mut Stage| {
        let board = stage.page.ask("board", json!({ "tab": "looks" }));
        let blocks = Page::row(&board, "r4")["blocks"].as_array().unwrap().clone();
        blocks.iter().map(|block| block["locked"].as_u64().unwrap_or(0)).sum::<u64>()
    };
    // What was moved is locked, so the key opens it.
    let locked = locks(&mut stage);
    act(&mut stage, "l", 0);
    assert!(locks(&mut stage) < locked, "{locked} months were locked and still are");
    let person = act(&mut stage, "ArrowDown", ALT);
    assert_ne!(person, shorter);
    for _ in 0..4 {
        act_undo(&mut tab);
    }
    assert_eq!(stage.stays("r4"), before);
    at_ease(&tab);
}

fn act_undo(tab: &mut Tab) {
    let seen = revision(tab);
    tab.key("z", CONTROL);
    tab.until(&format!("window.kenshu.revision > {seen}"));
}

#[test]
fn the_menu_ranks_every_hospital_and_takes_one() {
    let Some(mut stage) = Stage::set("the_menu_ranks_every_hospital_and_takes_one") else { return };
    let mut tab = stage.tab();
    let (_, start, months) = stage.stays("r4").last().unwrap().clone();
    tab.value(&format!("document.querySelector('{}').focus()", block("r4", start)));
    tab.key("Enter", 0);
    tab.until("document.querySelectorAll('#menu .alternative').length >= 4");
    // The exact prices come in; those that can be had stand before what is forbidden.
    tab.until("document.querySelectorAll('#menu .price').length >= 4");
    let kinds = tab.value("[...document.querySelectorAll('#menu .alternative')].map((row) => Boolean(row.querySelector('.grant')))");
    let kinds: Vec<bool> = kinds.as_array().unwrap().iter().map(|kind| kind.as_bool().unwrap()).collect();
    assert!(kinds.is_sorted_by_key(|can| !can), "{kinds:?}");
    assert!(kinds[0], "some hospital has a price");
    prices_in_words(&mut stage, &mut tab, "r4", start);
    let seen = revision(&mut tab);
    tab.click("#menu .grant");
    answered(&mut tab, seen);
    let after = stage.page.ask("board", json!({ "tab": "looks" }));
    assert_eq!(after["verdict"]["broken"], 0);
    assert_eq!(
        Page::row(&after, "r4")["blocks"].as_array().unwrap().last().unwrap()["locked"],
        json!(months)
    );
    at_ease(&tab);
}

/// What the server knows stands in the menu in words: which goal loses and by how much, and who else moves, by name.
/// How many of the hospitals ask others to move.
pub fn prices_in_words(stage: &mut Stage, tab: &mut Tab, resident: &str, start: u64) -> usize {
    let job = stage.page.ask("pulse", json!({ "tab": "looks" }))["job"].clone();
    let board = stage.page.ask("board", json!({ "tab": "looks" }))["board"].clone();
    let named = |id: &Value| {
        let row = board["residents"].as_array().unwrap().iter().find(|row| row["id"] == *id);
        row.unwrap()["name"].as_str().unwrap().to_string()
    };
    let here = tab.value(&format!("document.querySelector('{}').dataset.place", block(resident, start)));
    let prices = job["prices"].as_array().unwrap().iter().filter(|price| price["place"] != here);
    let shown = tab.value(
        "[...document.querySelectorAll('#menu .alternative')].map((row) => [row.querySelector('[data-key^=\"move \"]').dataset.key.slice(5), row.innerText])",
    );
    for (price, shown) in prices.clone().zip(shown.as_array().unwrap()) {
        assert_eq!(price["place"], shown[0], "in the server's order");
        let text = shown[1].as_str().unwrap();
        assert!(text.contains(price["words"][1].as_str().unwrap()), "{text}: {price}");
        if price["answer"] == "price" {
            let others: Vec<String> = price["others"].as_array().unwrap().iter().map(named).collect();
            let said = match others.len() {
                0 => "Nobody else moves".to_string(),
                count => format!("Others who move ({count}): {}", others.join(", ")),
            };
            assert!(text.contains(&said), "{text}: {said}");
        }
    }
    prices.filter(|price| !price["others"].as_array().unwrap().is_empty()).count()
}

#[test]
fn a_plan_is_made_again_held_against_this_one_and_accepted() {
    let Some(mut stage) = Stage::set("a_plan_is_made_again_held_against_this_one_and_accepted") else {
        return;
    };
    stage.crowd();
    let mut tab = stage.tab();
    let (_, start, _) = stage.stays("r4").last().unwrap().clone();
    let (x, y, ..) = tab.show(&block("r4", start));
    let (_, below, ..) = tab.place("#margins .row[data-facility=\"south\"]");
    let seen = revision(&mut tab);
    tab.drag((x, y), (x, below), 0);
    answered(&mut tab, seen);
    tab.click("#bar button.primary");
    tab.until("document.querySelector('#side .choice .primary')");
    let proposal = stage.page.ask("proposal", json!({ "tab": "looks" }));
    let moves = proposal["diff"]["chains"].as_array().unwrap().len();
    assert!(moves > 0, "the move broke something, so somebody else moves");
    assert_eq!(tab.value("document.querySelectorAll('#side .chains li').length"), json!(moves));
    assert_ne!(tab.value("document.querySelectorAll('#grid .after.new').length"), json!(0), "side by side");
    let seen = revision(&mut tab);
    tab.click("#side .choice .primary");
    tab.until(&format!("window.kenshu.revision > {seen} && !document.querySelector('#grid .after')"));
    let board = stage.page.ask("board", json!({ "tab": "looks" }));
    assert_eq!(board["verdict"]["broken"], 0);
    assert_eq!(board["board"]["residents"], proposal["rows"]);
    at_ease(&tab);
}

#[test]
fn a_resident_called_like_markup_is_text() {
    let Some(stage) = Stage::set("a_resident_called_like_markup_is_text") else { return };
    let path = stage.path.clone();
    let browser = stage.browser;
    drop(stage.page);
    let residents = fs::read_to_string(path.join("residents.csv")).unwrap();
    fs::write(path.join("residents.csv"), with_name(&residents, "<img src=x onerror=alert(1)>")).unwrap();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let mut tab = browser.tab(1280, 720);
    tab.open(&page);
    tab.until("[...document.querySelectorAll('.who')].some((name) => name.textContent.startsWith('<img'))");
    assert_eq!(tab.value("document.images.length"), json!(0));
    tab.click("#grid .name[data-resident=\"r1\"]");
    tab.until("document.querySelector('#side .lines')");
    assert_eq!(tab.value("document.images.length"), json!(0));
    at_ease(&tab);
}

fn with_name(residents: &str, name: &str) -> String {
    let column = residents.lines().next().unwrap().split(',').position(|heading| heading == "name").unwrap();
    let line = |(number, line): (usize, &str)| {
        let mut cells: Vec<&str> = line.split(',').collect();
        if number == 1 {
            cells[column] = name;
        }
        cells.join(",")
    };
    residents.lines().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn of_two_tabs_one_reads_and_may_take_over() {
    let Some(stage) = Stage::set("of_two_tabs_one_reads_and_may_take_over") else { return };
    let mut one = stage.tab();
    let mut other = stage.tab();
    other.until("document.querySelector('.notice button')");
    assert!(one.value("document.querySelector('.notice')") == Value::Null);
    other.click(".notice button");
    other.until("!document.querySelector('.notice')");
    one.until("document.querySelector('.notice button')");
}

#[test]
fn the_server_is_killed_and_no_edit_is_lost() {
    let Some(mut stage) = Stage::set("the_server_is_killed_and_no_edit_is_lost") else { return };
    let mut tab = stage.tab();
    let (_, start, _) = stage.stays("r4").last().unwrap().clone();
    let (x, y, ..) = tab.show(&block("r4", start));
    let (_, below, ..) = tab.place("#margins .row[data-facility=\"south\"]");
    let seen = revision(&mut tab);
    tab.drag((x, y), (x, below), 0);
    answered(&mut tab, seen);
    let edited = stage.stays("r4");
    stage.page.child.kill().unwrap();
    stage.page.child.wait().unwrap();
    tab.until("document.querySelector('.notice .bad')");
    stage.page = Page::open(&stage.path, &[]);
    assert_eq!(stage.stays("r4"), edited);
}

#[test]
fn a_fault_in_a_cell_is_shown_at_the_cell() {
    let Some(stage) = Stage::set("a_fault_in_a_cell_is_shown_at_the_cell") else { return };
    let mut tab = stage.tab();
    tab.value("[...document.querySelectorAll('#bar button')].find((button) => button.textContent === 'Tables').click()");
    tab.until("document.querySelector('.sheet input')");
    let column = "[...document.querySelectorAll('.sheet th')].findIndex((head) => /Entry year/i.test(head.textContent)) - 1";
    let set = |tab: &mut Tab, text: &str| {
        tab.value(&format!(
            "(() => {{ const cell = document.querySelector(`[data-cell=\"0 ${{{column}}}\"]`); cell.value = '{text}'; \
             cell.dispatchEvent(new Event('change')); }})()"
        ));
    };
    set(&mut tab, "soon");
    tab.until(
        "document.querySelector('.sheet td.fault') && document.querySelector('dialog .findings .error')",
    );
    tab.until("document.querySelector('.notice .bad')");
    set(&mut tab, "2018");
    tab.until(
        "!document.querySelector('.sheet td.fault') && !document.querySelector('dialog .findings .error')",
    );
    at_ease(&tab);
}

/// A workbook dropped on an empty page, then another program by keyboard, then back.
#[test]
fn a_workbook_is_dropped_and_a_template_taken() {
    let Some(stage) = Stage::set("a_workbook_is_dropped_and_a_template_taken") else { return };
    let bytes = workbook_of(&stage.path, &stage.path.with_extension("xlsx"));
    let empty = tempfile::tempdir().unwrap();
    let page = Page::open(empty.path(), &[]);
    let mut tab = stage.browser.tab(1280, 720);
    tab.enter(&page);
    tab.until("document.querySelector('#start .templates button')");
    let content = data_encoding::BASE64.encode(&bytes);
    tab.value(&format!(
        "(() => {{ const bytes = Uint8Array.from(atob('{content}'), (letter) => letter.charCodeAt(0)); \
         const dataTransfer = new DataTransfer(); \
         dataTransfer.items.add(new File([bytes], 'program.xlsx')); \
         const target = document.querySelector('.drop'); \
         for (const kind of ['dragover', 'drop']) target.dispatchEvent(new DragEvent(kind, {{ dataTransfer, bubbles: true, cancelable: true }})); }})()"
    ));
    tab.until(
        "document.querySelectorAll('#grid .block').length > 3 && document.querySelector('#start').hidden",
    );
    // The first plan comes by itself, and the page sees it.
    tab.until("document.querySelector('#side .proof')");
    tab.value("[...document.querySelectorAll('#bar button')].find((button) => button.textContent === 'New…').focus()");
    tab.key("Enter", 0);
    tab.until("document.querySelector('dialog [data-template=\"\"]')");
    tab.value("document.querySelector('dialog [data-template=\"\"]').focus()");
    tab.key("Enter", 0);
    tab.until("document.querySelector('dialog .choice .primary')");
    let seen = revision(&mut tab);
    tab.click("dialog .choice button:not(.primary)");
    tab.until(&format!("window.kenshu.revision > {seen} && !document.querySelector('dialog').open"));
    tab.until("!document.querySelector('#grid [data-resident=\"r4\"]')");
    at_ease(&tab);
}

#[test]
fn tables_with_faults_open_and_lead_to_their_cells() {
    let Some(stage) = Stage::set("tables_with_faults_open_and_lead_to_their_cells") else { return };
    let path = stage.path.clone();
    let browser = stage.browser;
    drop(stage.page);
    let facilities = fs::read_to_string(path.join("facilities.csv")).unwrap();
    fs::write(path.join("facilities.csv"), facilities.replacen("affiliate", "afiliate", 1)).unwrap();
    let page = Page::open(&path, &[]);
    let mut tab = browser.tab(1280, 720);
    tab.enter(&page);
    tab.until("document.querySelector('#start .findings .finding')");
    tab.click("#start .findings .finding");
    tab.until("document.activeElement.closest('td.fault')");
    tab.value(
        "(() => { const cell = document.activeElement; cell.value = 'affiliate'; cell.dispatchEvent(new Event('change')); })()",
    );
    tab.until("!document.querySelector('.sheet td.fault') && document.querySelector('#start').hidden");
    tab.key("Escape", 0);
    tab.until(
        "document.querySelectorAll('#grid .row').length > 3 && document.querySelector('#side .summary')",
    );
    at_ease(&tab);
}

#[test]
fn the_judge_rechecks_proofs_on_request() {
    let Some(stage) = Stage::set("the_judge_rechecks_proofs_on_request") else { return };
    let mut tab = stage.tab();
    tab.until("document.querySelector('#proofs button')");
    tab.click("#proofs button");
    tab.until("document.querySelectorAll('#proofs li.holds').length > 2");
    assert_eq!(tab.value("document.querySelectorAll('#proofs li.broken').length"), json!(0));
    at_ease(&tab);
}

#[test]
fn completion_is_shown_of_any_month() {
    let Some(stage) = Stage::set("completion_is_shown_of_any_month") else { return };
    let mut tab = stage.tab();
    tab.until("document.querySelector('#completion:not([disabled])')");
    tab.click("#completion");
    tab.until("document.querySelectorAll('#dialog tr[data-resident]').length > 2");
    let rows = "[...document.querySelectorAll('#dialog tr[data-resident]')]";
    let verdicts =
        tab.value(&format!("{rows}.map((row) => row.querySelector('.verdict').textContent.slice(2))"));
    let words = ["met", "on course", "not known", "at risk", "impossible"];
    let said: Vec<&str> = verdicts.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(said.iter().all(|word| words.contains(word)), "{said:?}");
    assert!(said.iter().any(|word| *word != "met"), "somebody is in training");
    // Years later everybody has either finished or not.
    tab.value("(() => { const month = document.querySelector('#completion-month'); month.value = '2032-04'; month.dispatchEvent(new Event('change')); })()");
    tab.until("document.querySelector('#dialog .summary').textContent.includes('2032-04')");
    let later =
        tab.value(&format!("{rows}.map((row) => row.querySelector('.verdict').textContent.slice(2))"));
    assert!(!later.to_string().contains("on course"), "{later}");
    tab.click("#dialog tr[data-resident] .link");
    tab.until("!document.querySelector('#dialog').open && document.querySelector('#side .lines')");
    at_ease(&tab);
}

/// With axe-core's file in `KENSHU_AXE`, as `.ci/run` puts it there.
#[test]
fn axe_finds_nothing_in_both_languages_and_themes() {
    let Some(mut stage) = Stage::set("axe_finds_nothing_in_both_languages_and_themes") else { return };
    let Some(axe) = std::env::var_os("KENSHU_AXE").and_then(|path| fs::read_to_string(Path::new(&path)).ok())
    else {
        left_out("axe_finds_nothing_in_both_languages_and_themes, since KENSHU_AXE names no file");
        return;
    };
    let mut tab = stage.tab();
    for (language, theme) in [("en", "light"), ("ja", "dark"), ("ja", "light"), ("en", "dark")] {
        let set = |id: &str, value: &str| {
            format!(
                "{{ const select = document.querySelector('#{id}'); select.value = '{value}'; select.dispatchEvent(new Event('change')); }}"
            )
        };
        tab.value(&format!("(() => {{ {} {} }})()", set("theme", theme), set("lang", language)));
        spoken(&mut tab, language);
        std::thread::sleep(std::time::Duration::from_millis(400));
        tab.send("Runtime.evaluate", json!({ "expression": axe }));
        let look = |tab: &mut Tab, what: &str| {
            let found = tab.value("axe.run(document).then((found) => found.violations.map((one) => `${one.id} ${one.nodes[0].html}`))");
            assert_eq!(found, json!([]), "{language}, {theme}, {what}");
        };
        look(&mut tab, "the grid");
        // Every dialog, by the place of its button.
        let buttons = "[...document.querySelectorAll('#bar .end button')]";
        let count = tab.value(&format!("{buttons}.length")).as_u64().unwrap();
        assert_eq!(count, 8);
        for number in 0..count {
            tab.value(&format!("{buttons}[{number}].click()"));
            tab.until("document.querySelector('#dialog').open && document.querySelector('#dialog .top + *')");
            std::thread::sleep(std::time::Duration::from_millis(200));
            look(&mut tab, &format!("dialog {number}"));
            tab.value("document.querySelector('#dialog').close()");
        }
        let (_, start, _) = stage.stays("r4").last().unwrap().clone();
        tab.value(&format!("document.querySelector('{}').focus()", block("r4", start)));
        tab.key("Enter", 0);
        tab.until("document.querySelectorAll('#menu .price').length >= 4");
        look(&mut tab, "the menu");
        tab.key("Escape", 0);
        tab.value("(() => { const mode = document.querySelector('#mode'); mode.value = 'hospitals'; mode.dispatchEvent(new Event('change')); })()");
        look(&mut tab, "by hospital");
        tab.value("(() => { const mode = document.querySelector('#mode'); mode.value = 'residents'; mode.dispatchEvent(new Event('change')); })()");
    }
}
