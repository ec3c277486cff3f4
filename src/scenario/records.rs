//! `records.csv`: what has been handed in, signed and reached besides cases (§8 \[41,44,46\], §9 \[17,19–22,49,50,53\]).
//!
//! Rows of a resident and kind add up. A record counts by its month; the day may be written all the same.

use crate::calendar::Month;
use crate::diagnostic::Findings;
use crate::language::Message;
use crate::regulation::{self, Completion, Due};

use super::model::RecordKindIx;
use super::residents::Entrant;
use super::{Tables, code};
use crate::language::spelling;
use crate::tables::catalogue::{self, RECORD_KINDS};
use crate::tables::table::{Columns, Table};
use crate::tables::text::Text;
use crate::tables::value::{self, Names};

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Record {
    pub month: Month,
    pub kind: RecordKindIx,
    /// How many at once; 0: it is known that there is none.
    pub count: u32,
}

/// Reads the table into the residents, in order of time.
pub(crate) fn read(text: Text, tables: Tables<'_>, residents: &mut [Entrant], findings: &mut Findings) {
    let completion = &tables.program.completion;
    let kinds = names(completion);
    let Some(table) = Table::read(text, &Columns::of(&catalogue::RECORDS), findings) else { return };
    table.each_row(findings, |row, findings| {
        let resident = row.cell("resident").find(findings, tables.residents, code::UNKNOWN_RESIDENT);
        let kind = row.cell("kind").find(findings, &kinds, code::UNKNOWN_RECORD);
        let month = row.cell("date").read(findings, value::month_of_day);
        let count = row.cell("count");
        let count = match count.is_empty() {
            true => Some(1),
            false => count.read(findings, |text| value::whole(text, regulation::RECORD_COUNTS)),
        };
        let (Some(resident), Some(kind), Some(month), Some(count)) = (resident, kind, month, count) else {
            return;
        };
        let Some(entrant) = residents.get_mut(resident) else { return };
        let resident = &mut entrant.resident;
        // Whoever is registered may be so before the first month.
        let is_registration = completion.kinds.get(kind).is_some_and(|kind| kind.due == Due::Start);
        if month < resident.entry && !is_registration {
            let message = Message::new(code::RECORD_BEFORE_ENTRY).text("resident", &resident.id);
            findings.error(row.cell("date").place(), message.text("month", resident.entry));
            return;
        }
        resident.records.push(Record { month, kind: RecordKindIx(kind), count });
    });
    residents.iter_mut().for_each(|entrant| entrant.resident.records.sort());
}

/// What kinds may be called: ids, names of the program's own, and what either language calls the standard's.
fn names(completion: &Completion) -> Names {
    let mut names = Names::default();
    for (position, kind) in completion.kinds.iter().enumerate() {
        names.insert(&kind.id, position);
        if let Some(name) = &kind.name {
            names.call(&kind.id, name);
        }
    }
    for word in RECORD_KINDS {
        spelling::all(word.key).iter().for_each(|spelling| names.call(word.id, spelling));
    }
    names
}
