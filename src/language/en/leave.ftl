# kenshu: leave (en)

leave-kind-childbirth = childbirth leave
leave-kind-illness = illness
leave-kind-part-time = part-time work
leave-kind-abroad = study abroad
leave-kind-graduate-school-clinical = clinical graduate school
leave-kind-graduate-school-research = graduate school without clinical work

## leaves.csv

leave-overlap = From { $month } on resident { $resident } is already on leave by line { $line }.
    .remedy = Correct start and months so that the leaves follow one another; of two reasons at once, write the one that counts.
leave-before-entry = Resident { $resident } enters in { $entry }; the row begins before that.
    .remedy = Correct start, or the resident's entry_year.
leave-after-end = The row reaches beyond the training of resident { $resident }, which ends with { $last }.
    .remedy = Shorten or delete the row: what comes after the training concerns nobody's plan.
leave-after-resignation = Resident { $resident } has left the program from { $from } on.
    .remedy = Shorten or delete the row, or correct the month of resignation.
leave-too-late = A leave may last until { $latest } at most.
    .remedy = Correct start and months.
leave-hours-missing = A part-time row needs its hours, unless it is { $full } hours a week or more.
    .remedy = Write the hours worked in all months of the row together into hours, or hours_per_week if it is { $full } or more.
leave-hours-contradict = { $hours } hours do not fit { $months ->
        [one] one month
       *[other] { $months } months
    }{ $stated ->
        [0] {""}
       *[other] {" "}of { $weekly } hours a week
    }: they would be between { $least } and { $most }.
    .remedy = Correct hours (those of all months of the row together), hours_per_week or months.
leave-cell-unused = { $column } means nothing in a row of the kind { $kind }.
    .remedy = Leave the cell empty, or correct the kind.
resigned-twice = Line { $line } already says when resident { $resident } left.
    .remedy = Keep one of the two rows.
resigned-before-entry = Resident { $resident } left before anything began: entry is in { $entry }.
    .remedy = Take the resident out of { TABLE("residents.csv") } and lower the intake, or correct start.
history-in-leave = In { $month } resident { $resident } was on leave without a seat; the row says otherwise.
    .remedy = Cut the months of the leave out of the row, or correct { TABLE("leaves.csv") }.
lock-in-leave = In { $month } resident { $resident } is on leave without a seat and can be at no facility.
    .remedy = Shorten the lock, or correct { TABLE("leaves.csv") }.
lock-nothing-decided = Resident { $resident } left before the first decided year; there is nothing to lock.
    .remedy = Delete the row.

## plan --base

earlier-empty = The plan has no row at all; nothing of the program { $scenario } is in it.
    .remedy = Give the placements.csv of this program's earlier plan.
earlier-set-aside = { $resident } is not planned, since the past fits no course: { $months ->
    [one] one month
   *[other] { $months } months
} of the earlier plan become free.
    .remedy = Correct the past in { TABLE("history.csv") }, or keep a course for the resident (who).
earlier-resigned = Resident { $resident } leaves the program in { $from }. { $months ->
    [one] One month of the plan becomes free.
   *[other] { $months } months of the plan become free.
}
    .remedy = Nothing has to change if the row in { TABLE("leaves.csv") } is right.
base-courses = { $count ->
    [one] One resident changes
   *[other] { $count } residents change
} the course of the base plan:
base-leave = Resident { $resident } cannot stay at { $facility } all the time from { $from } to { $until }: { $leave } without a seat from { $month } to { $last }.
    .remedy = If this is meant, nothing has to change; else see { TABLE("leaves.csv") }.

## The ledger of training months

ledger-title = Leave, and what it does to the end of training (months)
ledger-legend = Worked + on leave = months from entry to the end. Worked + counted leave = counted months. What leave does not count is missing and extends the training.
ledger-worked = Worked
ledger-leave = On leave
ledger-leave-counted = Of it counted
ledger-counted = Counted
ledger-missing = Missing
ledger-extension = Extension
ledger-end = Last month
ledger-kinds = Leave
ledger-resigned = left the program from { $from } on
report-with-leave = { $stay } { $leave }
report-away = [{ $kind } { $months }]

## explain resident

explain-year-away = In { $text } resident { $resident } is on leave all year and can be at no facility ({ TABLE("leaves.csv") }).
explain-courses-possible = Courses still possible: { $courses }
explain-ledger = Months: { $worked } worked and { $leave } on leave, of which { $leave-counted } count; { $counted } of { $planned } counted. The training ends with { $end }{ $extension ->
        [0] {""}
        [one] {" "}(one month of extension)
       *[other] {" "}({ $extension } months of extension)
    }.

## diff

diff-goals-legend = Goals (before: what leave and resignations let stand of the old plan; changes to the base plan: months at another facility, not those with none)
