# kenshu: cli (en)

# Help
help-kenshu = Plans the rotations of a medical specialty program: no rule broken, proved best, judged independently.
help-check = Check the tables, totals and intake caps
help-plan = Find the best plan and write it as tables
help-audit = Judge a table of placements, also a hand-made one
help-explain = Explain why not, what would help and who would move
help-explain-infeasible = Explain why no plan exists, and what would help
help-explain-why-not = Explain why a resident is not at a facility or in a course, and what it would cost
help-explain-why = Explain why a resident is where they are: what each better wish would cost
help-plan-dir = Folder that plan wrote (placements.csv and plan.json)
help-resident = Id of a resident
help-facility = Id of a facility
help-year = Academic year, such as 2020
help-start = First month, such as 2020-10, in place of a year
help-months = How many months from then on
help-course = Id of a course
help-explain-resident = Tell everything a plan has of one resident
help-explain-facility = Tell everything a plan has of one facility
help-id = Id of the resident or the facility
help-scenario = Folder or workbook (.xlsx) with the program's tables
help-out = Folder to write the plan to
help-base = Plan to stay close to (a placements.csv)
help-time-limit = Seconds to compute at most; then the best plan so far is given
help-recheck-limit = Seconds to re-check at most (default 60); what was not reached is not checked
help-placements = Table of placements to judge
help-certificate = Re-check what this plan.json claims (without placements.csv: that no plan exists)
help-lang = Language of all texts: ja or en (else the locale's)
help-json = JSON on standard output in place of tables
help-help = Print this help
help-help-command = Shows a page of the manual, or what a command takes
help-topic = The topic (without one: all topics) or the name of a command
help-schema = Print the JSON schema of program.toml or of what --json prints
help-schema-name = What the schema is of (without a name: all names)
help-completions = Print the script by which a shell completes commands
help-shell = The shell: bash, zsh, fish, powershell or elvish
help-man = Write pages for man
help-licences = Print the licences of kenshu and of the libraries in it
help-pages = Folder to make for the pages; it must not exist
schema-unknown = There is no schema “{ $name }”. { $hint }`kenshu schema` lists them all.
help-contents = kenshu help TOPIC shows one of these pages.
help-unknown-topic = There is no topic “{ $topic }”. { $hint }`kenshu help` lists them all.
manual-rule = **{ $id }** ({ $name }) { $clause }:
manual-record = **{ $id }** ({ $name }) { $clause }: { $due }, { $count }
manual-due-start = in the first month
manual-due-month = every month at a hospital
manual-due-mid-year = in the sixth month of the academic year
manual-due-year-end = right after the academic year, or the training
manual-due-half-year = in the sixth month of the academic year and right after it
manual-due-year = for every academic year, all together (a goal)
manual-due-training = over the training
manual-due-end = in the last month
manual-number = **{ $key }** { $clause }: { $meaning }. { $standard }; { $range }.
manual-value = Standard { $value }
manual-none = Without it nothing is asked
manual-whole = a whole number from { $from } to { $to }
manual-divisor = more than 0, at most { $to }
manual-flag = true or false
manual-words = one of { $words }
manual-month = a month such as 2020-10
manual-column = **{ $id }** ({ $heading }): { $about }
manual-sheet = **{ $id }** ({ $title }): { $about }
manual-column-required = **{ $id }** ({ $heading }, required): { $about }
manual-column-words = One of { $words }.
manual-volumes = And a column for every case item that program.toml names in [[cases]], [rules.intake_cap] or [printed_totals]: cases a year. Empty is unknown, 0 is none.
help-version = Print the version
help-heading-usage = Usage
help-heading-commands = Commands
help-heading-arguments = Arguments
help-heading-options = Options

# Wrong arguments
usage-unknown-argument = The argument { $argument } is not known here. `kenshu --help` shows the usage.
usage-unknown-argument-near = The argument { $argument } is not known here. Did you mean { $suggested }?
usage-unknown-command = There is no command { $command }. `kenshu --help` lists them.
usage-no-command = Give a command: check, plan, audit or explain. `kenshu --help` shows the usage.
usage-missing = Missing: { $argument }
usage-missing-value = { $argument } needs a value.
usage-value = { $argument } cannot be { $value }. Possible: { $valid }
usage-twice = { $argument } is given twice. Give it once.
usage-time-limit = The time limit cannot be { $value }. Give a positive number of seconds, such as 60 or 0.5.
usage-other = Wrong arguments: { $reason }

# Reading
input-errors = { $path }: { $count ->
    [one] { $count } error. Correct it and run again.
   *[other] { $count } errors. Correct them and run again.
}

# Writing
stdout-failed = Cannot write to standard output: { $reason }
out-is-a-file = { $path } is a file. Give a folder as --out.
out-is-the-scenario = { $path } is inside the folder of the program's tables. Give another folder as --out.
out-named-like-a-table = { $path } is named like one of the files. Give the folder they are to be in as --out.
out-leads-nowhere = { $path } is a link that leads nowhere. Give a folder as --out.
out-is-the-base = The plan given as --base is in { $path } and would be replaced. Give another folder as --out, or copy the base plan elsewhere first.
out-in-use = Another run of kenshu is writing to { $path }. Wait until it has ended, or give another folder as --out.
out-is-a-scenario = { $path } holds the tables of another program (program.toml). Give --out another folder.
out-not-writable = Cannot write to { $path }: { $reason }
out-create-failed = Cannot create the folder { $path }: { $reason }
out-file-unreadable = Cannot look into { $path }: { $reason }
out-file-foreign = { $path } was not written by kenshu and is not overwritten. Move it away or give another folder as --out.
out-file-edited = { $path } was changed since kenshu wrote it and is not overwritten. Move it away or give another folder as --out.
out-write-failed = Cannot write { $path }: { $reason }
out-replace-failed = Cannot replace { $path }. If Excel or another program has it open, close it and run again ({ $reason }).
out-remove-failed = Cannot remove { $path } of an earlier run. If Excel or another program has it open, close it and run again ({ $reason }).
out-written = Written to { $path }: { $files }
out-removed = Removed from an earlier run, as this result has none: { $files }
out-kept = The earlier result in { $path } was left as it is.

# How each command ended
check-too-many-careers = `plan` will not be able to answer. { $why }
check-good = The tables are sound ({ $remarks ->
    [one] { $remarks } remark
   *[other] { $remarks } remarks
}). No rule that was checked is broken.
check-broken = The tables are readable, but the program breaks a rule: { $count ->
    [one] { $count } finding
   *[other] { $count } findings
}.
audit-remarks = { $count ->
    [one] One remark on the tables, shown with its place above:
   *[other] { $count } remarks on the tables, shown with their places above, such as:
}
audit-good = No rule is broken.
audit-broken = { $count ->
    [one] { $count } violation
   *[other] { $count } violations
}.

# While computing
progress-feasibility = Looking whether any plan keeps the rules
progress-goal = goal { $position }/{ $goals } { $goal }: now { $incumbent }, bound { $bound }{ $rounds ->
        [0] {""}
       *[other] {" "}(case volumes: { $rounds } rounds)
    }
progress-unknown = not known

# Faults of the program itself
fault = This is a fault of kenshu. No plan was written. { $fault } What is needed to look into it is in { $path }.
fault-not-kept = This is a fault of kenshu. No plan was written. { $fault } What is needed to look into it could not be kept: { $reason }
fault-rule = The plan breaks the rule { $rule } ({ $finding }).
fault-goals = The solver and the judge count the goals differently.
fault-cases = The planned cases are no allocation. { $reason }
fault-status = The status { $status } does not fit the presence of a plan.
claims-unreadable = { $path } is not a plan.json of kenshu: { $reason }
audit-rejected = { $count ->
    [one] { $count } claim of the certificate is rejected.
   *[other] { $count } claims of the certificate are rejected.
}
audit-frozen-changed = The plan changes frozen months of the base plan.
audit-claims-hold = Every claim of the certificate holds: re-checked without a solver.
audit-claims-open = Not every claim could be re-checked; those that could hold.

help-new-program = Make a program to fill in
help-convert = Turn a folder into a workbook, or a workbook into a folder
help-target = Folder or .xlsx file to make; it must not exist
help-from = Scenario to start from, such as keio; without it, a small example
target-exists = “{ $path }” exists already. Nothing was changed; give a name that is free.
target-unwritable = “{ $path }” cannot be written: { $reason }
target-lossy = What was converted does not read back as it was. Nothing was written. Please report this.
target-written = Written: { $path }
target-ending = “{ $path }” is of no form that can be written. Give a name that ends in .xlsx, or that of a folder.
new-unknown = There is no scenario “{ $text }”. { $hint }
new-next = Next: “kenshu check { $path }”, then “kenshu plan { $path } --out result”.

# The library
facade-unreadable = The tables cannot be read.
facade-fault = This is a fault of kenshu: { $fault }
facade-unknown = There is nothing called “{ $text }” here.
