# kenshu: whatif (en)

# Help
help-whatif = Answer many variants of a program side by side: whatif SCENARIO …, whatif merge DIR …, or whatif list SCENARIO …
help-folders = After merge: the folders whose parts are united
help-vary = Values of a key, such as intake.2020=8..=20 or rules.core_months_min=6,8; several form the product
help-set = A key with one value in all variants, such as facilities.ashikaga.supervisors@2020-04=2
help-variants = File of named variants, for what a grid cannot say
help-largest = Find the largest value of this key that works, and what would lift it
help-smallest = Find the smallest value of this key that works, and what would lower it
help-value = What one seat more or fewer at every facility and year is worth
help-draws = Draw this many futures: wishes, choices of course, drop-outs
help-seed = Seed of the draws (else 0)
help-results = Folder for the results; a run that was stopped continues there
help-threads = Threads to use (else as many as the machine has)
help-shard = Answer only part i of N, to be united by merge; auto: as the scheduler numbers its tasks
help-variant-limit = Seconds to compute each variant at most
help-yes = Run also when there are very many variants
help-sweep-programs = Plan many programs, one row each: sweep-programs FOLDER …, or sweep-programs merge DIR …
help-programs = Programs, folders or workbooks, and folders with programs in them; after merge the folders whose parts are united
help-program-results = Folder for the table; a run that was stopped continues there
help-program-limit = Seconds to compute each program at most

# Wrong arguments
whatif-unknown-key = There is no key { $key }. { $hint }
whatif-key-not-dated = { $key } cannot change from a month on; only facilities' supervisors, seats, min_residents, accreditation and volumes can.
whatif-key-twice = { $key } is given twice. Give it once.
whatif-no-value = { $text } has no value. Write KEY=VALUE.
whatif-row-malformed = { $text } is no row. Write column=cell, separated by commas: id=kita,role=affiliate,accreditation=training,supervisors=2
whatif-row-not-varied = { $key } takes a row, which cannot be varied. Use --set or a file of variants.
whatif-not-a-row = { $key } takes one value, not a table.
whatif-range-empty = The range { $text } holds no value, or an empty one.
whatif-range-reversed = The range { $text } runs backwards. Write the smaller number first.
whatif-range-twice = The range { $text } holds { $value } twice.
whatif-range-malformed = { $text } is no range. Write 8..=20, 8..20, 1..=3/0.5 or 8,10,12.
whatif-range-long = The range { $text } holds more than { $limit } values.
whatif-too-many = There are more variants than can be counted. Vary less.
whatif-many = There are { $count } variants, which take about { $minutes } minutes. Add --yes to answer them all, or --shard to share them out.
whatif-number = { $argument } cannot be { $value }. Give a whole number from { $min } to { $max }.
whatif-list-largest = whatif list cannot tell which values --largest or --smallest will ask about: that depends on the answers. Use --vary.
whatif-shard = --shard cannot be { $value }. Give the part and the number of parts, such as 1/4 or hash:1/4, or auto where a scheduler says which part it is.
whatif-shard-no-array = --shard auto: no scheduler has numbered this task (none of { $names } is set). Give the part by hand, such as 1/4.
whatif-shard-several = --shard auto: { $names } are set at once, so it is not clear which task this is. Give the part by hand, such as 1/4, or unset all but one.
whatif-shard-no-count = --shard auto: { $name } says which task this is, but not of how many. Give their number: --shard auto/N.
whatif-shard-variable = --shard auto: { $name } is “{ $value }”, which is no whole number.
whatif-shard-beyond = --shard auto: { $name } is { $index }, but { $parts } tasks are numbered from 0 to { $last }. Number the array so, without gaps.
whatif-value-unknown = --value cannot be { $value }. Possible: seats
whatif-one-question = Ask one thing at a time: --vary and --variants, or --draws, or --value, or --largest, or --smallest.
whatif-nothing-asked = Say what to change: --vary KEY=RANGE, --set KEY=VALUE, --variants, --draws, --value, --largest or --smallest.
whatif-largest-alone = --{ $end } { $key } looks among the values of --vary { $key }; nothing else can be varied with it.
whatif-largest-range = Where to look for the { $end } { $key } is not known. Add --vary { $key }=RANGE.
whatif-largest-no-amount = { $key } is no amount, so it has no largest and no smallest value. Amounts are intake.YEAR, course_mix.COURSE, the numbers of rules (such as rules.core_months_min), facilities.ID.supervisors, facilities.ID.seats, facilities.ID.min_residents, the volumes (such as facilities.ID.ct) and cases.ID.target.
whatif-largest-no-number = { $value } is no number, so it is neither larger nor smaller than the others.
whatif-variants-toml = The file of variants cannot be read: { $reason }
whatif-variants-key = The file of variants knows no { $key } here. Known: { $known }
whatif-variants-name = Variant { $number } has no name, or that of another. Give it a name of its own.
whatif-variants-none = The file of variants has no [[variants]].
whatif-in-variant = Variant { $name }: { $fault }

# The folder
whatif-results-foreign = { $path } holds results of another scenario ({ $scenario }). Give another folder as --out.
whatif-results-unknown = { $path } was not written by kenshu. Give another folder as --out.
whatif-merge-nothing = { $path } holds no results ({ $file }).
whatif-merge-other = { $path } holds results of another run than { $first }. Only parts of one run are united.
whatif-merge-corrupt = { $path }: the result { $key } is not whole or was changed. Run its part again.
whatif-merge-contradiction = { $path }: the result { $key } says something else than in an earlier folder.
whatif-merge-double = { $count ->
    [one] { $count } result is there twice, with the same answer.
   *[other] { $count } results are there twice, with the same answers.
}
whatif-merge-failed = Not united: { $missing } missing, { $corrupt } not whole, { $contradicting } contradicting. Run the missing parts again.
whatif-written = Written to { $path }
whatif-shard-done = Part { $part } of { $parts } is answered. When all are: kenshu whatif merge { $path } …
programs-shard-done = Part { $part } of { $parts } is answered. When all are: kenshu sweep-programs merge { $path } …
whatif-taken-up = { $count ->
    [one] { $count } answer was there before.
   *[other] { $count } answers were there before.
}
whatif-stopped = Stopped after { $count } of { $total } answers. The same command continues from here.
whatif-fault = This is a fault of kenshu: solver and judge disagree about the variant { $variant }.
programs-fault = This is a fault of kenshu: solver and judge disagree about the program in { $path }.
whatif-threads = Threads cannot be started: { $reason }

# The answer
whatif-summary = { $variants ->
    [one] { $variants } variant
   *[other] { $variants } variants
}: { $placeable } can be placed{ $checked ->
    [none] {""}; the caps are not checked
    [all] , { $good } of them within the caps
   *[some] , { $good } of them within the caps; of { $unchecked } the caps are not checked
}.
whatif-summary-none = Cannot be placed ({ $count }): { $variants }
whatif-summary-open = Not answered within the time ({ $count }): { $variants }
whatif-summary-invalid = No scenario ({ $count }): { $variants }
programs-summary = { $programs ->
    [one] { $programs } program
   *[other] { $programs } programs
}: { $placeable } have a plan ({ $proved } proved best){ $checked ->
    [none] {""}; the intake caps are not checked
    [all] , { $good } of them within the intake caps
   *[some] , { $good } of them within the intake caps; of { $unchecked } the caps are not checked
}.
programs-summary-none = No plan: { $count }
programs-summary-open = Not answered within the time: { $count }
programs-summary-invalid = Cannot be read: { $count }
whatif-alike = { $variants }{ $untold ->
    [0] {""}
   *[other] {" "}and { $untold } more
}
whatif-draws-placeable = { $percent } % of { $futures } futures have a plan.
whatif-draws-choice = { $percent } % of { $futures } futures keep everyone in { $choice ->
    [one] the first course choice.
   *[other] the first { $choice } course choices.
}
whatif-column-placeable = placeable
whatif-column-caps = within caps
whatif-binding-career = somebody has no career within the rules
whatif-binding-part = { $rule } ({ $part })
whatif-column-binding = binding
whatif-yes = yes
whatif-no = no
whatif-largest-placeable = { $key }: everyone can be placed up to { $last }, not at { $next }.
whatif-largest-placeable-all = { $key }: everyone can be placed up to { $last }, the largest value looked at.
whatif-largest-placeable-some = { $key }: { $last } is the largest value at which everyone can be placed; not at { $next }.
whatif-largest-placeable-last = { $key }: everyone can be placed at { $last }, the largest value looked at.
whatif-smallest-placeable = { $key }: everyone can be placed from { $last } on, not at { $next }.
whatif-smallest-placeable-all = { $key }: everyone can be placed from { $last } on, the smallest value looked at.
whatif-smallest-placeable-some = { $key }: { $last } is the smallest value at which everyone can be placed; not at { $next }.
whatif-smallest-placeable-last = { $key }: everyone can be placed at { $last }, the smallest value looked at.
whatif-largest-placeable-none = { $key }: not everyone can be placed at { $values }.
whatif-largest-placeable-known = { $key }: everyone can be placed at { $last }; beyond that not all is known.
whatif-largest-caps = { $key }: the caps are kept up to { $last }, not at { $next }.
whatif-largest-caps-all = { $key }: the caps are kept up to { $last }, the largest value looked at.
whatif-largest-caps-some = { $key }: { $last } is the largest value at which the caps are kept; not at { $next }.
whatif-largest-caps-last = { $key }: the caps are kept at { $last }, the largest value looked at.
whatif-smallest-caps = { $key }: the caps are kept from { $last } on, not at { $next }.
whatif-smallest-caps-all = { $key }: the caps are kept from { $last } on, the smallest value looked at.
whatif-smallest-caps-some = { $key }: { $last } is the smallest value at which the caps are kept; not at { $next }.
whatif-smallest-caps-last = { $key }: the caps are kept at { $last }, the smallest value looked at.
whatif-largest-caps-none = { $key }: the caps are exceeded at { $values }.
whatif-largest-caps-known = { $key }: the caps are kept at { $last }; beyond that not all is known.
whatif-largest-unknown = { $key }: no value is known at which it can be done.
whatif-largest-holes = Other values at which it does not hold: { $values }.
whatif-largest-no-scenario = No scenario: { $values }. { $why }
whatif-largest-open = Open in the time given: { $values }. The same command goes on from here; with a longer --time-limit, one value may take longer.
whatif-largest-binding = What binds at { $next }: { $binding }
whatif-largest-why = { $why }
whatif-lift-seat = One seat more at { $facility } would lift it (solved again).
whatif-lift-supervisor = One supervisor more at { $facility } would lift it (solved again).
whatif-no-lift = No single seat or supervisor more would lift it (all were tried).

# Charts
whatif-chart-good = placed, within the caps
whatif-chart-placed = placed, caps not all checked
whatif-chart-over = placed, over a cap
whatif-chart-none = cannot be placed
whatif-chart-open = not known
whatif-chart-none-short = no plan
whatif-seats-title = What a seat is worth: the first goal that changes, and by how much
whatif-seats-blank = blank: neither one seat more nor one fewer changes a goal
whatif-seats-none = { $variants ->
    [one] The only single seat, more or fewer, changes no goal.
   *[other] None of { $variants } single seats, more or fewer, changes a goal.
}
whatif-seats-some = { $count } of { $variants } single seats, more or fewer, change a goal or leave no plan: { $seats }
whatif-seats-goals = Goals by number — { $goals }
whatif-seat-worth = goal { $goal } { $change }
whatif-better = better
whatif-worse = worse
