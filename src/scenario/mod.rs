//! What the user says: one validated, immutable [`Scenario`].
//!
//! `model` holds the data; the other files read tables into it. A `Scenario` that exists has
//! passed every check of the reader: ids are unique, references resolve, lengths add up, numbers
//! are finite and within bounds. Everything after this module relies on that.
//!
//! Reading is in memory: bytes in, findings out. It goes on after a fault wherever the rest still
//! makes sense, so that one run tells all there is to mend; conclusions that a fault elsewhere
//! could explain are not drawn (a reference into a table that could not be read is not "unknown").

mod beginning;
pub(crate) mod bounds;
mod cases;
mod changes;
mod comments;
mod completion;
mod conditions;
mod courses;
pub(crate) mod draws;
pub mod edit;
mod facilities;
mod files;
mod goals;
mod history;
mod intake;
mod leave;
mod leaves;
mod locks;
mod logged;
mod meanings;
mod model;
mod place;
mod program;
mod program_schema;
pub mod pseudonyms;
mod records;
mod residents;
mod rule_ix;
mod rule_tables;
mod rules;
mod sections;
mod selectors;
pub(crate) mod service;
mod sheets;
mod shipped;
pub(crate) mod wishes;
mod workbook;
mod write;

use std::collections::BTreeMap;

use crate::calendar::Month;
use crate::diagnostic::Findings;
pub use crate::diagnostic::code;

pub use crate::regulation::{
    ChildbirthExcess, Completion, IntakeCap, LeaveRules, MeanRounding, Rules, SupervisorRounding,
    TotalsSource,
};
pub use conditions::{
    Count, Earns, Force, OrderRule, Points, Requirement, Staffing, StayRule, Who, WhoName, Window,
};
pub use files::{PROGRAM, Sources, is_table};
pub use goals::default_goals;
pub(crate) use history::stay_among;
pub use leave::{Leave, LeaveKind};
pub use meanings::Meanings;
pub use model::*;
pub use place::{Place, PlaceName, Section, Selector, Term};
pub use program_schema::program_schema;
pub use records::Record;
pub use rule_ix::{Bound, End, RuleIx};
pub use service::Service;
pub use sheets::{folder_files, grids};
pub use shipped::{shipped, shipped_names, template};
pub use workbook::{says, workbook_again};
pub use write::write;

use crate::tables::text::Text;
use crate::tables::value::Names;
use facilities::Facilities;
use program::Program;
use residents::{Entrant, Rows};
use rule_tables::RuleTables;
pub(crate) use sections::Sections;
use selectors::{Known, People, Selectors};

/// Reads a scenario. There is one exactly if no finding is an error.
pub fn read(sources: &Sources) -> (Option<Scenario>, Findings) {
    let mut findings = Findings::default();
    let scenario = read_all(sources, &mut findings);
    files::sort(&mut findings);
    let scenario = scenario.filter(|_| !findings.has_errors());
    (scenario, findings)
}

/// A file of the scenario: nothing may be concluded from a broken one.
enum Opened {
    Absent,
    Broken,
    Text(Text),
}

fn open(sources: &Sources, name: &str, findings: &mut Findings) -> Opened {
    match sources.files.get(name) {
        None => Opened::Absent,
        Some(bytes) => Text::decode(name, bytes, findings).map_or(Opened::Broken, Opened::Text),
    }
}

fn read_all(sources: &Sources, findings: &mut Findings) -> Option<Scenario> {
    files::check_names(sources, findings);
    let [facilities_file, sections_file, changes_file, residents_file, history_file] =
        [files::FACILITIES, files::SECTIONS, files::FACILITY_CHANGES, files::RESIDENTS, files::HISTORY]
            .map(|name| open(sources, name, findings));
    let [locks_file, leaves_file, logged_file, records_file] =
        [files::LOCKS, files::LEAVES, files::LOGGED_CASES, files::RECORDS]
            .map(|name| open(sources, name, findings));
    let rule_files = rule_tables::Files {
        requirements: open(sources, files::REQUIREMENTS, findings),
        stays: open(sources, files::STAYS, findings),
        order: open(sources, files::ORDER, findings),
        staffing: open(sources, files::STAFFING, findings),
        points: open(sources, files::POINTS, findings),
    };
    let Opened::Text(program) = open(sources, PROGRAM, findings) else {
        // Without the program nobody knows which columns are volumes and when anything is decided.
        return None;
    };
    let mut program = program::read(&program, findings);
    let mut facilities = match facilities_file {
        Opened::Text(text) => facilities::read(text, &program, findings),
        Opened::Absent | Opened::Broken => Facilities::default(),
    };
    let mut sections = match sections_file {
        Opened::Text(text) => sections::read(text, &facilities, &program.cases, findings),
        Opened::Absent => Sections::default(),
        Opened::Broken => Sections::broken(),
    };
    let changes = match changes_file {
        Opened::Text(text) => changes::read(text, &mut facilities, &mut sections, findings),
        Opened::Absent | Opened::Broken => Vec::new(),
    };
    let start = program.first_year.map(|year| program.calendar.start_of(year));
    let known = Known { facilities: &facilities, sections: &sections, start };
    let mut selectors = std::mem::take(&mut program.selectors);
    selectors.resolve(known, findings);
    let rows = match residents_file {
        Opened::Absent => Some(Rows::default()),
        Opened::Broken => None,
        Opened::Text(text) => residents::read(text, &program, &facilities, findings),
    };
    let mut names = Names::default();
    let (intake, mut residents) = match rows {
        Some(rows) => {
            // They exist, but nothing more is known of them: no position is theirs.
            rows.yearless.iter().for_each(|id| names.insert(id, usize::MAX));
            intake::assemble(rows, &program, findings)
        }
        None => Default::default(),
    };
    // An intake that could not be read, or is beyond all bounds, leaves its residents unnamed.
    if !program.intake_complete || (intake.is_empty() && findings.has_errors()) {
        names.mark_partial();
    }
    for (position, entrant) in residents.iter().enumerate() {
        names.insert(&entrant.resident.id, position);
        call(&mut names, &entrant.resident);
    }
    courses::keep(&mut program, &residents, &names, findings);
    courses::judge_fixed(&program, &residents, findings);
    let tags = residents.iter().flat_map(|entrant| entrant.resident.tags.iter().cloned()).collect();
    let people = People { courses: &program.course_names, tags: &tags, incomplete: names.is_partial() };
    let rules = rule_tables::read(rule_files, &program, (known, people, &names), &mut selectors, findings);
    let tables = Tables {
        program: &program,
        facilities: &facilities,
        sections: &sections,
        selectors: &selectors,
        residents: &names,
    };
    // Leaves come first: they decide which months history and locks may speak of.
    let leaves_broken = matches!(leaves_file, Opened::Broken);
    if let Opened::Text(text) = leaves_file {
        leaves::read(text, tables, &mut residents, findings);
    }
    // Without its leaves a training seems to end before it does.
    if !leaves_broken {
        residents::refuse_finished(&residents, &program, findings);
    }
    history::read(history_file, tables, &mut residents, findings);
    if let Opened::Text(text) = locks_file {
        locks::read(text, tables, &mut residents, findings);
    }
    logged::read(logged_file, tables, &mut residents, findings);
    if let Opened::Text(text) = records_file {
        records::read(text, tables, &mut residents, findings);
    }
    if let Some(end) = last_end(&residents, &program) {
        changes::warn_of_late(&changes, end, findings);
    }
    let parts = Parts { facilities, sections, selectors, rules, intake, residents };
    into_scenario(program, parts, files::hash(sources))
}

/// The names by which people call a resident besides the id. Anonymous ones had a year and a number without
/// the letter before.
pub(crate) fn call(names: &mut Names, resident: &Resident) {
    names.call(&resident.id, &resident.name);
    if let Some(before) = resident.id.strip_prefix('Y').filter(|_| resident.anonymous) {
        names.call(&resident.id, before);
    }
}

/// The first month in which nobody is in training any more.
fn last_end(residents: &[Entrant], program: &Program) -> Option<Month> {
    let end = |entrant: &Entrant| {
        let months = program.training_months_of(&entrant.resident)?;
        Some(Service::new(months, &program.rules.leave, &entrant.resident).span().end())
    };
    residents.iter().filter_map(end).max()
}

/// What the tables about residents refer to.
#[derive(Clone, Copy)]
struct Tables<'a> {
    program: &'a Program,
    facilities: &'a Facilities,
    sections: &'a Sections,
    selectors: &'a Selectors,
    residents: &'a Names,
}

/// What the tables beside `program.toml` say.
struct Parts {
    facilities: Facilities,
    sections: Sections,
    selectors: Selectors,
    rules: RuleTables,
    intake: BTreeMap<i32, u32>,
    residents: Vec<Entrant>,
}

/// Puts the parts together; `None` if `program.toml` lacks what nothing can stand for.
fn into_scenario(program: Program, parts: Parts, hash: String) -> Option<Scenario> {
    let Parts { facilities, sections, selectors, rules: told, intake, residents } = parts;
    let wished = told.wished_goals();
    let mut rules = program.rules;
    if let Some(cap) = &mut rules.intake_cap {
        let position = |name: &str| facilities.volumes.iter().position(|volume| volume == name);
        let volumes = program.cap_volumes.iter();
        cap.volume_per_resident =
            volumes.filter_map(|volume| Some((position(&volume.name)?, volume.per_resident))).collect();
        cap.volume_per_resident.sort();
    }
    // A column that is missing has been reported: then there is no scenario.
    let volume = |id: &str| facilities.volumes.iter().position(|volume| volume == id).unwrap_or_default();
    let items = program.cases.items.into_iter();
    let cases = items.map(|item| CaseItem { volume: volume(&item.id), ..item }).collect();
    Some(Scenario(Model {
        id: program.id,
        name: program.name,
        training_months: program.training_months?,
        calendar: program.calendar,
        first_year: program.first_year?,
        intake,
        course_mix: program.course_mix,
        rules,
        lifted: Lifted::default(),
        printed_totals: program.printed_totals,
        courses: program.courses,
        goals: program.goals.unwrap_or_else(|| goals::default_order(&wished)),
        cases,
        volumes: facilities.volumes,
        facilities: facilities.list,
        sections: sections.list,
        selectors: selectors.into_list(),
        requirements: told.requirements.into_iter().map(|told| told.row).collect(),
        stay_rules: told.stays.into_iter().map(|told| told.row).collect(),
        order_rules: told.order.into_iter().map(|told| told.row).collect(),
        staffing: told.staffing.into_iter().map(|told| told.row).collect(),
        points: told.points,
        not_stated: program.not_stated,
        completion: program.completion,
        residents: residents.into_iter().map(|entrant| entrant.resident).collect(),
        hash,
    }))
}
