# kenshu: the coming year, and a plan as a workbook (en)

# The coming year
help-next-year = Make the tables of the coming year from a plan
help-passed-plan = Folder that plan wrote, or the table of placements (.csv, .xlsx)
help-cases-as-planned = Enter the planned cases of the year as logged
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
next-changed-from = changed_from = { $month } lies in the past and is gone from { TABLE("[rules]") }.
next-rules-gone = { $count ->
    [one] { $count } row of the rules spoke of nobody but people who are gone, and went too.
   *[other] { $count } rows of the rules spoke of nobody but people who are gone, and went too.
}
next-logged-as-planned = The cases planned for { $passed } are entered as logged: correct them by what was done.
next-logged = The cases of { $passed } are not known: the logged cases are as they were. Enter what was done; until then, needs count as if nothing had been (--cases-as-planned enters what was planned).
next-who-enters = { $count } enter in { $year }; of { $nameless } nobody is named. Enter in the residents who they are, with their wishes.
next-intake = The intake of { $year } is to be filled in: 0 stands in its place.
next-past-hires = past_hires of the intake cap still counts the years before { $passed }: correct it.
next-then = Next: “kenshu plan { $path } --base { $plan } --out result”, which keeps what was planned.

# A plan as a workbook
workbook-failed = plan.xlsx could not be written: { $reason } The other files say the same.
sheet-summary = Summary
sheet-overview = Overview
sheet-calendar = Calendar
sheet-hospitals = Hospitals
sheet-people = Residents
sheet-judgement = Judgement
sheet-cases = Planned cases
sheet-completion = Completion
sheet-changes = Changes
summary-sheets =
    The sheets
    Overview: residents × months, to print. What has happened is in italics; a double underline is leave at the hospital.
    Calendar: the same to work in. Drag blocks or choose other hospitals: the counts below turn red where there are more than the seats (▲) or fewer than the hospital counts on (▼).
    Judge what you have changed: kenshu audit SCENARIO plan.xlsx; compare: kenshu diff SCENARIO placements.csv plan.xlsx.
    Hospitals: who is where in which month. Residents: a page each. Judgement: every rule and finding. Then a sheet to send to each hospital.
summary-no-hospital-sheets = { $hospitals } hospitals have residents. A sheet to send to each is made for { $most } at most, so there are none here: who is where stands in “{ $sheet }”.
overview-guide = Every stay is one bar. Italics: before this plan. Double underline: with leave.
overview-year = Year { $number } ({ $year })
calendar-guide = Every cell is a month and names a hospital, or a section of one: drag blocks, or choose another name. A dashed line is leave. Then: kenshu audit SCENARIO plan.xlsx
calendar-cohort = Entry { $year }: { $residents ->
    [one] { $residents } resident
   *[other] { $residents } residents
}
calendar-counts = Residents (▲ more than the seats, ▼ fewer than counted on); seats / counted on
calendar-seats = Seats
calendar-least = Residents counted on
calendar-on-leave = On leave, at work nowhere
calendar-all = All hospitals
calendar-away = leave
facility-with-short = { $name } ({ $short })
hospital-guide = { $program } · short name in the tables: { $short }
hospital-months = { $months ->
    [one] { $months } month
   *[other] { $months } months
}
hospital-section-months = { $section } { $months }
hospital-of-section = { $section }: { $figure }
hospital-leave = from { $from }: { $leave }
hospital-residents = Residents
month-of-year = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[other] Dec
}
people-entry = { $program } · entry { $year } · training until { $end }
people-course = Course { $course } · wish { $wish }
people-months = { $counted } of { $planned } months counted, { $leave } on leave
short-names-without = Saiseikai|Japanese Red Cross|Red Cross|National Hospital Organization|University|Hospital|Medical Center|Medical|Center|General|Memorial|Municipal|Metropolitan|Prefectural|Central|International|National|City|NHO|JCHO|the
plan-read-calendar = The calendar “{ $sheet }” was edited, and is what is read.
plan-read-placements = The placements “{ $sheet }” were edited, and are what is read.
plan-sheets-unread = Edited, but not read: { $sheets }. A plan is read from “{ $calendar }” or “{ $placements }” only.
    .remedy = Make the change in “{ $calendar }”; in the other sheets it stays a remark of your own.
plan-beside-edited = The workbook { $workbook } was edited and does not place everybody as { $table } does. What is read is { $table }.
    .remedy = To go on with the workbook, name it: { $workbook }
plan-beside-edited-here = The workbook { $workbook } was edited and does not place everybody as { $table } does. What is explained is { $table }.
    .remedy = Compare the two with kenshu diff, or plan anew with --base { $workbook } and explain that plan.
plan-edited-twice = Both the calendar “{ $sheet }” and the placements “{ $other }” were edited, and they do not say the same.
    .remedy = Edit one of the two only; take the other from the plan as it was written.
