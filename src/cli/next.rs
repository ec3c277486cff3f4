//! `kenshu next SCENARIO PLAN-DIR --out FOLDER|FILE.xlsx`: the tables of the coming year, after this one went as
//! planned.

use std::path::PathBuf;

use super::console::Console;
use super::convert::make;
use super::{Exit, Failure, input};
use crate::engine;
use crate::files::folder;
use crate::files::target::{Content, Target};
use crate::language::Message;
use crate::output::next::remarks;
use crate::scenario;

#[derive(Debug, clap::Args)]
pub struct NextOptions {
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    #[arg(id = "passed_plan", value_name = "PLAN-DIR")]
    plan: PathBuf,
    #[arg(id = "target", long = "out", value_name = "FOLDER|FILE.xlsx")]
    target: PathBuf,
    #[arg(long)]
    cases_as_planned: bool,
}

pub fn run(options: &NextOptions, console: &Console) -> Result<Exit, Failure> {
    let target = Target::free(&options.target)?;
    let read = input::scenario_or_stop(&options.scenario, console)?;
    let (path, plan) = input::plan_in_or_stop(&options.plan, &read.scenario, "plan-beside-edited", console)?;
    let ask = console.catalogue.word("next-ask");
    let file = path.display().to_string();
    let next = engine::next(&read.sources, &read.scenario, &plan, options.cases_as_planned, (&ask, &file))
        .map_err(|findings| input::stop(&findings, &path, console))?;
    match (&target, &read.places) {
        (Target::Workbook(_), Some(_)) => {
            let before = folder::load_file(&options.scenario)
                .map_err(|findings| input::stop(&findings, &options.scenario, console))?;
            let (was, is) = ((&read.sources, &read.scenario), (&next.turn.sources, &next.scenario));
            // Of the workbook of this year everything else goes on to the next.
            match scenario::workbook_again(&before, was, is, &console.catalogue) {
                Ok(again) if again.is_kept => target.write(&Content::Workbook(again.bytes))?,
                _ => make(&target, &next.turn.sources, &next.scenario, console)?,
            }
        }
        _ => make(&target, &next.turn.sources, &next.scenario, console)?,
    }
    input::tell(&next.findings, console);
    remarks(&read.scenario, &next).iter().for_each(|remark| console.tell(remark));
    let to = target.path().display().to_string();
    console.tell(&Message::new("target-written").text("path", &to));
    console.tell(&Message::new("next-then").text("path", &to).text("plan", &file));
    Ok(Exit::Good)
}
