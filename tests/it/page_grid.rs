//! What the grid shows, held against the board that the server hands out: rows, blocks, margins, views, search, zoom.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::page::browser::{CONTROL, Tab};
use crate::page::client::Page;
use crate::page::desk;
use crate::page_browser::{Stage, at_ease};

/// The small program with a wish, leave within a seat and leave without one, and a hospital that counts on somebody.
fn varied() -> (tempfile::TempDir, PathBuf) {
    let (desk, path) = desk();
    let with = |file: &str, row: &str, column: &str, text: &str| {
        let table = fs::read_to_string(path.join(file)).unwrap();
        let headings: Vec<&str> = table.lines().next().unwrap().split(',').collect();
        let at = headings.iter().position(|heading| *heading == column).unwrap();
        let line = |line: &str| {
            let mut cells: Vec<&str> = line.split(',').collect();
            if cells[0] == row {
                cells[at] = text;
            }
            cells.join(",")
        };
        let lines: Vec<String> = table.lines().map(line).collect();
        fs::write(path.join(file), lines.join("\n") + "\n").unwrap();
    };
    with("residents.csv", "r4", "facility_wishes", "west;north");
    with("facilities.csv", "west", "min_residents", "5");
    let leaves = "resident,kind,start,months\nr4,childbirth,2021-06,3\nr6,abroad,2022-04,6\n";
    fs::write(path.join("leaves.csv"), leaves).unwrap();
    (desk, path)
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

/// The blocks of a resident as they are drawn.
fn drawn(tab: &mut Tab, resident: &str) -> Vec<Value> {
    let found = tab.value(&format!(
        "[...document.querySelectorAll('#grid .block[data-resident=\"{resident}\"]:not(.gap)')].map((one) => ({{ \
         start: Number(one.dataset.start), months: Number(one.dataset.months), place: one.dataset.place, kinds: [...one.classList], \
         text: one.querySelector('.place').textContent, wish: one.querySelector('.wish')?.textContent ?? null, \
         leave: one.querySelectorAll('.leave').length, width: one.offsetWidth, colour: getComputedStyle(one).backgroundColor, \
         style: getComputedStyle(one).fontStyle, border: getComputedStyle(one).borderTopStyle, heard: one.querySelector('.heard').textContent }}))"
    ));
    list(&found).clone()
}

#[test]
fn blocks_say_what_the_board_says() {
    let Some(mut stage) = Stage::of("blocks_say_what_the_board_says", varied) else { return };
    let mut tab = stage.tab();
    tab.choose("#zoom", "month");
    let board = stage.page.ask("board", json!({ "tab": "looks" }))["board"].clone();
    let facility = |block: &Value| board["facilities"][block["facility"].as_u64().unwrap() as usize].clone();
    let (mut kinds, mut colours) = (Vec::new(), Vec::new());
    for row in list(&board["residents"]) {
        let shown = drawn(&mut tab, row["id"].as_str().unwrap());
        let blocks = list(&row["blocks"]);
        assert_eq!(shown.len(), blocks.len(), "{}", row["id"]);
        for (at, (shown, block)) in shown.iter().zip(blocks).enumerate() {
            let is = |kind: &str| list(&shown["kinds"]).contains(&json!(kind));
            let flag = |name: &str| block[name] == json!(true);
            assert_eq!((&shown["start"], &shown["months"]), (&block["start"], &block["months"]));
            let (place, locked) = (facility(block), block["locked"].as_u64().unwrap_or(0));
            assert_eq!(shown["place"], place["id"]);
            // A stay that goes on over an academic year is one block: its name stands once.
            let same = |other: &Value| {
                ["facility", "section", "history", "extension"]
                    .iter()
                    .all(|what| other[*what] == block[*what])
            };
            let goes_on = at > 0
                && same(&blocks[at - 1])
                && blocks[at - 1]["start"].as_u64().unwrap() + blocks[at - 1]["months"].as_u64().unwrap()
                    == block["start"].as_u64().unwrap();
            assert_eq!(is("continued"), goes_on, "{shown}");
            assert_eq!(shown["text"], if goes_on { json!("") } else { place["name"].clone() });
            assert!(shown["heard"].as_str().unwrap().contains(place["name"].as_str().unwrap()), "{shown}");
            assert_eq!((is("history"), is("extension")), (flag("history"), flag("extension")));
            assert_eq!(is("locked"), locked > 0 && json!(locked) == block["months"]);
            let wish = if goes_on { None } else { block["wish"].as_u64() };
            assert_eq!(
                shown["wish"].as_str().map(str::to_string),
                wish.map(|wish| wish.to_string()),
                "{shown}"
            );
            assert_eq!(
                shown["leave"].as_u64().unwrap() as usize,
                block["leave"].as_array().map_or(0, Vec::len)
            );
            assert_eq!(is("partly"), locked > 0 && json!(locked) != block["months"]);
            // History and extension differ in more than colour.
            assert_eq!(shown["style"] == "italic", flag("history"));
            assert_eq!(shown["border"] == "dashed", flag("extension"));
            assert_eq!(shown["width"], json!(block["months"].as_u64().unwrap() * 28));
            if place["role"] != "core" {
                colours.push((place["id"].to_string(), shown["colour"].to_string()));
            }
            kinds.extend(["history", "partly"].into_iter().filter(|kind| is(kind)));
            kinds.extend(shown["wish"].as_str().map(|_| "wish"));
            kinds.extend((shown["leave"] != json!(0)).then_some("leave"));
            kinds.extend(goes_on.then_some("continued"));
        }
        let away = tab.value(&format!(
            "[...document.querySelectorAll('#grid .away')].filter((one) => one.parentElement.querySelector('[data-resident=\"{}\"]')).map((one) => one.textContent)",
            row["id"].as_str().unwrap()
        ));
        let told: Vec<&Value> = list(&row["away"]).iter().map(|away| &away["kind"]).collect();
        assert_eq!(list(&away).iter().collect::<Vec<_>>(), told);
        kinds.extend((!told.is_empty()).then_some("away"));
    }
    // Every hospital has a colour of its own.
    for (place, colour) in &colours {
        assert!(colours.iter().all(|(other, its)| (other == place) == (its == colour)), "{place}: {colour}");
    }
    for kind in ["history", "partly", "wish", "leave", "away", "continued"] {
        assert!(kinds.contains(&kind), "the program shows no {kind}: {kinds:?}");
    }
    at_ease(&tab);
}

#[test]
fn margins_say_present_seats_and_needed() {
    let Some(mut stage) = Stage::of("margins_say_present_seats_and_needed", varied) else { return };
    let mut tab = stage.tab();
    tab.choose("#zoom", "month");
    // Somebody more where it is full already, by hand.
    stage.page.ask("take-over", json!({}));
    let place =
        json!({ "op": "place", "resident": "r5", "start": "2022-04", "months": 12, "place": "south" });
    stage.page.ask("edit", json!({ "op": place }));
    let place =
        json!({ "op": "place", "resident": "r4", "start": "2022-04", "months": 12, "place": "south" });
    stage.page.ask("edit", json!({ "op": place }));
    stage.page.ask("release", json!({}));
    tab.until(&format!("window.kenshu.revision === {}", stage.page.revision));
    let board = stage.page.ask("board", json!({ "tab": "looks" }))["board"].clone();
    let (decided, all) = (board["decided"].as_u64().unwrap(), board["months"].as_u64().unwrap());
    let mut signs = Vec::new();
    for (facility, of) in list(&board["facilities"]).iter().zip(list(&board["occupancy"]["facilities"])) {
        let id = facility["id"].as_str().unwrap();
        let figures = tab.value(&format!(
            "[...document.querySelectorAll('#margins .row[data-facility=\"{id}\"] .figure')].map((one) => ({{ \
             start: Number(one.getAttribute('aria-colindex')) - 2, months: Number(one.getAttribute('aria-colspan')), kinds: [...one.classList], \
             text: one.querySelector('span').textContent, label: one.title }}))"
        ));
        let mut next = decided;
        for figure in list(&figures) {
            let (start, months) = (figure["start"].as_u64().unwrap(), figure["months"].as_u64().unwrap());
            assert_eq!(start, next, "{id}");
            next = start + months;
            let at = |what: &str, month: u64| of[what][month as usize].clone();
            for month in start..next {
                for what in ["present", "seats", "needed", "tight"] {
                    assert_eq!(at(what, month), at(what, start), "{id}: {what} differs within {figure}");
                }
            }
            let seats = at("seats", start).as_u64().map_or("–".to_string(), |seats| seats.to_string());
            let needed = at("needed", start).as_u64().unwrap();
            let tight = at("tight", start);
            let sign = match tight.as_str() {
                Some("over") => "▲",
                Some("short") => "▽",
                Some("full") => "●",
                _ => "",
            };
            let more = if needed > 0 { format!(" ≥{needed}") } else { String::new() };
            let text = format!("{sign}{}/{seats}{more}", at("present", start));
            // Of a single month there is room for less, and never for less than the sign.
            let shown = figure["text"].as_str().unwrap();
            assert!(
                shown == text || (months < 3 && (shown == sign || text.contains(shown))),
                "{id}: {shown} for {text}"
            );
            let label = figure["label"].as_str().unwrap();
            assert!(
                label.contains(&format!("present {}, seats {seats}, needed {needed}", at("present", start))),
                "{label}"
            );
            if let Some(kind) = tight.as_str() {
                assert!(list(&figure["kinds"]).contains(&json!(kind)));
                signs.push(sign);
            }
        }
        assert_eq!(next, all, "{id}: every month is told");
    }
    for sign in ["▲", "▽", "●"] {
        assert!(signs.contains(&sign), "no hospital shows {sign}");
    }
    at_ease(&tab);
}

fn rows(tab: &mut Tab) -> Vec<String> {
    let found = tab.value("[...document.querySelectorAll('#grid .row.resident')].sort((a, b) => a.offsetTop - b.offsetTop).map((one) => one.querySelector('.name').dataset.resident)");
    list(&found).iter().map(|id| id.as_str().unwrap().to_string()).collect()
}

#[test]
fn cohorts_search_and_zoom() {
    let Some(mut stage) = Stage::of("cohorts_search_and_zoom", varied) else { return };
    let mut tab = stage.tab();
    let board = stage.page.ask("board", json!({ "tab": "looks" }))["board"].clone();
    // Cohort after cohort, each with its heading above its residents.
    let lines = tab.value("[...document.querySelectorAll('#grid .row')].filter((one) => !one.classList.contains('heading')).sort((a, b) => a.offsetTop - b.offsetTop).map((one) => one.classList.contains('cohort') ? one.textContent : one.querySelector('.name').dataset.resident)");
    let mut expected = Vec::new();
    for year in [2018, 2019, 2020, 2021] {
        let of: Vec<&Value> =
            list(&board["residents"]).iter().filter(|row| row["entry_year"] == year).collect();
        expected.push(json!(format!("Intake {year} ({})", of.len())));
        expected.extend(of.iter().map(|row| row["id"].clone()));
    }
    assert_eq!(list(&lines), &expected);
    // Found by who they are.
    tab.key("f", CONTROL);
    tab.until("document.activeElement.id === 'search'");
    tab.type_text("r5");
    assert_eq!(rows(&mut tab), ["r5"]);
    tab.value("(() => { const search = document.querySelector('#search'); search.value = ''; search.dispatchEvent(new Event('input')); })()");
    assert_eq!(rows(&mut tab).len(), 6);
    // A month has its width, whatever is in sight, and headings have room for less and less.
    for (zoom, width, units) in [("year", 8, false), ("quarter", 15, true), ("month", 28, true)] {
        tab.choose("#zoom", zoom);
        let shown = tab.value("[...document.querySelectorAll('#grid .block')].map((one) => one.offsetWidth / Number(one.dataset.months))");
        assert!(list(&shown).iter().all(|month| month.as_f64() == Some(f64::from(width))), "{zoom}: {shown}");
        let figures = tab
            .value("document.querySelectorAll('#grid .heading .unit:not(.year)').length")
            .as_u64()
            .unwrap();
        let months = board["months"].as_u64().unwrap();
        let expected = match (units, zoom) {
            (false, _) => 0,
            (true, "quarter") => months / 3,
            _ => months,
        };
        assert_eq!(figures, expected, "{zoom}");
    }
    at_ease(&tab);
}

#[test]
fn headings_and_names_stay_in_sight() {
    let Some(stage) = Stage::set("headings_and_names_stay_in_sight") else { return };
    let mut tab = stage.tab();
    tab.choose("#zoom", "month");
    tab.size(900, 480);
    let seen = "(() => { const grid = document.querySelector('#grid'); const box = grid.getBoundingClientRect(); \
                const [head, name] = ['.heading', '.row.resident .name'].map((what) => grid.querySelector(what).getBoundingClientRect()); \
                const block = grid.querySelector('.block').getBoundingClientRect(); \
                return [grid.scrollLeft, grid.scrollTop, head.top - box.top, name.left - box.left, block.left, document.querySelector('#margins').scrollLeft, \
                document.querySelector('#margins .row .name').getBoundingClientRect().left - box.left]; })()";
    let before = tab.value(seen);
    tab.value("(() => { const grid = document.querySelector('#grid'); grid.scrollLeft = 300; grid.scrollTop = 60; })()");
    std::thread::sleep(std::time::Duration::from_millis(300));
    let after = tab.value(seen);
    let number = |value: &Value, at: usize| value[at].as_f64().unwrap();
    assert!(number(&after, 0) >= 250.0 && number(&after, 1) > 0.0, "it was scrolled: {after}");
    assert!(number(&before, 4) - number(&after, 4) >= 250.0, "and the blocks with it");
    for (at, what) in [(2, "the months above"), (3, "the names"), (6, "the hospitals' names")] {
        assert!((number(&before, at) - number(&after, at)).abs() < 1.5, "{what}: {before} {after}");
    }
    assert_eq!(number(&after, 5), number(&after, 0), "the hospitals go along");
    at_ease(&tab);
}

/// Who is where in the view of hospitals, and everything about one resident beside the grid.
#[test]
fn both_views_say_who_is_where_and_why() {
    let Some(mut stage) = Stage::of("both_views_say_who_is_where_and_why", varied) else { return };
    let mut tab = stage.tab();
    let board = stage.page.ask("board", json!({ "tab": "looks" }))["board"].clone();
    tab.choose("#mode", "hospitals");
    tab.until("document.querySelector('#grid .row.lane')");
    let mut shown: Vec<String> = list(&tab.value("[...document.querySelectorAll('#grid .lane .block')].map((one) => [one.dataset.place, one.dataset.resident, one.dataset.start, one.dataset.months, one.querySelector('.place').textContent].join(' '))"))
        .iter()
        .map(|one| one.as_str().unwrap().to_string())
        .collect();
    let mut expected = Vec::new();
    for row in list(&board["residents"]) {
        for block in list(&row["blocks"]) {
            let facility = &board["facilities"][block["facility"].as_u64().unwrap() as usize];
            let (id, name) = (row["id"].as_str().unwrap(), row["name"].as_str().unwrap());
            let months = block["months"].as_u64().unwrap();
            let name = if months * 15 < 64 { &name[name.len() - 2..] } else { name };
            expected.push(format!(
                "{} {id} {} {months} {name}",
                facility["id"].as_str().unwrap(),
                block["start"]
            ));
        }
    }
    shown.sort();
    expected.sort();
    assert_eq!(shown, expected);
    // Nobody stands on somebody else.
    let overlaps = tab.value("[...document.querySelectorAll('#grid .row.lane')].some((row) => { const ends = [...row.querySelectorAll('.block')].map((one) => [Number(one.dataset.start), Number(one.dataset.start) + Number(one.dataset.months)]).sort((a, b) => a[0] - b[0]); return ends.some((one, at) => at && ends[at - 1][1] > one[0]); })");
    assert_eq!(overlaps, json!(false));
    tab.choose("#mode", "residents");
    tab.until("document.querySelector('#grid .row.resident')");
    tab.click("#grid .name[data-resident=\"r4\"]");
    tab.until("document.querySelector('#side .lines')");
    let told = stage.page.ask("resident", json!({ "tab": "looks", "resident": "r4" }));
    let panel = tab.text("#side");
    for line in list(&told["words"]) {
        assert!(panel.contains(line.as_str().unwrap().trim()), "{line}: {panel}");
    }
    let wishes =
        tab.value("[...document.querySelectorAll('#side .wished')].map((one) => one.textContent.trim())");
    assert_eq!(wishes, json!(["1 west hospital", "2 north hospital"]));
    // Why here, in the words of the command.
    tab.press("#side", "Why here, why not where they wished");
    tab.until("document.querySelectorAll('#side .lines').length === 2");
    let job = stage.page.ask("pulse", json!({ "tab": "looks" }))["job"].clone();
    let said = tab.text("#side .lines:last-of-type");
    for line in list(&job["lines"]) {
        assert!(said.contains(line.as_str().unwrap().trim()), "{line}: {said}");
    }
    at_ease(&tab);
    let _: &Page = &stage.page;
}
