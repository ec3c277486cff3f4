//! `kenshu next SCENARIO PLAN-DIR --out FOLDER|FILE.xlsx`: the tables of the coming year, after this one went as
//! planned.

use std::path::PathBuf;

use super::console::Console;
use super::convert::make;
use super::out_folder::PLACEMENTS;
use super::target::Target;
use super::{Exit, Failure, input};
use crate::engine;
use crate::language::Message;
use crate::output::next::remarks;

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
    let path = match options.plan.is_dir() {
        true => options.plan.join(PLACEMENTS),
        false => options.plan.clone(),
    };
    let plan = input::plan_or_stop(&path, &read.scenario, console)?.plan;
    let ask = console.catalogue.word("next-ask");
    let file = path.display().to_string();
    let next = engine::next(&read.sources, &read.scenario, &plan, options.cases_as_planned, (&ask, &file))
        .map_err(|findings| input::stop(&findings, &path, console))?;
    make(&target, &next.turn.sources, &next.scenario, console)?;
    input::tell(&next.findings, console);
    remarks(&read.scenario, &next).iter().for_each(|remark| console.tell(remark));
    let to = target.path().display().to_string();
    console.tell(&Message::new("target-written").text("path", &to));
    console.tell(&Message::new("next-then").text("path", &to).text("plan", &file));
    Ok(Exit::Good)
}
