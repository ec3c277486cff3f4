# kenshu: scenario (en)
# What the reader finds in the user's files. The key is the finding's stable code; `.remedy` says
# what to write instead.

# What was likely meant, as part of other messages.
hint-nearest = Did you mean “{ $name }”?
hint-known = Known: { $names }.
hint-words = Known: { $words }.
word-as-is = { $id }
hint-known-more = Known: { $names } and { $more } more.

role-core = core (基幹施設)
role-affiliate = affiliate (連携施設)
role-associated = associated facility (関連施設)

toml-text = a text in quotes
toml-number = a number without quotes
toml-table = a table of keys and values
toml-flag = true or false, without quotes
toml-list = a list in square brackets

## The folder and its files

folder-missing = There is no folder and no file “{ $file }”.
    .remedy = Give the folder that holds program.toml and facilities.csv, or a workbook (.xlsx).
folder-is-file = “{ $file }” is a file, not a folder.
    .remedy = Give the folder that holds program.toml and facilities.csv.
file-missing = { $file } is missing.
    .remedy = Put a file named { $file } into the folder; “kenshu new FOLDER” makes one with every file to fill in.
file-unreadable = “{ $file }” cannot be read: { $reason }.
    .remedy = Check that it is an ordinary file, that you may read it, and that no other program holds it.
file-not-ordinary = it is a folder, a pipe or a device
file-too-large = “{ $file }” is { $size }; the limit is { $limit }. It was not read.
    .remedy = Check that this is the right file: the tables of a large program are below 1 MB.
file-not-text = “{ $file }” is not text in UTF-8 or CP932 (Shift_JIS).
    .remedy = In Excel, save it as “CSV UTF-8 (comma delimited)”; a workbook (.xlsx) cannot be read, nor can UTF-16.
file-damaged = “{ $file }” is UTF-8, but a byte in this line is damaged.
    .remedy = Write the line anew, or save the file again from where it came from.
file-not-read = “{ $file }” is not read: this table has to be called { $table }.
    .remedy = Rename it to { $table }; a workbook or another kind of text has to be saved as CSV (comma delimited) first. If it is not meant for the program, move it out of the folder.
file-unknown = No table is called “{ $file }”; it is not read. { $hint }
    .remedy = Rename it if it belongs to the scenario, or move it out of the folder.
file-is-output = “{ $file }” is a file that kenshu writes; as input it is not read.
    .remedy = Nothing has to change. With --out another folder, input and results stay apart.
too-many-findings = There are more than { $limit } findings; the others are not listed.
    .remedy = Mend these first and read again. Many findings of one kind often mean a wrong file or wrong columns.

## Tables

table-no-header = The file has no header line.
    .remedy = Write the column names in the first line: { $columns }
table-empty = The table has no rows.
    .remedy = Write one row per facility below the header.
table-too-large = The table has more than { $rows } rows or { $columns } columns.
    .remedy = Check that this is the right file, and delete what does not belong to the table.
table-separator = The columns are not separated by commas.
    .remedy = Separate columns by half-width commas; in Excel, save as “CSV UTF-8 (comma delimited)”.
quote-open = A quotation mark is opened and never closed.
    .remedy = Close the cell with a second ", or write "" for a quotation mark inside a cell.
quote-stray = Text of this cell stands outside its quotation marks.
    .remedy = Put the whole cell between two marks and write "" for a mark inside it: "Aoki ""Ken"" (Tokyo)". No blank stands before the first.
quote-spans-rows = This cell holds { $lines } lines, some of which look like rows of the table: they are no rows now.
    .remedy = If they are, close the cell with " at the end of the first line. If not, nothing has to change.
header-empty = This column has values but no name.
    .remedy = Write the column's name into the header, or delete the column.
unknown-column = There is no column “{ $text }”. { $hint }
    .remedy = Correct the name or delete the column.
column-unread = Columns that kenshu does not know are not read: { $columns }.
    .remedy = Nothing has to change.{ $volumes ->
        [yes] {" "}A column of case volumes must be named in { TABLE("program.toml") }, under { TABLE("[rules.intake_cap]") }, { TABLE("[printed_totals]") } or { TABLE("[[cases]]") }.
       *[no] {""}
    }
missing-column = The column “{ $column }” is missing.
    .remedy = Add a column named { $column }; the order of columns does not matter.
duplicate-column = The column “{ $text }” is there twice.
    .remedy = Delete or rename one of the two.
row-too-long = “{ $text }” stands beyond the { $columns ->
        [one] one column
       *[other] { $columns } columns
    } of the header.
    .remedy = Write cells that contain a comma in quotes ("…"), or give the column a name.

## Single values

value-empty = A value is missing.
    .remedy = Fill it in.
text-too-long = This text has more than { $limit } characters.
    .remedy = Shorten it. If a whole part of the file is one cell, a quotation mark is missing.
text-control = This text holds the control character { $character }.
    .remedy = Delete it; an escape such as \u001b has no meaning in names.
id-malformed = “{ $text }” cannot be an id: it contains “;”, a tab or a line break.
    .remedy = Use letters, digits and hyphens; “;” separates ids in a list.
duplicate-id = The id “{ $text }” is used before.
    .remedy = Give each its own id. Ids that differ only in character width or in invisible characters are the same.
number-malformed = “{ $text }” is not a number.
    .remedy = Write digits only, such as 12 or 12.5: no unit, no exponent, no blanks.
number-not-finite = “{ $text }” is not a finite number.
    .remedy = Write a number. Where a number is unknown and may be, leave the value out.
number-separator = “{ $text }” contains a thousands separator.
    .remedy = Write { $plain }; in Excel, set the cell's format to “General”.
number-decimal-comma = “{ $text }” has a comma instead of a decimal point.
    .remedy = Write { $plain }.
number-negative = “{ $text }” is negative.
    .remedy = Write 0 or more.
number-not-whole = “{ $text }” is not a whole number.
    .remedy = Write a number without decimals.
number-too-fine = “{ $text }” has more than { $digits } digits after the decimal point.
    .remedy = Round it to { $digits } digits at most.
number-out-of-range = “{ $text }” is outside { $min } to { $max }.
    .remedy = Write a number from { $min } to { $max }.
month-malformed = “{ $text }” is not a month.
    .remedy = Write year and month, such as 2019-04, 2019/4, 2019年4月 or Apr-2019 (years { $first } to { $last }).
month-day = “{ $text }” is not the first day of a month.
    .remedy = Everything is counted in whole months: write the month alone, such as 2019-04, or its first day.
unknown-prefecture = There is no prefecture “{ $text }”. { $hint }
    .remedy = Write it as 東京都, 東京 or Tokyo; leave the cell empty if it is not known.
name-ambiguous = Several are called “{ $text }”: { $ids }.
    .remedy = Write the id instead of the name.
id-was-date = “{ $text }” is taken for { $id }: a spreadsheet has made a date or a number of the id.
    .remedy = Nothing has to change. Ids that begin with a letter, such as Y2019-01, are left alone by spreadsheets.
unknown-word = “{ $text }” is not one of the words that can stand here. { $hint }
    .remedy = Write one of the known words.
unknown-facility = There is no facility “{ $text }”. { $hint }
    .remedy = Write an id or a name of { TABLE("facilities.csv") }, or add the facility there. Separate several by “;”.
unknown-course = There is no course “{ $text }”. { $hint }
    .remedy = Write an id or a name of { TABLE("[[courses]]") } in { TABLE("program.toml") }. Separate several by “;”.
unknown-resident = There is no resident “{ $text }”. { $hint }
    .remedy = Write an id or a name of { TABLE("residents.csv") }, or an id of the anonymous intake such as Y2019-01.
unknown-place = There is no facility, section, tag or other place “{ $text }”. { $hint }
    .remedy = Write a facility, facility/section, */section, a tag of { TABLE("facilities.csv") }, a role, an accreditation, a prefecture, or any. “;” joins alternatives, “&” what must both hold, “!” is not.
unknown-section = The facility has no section “{ $text }”. { $hint }
    .remedy = Write an id or a name of { TABLE("sections.csv") }, or add the section there.
section-none = The facility has no sections, so “{ $text }” is none of them.
    .remedy = Empty the cell, or add the facility's sections to { TABLE("sections.csv") }.
section-id = “{ $text }” cannot be the id of a section: it contains “/”, “&”, “!” or “*”.
    .remedy = Use letters, digits and hyphens; the other characters join names where places are selected.
section-associated = “{ $text }” is an associated facility: nobody is placed there, so nobody is in its sections.
    .remedy = Delete the row, or correct the facility.
unknown-who = There is no course and no tag of a resident “{ $text }”. { $hint }
    .remedy = Write an id or a name of { TABLE("[[courses]]") }, or a word of the column tags in { TABLE("residents.csv") }; leave the cell empty for everybody.
who-year = “{ $text }” cannot stand here: the row is about whole trainings, not about a month.
    .remedy = Training years can be named in { TABLE("staffing.csv") }. For a part of the training use the column when of { TABLE("requirements.csv") }.
selector-malformed = “{ $text }” cannot be read as a selection.
    .remedy = Join names by “;” (any of them) and “&” (all of them), and write “!” before a name for what is meant not to be: core;affiliate&!tokyo.
selector-ambiguous = “{ $text }” is both { $one } and { $other }.
    .remedy = Rename the one you can rename, such as a tag or a facility's id.
selector-any = the word for every facility
selector-role = a role
selector-accreditation = an accreditation
selector-prefecture = a prefecture
selector-tag = a tag of a facility
selector-facility = a facility
selector-section = a section
selector-course = a course
selector-resident-tag = a tag of a resident
selector-year = a training year
selector-empty = “{ $text }” selects no place at all.
    .remedy = Check the names and what joins them: “&” asks for places that are both.
associated-placed = “{ $text }” is an associated facility (関連施設): part-time only, never a placement ({ $clause }).
    .remedy = Name a core or affiliate facility.

## program.toml

toml-syntax = This is not valid TOML.
    .remedy = Write key = value, one per line; texts in "…", lists in […], decimals with a point. The rest of the file is read again once this is mended.
duplicate-key = This key is there twice.
    .remedy = Delete one of the two.
unknown-key = There is no key “{ $text }” here. { $hint }
    .remedy = Correct the key or delete the line.
missing-key = The key “{ $key }” is missing.
    .remedy = Add a line such as: { $example }
wrong-type = “{ $text }” cannot be the value of { $key }: it must be { $expected }.
    .remedy = Write { $expected }.
no-courses = The program has no course.
    .remedy = Add at least one course with id and years to { TABLE("[[courses]]") }.
part-malformed = “{ $text }” is not a part of a training year.
    .remedy = Write place and months, such as "core:12", "any:36/3" in pieces of three months, or "free:2".
part-step = The { $months } months of “{ $text }” cannot be cut into pieces of { $step }.
    .remedy = Write a multiple of the step, or another step.
course-year-count = The pattern has { $years } training years; { $months } months make { $due }.
    .remedy = Write one list per training year, or correct training_months.
course-year-sum = The parts of training year { $year } add up to { $sum } months instead of { $due }.
    .remedy = Correct the parts so that they add up to { $due }.
pattern-duplicate = This pattern is there already; parts of a year may come in any order anyway.
    .remedy = Delete the repetition.
pattern-breaks-rule = Nobody can follow this pattern: by the rule { $rule } ({ $clause }) it needs { $required }, and it has { $measured } at most.
    .remedy = Change the pattern, or the rule's number under { TABLE("[rules]") }.
goals-empty = The list of goals is empty.
    .remedy = Name the goals, or leave “goals” out: then the default order holds.
goal-duplicate = The goal { $goal } with the measure { $measure } is there already.
    .remedy = Delete the repetition: a goal is settled the first time.
goal-measure = The goal { $goal } cannot be measured by “{ $text }”.
    .remedy = Write measure = "sum": coverage and staffing belong to places, not to residents.
course-mix-empty = All weights of { TABLE("[course_mix]") } are 0.
    .remedy = Give at least one course a weight above 0, or leave { TABLE("[course_mix]") } out.
printed-total-missing = The intake cap rests on printed totals, and there is none for “{ $name }”.
    .remedy = Add { $name } to { TABLE("[printed_totals]") }, or write totals = "rows".
volume-column-missing = There is no column “{ $text }” in { TABLE("facilities.csv") }. { $hint }
    .remedy = Add the column to { TABLE("facilities.csv") } (cells may be empty: unknown), or correct the name here.
volume-name-taken = “{ $text }” cannot name a case volume: { TABLE("facilities.csv") } uses this column for something else.
    .remedy = Choose another name, here and in { TABLE("facilities.csv") }.
intake-without-history = The intake of { $year } is { $residents }, and { TABLE("residents.csv") } has { $rows } of them; the others would have no history.
    .remedy = Write those who entered before first_year into { TABLE("residents.csv") } and { TABLE("history.csv") }, or leave the year out here.
intake-below-rows = The intake of { $year } is { $residents }, but { TABLE("residents.csv") } has { $rows } who enter that year.
    .remedy = Write { $rows } or more, or correct entry_year in { TABLE("residents.csv") }.
too-many-residents = The scenario has { $residents } residents; the limit is { $limit }.
    .remedy = Check the intake; put separate programs into separate scenarios.
too-many-facilities = The scenario has { $facilities } facilities; the limit is { $limit }.
    .remedy = Leave out the facilities where nobody of this program can be placed.
too-many-sections = The scenario has { $sections } sections; the limit is { $limit }.
    .remedy = Leave out the sections where nobody of this program can be placed.
too-many-entries = The list { $key } has { $count } entries; the limit is { $limit }.
    .remedy = Leave out what is not needed; put separate programs into separate scenarios.
no-residents = Nobody is to be placed: there is no intake, and { TABLE("residents.csv") } has no rows.
    .remedy = Fill in { TABLE("[intake]") } in { TABLE("program.toml") }, or add rows to { TABLE("residents.csv") }.

## Facilities, residents, history, locks

no-core-facility = No facility has the role core, but courses ask for it.
    .remedy = Write core in the column role of the core facility.
placement-contradicts = { $column } says “{ $text }”, but the row's resident { $resident }, facility { $facility } and start make it “{ $expected }”. The plan is read from resident, facility, start and months alone.
    .remedy = If the row was meant to change, change the id in resident or facility, or start; else leave { $column } empty.
several-cores = Several facilities have the role core: { $ids }. A program has one core facility; here all of them count as the core.
    .remedy = Write affiliate for all but one, unless this is meant.
change-column = “{ $text }” is not a column whose value can change over time. { $hint }
    .remedy = Name supervisors, seats, min_residents, accreditation or a case volume. A facility in another role is another facility; of a section only seats and min_residents can change.
change-too-late = The value changes in { $from }, after the last month of anybody's training ({ $last }): the row does nothing.
    .remedy = Check the year, or delete the row.
change-duplicate = The same value ({ $column }) of this facility changes in the same month in line { $line } too.
    .remedy = Keep one of the two rows.
wish-duplicate = The wish “{ $text }” is there twice.
    .remedy = Delete the later one.
wish-not-affiliate = “{ $text }” cannot be wished for: it is { $role }.
    .remedy = Name affiliates only; months at the core come with the course.
entry-contradicts = The entry month { $entry } lies in the academic year { $year }, and entry_year says otherwise.
    .remedy = Correct one of the two, or empty entry_year.
training-over = Who entered in { $text } finished in { $end }, before the first decided year { $first_year }: nothing is left to decide.
    .remedy = Delete the row, or correct entry_year.
history-missing = Resident { $resident } has no history: { $first } to { $last } is needed.
    .remedy = Add the rows to { TABLE("history.csv") }, or correct entry_year.
history-gap = The history of { $resident } has a gap of { $months ->
        [one] one month
       *[other] { $months } months
    }, { $first } to { $last }.
    .remedy = Add a row for the gap, or correct start and months.
history-overlap = In { $month } resident { $resident } is already elsewhere by line { $line }.
    .remedy = Correct start and months so that the stays follow one another.
history-outside = The history of { $resident } may hold { $first } to { $last } only.
    .remedy = Shorten the row. What is decided from first_year on can be fixed in { TABLE("locks.csv") }.
history-newcomer = Resident { $resident } enters in { $year } and has no history yet.
    .remedy = Delete the row; a placement that is settled already belongs into { TABLE("locks.csv") }.
course-who-empty = The course is kept for nobody: who is an empty list.
    .remedy = Name residents or tags, take who out so that everybody may take the course, or take the course out.
course-who-unknown = “{ $text }” is neither a resident nor the tag of one. { $hint }
    .remedy = Write an id of { TABLE("residents.csv") }, or a word of its column tags.
course-closed = Course { $course } is fixed for { $resident } but kept for others.
    .remedy = Name the resident, or one of their tags, in who of the course, or choose another course.
course-wish-closed = { $resident } wishes for course { $course }, which is kept for others; the wish can never be granted.
    .remedy = Name the resident, or one of their tags, in who of the course, or take the wish out.
course-intake = Course { $course } is fixed for { $fixed } who enter in { $year }, and { TABLE("[course_intake]") } lets { $most } be on it.
    .remedy = Raise the number in { TABLE("[course_intake]") }, or fix another course for some of them (in { TABLE("residents.csv") }, or by the weights of { TABLE("[course_mix]") }).
course-lengths = The courses { $courses } are open to somebody whose course is to be decided, and they are not equally long.
    .remedy = Write the course into the column course of { TABLE("residents.csv") }, keep courses for others by who, or give the anonymous their courses by { TABLE("[course_mix]") }.
history-no-course = The history of { $resident } fits the beginning of no course among { $courses }.
    .remedy = Compare it with the patterns of { TABLE("[[courses]]") }: each part in one piece at one facility of its role. Correct the history or the resident's course, or add a course with this past and keep it for the resident (who). Until then the others are planned without { $resident }.
lock-outside = The lock is outside the months to be decided for { $resident }: { $first } to { $last }.
    .remedy = Correct start and months.
lock-contradiction = The locks of { $resident } contradict each other: see line { $line }.
    .remedy = Delete one of the two, or correct its months.
unknown-case = There is no case item “{ $text }”. { $hint }
    .remedy = Use an id of { TABLE("[[cases]]") } in { TABLE("program.toml") }, or of its parts.
case-supplement = More may be replaced than the target of { $target }.
    .remedy = Write a number up to the target.
case-parts = The parts ask for { $sum } together, more than the item's target of { $target }.
    .remedy = Lower the parts' min, or raise the target.
case-by-year = The cases due by year must not fall from one year to the next, nor exceed the target of { $target }.
    .remedy = Count all years before in: by_year = [20, 45, 56].
case-by-year-long = There are more years than a training can have ({ $years }).
    .remedy = Write one number for each training year.
logged-newcomer = Resident { $resident } enters in { $year } or later and has no cases from before.
    .remedy = Delete the row, or correct the resident's id.
logged-duplicate = Line { $line } already counts this item for this resident.
    .remedy = Write one row with the whole count.
logged-above-volume = The facilities where resident { $resident } has been had { $most } cases in all of those years together.
    .remedy = Correct the count, or check the volumes in { TABLE("facilities.csv") }.
logged-parts = The parts logged for resident { $resident } add up to { $sum }, more than the item itself.
    .remedy = A part's case is a case of the item too: make the item's count { $sum } or more.
logged-missing = Nothing is logged for { $count ->
        [one] one resident
       *[other] { $count } residents
    } under way ({ $residents }{ $others ->
        [0] {""}
       *[other] {" "}and { $others } more
    }): they are planned as if they had to reach every target in the time left.
    .remedy = Add rows resident,case,count to { TABLE("logged_cases.csv") }; 0 where there is nothing.
unknown-record = There is no kind of record “{ $text }”. { $hint }
    .remedy = Use one of the words that `kenshu help completion` lists, or add a kind to { TABLE("[completion]") } in { TABLE("program.toml") }.
record-before-entry = The training of { $resident } starts in { $month } only.
    .remedy = Correct the date, or delete the row.

## Rules that tables say

window-malformed = “{ $text }” is no part of a training.
    .remedy = Write year1, year1-2, first24 (months), last12, or leave the cell empty for the whole training.
requirement-unbounded = The row asks for nothing: min and max are both empty.
    .remedy = Write the least, the most, or both.
requirement-of-months = Of { $months } months nothing can be taken: that scales a minimum of months, and the minimum is up to so many.
    .remedy = Use of_months with count = months and a min up to it, such as min 8 of 24 months.
requirement-above-course = Nobody on course { $course } can meet { $requirement }: it asks for { $min } months, and the course leaves room for { $most }.
    .remedy = Lower min, change the course's parts, or leave the course out in who.
requirements-together = Lines { $lines } together ask for { $sum } months at places apart, and there are { $months }.
    .remedy = Lower one of the minima, or write wish for what need not be kept.
bounds-crossed = The least, { $min }, is above the most, { $max }.
    .remedy = Exchange or correct the two numbers.
stays-nothing = The row limits nothing.
    .remedy = Fill in at least one of months_min, months_max, step_months, starts, gap_months and visits_max, or delete the row.
stays-step-fits-nowhere = No multiple of { $step } months lies within the bounds of the row: nobody could ever be there.
    .remedy = Correct step_months, months_min or months_max.
stays-step-divides-not = { $months } months are no multiple of the step of { $step }: no stay is that long.
    .remedy = Write a multiple of the step.
rules-contradict = The row asks for what line { $line } rules out.
    .remedy = Correct one of the two rows, or write wish for the one that need not be kept.
order-same = Nobody could ever begin: what comes first and what follows are both “{ $text }”.
    .remedy = Name two different places.
staffing-until = The row ends in { $until }, before it begins in { $from }.
    .remedy = Correct one of the two months.
points-malformed = “{ $text }” earns no points. { $hint }
    .remedy = Write a place, @stay: and a place, @change, or @idle.

## Workbooks

workbook-not-xlsx = This file is no .xlsx workbook.
    .remedy = Open it in Excel and save it as “Excel Workbook (.xlsx)” without a password.
workbook-too-large = This workbook is larger than can be read: { $what }
    .remedy = Paste the sheets that are needed into a new workbook, as values, and save that.
workbook-parts = { $count } parts (at most { $limit })
workbook-unpacked = { $count } bytes when unpacked (at most { $limit })
workbook-elements = { $count } elements (at most { $limit })
workbook-sheets = more than { $limit } sheets
workbook-styles = { $count } formats (at most { $limit })
workbook-strings = { $count } shared strings (at most { $limit })
workbook-range = values of the sheet “{ $sheet }” lie beyond { $rows } rows or { $columns } columns
workbook-cells = more than { $limit } cells with a value, or too much text
workbook-broken = This workbook is broken: { $reason }
    .remedy = Open it in Excel or LibreOffice and save it again.
sheet-missing = The sheet “{ $sheet }” is missing.
    .remedy = Add a sheet named “{ $sheet }”; the workbook that `kenshu new` makes is an example.
sheet-twice = Both this sheet and the sheet “{ $other }” are the table “{ $table }”.
    .remedy = Put both together; delete the other one, or let its name start with “_”.
sheet-unknown = The sheet “{ $sheet }” is not read.
    .remedy = { $hint } If it is not to be read, let its name start with “_”.
sheet-unread = These sheets are no tables and not read: { $sheets }
    .remedy = A sheet to be read has one of the names in `kenshu help tables`.
cell-error = The result of this formula is { $text }.
    .remedy = Mend the formula, or type the value.
cell-not-calculated = This formula was saved without its result.
    .remedy = Open and save the workbook in Excel or LibreOffice, or type the value.
cell-merged = Of the merged cells { $range } only the first has a value.
    .remedy = Unmerge them and fill in every cell, unless the others are meant to be empty.
