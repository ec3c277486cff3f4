# kenshu: solve (en)

solve-too-many-careers = What resident { $resident } may still do depends on more than { $limit } combinations of months, facilities and what the rules count. Narrow the choice: fix the course in { TABLE("residents.csv") }, split the years of { TABLE("[[courses]]") } into fewer parts, ask for fewer different facilities (facilities_min), or add locks ({ TABLE("locks.csv") }).
solve-infeasible-by-prices = No plan exists: whatever is chosen, in some month more residents would need seats than there are. No single month shows it; the prices in the certificate prove it.
solve-infeasible-seats = No plan exists. { $months ->
    [one] In { $from }
   *[other] For { $months } months from { $from }
}, { $count ->
    [one] resident { $residents } can only be
   *[other] { $count } residents ({ $residents }{ $others ->
        [0] {""}
       *[other] {" and"} { $others } more
    }) can only be
} at { $facilities }, which { $places ->
    [one] holds
   *[other] together hold
} { $seats }.
solve-infeasible-months = No plan exists. From { $from } to { $until }, { $count ->
    [one] a resident
   *[other] { $count } residents
} must spend at least { $needed } resident-months at { $facilities }, whatever they choose; the seats there allow { $seats }.
solve-infeasible-pooled = No plan exists. { $months ->
    [one] In { $from }
   *[other] For { $months } months from { $from }
}, { $count } residents are in training, but the supervisors of the whole program may have { $seats }.
solve-no-career = No plan exists: resident { $resident } has no career left that obeys every rule, lock and course. Any one of these, left out, would leave one: { $either }.
solve-no-career-at-all = No plan exists: resident { $resident } has no career left that obeys every rule, lock and course, and no lock, course or rule left out alone would give one.
solve-relax-or = { $all }; or { $one }
solve-relax-locks = the resident's locks ({ TABLE("locks.csv") })
solve-relax-course = the fixed course ({ TABLE("residents.csv") })
solve-relax-case = the target of { $case }: { $need } cases are still needed, and no career allows more than { $most }
solve-doubtful = No plan was found, but that none exists is not proved. Nothing is claimed.
solve-stopped-without-plan = Stopped before any plan was found.
solve-stopped-with-plan = The plan breaks no rule, but not every goal could be proved best: it was stopped early, or the effort ran out. The bounds shown hold.
