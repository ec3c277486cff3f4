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
    .remedy = Take the resident out of residents.csv and lower the intake, or correct start.
history-in-leave = In { $month } resident { $resident } was on leave without a seat; the row says otherwise.
    .remedy = Cut the months of the leave out of the row, or correct leaves.csv.
lock-in-leave = In { $month } resident { $resident } is on leave without a seat and can be at no facility.
    .remedy = Shorten the lock, or correct leaves.csv.
lock-nothing-decided = Resident { $resident } left before the first decided year; there is nothing to lock.
    .remedy = Delete the row.

## plan --base

earlier-resigned = Resident { $resident } leaves the program in { $from }. { $months ->
    [one] One month of the plan becomes free.
   *[other] { $months } months of the plan become free.
}
    .remedy = Nothing has to change if the row in leaves.csv is right.
base-courses = { $count ->
    [one] One resident changes
   *[other] { $count } residents change
} the course of the base plan:
base-leave = Resident { $resident } cannot stay at { $facility } from { $from } to { $until }: { $leave } without a seat in { $month }.
    .remedy = If this is meant, nothing has to change; else see leaves.csv.

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
report-away = [{ $kind } { $months }]

## Rules of leave

rule-leave-seat = Leave without a seat
    .requirement = Nobody is placed in months of leave in which they have no seat.
    .reading = A month that does not count, or whose seat is given up by rules.counted_leave_keeps_seat, has no placement.
rule-leave-credit = Leave that counts
    .requirement = Childbirth and illness count up to six months each, part-time work by its hours up to six; study abroad and research count nothing.
    .reading = What does not count is told and extends the training; the numbers are those of [rules].
rule-leave-once = Childbirth leave counts once
    .requirement = A leave for childbirth counts once.
    .reading = Rows that continue each other are one leave; a later one is told, and counts nothing.
rule-leave-proof = Documents for leave
    .requirement = A childbirth leave needs a document that proves the birth, an illness a medical certificate.
    .reading = Told for every leave that counts; kenshu cannot see the document.
rule-leave-minima = Minima met by leave
    .requirement = Minima of a facility or a stay are met by months of work.
    .reading = The standard does not say whether leave counts there: a minimum that is met only thanks to leave is a warning.
rule-training-complete = Training complete
    .requirement = The counted months make a complete training; what is missing is an extension at its end.
    .reading = Each month of the extension has a placement; residents who leave the program complete nothing.
rule-extension = Place of the extension
    .requirement = The months that extend a training are at the last facility.
    .reading = Unless a lock demands another; a stay that begins there has to be as long as any other.

audit-leave-seat = Resident { $resident } is placed at { $facility } from { $from } to { $to }, { $months ->
        [one] a month
       *[other] { $months } months
    } of { $leave } without a seat.
audit-leave-credit = Of { $months ->
        [one] one month
       *[other] { $months } months
    } of { $leave }, resident { $resident } has { $counted } counted. The training ends with { $end }.
audit-leave-credit-resigned = Of { $months ->
        [one] one month
       *[other] { $months } months
    } of { $leave }, resident { $resident }, who leaves after { $end }, has { $counted } counted.
audit-leave-once = The childbirth leave of resident { $resident } from { $from } to { $to } counts nothing: { $allowed ->
        [0] none counts
        [one] one counts
       *[other] { $allowed } count
    }.
audit-leave-proof-childbirth = The childbirth leave of resident { $resident } from { $from } on counts only with a document that proves the birth.
audit-leave-proof-illness = The illness of resident { $resident } from { $from } on counts only with a medical certificate.
audit-leave-minima = Resident { $resident } meets { $rule } ({ $clause }) only thanks to leave: without it there are { $months ->
        [one] one month
       *[other] { $months } months
    }, { $required } are required.
audit-training-complete = Resident { $resident } has { $counted } of { $required } months counted: { $months ->
        [one] one month
       *[other] { $months } months
    } of the extension from { $from } on { $months ->
        [one] has
       *[other] have
    } no placement. The training goes on until { $end }.
audit-extension = Resident { $resident } is at { $facility } from { $from } to { $to }, in the extension of the training, which belongs to the last facility, { $last }.
