# kenshu: solve (en)

solve-too-many-careers = The residents have { $careers } possible careers in all (residents alike in entry, course, history and locks counted once), more than the { $limit } that can be listed. Resident { $resident } has the most: { $most }. Narrow the choice: fix courses in residents.csv, split the years of [[courses]] into fewer parts, or add locks.
solve-infeasible-by-prices = No plan exists: whatever is chosen, some facility would hold more residents than it has seats. The prices in the certificate prove it.
solve-no-career = No plan exists: resident { $resident } has no career left that obeys every rule, lock and course.
solve-doubtful = No plan was found, but that none exists is not proved. Nothing is claimed.
solve-stopped-without-plan = Stopped before any plan was found.
solve-stopped-with-plan = The plan breaks no rule, but not every goal could be proved best: it was stopped early, or the effort ran out. The bounds shown hold.
