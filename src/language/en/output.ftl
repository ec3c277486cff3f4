# kenshu: output (en)

# Headings
program-heading = { $name } ({ $id })
program-size = { $facilities ->
    [one] { $facilities } facility
   *[other] { $facilities } facilities
}, { $courses ->
    [one] { $courses } course
   *[other] { $courses } courses
}, { $residents ->
    [one] { $residents } resident
   *[other] { $residents } residents
} ({ $anonymous } of them not named yet)
plan-residents-title = Placements by resident
plan-residents-legend = In parentheses: before this plan. A number is months, no number is a full year.
plan-facilities-title = Residents/seats by facility
plan-facilities-legend = In the month of the year with the fewest seats left. (-n): resident-months missing.
plan-facilities-legend-leave = In the month of the year with the fewest seats left. (-n): resident-months missing.
    A number in [ ]: resident-months on leave or part-time; childbirth and illness leave does not staff a hospital.
plan-group = { $residents ->
    [one] { $residents } resident
   *[other] { $residents } residents
}
academic-year = { $year }
not-planned = { $count ->
    [one] One resident is
   *[other] { $count } residents are
} not planned, since the past fits no course: { $residents }. They have no placements and take no seat; all others are planned. Correct the past, or add a course kept for them (who).
report-history = ({ $stays })
row-total = All facilities: residents
list = { $first }, { $rest }
list-empty = none

# Columns
column-accreditation = Accreditation
column-clause = Clause
column-course = Course
column-facility = Facility
column-finding = Finding
column-goal = Goal
column-in-training = In training
column-intake = Intake
column-measured = Measured
column-min-residents = Counts on
column-name = Name
column-pattern = Ways through it (months)
column-proof = Proof
column-required = Required
column-requirement = Requirement
column-resident = Resident
column-result = Result
column-role = Role
column-rule = Rule
column-seats = Seats
column-severity = Severity
column-supervisors = Supervisors
column-training-year = Year { $year }
column-verdict = Verdict
column-wish = Wish
column-year = Year

# Names of kinds
short-role-core = core
short-role-affiliate = affiliate
short-role-associated = associated
accreditation-comprehensive = comprehensive
accreditation-training = training
accreditation-special = special
accreditation-none = none
severity-error = broken
severity-warning = warning
severity-note = note
verdict-broken = broken { $count ->
    [one] once
   *[other] { $count } times
}
verdict-warnings = { $count ->
    [one] { $count } warning
   *[other] { $count } warnings
}
verdict-holds = holds
verdict-holds-partly = holds ({ $count ->
    [one] { $count } item
   *[other] { $count } items
} not checked)
verdict-not-checked = not checked
verdict-because = { $requirement } — { $because }
wish-unlisted = none

# The answer
summary-notes = { $count ->
    [one] { $count } note is in audit.csv.
   *[other] { $count } notes are in audit.csv.
}
status-optimal = An optimal plan: in the order of the goals, no plan is better.
status-feasible = A plan that breaks no rule; whether a better one exists is not settled.
status-infeasible = No plan keeps all the rules.
status-unknown = Neither a plan nor a proof that there is none was found within the limits.

# Goals
goal-name = { $goal } ({ $measure })
goal-coverage = residents the facilities count on
goal-course-wishes = course wishes
goal-facility-wishes = facility wishes
goal-repeats = repeats at an affiliate
goal-stability = changes to the base plan
goal-requirements = wishes of the requirements
goal-staffing = wishes of the staffing
goal-points = points
measure-sum = sum
measure-worst = worst resident
measure-worst-first = worst first
measure-sum-plus-worst = sum and worst resident
value-coverage = { $value ->
    [0] nothing missing
    [one] { $value } resident-month missing
   *[other] { $value } resident-months missing
}
value-course-wishes = { $value ->
    [0] first wish or no wish
    [one] { $value } place below the first wish
   *[other] { $value } places below the first wish
}
value-facility-wishes = { $value } off the wishes (months times places)
value-repeats = { $value ->
    [one] { $value } month
   *[other] { $value } months
}
value-stability = { $value ->
    [one] 1 change
   *[other] { $value } changes
}
value-requirements = { $value ->
    [0] nothing short
    [one] { $value } unit short
   *[other] { $value } units short
}
value-staffing = { $value ->
    [0] nothing short
    [one] { $value } resident-month short
   *[other] { $value } resident-months short
}
value-points = { $value ->
    [one] { $value } point below the best attainable
   *[other] { $value } points below the best attainable
}
value-share = { $quantity }: { $residents }
granted-wish = choice { $place }: { $residents }
granted-unlisted = none of the wishes: { $residents }
granted-no-wish = no wish: { $residents }
proof-certified = proved best by exact arithmetic
proof-solver = best by the solver's word
proof-trivial = best: nothing is lower
proof-open = lower bound: { $bound }

# What nobody checked
place-name = { $facility } – { $section }
not-stated = Not checked, since no table can say { $count ->
    [one] it
   *[other] them
}: { $rules }
not-checked-caps = No intake cap was checked ({ TABLE("[rules.intake_cap]") } in { TABLE("program.toml") } sets nothing).
not-checked-urban-cap-prefecture = The urban intake cap was not checked ({ TABLE("facilities.csv") } gives no prefecture of the core).
not-checked-urban-cap = The urban intake cap was not checked ({ TABLE("[rules.intake_cap]") } in { TABLE("program.toml") } has no past_hires).
cases-none = Case numbers were not assessed ({ TABLE("[[cases]]") } in { TABLE("program.toml") } has no entry).
cases-assessed = Case items assessed: { $items }
cases-not-assessed = Case items not assessed: { $gaps }
cases-gaps = { $first }; { $rest }
cases-lacking = { $items } (volume unknown at { $facilities })
cases-lacking-everywhere = { $items } (volume unknown at every facility)

## The frame around a finding

diagnostic-error = error
diagnostic-warning = warning
diagnostic-note = note
diagnostic-help = to mend
diagnostic-also = also
diagnostic-more = { $count } times in all; next at { $places }{ $untold ->
        [0] {""}
       *[other] {" "}and { $untold } more
    }
diagnostic-cell = cell { $cell }, { $column }
column-claim = Claim
claim-whole = the answer as a whole
claim-frozen = frozen months
claim-cases = planned cases
outcome-holds = holds
outcome-open = open
outcome-rejected = rejected

# Cases
column-case = Cases
column-target = Target
column-margin = Margin (times)
column-binding = What binds
margin-heading = Case margin (by what factor everybody's target could grow with this plan)
margin-own-months = the residents' own months there ({ $names }{ $others ->
        [0] {""}
       *[other] {" "}and { $others } more
    })
margin-sites = the cases of { $names }{ $others ->
        [0] {""}
       *[other] {" "}and { $others } more
    }
case-cut = { $case }: { $sites } offer { $offer } cases together. What residents need beyond what they can get elsewhere may not add up to more.

## readings of goals that decided something

reading-coverage-until = The goal on hospitals that count on residents looks at the months until { $until }, the last intake year's. After it { $missing } resident-months are missing at: { $facilities }. They count for nothing.
reading-unlisted-own = { $residents ->
    [one] One resident is
   *[other] { $residents } residents are
} on a course or at a hospital that is not on the resident's list, and the lists differ in length. Each counts as the length of that resident's own list, so it weighs less for a short one (unlisted = "longest" under { TABLE("[rules]") }: as the longest list's).
reading-unlisted-longest = { $residents ->
    [one] One resident is
   *[other] { $residents } residents are
} on a course or at a hospital that is not on the resident's list. Each counts as the length of the longest list (unlisted = "longest").
reading-wishes-decided = Hospital wishes are counted from the first decided month on. { $residents ->
    [one] One resident was
   *[other] { $residents } residents were
} before it at another affiliate than the first wish; that counts for nothing (wishes_count_history = true under { TABLE("[rules]") }: it does).
reading-wishes-history = Hospital wishes are counted over the whole training: { $residents ->
    [one] one resident was
   *[other] { $residents } residents were
} before the first decided month at another affiliate than the first wish (wishes_count_history = true).

## Findings about a workbook.
