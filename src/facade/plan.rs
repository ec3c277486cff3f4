//! A plan of a program: made here, or read from somebody's table.

use super::program::{Error, Program};
use crate::calendar::Month;
use crate::language::{Catalogue, Language};
use crate::output::placements;
use crate::plan::{self, careers};
use crate::scenario::Scenario;

/// The file name that findings about a plan give.
const PLACEMENTS: &str = "placements.csv";

/// Who is where in which months. It need not be legal: [`Plan::audit`] says whether it is.
///
/// ```
/// use kenshu::{Plan, Program};
///
/// let program = Program::shipped("keio-2019-steady").ok_or("not shipped")?;
/// let table = "resident,facility,start,months\nY2019-01,keio,2019-04,12\n";
/// let plan = Plan::read(&program, table.as_bytes())?;
/// let placement = plan.placements().next().ok_or("no placement")?;
/// assert_eq!((placement.resident(), placement.facility()), ("Y2019-01", "keio"));
/// assert_eq!((placement.start().to_string(), placement.months()), ("2019-04".into(), 12));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Plan {
    pub(super) program: Program,
    pub(super) plan: plan::Plan,
}

impl Plan {
    /// Reads the bytes of a `placements.csv`.
    ///
    /// # Errors
    /// Everything in it that cannot be understood.
    pub fn read(program: &Program, placements: &[u8]) -> Result<Self, Error> {
        match plan::read(PLACEMENTS, placements, &program.scenario) {
            (Some(plan), _) => Ok(Self { program: program.clone(), plan }),
            (None, findings) => Err(Error::findings_of(findings)),
        }
    }

    /// The decided stays: of a plan made here in the order of residents and time, else in the table's.
    pub fn placements(&self) -> impl Iterator<Item = Placement<'_>> {
        self.plan.rows.iter().map(|row| Placement { scenario: &self.program.scenario, row })
    }

    /// The bytes of `placements.csv`: a row for each stay and academic year.
    pub fn to_csv(&self, language: Language) -> Vec<u8> {
        let careers = careers::careers(&self.program.scenario, &self.plan);
        placements::csv(&self.program.scenario, &careers, &Catalogue::new(language))
    }
}

/// A resident at a place for some months of a [`Plan`].
#[derive(Debug, Clone, Copy)]
pub struct Placement<'p> {
    scenario: &'p Scenario,
    row: &'p plan::Placement,
}

impl<'p> Placement<'p> {
    /// The resident's id.
    pub fn resident(&self) -> &'p str {
        &self.scenario.resident(self.row.resident).id
    }

    /// The facility's id.
    pub fn facility(&self) -> &'p str {
        &self.scenario.facility(self.row.facility).id
    }

    /// The section's id, where the facility has some and the plan says which.
    pub fn section(&self) -> Option<&'p str> {
        self.row.section.map(|section| self.scenario.section(section).id.as_str())
    }

    /// The first month.
    pub fn start(&self) -> Month {
        self.row.span.start
    }

    /// How many months.
    pub fn months(&self) -> u32 {
        self.row.span.months
    }
}
