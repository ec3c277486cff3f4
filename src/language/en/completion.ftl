# kenshu: completion (en)

help-progress = Who will complete the training: months, minima, cases, records, and why not
help-due = What is due when and where: reports, signatures, assessments
help-due-from = The first month whose dates are told
help-due-until = The last month whose dates are told
help-as-of = The month before which all has passed (default: what the tables know)
help-ways-out = Of a plan that fails somebody: who would have to move, or why no plan does without and what would help
help-tables-out = Folder to write the tables to

completion-time = Training time
completion-case = { $name }
completion-kind = { $name }
completion-verdict = Verdict
completion-why = Why
completion-and = {", "}
completion-line = { $names }: { $why }
completion-title = Towards completion, as of { $as_of }, without a plan
completion-title-plan = Towards completion, as of { $as_of }, under the plan
completion-legend = so far→under the plan/asked; ? not known, ! at risk, × impossible
completion-minima = Months and facilities
completion-cases = Cases
completion-records = Records
completion-summary = { $met } met, { $on_course } on course, { $not_known } not known, { $at_risk } at risk, { $impossible } impossible

completion-mended = There is a plan in which no month, minimum or case is lacking; it is the nearest to this one, and months that have passed stay.
completion-mended-how = { $changed ->
        [0] To write it:
       *[other] To write it, set changed_from to "{ $month }" in the rules, then:
    } kenshu plan SCENARIO --base { $path } --out DIR
completion-not-mended = No plan mends what { $path } fails, with the months that have passed as they are:
completion-mended-unknown = Within the time it is not known whether another plan than { $path } would do.
completion-mended-fault = This is a fault of kenshu. No other plan can be shown. { $fault }
completion-nothing-to-mend = Nothing is lacking that a stay elsewhere would give.

completion-no-plan = open without a plan
completion-unplaced = { $count ->
        [one] one month has
       *[other] { $count } months have
    } no place, or several, in the plan
completion-set-aside = nothing is planned, since the past begins no course
completion-lacking = { $count } short, whatever is changed in the months left
completion-unreached = { $count } short under the plan; it can be changed from { $from } on{ $any ->
        [0] {""}
       *[other] {" "}(most of it is at { $facilities })
    }: see kenshu explain why-not
completion-shared = { $count } short because others share the cases there: plan again
completion-not-assessed = the volume is not known everywhere
completion-not-logged = nothing is logged of the time that has passed
completion-not-kept = nobody has a record of this
completion-overdue = { $count } overdue ({ $months }{ $others ->
        [0] {""}
       *[other] {" "}and { $others } more
    })
completion-behind = { $count } behind

due-extension-end = End of the extension
due-keep-until = Records are kept until then
due-at = { $thing } ({ $place })
due-of = { $resident }: { $things }
due-summary = Due: { $things }
due-written = Written to { $path }: due.csv, due.json and { $calendars ->
        [one] one calendar
       *[other] { $calendars } calendars
    } for residents and hospitals

## pseudonymise

help-pseudonymise = Hand out a program without names; only the key's file links back
help-key = File with the key; made where there is none, never part of the output
help-unlink = Destroy the key, so that nobody can link back any more
key-no-random = This machine gives no random numbers for a key: { $reason }
key-foreign = { $path } exists and is no key file of kenshu. Choose another file for --key.
key-unusable = { $path } cannot be used for the key: { $reason }
key-in-output = { $path } lies in what is handed out. Choose a file elsewhere for --key.
key-collision = Under the key in { $path } two ids have the same pseudonym. Choose a new file for --key.
key-missing = There is no key at { $path }, so nothing was destroyed.
key-written = The key and what each pseudonym stands for are in { $path }. Keep this file apart from what you hand out.
key-destroyed = The key { $path } is gone: nobody can link the pseudonyms back. Backups of the file would still do.
pseudonymise-workbook = What has no names goes to a folder: give --out a name that does not end in .xlsx.
pseudonymise-groups = { $count ->
        [one] One group of the same entry year, course and hospital has
       *[other] { $count } groups of the same entry year, course and hospital have
    } fewer than 3 people: whoever knows the program may know who is meant.
pseudonymise-group = - { $year }, course { $course }, { $facility }: { $residents ->
        [one] one person
       *[other] { $residents } people
    }
pseudonymise-groups-more = - and { $count } more
