# kenshu: forms (en)

## The form

form-sheet = Form
form-title = Wishes for training: { $program }
form-explained =
    1. Please fill in the yellow cells; nothing else can be changed.
    2. Choose hospitals (and courses) from the lists, the one you want most first. Rows may stay empty.
    3. Enter leave that you know of: what kind, from which month (such as 2026-04), for how many months.
    4. Whatever is there already is what your program knows. Correct it where it is wrong.
    5. At the bottom, choose “yes” when you are done, also if nothing changes. Save the file and send it back.
form-course = Course (given)
form-courses = Courses you wish for, best first
form-facilities = Hospitals you wish for, best first
form-choice = Choice { $place }
form-leave = Leave { $number }
form-leaves = Leave from { $month } on (part-time work: also hours a week or hours in all)
form-remark = Anything your program should know
form-done = Filled in

## What is told of forms

form-not-one = This file is no form of kenshu.
    .remedy = Nothing has to be done: it was not read.
form-version = This form was made by another version of kenshu ({ $version }).
    .remedy = Read it with that version, or hand out new forms.
form-of-another-program = This form belongs to the program “{ $program }”, not to “{ $own }”.
    .remedy = Collect it with that program; here it was not read.
form-of-nobody = Nobody with the id “{ $resident }” is asked for wishes in this program.
    .remedy = Add the resident to the table of residents if the form is to be read.
form-id-changed = This is the form of { $resident }, but “{ $text }” stands in it as the id.
    .remedy = Give everybody their own form; a copy of somebody else's cannot be read.
form-twice = There is another form of { $resident } that says something else: { $other }
    .remedy = Delete the one that does not hold. Neither was read.
form-kept = The form of { $resident } asks for “{ $wanted }” in { $column }, but the table says “{ $there }”, which was entered since the form was made. The table stays.
    .remedy = Enter in the table what holds.
form-kept-leave = The form of { $resident } has a leave in months in which the table has another one, from { $there } on. The table stays.
    .remedy = Enter in the table of leaves what holds.
form-leave-past = A leave from { $month } on begins before { $first }, the first month that is planned.
    .remedy = Enter it in the table of leaves if it has taken place.
form-refused = With this answer the tables would be no program: { $because }
    .remedy = Agree with the resident on what is to hold, and correct the form or the table.

## The commands

help-forms = Make a workbook for each resident that asks for wishes and leave
help-collect = Read the residents' workbooks back into the tables
help-new-folder = Folder to make; it must not exist
help-forms-folder = Folder with the workbooks that came back
forms-written = { $count ->
    [one] { $count } form
   *[other] { $count } forms
} written to { $path }. Send each resident theirs, put what comes back into one folder, and run “kenshu collect”.
forms-anonymous = { $count ->
    [one] { $count } resident of the intake has no row in the table of residents and gets no form.
   *[other] { $count } residents of the intake have no rows in the table of residents and get no forms.
}
forms-none = Nobody in the table of residents has anything to be planned: there is nobody to ask.
column-answer = Answer
column-taken = Entered
column-remark = Remark
form-state-missing = not answered
form-state-answered = answered
form-state-refused = to be looked at
form-part-courses = courses
form-part-facilities = hospitals
form-part-leaves = leave
collect-summary = { $answered } of { $people } have answered. Not yet: { $missing }
collect-all = All { $people } have answered.
collect-written = Written to { $path }: { $files }
collect-nothing = Nothing new: the tables in { $path } stay as they are.
collect-kept = The workbook as it was is kept as { $path }.
collect-anew = It had to be written anew: sheets, formats and notes of your own are in { $path } only.
collect-changed = { $path } was changed while the forms were read. Nothing was written; run again.
