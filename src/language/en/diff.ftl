# kenshu: diff and plans from before (en)

help-diff = Compare two plans: who moves, whose seat each takes, what it does to goals and facilities
help-old = The plan before (a placements.csv)
help-new = The plan after (a placements.csv)

diff-none = The two plans place everybody alike.
diff-headline = { $people ->
    [one] One resident moves
   *[other] { $people } residents move
}, { $months ->
    [one] one resident-month
   *[other] { $months } resident-months
} in all.{ $new ->
    [0] {""}
    [one] {" "}One resident is new
   *[other] {" "}{ $new } residents are new
}{ $new ->
    [0] {""}
   *[other] {", "}placed for { $new_months } resident-months.
}
diff-chains-title = Who takes whose seat (each takes the seat that the next one leaves; in a ring the last takes the first one's)
diff-shifts-title = Changes of section within a hospital
diff-shift = resident { $resident }, { $start } to { $last }: { $before } → { $after }
diff-seats-title = Facilities where somebody comes or goes (resident-months; the most residents in any one month)
diff-departures = Leaving
diff-arrivals = Arriving
diff-most = Most
diff-same = unchanged
diff-better = better
diff-worse = worse
column-resident-name = Name
column-from-month = From
column-until-month = Until
column-months = Months
column-before = Before
column-after = After
column-change = Change

# A plan from before
earlier-other-scenario = No resident of this table is in the program { $scenario }: it is the plan of another program.
    .remedy = Give the placements.csv of this program's earlier plan.
earlier-past = { $months ->
    [one] One resident-month before { $start } is
   *[other] { $months } resident-months before { $start } are
} history by now and not compared.
    .remedy = Nothing has to change.
earlier-past-differs = The plan has resident { $resident } elsewhere in { $month }; by { TABLE("history.csv") } they were at { $facility }. What was counts.
    .remedy = If { TABLE("history.csv") } is right, nothing has to change.
earlier-outside = The row reaches beyond the training of resident { $resident }, { $first } to { $last }. The months outside do not count.
    .remedy = Nothing has to change if the entry year in { TABLE("residents.csv") } is right.
earlier-twice = Resident { $resident } is placed twice in { $month }: line { $line } counts.
    .remedy = Delete one of the two rows.
earlier-gone = Resident { $resident } is not in the program any more. { $months ->
    [one] One month from { $start } on becomes free.
   *[other] { $months } months from { $start } on become free.
}
    .remedy = If this is meant, nothing has to change; else add the resident to { TABLE("residents.csv") }.
earlier-finished = { $count ->
    [one] One resident of the plan had
   *[other] { $count } residents of the plan had
} nothing planned from { $start } on and { $count ->
    [one] is
   *[other] are
} not in the program any more: { $residents }.
    .remedy = Nothing has to change.

# Planning again
base-associated = Resident { $resident } cannot stay at { $facility } from { $from } to { $until }: it is an associated facility, never a placement.
    .remedy = Nothing has to change; the new plan places the resident elsewhere.
base-no-seats = Resident { $resident } cannot stay at { $facility } from { $from } to { $until }: the facility has no seat in { $month }.
    .remedy = If this is meant, nothing has to change; else see { TABLE("facilities.csv") } and { TABLE("facility_changes.csv") }.
base-lock = Resident { $resident } cannot stay at { $facility } from { $from } to { $until }: a lock says otherwise from { $month } on.
    .remedy = If this is meant, nothing has to change; else see { TABLE("locks.csv") }.
base-no-career-but = Resident { $resident } cannot stay at { $facility } from { $from } to { $until }: no career of theirs leads there. Any one of these, left out, would allow it: { $either }.
base-no-career = Resident { $resident } cannot stay at { $facility } from { $from } to { $until }: no course, with the resident's history, locks and the rules, leads there.
    .remedy = If this is meant, nothing has to change; else see the resident's rows in { TABLE("residents.csv") }, { TABLE("history.csv") } and { TABLE("locks.csv") }.
base-full = Not everybody can stay at { $facility }: in { $month } the base plan has { $present } residents there and the seats are { $seats }. Resident { $resident }, from { $from } to { $until }, is one of them.
    .remedy = Nothing has to change; the plan moves as few as it can.
base-together = Resident { $resident } cannot stay at { $facility } from { $from } to { $until } together with everything else that is frozen.
    .remedy = Nothing has to change; the fewest months are given up.
base-lifted = The row is frozen but cannot stay in { $month }. { $reason }
    .remedy = It may move. To keep it, change what stands against it.
base-lifted-not-least = The time did not suffice to show that no fewer frozen months need be given up.
base-frozen = { $months ->
    [one] One resident-month
   *[other] { $months } resident-months
} before { $end } stay as in the base plan (freeze_months).
base-missing-for-goal = The goal stability was left out: there is no base plan. Give one with --base.
base-missing-for-freeze = freeze_months and changed_from have no effect: there is no base plan. Give one with --base.
base-without-goal = The goals do not name stability: apart from frozen months the plan need not stay close to the base plan.
claims-frozen-no-base = In this plan.json some months had to stay as in a base plan. Give that plan with --base.
claims-frozen-unfounded = The plan.json freezes resident { $resident } from { $start } on, but neither the base plan nor freeze_months asks for it.
