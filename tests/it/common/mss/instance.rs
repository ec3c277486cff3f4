//! An instance of the benchmark, read from MiniZinc data (`.dzn`).
//!
//! Assignments `name = value;` with whole numbers, lists, tables `[| a, b | c, d |]` and `array3d(…, […])`; `%` begins a
//! comment. Everything counted from 1 in the files is counted from 0 here.

use std::collections::BTreeMap;

/// Students who attend disciplines at hospitals in periods.
#[derive(Debug, Clone)]
pub struct Instance {
    pub students: usize,
    pub disciplines: usize,
    pub hospitals: usize,
    pub periods: usize,
    /// Periods that attending a discipline takes.
    pub duration: usize,
    /// Disciplines of one student at one hospital.
    pub disciplines_per_hospital_max: usize,
    /// By discipline.
    pub group: Vec<usize>,
    /// By student and group.
    pub attended: Vec<Vec<usize>>,
    /// By student and discipline.
    pub allowed: Vec<Vec<bool>>,
    /// By discipline those that come before it.
    pub before: Vec<Vec<usize>>,
    /// By student and period.
    pub available: Vec<Vec<bool>>,
    /// By student, hospital and discipline.
    pub able: Vec<Vec<Vec<bool>>>,
    /// By hospital, discipline and period.
    pub most: Vec<Vec<Vec<u32>>>,
    pub least: Vec<Vec<Vec<u32>>>,
    /// By student: of disciplines, of hospitals, of a change of hospital, of an idle period.
    pub weights: Vec<[i64; 4]>,
    /// By student and discipline.
    pub likes_discipline: Vec<Vec<i64>>,
    /// By student and hospital.
    pub likes_hospital: Vec<Vec<i64>>,
    /// By discipline.
    pub manager_likes: Vec<i64>,
}

/// The numbers behind each name, whatever brackets and bars lie between them.
struct Data(BTreeMap<String, Vec<i64>>);

impl Data {
    fn of(text: &str) -> Result<Self, String> {
        let lines = text.lines().map(|line| line.split('%').next().unwrap_or(""));
        let text: String = lines.collect::<Vec<_>>().join("\n");
        let mut data = BTreeMap::new();
        for assignment in text.split(';').filter(|part| !part.trim().is_empty()) {
            let (name, value) = assignment.split_once('=').ok_or(format!("no assignment: {assignment}"))?;
            // The index sets of `array3d` come before the list.
            let list = value.find('[').map_or(value, |at| &value[at..]);
            let words = list.split(|of: char| !of.is_ascii_digit() && of != '-').filter(|of| !of.is_empty());
            let numbers: Result<Vec<i64>, _> = words.map(str::parse).collect();
            let numbers = numbers.map_err(|error| format!("{}: {error}", name.trim()))?;
            data.insert(name.trim().to_owned(), numbers);
        }
        Ok(Self(data))
    }

    /// So many numbers.
    fn list(&self, name: &str, length: usize) -> Result<&[i64], String> {
        let list = self.0.get(name).ok_or(format!("{name} is missing"))?;
        match list.len() == length {
            true => Ok(list),
            false => Err(format!("{name} has {} numbers, not {length}", list.len())),
        }
    }

    fn count(&self, name: &str) -> Result<usize, String> {
        usize::try_from(self.list(name, 1)?[0]).map_err(|_| format!("{name} is negative"))
    }

    fn table<T>(
        &self,
        name: &str,
        (rows, columns): (usize, usize),
        of: fn(i64) -> T,
    ) -> Result<Vec<Vec<T>>, String> {
        let list = self.list(name, rows * columns)?;
        let row = |row: usize| list[row * columns..][..columns].iter().map(|&number| of(number)).collect();
        Ok((0..rows).map(row).collect())
    }

    fn cube<T: Clone>(
        &self,
        name: &str,
        (blocks, rows, columns): (usize, usize, usize),
        of: fn(i64) -> T,
    ) -> Result<Vec<Vec<Vec<T>>>, String> {
        let table = self.table(name, (blocks * rows, columns), of)?;
        Ok((0..blocks).map(|block| table[block * rows..][..rows].to_vec()).collect())
    }
}

impl Instance {
    /// # Errors
    /// What is missing or malformed.
    pub fn parse(text: &str) -> Result<Self, String> {
        let data = Data::of(text)?;
        let [students, disciplines, hospitals, periods, groups] =
            ["Students", "Disciplines", "Hospitals", "Horizon", "Groups"].map(|name| data.count(name));
        let (students, disciplines, hospitals) = (students?, disciplines?, hospitals?);
        let (periods, groups) = (periods?, groups?);
        let is_set = |number: i64| number != 0;
        let whole = |number: i64| number;
        let seats = |number: i64| u32::try_from(number).unwrap_or(0);
        let count = |number: i64| usize::try_from(number).unwrap_or(0);
        let before = data.table("Precededby", (disciplines, disciplines), is_set)?;
        let set = |row: Vec<bool>| (0..disciplines).filter(|&of| row[of]).collect();
        let weights = data.table("WeightPref", (students, 4), whole)?;
        let cells = (hospitals, disciplines, periods);
        Ok(Self {
            students,
            disciplines,
            hospitals,
            periods,
            duration: data.count("Duration")?,
            disciplines_per_hospital_max: data.count("MaxDiscPerHosp")?,
            group: data.list("DiscGroup", disciplines)?.iter().map(|&of| count(of - 1)).collect(),
            attended: data.table("StudDiscGroup", (students, groups), count)?,
            allowed: data.table("AllowedDisc", (students, disciplines), is_set)?,
            before: before.into_iter().map(set).collect(),
            available: data.table("Availability", (students, periods), is_set)?,
            able: data.cube("Ability", (students, hospitals, disciplines), is_set)?,
            most: data.cube("MaxPosHosp", cells, seats)?,
            least: data.cube("MinPosHosp", cells, seats)?,
            weights: weights.iter().map(|of| [of[0], of[1], of[2], of[3]]).collect(),
            likes_discipline: data.table("PrefStudDisc", (students, disciplines), whole)?,
            likes_hospital: data.table("PrefStudHosp", (students, hospitals), whole)?,
            manager_likes: data.list("ManPref", disciplines)?.to_vec(),
        })
    }

    /// What attending a discipline at a hospital is worth to a student, changes and idle periods aside.
    pub fn worth(&self, student: usize, discipline: usize, hospital: usize) -> i64 {
        let [of_discipline, of_hospital, ..] = self.weights[student];
        of_discipline * self.likes_discipline[student][discipline]
            + of_hospital * self.likes_hospital[student][hospital]
            + self.manager_likes[discipline]
    }
}
