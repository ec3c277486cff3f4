# kenshu: audit (en)

## Names of the rules, what they require, and how they are read here

rule-one-place = One place at a time
    .requirement = A resident is at one facility in a month.
    .reading = A month that stands in two rows is a violation, even at the same facility.
rule-whole-career = Whole career placed
    .requirement = Every decided month of the training is placed.
    .reading = Placements before entry, after the end of the training or after a resignation are violations too. Months of leave without a seat are left out.
rule-history-kept = History kept
    .requirement = Placements before the first decided year are as history has them.
    .reading = A row that repeats history is accepted.
rule-lock = Locks
    .requirement = Placements that the program director demands or forbids are respected.
    .reading = A month without a placement breaks no lock; "whole career placed" reports it.
rule-course-fixed = Course as fixed
    .requirement = A resident follows one course, and the fixed one where one is fixed.
    .reading = Rows that name no course are accepted.
rule-leave-seat = No seat in leave
    .requirement = Nobody is placed in a month of leave without a seat.
    .reading = Leave that does not count (abroad, non-clinical graduate school, childbirth and illness beyond their allowance) takes no seat. Whether leave that counts keeps one can be chosen (counted_leave_keeps_seat).
rule-leave-credit = What leave counts
    .requirement = Childbirth leave, illness leave and part-time work count towards the training up to their allowances.
    .reading = Childbirth: 6 months, once (childbirth_months_max, childbirth_leaves_max). Illness: 6 months in all (illness_months_max). Part-time: 6 months in all (part_time_months_max), 800 hours making 6 months pro rata, in full from 30 hours a week on. Abroad and non-clinical graduate school count nothing. A common limit can be set (leave_months_max).
rule-leave-once = Childbirth leave counts once
    .requirement = One childbirth leave counts towards the training (childbirth_leaves_max).
    .reading = Rows that continue each other are one leave. That a later one does not count is a warning, not a violation.
rule-leave-proof = Documents for leave
    .requirement = Childbirth leave that counts needs a document proving the birth, illness leave a medical certificate.
    .reading = Whether it was handed in is not in the tables, so the leaves that need one are noted.
rule-leave-minima = Minima met by leave
    .requirement = The minima at comprehensive institutions, the core and affiliates are best met without months of leave.
    .reading = Leave that counts also counts at the facility of that time (leave_counts_at_facility). A minimum met only thanks to it is a warning, not a violation.
rule-training-complete = Training complete
    .requirement = A training goes on until { $number } months are counted (training_months).
    .reading = What leave does not count is made up for by an extension in whole months at the end. Residents who resign are excepted.
rule-extension = Place of an extension
    .requirement = The months that extend a training are at the last facility.
    .reading = Except where a lock of the director demands another one. Nothing is said where the last facility is not settled.
rule-course-pattern = Course pattern
    .requirement = The placements of every training year follow one pattern of the course.
    .reading = The parts of a split year come in any order, each in one piece at one facility, or cut into pieces of its step. Several years can be split together. A month without a placement is taken for a free month where the pattern has some. History is included.
rule-comprehensive-months = Months at comprehensive institutions
    .requirement = At least { $number } months at comprehensive institutions (comprehensive_months_min).
    .reading = Months at facilities that are comprehensive institutions in that month, history included.
rule-core-months = Months at the core
    .requirement = At least { $number } months at the core (core_months_min).
    .reading = Months at the core, history included.
rule-affiliate-stay = Shortest stay at an affiliate
    .requirement = No stay at an affiliate is shorter than { $number } months (affiliate_stay_months_min).
    .reading = A stay is all consecutive months at one facility, across training years and the end of history.
rule-several-facilities = Several facilities
    .requirement = Training at { $number } or more facilities (facilities_min).
    .reading = Different facilities, history included.
rule-associated-never-placed = No placement at an associated facility
    .requirement = Associated facilities serve part-time training only and are never a placement.
    .reading = A single month is a violation.
rule-supervisor-ratio = Residents per supervisor
    .requirement = At most { $number } residents per supervisor (residents_per_supervisor).
    .reading = Per facility, 3 times the prorated supervisors, rounded down. Pooling the whole program, or rounding the supervisors down first, can be chosen (supervisor_rounding).
rule-seats = Seats
    .requirement = A facility holds no more residents than its seats.
    .reading = Judged month by month.
rule-case-volume = Case numbers
    .requirement = The facilities of the placements have enough cases for everybody to reach every target at once.
    .reading = The residents of an academic year share a facility's volume times trainee_share, rounded down; one resident can take the part of it that the months there allow. What was done before the first decided year counts through { TABLE("logged_cases.csv") } only. What courses may replace (supplement_max) is deducted from the need. An item whose volume is unknown somewhere is not assessed, unless unknown_volumes_are_zero.
rule-section-named = Section named
    .requirement = At a facility with sections every placement says in which section it is.
    .reading = The past need not say it; it then counts for no section.
rule-section-step = Steps of a section
    .requirement = Unbroken time in a section is a multiple of its step (step_months in { TABLE("sections.csv") }).
    .reading = Across academic years and the end of history. What resignation cuts off may be anything.
rule-section-seats = Seats of a section
    .requirement = A section holds no more residents than its seats ({ TABLE("sections.csv") }).
    .reading = Judged month by month; the facility's own limits hold besides.
rule-requirement = Requirements
    .requirement = Every resident has what the rows of kind must in { TABLE("requirements.csv") } ask for.
    .reading = History included. Who leaves the program owes no minimum; a maximum that the past exceeds allows what the past has. Rows of kind wish are a goal.
rule-stay-rule = Stays
    .requirement = Stays are as the rows of { TABLE("stays.csv") } ask: length, steps, beginning, distance and number.
    .reading = By section where the row names sections, else by facility. A stay that was over before the first decided month is as it is.
rule-order = Order
    .requirement = Nobody is at a place before the months elsewhere that a row of kind must in { TABLE("order.csv") } asks for.
    .reading = Months with a seat, history included. Rows of kind wish count in the goal requirements.
rule-staffing = Staffing
    .requirement = In every month as many residents are at the places of a row of kind must in { TABLE("staffing.csv") } as it asks for.
    .reading = A minimum counts who is at work, until the last intake year where the row names no end; a maximum counts who holds a seat. Rows of kind wish are a goal.
rule-course-intake = Residents of a course
    .requirement = No more residents of an intake year are on a course than its course_intake allows.
    .reading = Whoever has nothing left to decide is not counted.
rule-not-stated = Rules no table can say
    .requirement = Rules of the program that the tables cannot say are kept by other means.
    .reading = They are the entries of not_stated in { TABLE("program.toml") }. None of them is checked.
rule-intake-cap = Intake cap
    .requirement = The new residents of a year stay within the cap set by supervisors and case volumes.
    .reading = New residents against the least of one per supervisor, 3000 CT, 60 IVR and 60 radiotherapy cases over the whole group. An excess is deducted from the next year's cap; what is left after the last intake year is a violation.
rule-urban-cap = Urban intake cap
    .requirement = With the core in Tokyo, Kanagawa, Aichi, Osaka or Fukuoka, new residents do not exceed the mean of the past { $number } years.
    .reading = The mean is rounded half up (mean_rounding changes that) and is the same for every year, since no split by year is known. An excess is treated as under the intake cap.
rule-history-course = A past that a course continues
    .requirement = What every resident did before the plan begins is the beginning of a course they may take.
    .reading = Who has another past is not planned: no placements, no seat, no part in a goal. The others are planned, and the answer is negative (exit code 1) until the past is put right or a course is kept for that resident (who of a course).
rule-printed-totals = Printed totals
    .requirement = The totals a document prints are the sums of its rows.
    .reading = Compared with the rows as they stand at the start. A difference is a warning, not a violation.

## Findings about placements

audit-one-place = Resident { $resident } is at several facilities in the same month from { $from } to { $to }: { $facilities }.
audit-one-place-twice = Resident { $resident } is placed at { $facilities } by more than one row from { $from } to { $to }.
audit-whole-career-hole = Resident { $resident } has no placement from { $from } to { $to } ({ $months ->
        [one] { $months } month
       *[other] { $months } months
    }).
audit-whole-career-before = Resident { $resident } is placed before entry, from { $from } to { $to } ({ $months ->
        [one] { $months } month
       *[other] { $months } months
    }).
audit-whole-career-after = Resident { $resident } is placed after the end of the training, from { $from } to { $to } ({ $months ->
        [one] { $months } month
       *[other] { $months } months
    }).
audit-whole-career-resigned = Resident { $resident } is placed after resigning, from { $from } to { $to } ({ $months ->
        [one] { $months } month
       *[other] { $months } months
    }).
audit-whole-career-foreign = { $rows ->
        [one] { $rows } row of the plan names
       *[other] { $rows } rows of the plan name
    } a resident, facility or course that this scenario does not have.
audit-history-kept = Resident { $resident } is placed at { $facilities } from { $from } to { $to }, where history says { $past }.
audit-history-kept-absent = Resident { $resident } is placed at { $facilities } from { $from } to { $to }, where history has leave without a seat.
audit-lock-must = Resident { $resident } is locked to { $facility } but is elsewhere for { $months ->
        [one] { $months } month
       *[other] { $months } months
    } from { $from }.
audit-lock-must-not = Resident { $resident } must not be at { $facility } but is for { $months ->
        [one] { $months } month
       *[other] { $months } months
    } from { $from }.
audit-course-fixed = Resident { $resident } has the fixed course { $fixed }, but the plan names { $named }.
audit-course-closed = The rows of resident { $resident } name course { $course }, which is kept for others.
audit-history-course = Resident { $resident } is not planned: the past fits the beginning of no course among { $courses }.
audit-course-fixed-several = The rows of resident { $resident } name several courses: { $named }.
audit-course-pattern = Training year { $training-year } of resident { $resident } (from { $from }) is "{ $found }"; the nearest pattern, of course { $course }, asks for "{ $wanted }"{ $parts ->
        [1] {""}
       *[other] {" "}in any order
    }.
audit-course-pattern-years = Training years { $training-year } to { $last-year } of resident { $resident } (from { $from }) are "{ $found }"; the nearest pattern, of course { $course }, asks for "{ $wanted }"{ $parts ->
        [1] {""}
       *[other] {" "}in any order
    }.
audit-row-clause = {" "}({ $clause })
audit-row-no-clause = {""}
audit-section-named = Resident { $resident } is at { $facility } from { $from } to { $to }, but in none of its sections: { $sections }.
audit-section-step = Resident { $resident } is in { $place } for { $months ->
        [one] { $months } month
       *[other] { $months } months
    } from { $from }, which is no multiple of { $step }.
audit-section-seats = { $facility } has up to { $count ->
        [one] { $count } resident
       *[other] { $count } residents
    } from { $from } to { $to } and { $limit ->
        [0] no seat
        [one] { $limit } seat
       *[other] { $limit } seats
    } ({ $residents }).
audit-requirement-min = Resident { $resident } has { $found } { $count ->
        [months] months
        [stays] stays
        [facilities] facilities
       *[places] places
    } of "{ $name }"{ $clause }, short of { $required }.
audit-requirement-max = Resident { $resident } has { $found } { $count ->
        [months] months
        [stays] stays
        [facilities] facilities
       *[places] places
    } of "{ $name }"{ $clause }, more than { $required }.
audit-stay-short = Resident { $resident } stays at { $place } for { $months ->
        [one] { $months } month
       *[other] { $months } months
    } from { $from }, short of { $required }{ $clause }.
audit-stay-long = Resident { $resident } stays at { $place } for { $months ->
        [one] { $months } month
       *[other] { $months } months
    } from { $from }, more than { $required }{ $clause }.
audit-stay-step = Resident { $resident } stays at { $place } for { $months ->
        [one] { $months } month
       *[other] { $months } months
    } from { $from }, which is no multiple of { $required }{ $clause }.
audit-stay-start = Resident { $resident } begins a stay at { $place } in { $from }; it may begin in these months of the academic year: { $starts }{ $clause }.
audit-stay-gap = Resident { $resident } begins another stay at { $place } in { $from }, { $months ->
        [one] { $months } month
       *[other] { $months } months
    } after the one before; { $required } have to lie between{ $clause }.
audit-stay-visits = Resident { $resident } begins stay number { $months } at { $place } in { $from }; at most { $required } are allowed{ $clause }.
audit-order = Resident { $resident } is at { $place } from { $from } after { $before ->
        [one] { $before } month
       *[other] { $before } months
    } at { $first }, too early for { $months ->
        [one] { $months } month
       *[other] { $months } months
    }; { $required } have to come before{ $clause }.
audit-staffing-few = "{ $name }"{ $clause } has only { $found ->
        [one] { $found } resident
       *[other] { $found } residents
    } from { $from } to { $to }, short of { $required }.
audit-staffing-many = "{ $name }"{ $clause } has { $found ->
        [one] { $found } resident
       *[other] { $found } residents
    } from { $from } to { $to }, more than { $required }.
audit-course-intake = { $count ->
        [one] { $count } resident
       *[other] { $count } residents
    } of the intake of { $year } on course { $course }, more than { $limit } ({ $residents }).
audit-not-stated = Not checked: { $rule }
audit-case-milestone = Resident { $resident } can have { $got } of the { $due } cases of { $case } that are due by the end of training year { $year }.
audit-comprehensive-months = Resident { $resident } has { $months ->
        [one] { $months } month
       *[other] { $months } months
    } at comprehensive institutions, short of { $required }{ $open ->
        [0] {""}
       *[other] {" "}even with the { $open } still open
    }.
audit-core-months = Resident { $resident } has { $months ->
        [one] { $months } month
       *[other] { $months } months
    } at the core, short of { $required }{ $open ->
        [0] {""}
       *[other] {" "}even with the { $open } still open
    }.
audit-affiliate-stay = Resident { $resident } stays at { $facility } for { $months ->
        [one] { $months } month
       *[other] { $months } months
    } from { $from }, short of { $required }.
audit-several-facilities = Resident { $resident } trains at { $facilities ->
        [one] { $facilities } facility
       *[other] { $facilities } facilities
    }, short of { $required }.
audit-associated-never-placed = Resident { $resident } is placed at { $facility }, an associated facility, for { $months ->
        [one] { $months } month
       *[other] { $months } months
    } from { $from }.
audit-supervisor-ratio = { $facility } has up to { $count ->
        [one] { $count } resident
       *[other] { $count } residents
    } from { $from } to { $to }; its supervisors can guide { $limit } ({ $residents }).
audit-supervisor-ratio-pooled = The program has up to { $count ->
        [one] { $count } resident
       *[other] { $count } residents
    } from { $from } to { $to }; all its supervisors can guide { $limit } ({ $residents }).
audit-seats = { $facility } has up to { $count ->
        [one] { $count } resident
       *[other] { $count } residents
    } from { $from } to { $to } and { $limit ->
        [one] { $limit } seat
       *[other] { $limit } seats
    } ({ $residents }).

audit-leave-seat = Resident { $resident } is on leave without a seat ({ $leave }) from { $from } to { $to } ({ $months ->
        [one] { $months } month
       *[other] { $months } months
    }) but is placed at { $facilities }.
audit-leave-credit = Resident { $resident }, { $leave }: of { $months ->
        [one] { $months } month
       *[other] { $months } months
    }, { $counted } counted ({ $allowance }). { $end }
audit-leave-allowance = allowance { $months } in all
audit-leave-allowance-childbirth = allowance { $months } each, leaves that count { $leaves }
audit-leave-allowance-common = { $own }; { $common } together with other leave
audit-leave-allowance-none = nothing of it counts
audit-leave-end = With all leave, the training ends in { $last } instead of { $planned }.
audit-leave-end-resigned = The training ends in { $last }, before it is complete.
audit-leave-once = The childbirth leave of resident { $resident } from { $from } to { $to } ({ $months ->
        [one] { $months } month
       *[other] { $months } months
    }) is number { $number } and does not count: the allowance of { $most } is used.
audit-leave-proof-childbirth = The childbirth leave of resident { $resident } from { $from } to { $to } ({ $counted } counted) needs a document proving the birth.
audit-leave-proof-illness = The illness leave of resident { $resident } from { $from } to { $to } ({ $counted } counted) needs a medical certificate.
audit-leave-minima-comprehensive = Resident { $resident } has { $months } months at comprehensive institutions, { $leave } of them leave, and is short of { $required } without it.
audit-leave-minima-core = Resident { $resident } has { $months } months at the core, { $leave } of them leave, and is short of { $required } without it.
audit-leave-minima-stay = Resident { $resident } stays at { $facility } for { $months } months from { $from }, { $leave } of them leave, and is short of { $required } without it.
audit-training-complete = Resident { $resident } comes to { $credited } counted months, short of { $required }: the training goes on until { $last }, with no placement in { $missing } ({ $months ->
        [one] { $months } month
       *[other] { $months } months
    }).
audit-extension = Resident { $resident } is placed at { $facility } from { $month } on, in the extension of the training, which goes on at the last facility ({ $last }).

audit-case-volume-absent = Case numbers are not assessed: { TABLE("[[cases]]") } has no entry.
audit-case-volume-not-assessed = { $case } is not assessed: the volume is unknown at { $facilities }.
audit-case-volume-not-assessed-anywhere = { $case } is not assessed: the volume is unknown at every facility.
audit-case-volume-alone = Resident { $resident } needs { $need } more cases of { $case } and can reach { $got } at most, { $short } short, even with nobody else there ({ $sites }).
audit-case-volume-shared = Resident { $resident } needs { $need } more cases of { $case } and comes to { $got }, { $short } short: { $residents ->
        [one] { $residents } resident needs
       *[other] { $residents } residents need
    } { $wanted } together, share { $offer } ({ $sites }) and can take { $elsewhere } elsewhere at most.
audit-case-volume-group = { $case }, the whole group: { $years }.
audit-case-volume-group-cap = { $case }, the whole group: { $years }. The intake cap asks for { $per } a year per new resident.
audit-case-volume-year = { $from }: { $volume } cases ({ $offer } for residents), new residents { $hired }, { $each } each
audit-case-volume-and-year = { $first }; { $rest }
audit-case-volume-years = { $from }–{ $to }: { $volume } cases a year ({ $offer } for residents), new residents { $hired }, { $each } each

## Findings about intake and totals

audit-totals-rows = the sums of the rows
audit-totals-printed = the printed totals
audit-rounding-half-up = rounded half up
audit-rounding-exact = not rounded
audit-rounding-floor = rounded down
audit-rounding-ceil = rounded up
audit-intake-cap-absent = No intake cap is checked: { TABLE("[rules.intake_cap]") } sets nothing.
audit-intake-cap-numbers = New residents in { $year }: { $hired }, cap { $cap }, set by { $binding } with { $exact } (parts: { $parts }; resting on { $totals }).
audit-intake-cap-other-totals = Resting on { $totals } instead, the cap of { $year } would be { $cap }, set by { $binding } with { $exact } (parts: { $parts }).
audit-intake-cap-not-assessed = The { $volume } part of the intake cap of { $year } is not assessed: the volume is unknown at { $facilities }.
audit-cap-excess-carried = New residents in { $year }: { $hired }, { $excess } more than the { $left } left of the cap of { $cap }; the excess is deducted from the next year's cap.
audit-cap-excess-left = New residents in { $year }: { $hired }, { $excess } more than the { $left } left of the cap of { $cap }, and no later intake year makes up for it.
audit-urban-cap-mean = The core is in { $prefecture }, so the cap of new residents is { $cap }: the mean of { $hires } hires over the past { $years } years is { $mean }, { $rounding }. The mean is the same for every year, since no split by year is known.
audit-urban-cap-rounding = New residents in { $year }: { $hired }, within the cap of { $cap } only by rounding; the exact mean is { $mean }.
audit-urban-cap-no-past = The core is in { $prefecture }, but the scenario does not say how many residents were hired (past_hires): the urban cap is not checked.
audit-urban-cap-no-prefecture = The urban cap is not checked: { TABLE("facilities.csv") } does not say in which prefecture the core is.
audit-urban-cap-not-urban = The urban cap does not apply: the core ({ $prefecture }) is in none of the five prefectures.
audit-printed-totals = The printed total of { $column }, { $printed }, is not the sum of the rows, { $rows } (difference { $difference }).
audit-printed-totals-not-assessed = The printed total of { $column } is not checked: the value is unknown at { $facilities }.

# Certificates
certificate-step-refused = Step { $step } of the certificate is refused: { $reason }
certificate-unit = its unit is not positive.
certificate-hold-prices = it has not one price for each hold.
certificate-number = a number is beyond all bounds.
certificate-sign = a price is negative.
certificate-row = a price names a facility, month or span that does not exist.
certificate-row-limit = a price is on a row whose limit changes or which has none.
certificate-row-twice = two prices are on one row in the same month.
certificate-coverage-price = a coverage price exceeds what a missing resident costs.
certificate-goal = it names a goal that is not there.
certificate-hold = it holds something that is not settled before.
certificate-cut = it holds case volumes that the tables do not name, or to less than they offer.
certificate-bound = its prices prove less than it claims.
certificate-no-career = the resident said to have no career left has one.
certificate-depth = its cases are nested too deeply.
certificate-name = a decision names a resident, course, facility or month that does not exist.

# Claims of a plan.json
claim-proved = proved again from the tables: no legal plan as good in the goals before is better here.
claim-not-certified = not claimed to be certified; nothing was re-checked.
claim-refused = not proved. { $reason }
claim-not-proved = not proved: the certificate has no step that shows it.
claim-value-differs = the value is not what the placements count to.
claim-bound-differs = the bound is not the value, though it is said to be certified.
claim-goals-differ = the goals are not those of the scenario, in their order.
claim-other-scenario = plan.json belongs to other tables: its scenario hash is not that of this folder.
claim-limit-time = not checked: time was up (--time-limit) before the proof was gone through.
claim-limit-steps = not checked: going through the proof takes more than 20,000 million steps, the most a re-check may take.
claim-limit-memory = not checked: going through the proof takes more than 512 MB, the most a re-check may keep.
claim-no-plan-proved = proved again from the tables: no plan exists.
claim-no-plan-not-proved = that no plan exists is not proved.
claim-placements-needed = plan.json is about a plan; give its placements.csv too.
claim-status-unknown = the status is none that a plan.json of kenshu can have.
claim-status-goals = the status says that there is no plan, and yet goals have values.
claim-nothing = nothing is claimed: the run ended without an answer.
claim-proof-unknown = the proof is named by a word that does not exist.
claim-bound-above = the bound is above the value or not of its form: it bounds nothing.
claim-optimal-bound = said to be optimal, but the bound is not the value.
claim-frozen-kept = all { $months } frozen resident-months stay as in the base plan.
claim-frozen-least = { $changed } of { $months } frozen resident-months are changed: counted again, no plan changes fewer.
claim-frozen-open = { $changed } of { $months } frozen resident-months are changed. At least { $least } have to be; that so many have to be is not checked.
claim-frozen-changed = { $changed } of { $months } frozen resident-months are changed, though only { $least } are known to have to be.
claim-frozen-limit = not checked: whether { $changed } of { $months } frozen resident-months had to be changed was not found out in time.
claim-frozen-no-base = not checked: the rules freeze months of a base plan, and there is none to compare with (--base).
claim-cases-hold = checked from the tables: the planned cases ({ $quotas ->
        [one] { $quotas } row
       *[other] { $quotas } rows
    }) give everybody what they need of every item assessed, within what the facilities offer{ $open ->
        [0] {""}
        [one] {" "}({ $open } item is not assessed: a volume is unknown)
       *[other] {" "}({ $open } items are not assessed: a volume is unknown)
    }.
claim-cases-not-assessed = no item can be assessed: volumes are unknown.
claim-cases-refused = { $count ->
        [one] { $count } defect:
       *[other] { $count } defects, the first:
    } { $reason }

# Planned cases
quota-foreign = Planned cases name a resident, item or facility that this scenario does not have.
quota-twice = The { $case } cases of resident { $resident } at { $facility } in { $year } ({ $planned }) are planned twice.
quota-none = The { $case } cases of resident { $resident } at { $facility } in { $year } are planned as { $planned }.
quota-not-assessed = { $planned } cases of { $case }, which cannot be assessed, are planned for resident { $resident } at { $facility } in { $year }.
quota-not-there = Resident { $resident } is not placed at { $facility } in { $year }, but { $planned } cases of { $case } are planned there.
quota-too-many = Resident { $resident } is to take { $planned } cases of { $case } at { $facility } in { $year }, but { $months ->
        [one] { $months } month allows
       *[other] { $months } months allow
    } { $most }.
quota-overdrawn = { $planned } cases of { $case } are planned at { $facility } in { $year }, which offers residents { $offer }.
quota-short = Resident { $resident } has { $planned } planned cases of { $case }, short of { $need }.

# The numbers and readings of [rules] and [rules.intake_cap]: parameter-<key>
parameter-residents_per_supervisor = residents a supervisor guides at most
parameter-supervisor_rounding = how prorated supervisors become seats: per facility rounded down after (facility-floor) or before multiplying (supervisor-floor), or all together (pooled)
parameter-comprehensive_months_min = least months at comprehensive institutions
parameter-core_months_min = least months at the core
parameter-affiliate_stay_months_min = least months of a stay at an affiliate
parameter-facilities_min = least number of facilities
parameter-childbirth_months_max = months of a childbirth leave that count
parameter-childbirth_leaves_max = childbirth leaves that count
parameter-childbirth_excess = of a childbirth leave beyond the allowance, only the months beyond do not count (beyond), or none does (whole)
parameter-illness_months_max = months of illness that count
parameter-part_time_months_max = months of part-time work that count
parameter-part_time_hours = hours of part-time work that make the months that count
parameter-part_time_hours_per_week_full = hours a week from which part-time months count as they are
parameter-leave_months_max = months of leave that count in all; without it there is no common limit
parameter-counted_leave_keeps_seat = whether a resident on leave that counts keeps the seat
parameter-leave_counts_at_facility = whether leave that counts counts towards the minima of its facility
parameter-unlisted = what a course or hospital costs that is not on a resident's list: the length of that list (own), or of the longest list anybody has (longest)
parameter-wishes_count_history = whether months before the first decided one count towards the goal facility-wishes
parameter-covered_by_leave = whether months of childbirth or illness leave staff the hospital (goal coverage)
parameter-part_time_cases = whether cases accrue in part-time months
parameter-unknown_volumes = whether an unknown case volume leaves its item not assessed (not-assessed) or counts as none (zero)
parameter-freeze_months = months of the base plan that stay as they are
parameter-changed_from = first month in which anything changes
parameter-supervisors_per_resident = supervisors of the group that a new resident of a year needs
parameter-totals = whether the intake cap rests on the sums of the rows (rows) or on the printed totals (printed)
parameter-past_hires = residents hired over the past years, for the urban cap; without it the urban cap is not checked
parameter-past_years = years the urban cap looks back
parameter-mean_rounding = how the mean of past hires is rounded: half-up, exact, floor or ceil

# Of numbers that every career has to reach: what is asked, that it is lowered, what a career has to spare
parameter-comprehensive_months_min-asked = { $number } months at comprehensive institutions (rules.comprehensive_months_min)
parameter-comprehensive_months_min-lowered = { $to } instead of { $before } months at comprehensive institutions (rules.comprehensive_months_min)
parameter-comprehensive_months_min-spare = months at comprehensive institutions: { $measured }, at least { $required } ({ $slack } to spare)
parameter-core_months_min-asked = { $number } months at the core (rules.core_months_min)
parameter-core_months_min-lowered = { $to } instead of { $before } months at the core (rules.core_months_min)
parameter-core_months_min-spare = months at the core: { $measured }, at least { $required } ({ $slack } to spare)
parameter-affiliate_stay_months_min-asked = stays of at least { $number } months at an affiliate (rules.affiliate_stay_months_min)
parameter-affiliate_stay_months_min-lowered = stays of { $to } instead of { $before } months at an affiliate (rules.affiliate_stay_months_min)
parameter-affiliate_stay_months_min-spare = shortest stay at an affiliate: { $measured ->
    [one] { $measured } month
   *[other] { $measured } months
}, at least { $required } ({ $slack } to spare)
parameter-facilities_min-asked = at least { $number } facilities (rules.facilities_min)
parameter-facilities_min-lowered = { $to } instead of { $before } facilities (rules.facilities_min)
parameter-facilities_min-spare = facilities: { $measured }, at least { $required } ({ $slack } to spare)

# Why a rule could not be checked.
because-switched-off = { TABLE("[rules]") } in { TABLE("program.toml") } sets its number to 0
because-no-rows = the tables have no row of it
because-not-stated = no table can say it
because-no-cap = { TABLE("[rules.intake_cap]") } in { TABLE("program.toml") } sets nothing
because-no-totals = { TABLE("[printed_totals]") } in { TABLE("program.toml") } sets nothing
because-no-cases = { TABLE("[[cases]]") } in { TABLE("program.toml") } has no entry
because-no-volumes = no case volume is known everywhere
because-no-past-hires = { TABLE("[rules.intake_cap]") } has no past_hires
because-no-prefecture = the prefecture of { $facility } is not given
because-not-urban = the core is in none of the five prefectures, so it does not apply
