//! Places, selectors and rules that tables say: read as they are meant, and written again.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use kenshu::internal::calendar::Month;
use kenshu::internal::scenario::edit::{Edit, Known, apply};
use kenshu::internal::scenario::{
    Accreditation, Count, Earns, FacilityIx, Force, GoalKind, Place, PlaceName, Role, Scenario, SectionIx,
    SelectorIx, Sources, WhoName, Window, read,
};

use crate::writing::hold;

const PROGRAM: &str = r#"[program]
id = "rules"
name = "表で書く規則"
training_months = 36
not_stated = ["宿直は月 4 回まで"]

[horizon]
first_year = 2020

[intake]
2020 = 4

[course_mix]
A = 2
B = 1

[course_intake.B]
2020 = 1

[[courses]]
id = "A"
years = [["core:6", "affiliate&!tokyo:6/3"], ["any:22/1", "free:2/1"]]

[[courses]]
id = "B"
years = [["any:48/3"]]
training_months = 48

[[courses]]
id = "C"
years = [["core/ivr:4", "core:8"], ["core:12"], ["minato;kawasaki:12"]]
who = ["late"]

[[cases]]
id = "ivr"
target = 56
by_year = [20, 45, 56]
"#;

const FACILITIES: &str = "\
id,name,prefecture,role,accreditation,supervisors,tags,ivr
core,大学病院,東京都,core,comprehensive,5,,100
kawasaki,川崎病院,神奈川県,affiliate,training,2,far;rural,50
minato,港病院,東京都,affiliate,special,2,far,
";

const SECTIONS: &str = "\
施設,部門ID,部門名,定員,刻み月数,経験できる症例
大学病院,ivr,IVR部門,2,2,ivr
core,ct,CT部門,,,
";

/// A scenario with something of everything.
pub fn sources() -> Sources {
    let files = [
        ("program.toml", PROGRAM),
        ("facilities.csv", FACILITIES),
        ("sections.csv", SECTIONS),
        ("facility_changes.csv", "facility,from,column,value\ncore/ivr,2021-04,seats,3\n"),
        ("residents.csv", "id,course,entry,tags\n1,C,2019-10,late\n2,A,2020-07,\n"),
        ("logged_cases.csv", "resident,case,count\n1,ivr,5\n"),
        ("history.csv", "resident,facility,start,months,section\n1,core,2019-10,4,ivr\n1,core,2020-02,2,\n"),
        ("locks.csv", "resident,facility,start,months,kind,section\n2,core,2020-07,2,must,IVR部門\n"),
        (
            "requirements.csv",
            "id,who,where,when,count,min,max,of_months,kind\n\
             ivr,A;B,core/ivr,,,8,,24,希望\n\
             far,,far&!東京都,2年次,回数,1,2,,\n\
             wide,late,any,first24,places,3,,,must\n",
        ),
        (
            "stays.csv",
            "where,months_min,step_months,starts,gap_months,visits_max\n*/ivr,2,2,4月;10月,6,2\nspecial,3,,,,\n",
        ),
        ("order.csv", "first,months,then,kind\ncore/ct,2,core/ivr,wish\n"),
        (
            "staffing.csv",
            "id,where,who,from,until,min,max,kind\nsenior,core,year3&!B,2021-04,2022-03,1,,wish\nmost,rural,,,,,2,\n",
        ),
        ("points.csv", "resident,where,points\n2,minato,5\n,@stay:core/ivr,-2\n,@change,-1\n,@idle,-3\n"),
    ];
    let files = files.map(|(name, text)| (name.to_string(), text.as_bytes().to_vec()));
    Sources { files: files.into_iter().collect(), ..Sources::default() }
}

fn scenario() -> Scenario {
    let (scenario, findings) = read(&sources());
    assert_eq!(findings.list, []);
    scenario.unwrap()
}

fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

const CORE: FacilityIx = FacilityIx(0);
const IVR: Place = Place { facility: CORE, section: Some(SectionIx(0)) };
const CT: Place = Place { facility: CORE, section: Some(SectionIx(1)) };
const KAWASAKI: Place = Place { facility: FacilityIx(1), section: None };
const MINATO: Place = Place { facility: FacilityIx(2), section: None };

#[test]
fn sections_and_tags_are_read() {
    let scenario = scenario();
    let ivr = scenario.section(SectionIx(0));
    assert_eq!(
        (ivr.facility, ivr.id.as_str(), ivr.name.as_str(), ivr.step_months),
        (CORE, "ivr", "IVR部門", 2)
    );
    assert_eq!((*ivr.seats.at(month("2021-03")), *ivr.seats.at(month("2021-04"))), (Some(2), Some(3)));
    assert_eq!(ivr.cases.len(), 1);
    assert_eq!(scenario.section(SectionIx(1)).step_months, 1);
    assert_eq!(scenario.facilities[1].tags, ["far", "rural"]);
    assert_eq!(scenario.places(), [IVR, CT, KAWASAKI, MINATO]);
    assert_eq!(scenario.place_id(IVR), "core/ivr");
    assert_eq!(scenario.cases[0].by_year, [20, 45, 56]);
    assert_eq!(scenario.not_stated, ["宿直は月 4 回まで"]);
}

#[test]
fn patterns_name_places_and_steps() {
    let scenario = scenario();
    let entries = |course: usize| &scenario.courses[course].patterns[0].entries;
    let part = |course: usize, entry: usize, part: usize| {
        let part = entries(course)[entry][part];
        let place = part.place.map(|place| scenario.selector(place).text.as_str());
        (place, part.months, part.step)
    };
    assert_eq!(part(0, 0, 0), (Some("core"), 6, None));
    assert_eq!(entries(0)[0][0].place, Some(SelectorIx(Role::Core as usize)));
    assert_eq!(part(0, 0, 1), (Some("affiliate&!tokyo"), 6, Some(3)));
    assert_eq!(part(0, 1, 0), (Some("any"), 22, Some(1)));
    assert_eq!(part(0, 1, 1), (None, 2, Some(1)));
    assert_eq!(part(1, 0, 0), (Some("any"), 48, Some(3)));
    assert_eq!(part(2, 0, 0), (Some("core/ivr"), 4, None));
    assert_eq!(part(2, 2, 0), (Some("minato;kawasaki"), 12, None));
    assert_eq!(scenario.courses[1].training_months, Some(48));
    assert_eq!(scenario.courses[1].intake_max.get(&2020), Some(&1));
}

#[test]
fn selectors_mean_what_they_name() {
    let scenario = scenario();
    let selected = |text: &str| {
        let ix = scenario.selectors.iter().position(|selector| selector.text == text);
        let ix = SelectorIx(ix.unwrap_or_else(|| panic!("{text}")));
        let places = scenario.places().into_iter();
        places.filter(|&place| scenario.selects(ix, place, month("2020-04"))).collect::<Vec<_>>()
    };
    assert_eq!(selected("core"), [IVR, CT]);
    assert_eq!(selected("affiliate&!tokyo"), [KAWASAKI]);
    assert_eq!(selected("core/ivr"), [IVR]);
    assert_eq!(selected("*/ivr"), [IVR]);
    assert_eq!(selected("far&!東京都"), [KAWASAKI]);
    assert_eq!(selected("minato;kawasaki"), [KAWASAKI, MINATO]);
    assert_eq!(selected("special"), [MINATO]);
    assert_eq!(selected("any"), [IVR, CT, KAWASAKI, MINATO]);
    let of = |text: &str| scenario.selectors.iter().find(|selector| selector.text == text).unwrap();
    assert_eq!(of("special").any[0][0].name, PlaceName::Accreditation(Accreditation::Special));
    assert!(of("core/ivr").names_sections() && !of("core").names_sections());
    for (at, selector) in scenario.selectors.iter().enumerate() {
        let same = scenario.selectors.iter().position(|other| other.text == selector.text);
        assert_eq!(same, Some(at), "{} twice", selector.text);
    }
}

/// As in every list of names: a comma in a quoted cell, also a full-width one, unless something is called so.
#[test]
fn commas_separate_the_names_of_a_selector() {
    let mut sources = sources();
    let rows = "\
id,who,where,min,max
a,\"A, late\",\"minato, kawasaki\",,4
b,A;late,minato;kawasaki,,4
c,,core/ivr，minato,,4
";
    sources.files.insert("staffing.csv".into(), rows.into());
    let (scenario, findings) = read(&sources);
    let scenario = scenario.unwrap_or_else(|| panic!("{:?}", findings.list));
    let [a, b, c] = &scenario.staffing[..] else { panic!("three rows") };
    assert_eq!(a.who.any, b.who.any);
    let means = |ix: SelectorIx| &scenario.selector(ix).any;
    assert_eq!(means(a.place), means(b.place));
    assert_eq!(means(c.place).len(), 2);
    hold(&scenario, "commas");
    sources.files.insert("staffing.csv".into(), "id,where,min,max\na,\"minato,kawasak\",,4\n".into());
    let (scenario, findings) = read(&sources);
    assert!(scenario.is_none() && findings.list.iter().any(|one| one.code() == "unknown-place"));
}

#[test]
fn residents_enter_when_they_enter_and_train_as_long_as_their_course() {
    let scenario = scenario();
    let ids: Vec<&str> = scenario.residents.iter().map(|resident| resident.id.as_str()).collect();
    assert_eq!(ids, ["1", "2", "Y2020-01", "Y2020-02", "Y2020-03"]);
    let entries: Vec<String> = scenario.residents.iter().map(|resident| resident.entry.to_string()).collect();
    assert_eq!(entries, ["2019-10", "2020-07", "2020-04", "2020-04", "2020-04"]);
    assert_eq!(scenario.residents[0].entry_year, 2019);
    let months: Vec<u32> = scenario.resident_ixs().map(|ix| scenario.training_months_of(ix)).collect();
    assert_eq!(months, [36, 36, 36, 36, 48]);
    for ix in scenario.resident_ixs() {
        assert_eq!(scenario.training(ix).start, scenario.resident(ix).entry);
        assert_eq!(scenario.training(ix).months, scenario.training_months_of(ix));
    }
    let history = &scenario.residents[0].history;
    assert_eq!(history.iter().map(|stay| stay.section).collect::<Vec<_>>(), [Some(SectionIx(0)), None]);
    assert_eq!(scenario.residents[1].locks[0].stay.section, Some(SectionIx(0)));
}

#[test]
fn rules_are_read() {
    let scenario = scenario();
    let [ivr, far, wide] = &scenario.requirements[..] else { panic!() };
    assert_eq!(
        (ivr.count, ivr.min, ivr.of_months, ivr.force),
        (Count::Months, Some(8), Some(24), Force::Wish)
    );
    assert_eq!(ivr.who.any.len(), 2);
    assert_eq!((far.when, far.count, far.max), (Window::Years { first: 2, last: 2 }, Count::Stays, Some(2)));
    assert_eq!((wide.when, wide.count, wide.force), (Window::First(24), Count::Places, Force::Must));
    assert_eq!(wide.who.any[0][0].name, WhoName::Tag("late".to_string()));
    let stays = &scenario.stay_rules[0];
    assert_eq!((&stays.starts[..], stays.gap_months, stays.visits_max), (&[1, 7][..], Some(6), Some(2)));
    assert_eq!((scenario.order_rules[0].months, scenario.order_rules[0].force), (2, Force::Wish));
    let senior = &scenario.staffing[0];
    assert_eq!(senior.who.any[0][0].name, WhoName::Year(3));
    assert_eq!((senior.from, senior.until), (Some(month("2021-04")), Some(month("2022-03"))));
    let points: Vec<i32> = scenario.points.iter().map(|row| row.points).collect();
    assert_eq!(points, [5, -2, -1, -3]);
    assert!(matches!(scenario.points[1].earns, Earns::Stay(_)) && scenario.points[1].resident.is_none());
    // Rows of kind wish bring their goals.
    let kinds: Vec<GoalKind> = scenario.goals.iter().map(|goal| goal.kind).take(4).collect();
    assert_eq!(kinds, [GoalKind::Coverage, GoalKind::Staffing, GoalKind::Stability, GoalKind::Requirements]);
}

#[test]
fn what_is_read_is_the_same_when_written() {
    hold(&scenario(), "rules");
}

/// A past with months at no place, in sections, and cut in pieces is the beginning of a course, or of none.
#[test]
fn a_past_begins_a_pattern_of_pieces() {
    let begins = |rows: &str, course: &str| {
        let mut sources = sources();
        let history = format!("resident,facility,start,months,section\n{rows}");
        sources.files.insert("history.csv".into(), history.into_bytes());
        sources.files.remove("logged_cases.csv");
        sources.files.remove("locks.csv");
        sources.files.remove("points.csv");
        let residents = format!("id,course,entry,tags\n1,{course},2018-04,late\n");
        sources.files.insert("residents.csv".into(), residents.into_bytes());
        let (scenario, findings) = read(&sources);
        let scenario = scenario.unwrap_or_else(|| panic!("{:?}", findings.list));
        scenario.residents[0].set_aside_from.is_none()
    };
    let second = "1,minato,2019-04,5,\n1,core,2019-09,6,ct\n";
    assert!(begins(&format!("1,core,2018-04,6,ct\n1,kawasaki,2018-10,6,\n{second}"), "A"));
    assert!(begins(
        &format!("1,kawasaki,2018-04,3,\n1,core,2018-07,6,ct\n1,kawasaki,2019-01,3,\n{second}"),
        "A"
    ));
    // Pieces of three months, and minato is in Tokyo.
    assert!(!begins(
        &format!("1,kawasaki,2018-04,4,\n1,core,2018-08,6,ct\n1,kawasaki,2019-02,2,\n{second}"),
        "A"
    ));
    assert!(!begins(&format!("1,core,2018-04,6,ct\n1,minato,2018-10,6,\n{second}"), "A"));
    // Two free months at most.
    let gap = "1,core,2018-04,6,ct\n1,kawasaki,2018-10,6,\n1,minato,2019-06,10,\n";
    assert!(begins(gap, "A"));
    assert!(!begins(&gap.replace("2019-06,10", "2019-07,9"), "A"));
    // Four months in one section, the others anywhere at the core.
    let core = "1,core,2018-04,8,ct\n1,core,2018-12,4,ivr\n1,core,2019-04,12,ct\n";
    assert!(begins(core, "C"));
    assert!(!begins(&core.replace("4,ivr", "4,"), "C"));
}

/// What a what-if can vary of these tables, and what then is read.
#[test]
fn single_cells_are_varied_by_keys() {
    let known = Known::of(&scenario());
    let edited = |key: &str, value: &str| {
        let key = known.key(key).unwrap_or_else(|message| panic!("{key}: {message:?}"));
        let sources = apply(&sources(), &[Edit::of(key, value).unwrap()]).unwrap();
        let (scenario, findings) = read(&sources);
        scenario.unwrap_or_else(|| panic!("{:?}", findings.list))
    };
    assert_eq!(edited("requirements.ivr.min", "6").requirements[0].min, Some(6));
    assert_eq!(edited("requirements.ivr.of_months", "").requirements[0].of_months, None);
    assert_eq!(edited("staffing.most.max", "3").staffing[1].max, Some(3));
    assert_eq!(edited("stays.2.months_min", "4").stay_rules[1].months_min, Some(4));
    assert_eq!(edited("order.1.months", "5").order_rules[0].months, 5);
    // The table calls the facility by its name.
    assert_eq!(edited("sections.core/ivr.seats", "1").sections[0].seats.initial, Some(1));
    let dated = edited("sections.core/ivr.seats@2021-04", "4");
    assert_eq!(*dated.sections[0].seats.at(month("2021-05")), Some(4));
    assert_eq!(edited("course_intake.B.2020", "2").courses[1].intake_max.get(&2020), Some(&2));
    for key in ["requirements.ivr.min", "staffing.most.max", "stays.1.gap_months", "sections.core/ct.seats"] {
        assert!(known.key(key).unwrap().is_amount(), "{key}");
    }
    assert!(!known.key("requirements.ivr.where").unwrap().is_amount());
    for key in ["requirements.ivx.min", "stays.3.months_min", "sections.core/mri.seats", "staffing.most.id"] {
        assert!(known.key(key).is_err(), "{key}");
    }
    // A facility goes with its sections; who names it has to say something else.
    let gone =
        apply(&sources(), &[Edit::of(known.key("facilities.remove").unwrap(), "core").unwrap()]).unwrap();
    let text = |file: &str| String::from_utf8(gone.files[file].clone()).unwrap();
    assert!(!text("facility_changes.csv").contains("core/ivr"));
    assert!(!text("sections.csv").contains("core,ct"));
}
