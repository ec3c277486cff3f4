# kenshu: solve (en)

solve-too-many-careers = Resident { $resident } alone has { $careers } possible careers; at most { $limit } can be listed for the whole program.
    .remedy = Narrow the choice: fix courses in residents.csv, shorten the list of parts in [[courses]], or add locks.
solve-infeasible-by-prices = No plan exists: whatever is chosen, some facility would hold more residents than it has seats. The prices in the certificate prove it.
solve-no-career = No plan exists: resident { $resident } has no career left that obeys every rule, lock and course.
solve-doubtful = No plan was found, but that none exists is not proved. Nothing is claimed.
solve-stopped-without-plan = Stopped before any plan was found.
solve-stopped-with-plan = Stopped early: the plan breaks no rule, but not every goal is proved best. The bounds shown hold.
