//! What somebody does with the mouse in `plan.xlsx`: drags a block of months, merges it, names another hospital in the
//! table. Each is read as the plan it shows.

use std::collections::BTreeMap;

use calamine::Data;
use kenshu::internal::calendar::Month;
use kenshu::internal::diff::whereabouts;
use kenshu::internal::language::Language;
use kenshu::internal::plan::Plan;
use kenshu::internal::scenario::{ResidentIx, Scenario};

use crate::plan_workbook::{cells, read_back, replanned, title, titles, with_parts, written};
use crate::year_of_workbooks::letters;

/// The line of the months in the calendar, and its first month.
const HEAD: (usize, usize) = (4, 4);

fn name((row, column): (usize, usize)) -> String {
    format!("{}{}", letters(column), row + 1)
}

/// A sheet whose cells somebody has typed over or emptied, and merged.
fn edited(
    bytes: &[u8],
    sheet: &str,
    cells: &BTreeMap<(usize, usize), Option<String>>,
    merged: Option<&str>,
) -> Vec<u8> {
    let number = titles(bytes).iter().position(|title| title == sheet).unwrap() + 1;
    let file = format!("xl/worksheets/sheet{number}.xml");
    with_parts(bytes, |part, mut content| {
        if part != file {
            return content;
        }
        for (at, text) in cells {
            let cell = name(*at);
            let start = content.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("no {cell}"));
            let rest = &content[start..];
            let head = rest.find('>').unwrap();
            let end = if rest[..head].ends_with('/') { head + 1 } else { rest.find("</c>").unwrap() + 4 };
            let style =
                rest[..head].split("s=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("0");
            let value = text.as_ref().map_or(String::new(), |text| format!("<is><t>{text}</t></is>"));
            let cell = format!("<c r=\"{cell}\" s=\"{style}\" t=\"inlineStr\">{value}</c>");
            content.replace_range(start..start + end, &cell);
        }
        match merged {
            None => content,
            Some(range) => {
                let merge = format!("<mergeCell ref=\"{range}\"/>");
                match content.contains("</mergeCells>") {
                    true => content.replace("</mergeCells>", &format!("{merge}</mergeCells>")),
                    false => content
                        .replace("</sheetData>", &format!("</sheetData><mergeCells>{merge}</mergeCells>")),
                }
            }
        }
    })
}

/// The calendar as a grid, with the row of everybody.
struct Calendar {
    sheet: String,
    texts: BTreeMap<(usize, usize), String>,
    rows: BTreeMap<ResidentIx, usize>,
}

impl Calendar {
    fn of(bytes: &[u8], scenario: &Scenario, language: Language) -> Self {
        let sheet = title("sheet-calendar", language);
        let texts: BTreeMap<_, _> =
            cells(bytes, &sheet).into_iter().map(|(at, data)| (at, data.to_string())).collect();
        let row = |id: &str| {
            let found =
                texts.iter().find(|((row, column), text)| *row > HEAD.0 && *column < HEAD.1 && *text == id);
            found.map(|((row, _), _)| *row)
        };
        let residents = scenario.residents.iter().enumerate();
        let rows =
            residents.filter_map(|(ix, resident)| Some((ResidentIx(ix), row(&resident.id)?))).collect();
        Self { sheet, texts, rows }
    }

    fn months(&self, who: ResidentIx, start: Month, months: u32, first: Month) -> Vec<(usize, usize)> {
        let column = HEAD.1 + usize::try_from(start.since(first)).unwrap();
        (column..column + months as usize).map(|column| (self.rows[&who], column)).collect()
    }

    fn copied(
        &self,
        from: &[(usize, usize)],
        to: &[(usize, usize)],
    ) -> Vec<((usize, usize), Option<String>)> {
        to.iter().zip(from).map(|(to, from)| (*to, self.texts.get(from).cloned())).collect()
    }
}

/// A stay of somebody, and somebody else who is elsewhere all the time.
fn two(plan: &Plan) -> (ResidentIx, Month, u32, ResidentIx) {
    let at = whereabouts(plan);
    let stays = plan.rows.iter().filter(|row| row.span.months >= 3);
    let mut pairs = stays.flat_map(|row| {
        let others = plan.rows.iter().map(|other| other.resident).filter(|other| *other != row.resident);
        others.map(move |other| (row.resident, row.span.start, row.span.months, other))
    });
    pairs
        .find(|(one, start, months, other)| {
            (0..*months).all(|month| {
                let month = start.plus(month);
                at.get(&(*other, month)).is_some_and(|place| *place != at[&(*one, month)])
            })
        })
        .unwrap()
}

#[test]
fn a_block_that_is_dragged_is_a_stay_that_moved() {
    let (scenario, plan) = replanned();
    let (one, start, months, other) = two(&plan);
    let before = whereabouts(&plan);
    for language in Language::ALL {
        let bytes = written(&scenario, &plan, None, language);
        let calendar = Calendar::of(&bytes, &scenario, language);
        let [mine, theirs] = [one, other].map(|who| calendar.months(who, start, months, scenario.start()));
        // Both change places.
        let both = [calendar.copied(&mine, &theirs), calendar.copied(&theirs, &mine)].concat();
        let swapped = edited(&bytes, &calendar.sheet, &both.into_iter().collect(), None);
        let (read, told) = read_back(&swapped, &scenario);
        assert_eq!(told, ["plan-read-calendar"]);
        let mut expected = before.clone();
        for month in (0..months).map(|month| start.plus(month)) {
            let (a, b) = (before[&(one, month)], before[&(other, month)]);
            expected.extend([((one, month), b), ((other, month), a)]);
        }
        assert_eq!(whereabouts(&read.unwrap()), expected, "changed places");
        // The block is dragged over the other's months and leaves its own empty.
        let moved = calendar.copied(&mine, &theirs).into_iter().chain(mine.iter().map(|at| (*at, None)));
        let moved = edited(&bytes, &calendar.sheet, &moved.collect(), None);
        let mut expected = before.clone();
        for month in (0..months).map(|month| start.plus(month)) {
            let place = expected.remove(&(one, month)).unwrap();
            expected.insert((other, month), place);
        }
        let (read, told) = read_back(&moved, &scenario);
        assert_eq!(told, ["plan-read-calendar"]);
        assert_eq!(whereabouts(&read.unwrap()), expected, "dragged");
        // The same where the block is one merged cell.
        let first = calendar.texts[&mine[0]].clone();
        let merged = theirs.iter().map(|at| (*at, (*at == theirs[0]).then(|| first.clone())));
        let merged = merged.chain(mine.iter().map(|at| (*at, None))).collect();
        let range = format!("{}:{}", name(theirs[0]), name(theirs[theirs.len() - 1]));
        let merged = edited(&bytes, &calendar.sheet, &merged, Some(&range));
        let (read, told) = read_back(&merged, &scenario);
        assert_eq!(told, ["plan-read-calendar"]);
        assert_eq!(whereabouts(&read.unwrap()), expected, "merged");
    }
}

#[test]
fn another_hospital_in_the_table_of_placements_moves_the_stay() {
    let (scenario, plan) = replanned();
    let before = whereabouts(&plan);
    for language in Language::ALL {
        let bytes = written(&scenario, &plan, None, language);
        let sheet = title("table-placements", language);
        let all = cells(&bytes, &sheet);
        let heading = title("heading-facility", language);
        let (row, column) = *all.iter().find(|(_, data)| **data == Data::String(heading.clone())).unwrap().0;
        let at = (row + 1, column);
        let old = all[&at].to_string();
        let called = |ix: usize| {
            let facility = &scenario.facilities[ix];
            [&facility.id, &facility.name, &facility.name_en].contains(&&old)
        };
        let old = (0..scenario.facilities.len()).find(|ix| called(*ix)).unwrap();
        let new = (old + 1) % scenario.facilities.len();
        let id = scenario.facilities[new].id.clone();
        let (read, told) =
            read_back(&edited(&bytes, &sheet, &BTreeMap::from([(at, Some(id))]), None), &scenario);
        // The name beside it, which nobody reads, is still the old one.
        assert_eq!(told, ["plan-read-placements", "placement-contradicts H2"]);
        let after = whereabouts(&read.unwrap());
        let moved: Vec<_> = after.iter().filter(|(key, place)| before.get(key) != Some(place)).collect();
        assert!(!moved.is_empty() && moved.len() <= 12, "{moved:?}");
        assert_eq!(after.len(), before.len());
        for (key, place) in moved {
            assert_eq!((before[key].0, place.0), (old, new), "{key:?}");
        }
    }
}
