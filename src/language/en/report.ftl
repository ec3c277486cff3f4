# kenshu: report (en)

report-about = { $residents ->
    [one] { $residents } resident
   *[other] { $residents } residents
}, { $facilities ->
    [one] { $facilities } hospital
   *[other] { $facilities } hospitals
}; planned from { $first } to { $last }
report-made-by = Made by kenshu { $version } from the program { $id } ({ $hash }).
report-goals = Goals
report-plan = Plan
report-changes = Changes to the base plan
report-hospitals = Hospitals
report-residents = Residents
report-judge = Judge
report-number = No.
report-remarks = Remarks
report-proof-legend = “Proved best by exact arithmetic”: prices for the seats, whole fractions in plan.json, show that no plan does better. Anybody can re-check them without a solver: kenshu audit … --certificate plan.json.
report-course-wishes = Wishes for courses: residents who got
report-unlisted = none of the wishes
report-no-wish = no wish
report-plan-legend = A number is months, no number a full year. In italics with a broken border: before this plan. In parentheses behind the course: which of the wishes it is.
report-changed-legend = ◆ and a frame: months in which the base plan has somebody elsewhere.
report-cohort = Entry in { $year }: { $count ->
    [one] { $count } resident
   *[other] { $count } residents
}
report-chart = Residents at { $facility } by month
report-chart-legend = Grey: residents in each month. Broken line: seats, unless there are far more. Dotted line: residents the hospital counts on. “3/9” is the month of the year with the fewest seats left.
report-most-seats = Residents/seats
report-people = Who is there (months where it is not the whole year)
report-judge-legend = Every rule, judged by a part of the program that shares no code with the one that plans.
report-findings = Findings
report-when = When

calendar-in-section = { $resident } ({ $section })
calendar-course = { $program }, course { $course }
