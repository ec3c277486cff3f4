//! Many variants of a program, side by side.

use super::program::{Error, Program};
use super::{GoalValue, Session, Status};
use crate::engine;
use crate::language::Language;
use crate::language::Message;
use crate::output::whatif_told;
use crate::scenario::edit::{Edit, Known};
use crate::whatif::evaluate::Bench;
use crate::whatif::range;
use crate::whatif::result::VariantResult;
use crate::whatif::sweep::{self, Axis, Point};

impl Program {
    /// A question of many variants; [`Sweep::vary`] says of which.
    ///
    /// ```
    /// use kenshu::{Program, Session};
    ///
    /// let program = Program::shipped("surgery").ok_or("not shipped")?;
    /// let key = format!("facilities.{}.supervisors", program.facilities().next().ok_or("none")?.id());
    /// let variants = program.sweep().vary(&key, "0,8")?.run(&Session::default())?;
    /// assert_eq!(variants.len(), 2);
    /// assert_eq!(variants[0].values(), ["0"]);
    /// for variant in &variants {
    ///     println!("{:?}: {:?} {:?}", variant.values(), variant.status(), variant.goal("coverage.sum"));
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sweep(&self) -> Sweep<'_> {
        Sweep { program: self, known: Known::of(&self.scenario), sets: Vec::new(), axes: Vec::new() }
    }
}

/// A question of many variants of a [`Program`].
pub struct Sweep<'p> {
    program: &'p Program,
    known: Known,
    sets: Vec<Edit>,
    axes: Vec<Axis>,
}

impl Sweep<'_> {
    /// Values of a key, such as `intake.2020` and `8..=20` or `8,10,12`; several keys form the product, the last one
    /// running fastest.
    ///
    /// # Errors
    /// There is no such key, or the range is none.
    pub fn vary(mut self, key: &str, values: &str) -> Result<Self, Error> {
        let points = range::values(values).map_err(Error::new)?.into_iter().map(|label| {
            let changes = vec![self.edit(key, &label)?];
            Ok(Point { label, changes })
        });
        let points = points.collect::<Result<_, Error>>()?;
        self.axes.push(Axis { name: key.to_string(), points });
        Ok(self)
    }

    /// A key with one value in all variants.
    ///
    /// # Errors
    /// There is no such key.
    pub fn set(mut self, key: &str, value: &str) -> Result<Self, Error> {
        let edit = self.edit(key, value)?;
        self.sets.push(edit);
        Ok(self)
    }

    fn edit(&self, key: &str, value: &str) -> Result<Edit, Error> {
        let key = self.known.key(key).map_err(Error::new)?;
        Edit::of(key, value).map_err(Error::new)
    }

    /// Answers all variants on the threads of the pool it is called in, in the order of the product. Each may take
    /// what is left of the session's time.
    ///
    /// # Errors
    /// There are more variants than can be counted; or solver and judge disagree about one, which is a fault of the
    /// library. A variant that is no program is no error but an answer.
    pub fn run(self, session: &Session<'_>) -> Result<Vec<Variant>, Error> {
        let changes = self.axes.iter().flat_map(|axis| &axis.points).flat_map(|point| point.changes.clone());
        let bench = Bench::new(self.program.sources.as_ref().clone());
        let bench = bench.with_base(session).for_grid(changes.collect());
        let sweep = sweep::Sweep::product(self.sets, self.axes).map_err(Error::new)?;
        let words = whatif_told::Words::of(None);
        let one = |position: usize| {
            let variant = sweep.variant(position);
            let answered = bench.answer(&variant, session).map_err(|_| {
                Error::new(Message::new("whatif-fault").text("variant", variant.labels.join(", ")))
            })?;
            Ok(Some(Variant(words.told(answered))))
        };
        engine::sweep((0..sweep.count).collect(), session, one)
    }
}

/// The answer to one variant.
#[derive(Debug, Clone)]
pub struct Variant(VariantResult);

impl Variant {
    /// The value of each varied key, in the order in which they were given.
    pub fn values(&self) -> &[String] {
        &self.0.labels
    }

    /// `None`: the variant is no program.
    pub fn status(&self) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.id() == self.0.status)
    }

    /// Whether the intake caps are kept; `None`: not checked.
    pub fn within_caps(&self) -> Option<bool> {
        self.0.within_caps
    }

    /// What binds, the most telling first, such as `seats.keio` or `intake-cap.ivr`.
    pub fn binding(&self) -> &[String] {
        &self.0.binding
    }

    /// The value of a goal, called as by [`Goal::id`](super::Goal::id); nothing without a plan.
    pub fn goal(&self, id: &str) -> Option<&GoalValue> {
        self.0.goal(id).map(|goal| &goal.value)
    }

    /// Why there is no plan; empty where there is one.
    pub fn why(&self, language: Language) -> &str {
        match language {
            Language::Ja => &self.0.told.ja,
            Language::En => &self.0.told.en,
        }
    }
}
