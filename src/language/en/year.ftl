# kenshu: the coming year, and a plan as a workbook (en)

# The coming year
help-next-year = Make the tables of the coming year from a plan
help-passed-plan = Folder that plan wrote, or the table of placements (.csv, .xlsx)
next-ask = to be filled in: how many residents enter
next-hole = The plan has { $resident } nowhere in { $month }. What has passed has no gaps.
    .remedy = Enter in the plan where { $resident } was, or the leave in the program's tables.
next-twice = The plan has { $resident } at two places in { $month }.
    .remedy = Leave the place where { $resident } was.
next-elsewhere = The plan has { $resident } somewhere in { $month }, where the training has no month with a seat.
    .remedy = Take the row out of the plan, or correct the leave or the year of entry in the program's tables.
next-year = { $passed } has passed as planned: { $rows } rows were added to the history. { $year } is the first year that is planned.
next-finished = { $count ->
    [one] Finished, and out of the tables: { $residents }
   *[other] { $count } have finished and are out of the tables: { $residents }
}{ $others ->
    [0] .
   *[other] {" "}and { $others } more.
}
next-left = { $count ->
    [one] Has left the program, and is out of the tables: { $residents }
   *[other] { $count } have left the program and are out of the tables: { $residents }
}{ $others ->
    [0] .
   *[other] {" "}and { $others } more.
}
next-entered = { $count ->
    [one] Has entered, and is a row of the residents: { $residents }
   *[other] { $count } have entered and are rows of the residents: { $residents }
}{ $others ->
    [0] .
   *[other] {" "}and { $others } more.
}
next-courses = { $count ->
    [one] The course is fixed as planned of { $residents }
   *[other] Courses are fixed as planned of { $residents }
}{ $others ->
    [0] .
   *[other] {" "}and { $others } more.
}
next-locks = Locks: { $gone } lay in the past and are gone, { $cut } begin with { $year } now.
next-courses-gone = Kept for people who are gone, and out of the tables: course { $courses }.
next-changed-from = changed_from = { $month } lies in the past and is gone from [rules].
next-logged = The cases of { $passed } are not known: the logged cases are as they were. Enter what was done; until then, needs count as if nothing had been.
next-who-enters = { $count } enter in { $year }; of { $nameless } nobody is named. Enter in the residents who they are, with their wishes.
next-intake = The intake of { $year } is to be filled in: 0 stands in its place.
next-past-hires = past_hires of the intake cap still counts the years before { $passed }: correct it.
next-then = Next: “kenshu plan { $path } --base { $plan } --out result”, which keeps what was planned.
