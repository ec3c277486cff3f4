# kenshu: explain (en)

# Statements
explain-stay = { $facility } { $from } to { $until }
explain-statement-must = the lock of resident { $resident }: at { $facility } from { $from } to { $until } ({ TABLE("locks.csv") })
explain-statement-frozen = the placement of resident { $resident } that stays as it is: at { $facility } from { $from } to { $until } (frozen months, or { TABLE("locks.csv") })
explain-statement-must-not = the lock of resident { $resident }: not at { $facility } from { $from } to { $until } ({ TABLE("locks.csv") })
explain-statement-course = the fixed course { $course } of resident { $resident } ({ TABLE("residents.csv") })
explain-statement-course-mix = the course { $course } of resident { $resident } ({ TABLE("[course_mix]") })
explain-statement-history = the history of resident { $resident }: { $stays } ({ TABLE("history.csv") })
explain-statement-leave = resident { $resident }: { $kind } from { $from } to { $until } ({ TABLE("leaves.csv") })
explain-statement-seats = the seats at { $facility } in { $year }: { $seats }
explain-statement-seats-all = the seats at { $facility }: { $seats }
explain-statement-pool = the supervisors of the whole program in { $year }, enough for { $seats } residents
explain-statement-pool-all = the supervisors of the whole program, enough for { $seats } residents
explain-statement-volume = the cases of { $case } a year at { $facility } ({ TABLE("facilities.csv") })
explain-statement-share = the part of { $case } that trainees may take: { $share } ({ TABLE("[[cases]]") })
explain-statement-intake = the intake of { $year }: { $count ->
    [one] { $count } resident
   *[other] { $count } residents
}
explain-statement-ratio = at most { $number } residents per supervisor (rules.residents_per_supervisor)
explain-rule-requirement = the requirement “{ $name }” ({ TABLE("requirements.csv") })
explain-rule-stays = row { $name } of { TABLE("stays.csv") }
explain-rule-order = row { $name } of { TABLE("order.csv") }
explain-rule-course-intake = the places on course { $name } in { $year } ({ TABLE("[course_intake]") })
explain-rule-section = the seats of the section { $name } of { $facility } ({ TABLE("sections.csv") })
explain-rule-staffing = the staffing “{ $name }” ({ TABLE("staffing.csv") })
explain-statement-target = the target of { $number ->
    [one] { $number } case
   *[other] { $number } cases
} of { $case }{ $supplement ->
    [0] {""}
   *[other] , { $supplement } of which may be replaced
} ({ TABLE("[[cases]]") })

# Why a resident is counted
explain-group = { $residents }{ $each ->
    [0] {""}
   *[other] {" "}(at least { $each ->
        [one] { $each } month
       *[other] { $each } months
    } each)
}: { $because }
explain-because-must = locked to { $facility } from { $from } to { $until }
explain-because-must-not = locked out of { $facility } from { $from } to { $until }
explain-because-course = fixed to course { $course }
explain-because-history = where they were before ({ TABLE("history.csv") })
explain-because-nothing = every career of every course they may take goes through there

# Changes
explain-change-lock = release { $lock }
explain-change-course = leave the course of resident { $resident } open (now fixed to { $course })
explain-change-course-mix = leave the course of resident { $resident } open (now { $course } by { TABLE("[course_mix]") }): rows in { TABLE("residents.csv") } for the year's residents without one, with the courses they have and none for { $resident }
explain-change-leave = not to take this leave: { $leave }
explain-change-leave-rest = to end this leave before { $from }: { $leave }
explain-change-seats = { $by ->
    [one] one more seat
   *[other] { $by } more seats
} at { $facility } from { $from } ({ $seats } instead of { $before })
explain-change-seats-supervisors = { $by ->
    [one] one more seat
   *[other] { $by } more seats
} at { $facility } from { $from } ({ $seats } instead of { $before }; supervisors needed: { $supervisors })
explain-change-seats-dated = { $by ->
    [one] one more seat
   *[other] { $by } more seats
} at { $facility } ({ $stretches })
explain-change-stretch = from { $from } { $to } instead of { $before }
explain-change-stretch-supervisors = from { $from } { $to } instead of { $before } with { $supervisors } supervisors
explain-change-supervisors = { $by ->
    [one] one more supervisor
   *[other] { $by } more supervisors
} in the program from { $from }
explain-change-intake = take { $to } instead of { $before } in { $year }
explain-change-intake-named = take { $to } instead of { $before } in { $year } (without { $residents })
explain-change-intake-about = { $change }; what locks and leaves say of { $residents } goes, too
explain-change-ratio = { $to } instead of { $before } residents per supervisor (rules.residents_per_supervisor)
explain-change-min = at least { $to } instead of { $before } in { $rule }
explain-change-max = at most { $to } instead of { $before } in { $rule }
explain-change-places = set { $rule } to { $to } instead of { $before }
explain-change-target = a target of { $to } instead of { $before } cases of { $case } ({ TABLE("[[cases]]") })
explain-change-volume = { $by ->
    [one] one more case
   *[other] { $by } more cases
} of { $case } a year at { $facility } from { $from } ({ $to } instead of { $before })
explain-change-volume-dated = { $by ->
    [one] one more case
   *[other] { $by } more cases
} of { $case } a year at { $facility } ({ $stretches })
explain-change-share = a trainees' share of { $to } instead of { $before } for { $case } (trainee_share)

# Infeasible
explain-lines =
    { $first }
    { $rest }
explain-see = `kenshu explain infeasible { $path }` looks for ways out.
explain-feasible = Everybody can be placed by the rules, so there is nothing to explain. `kenshu plan` finds the best plan.
explain-unknown = Neither a plan nor a proof that there is none was found within the limits.
explain-count-pooled = They may be anywhere: the count is of the whole program.
explain-count-why = Who is counted, and why they can be nowhere else:
explain-count-sum = Together { $needed ->
        [one] one resident
       *[other] { $needed } residents
    }; there is room for { $offered }.
explain-count-sum-months = Together { $needed } resident-months; there is room for { $offered }.
explain-count-cases = No plan exists. { $count ->
    [one] Resident { $residents } needs
   *[other] { $count } residents ({ $residents }{ $others ->
        [0] {""}
       *[other] {" and"} { $others } more
    }) need
} at least { $needed } cases of { $case } from these, whatever they choose: { $sites }. Together they offer { $offered }.
explain-count-cases-one = No plan exists. Resident { $resident } still needs { $needed } cases of { $case }, and no career gives more than { $offered }.
explain-count-site = { $facility } in { $years } ({ $offer } a year)
explain-count-sum-cases = Together { $needed }; there are { $offered }.
explain-count-why-cases = Who is counted, and why they cannot have them elsewhere:
explain-group-cases = { $residents } (at least { $each ->
    [one] { $each } case
   *[other] { $each } cases
} each): { $because }
explain-group-cases-one = { $residents }: { $because }
explain-conflict = No plan exists. These statements cannot all stand, whatever else the tables say. If nothing else were asked for, any one left out would suffice:
explain-conflict-one = No plan exists. This statement alone leaves none, whatever else the tables say:
explain-conflict-resident = No plan exists. No career of resident { $resident } keeps all of these. If nothing else were asked for, any one left out would leave one:
explain-conflict-resident-one = No plan exists. No career of resident { $resident } keeps this:
explain-conflict-empty = No plan exists. The courses cannot be followed at these facilities at all, whatever locks, seats and rules say.
explain-proved = No plan exists; that is proved. A reason in a few statements was not found within the limits.
explain-more-stuck = { $count ->
    [one] One more resident has no career
   *[other] { $count } more residents have no career
}: { $residents }
explain-ways-out = Ways out, cheapest first (each was tried, and a plan found):
explain-ways-fewer = No others were found. The search does not try everything, so there may be more.
explain-ways-all = Among the kinds of change that were tried, no other suffices without one of these.
explain-no-way-out-yet = No way out was found in the time there was. There may be some.
explain-caps = Besides, the program takes more residents than its caps allow; `kenshu check` says which.
explain-no-way-out = No way out was found among the changes of locks, courses, seats, intakes, cases and rules that were tried.
explain-item = - { $item }
explain-way = { $number }. { $changes }

# Why not
explain-asked-at = Resident { $resident } at { $facility } from { $from } to { $until }?
explain-asked-course = Resident { $resident } in course { $course }?
explain-granted = The plan has it so already.
explain-forbidden = Impossible. With it, these statements cannot all stand. If nothing else were asked for, any one left out would suffice:
explain-forbidden-one = Impossible. This statement forbids it, whatever else the tables say:
explain-forbidden-itself = Impossible. No course allows it, whatever locks, seats and rules say.
explain-impossible = Impossible; that is proved. A reason in a few statements was not found within the limits.
explain-no-price = Possible, at no cost: every goal stays as it is.
explain-better = Possible, and better: the plan at hand is not the best one. The first goal to change is { $goal }: { $before } becomes { $after }.
explain-price = Possible, at a price. The first goal to lose is { $goal }: { $before } becomes { $after }.
explain-price-not-best = The new plan may not be the best one that grants it: the time did not suffice.
explain-goal-change = { $goal }: { $before } → { $after }
explain-goal-same = { $goal }: { $before }, unchanged
explain-nobody-else = Nobody else moves.
explain-others = { $count ->
    [one] One other resident moves:
   *[other] { $count } other residents move:
}
explain-move = { $resident } from { $before } to { $after }
explain-place = { $facility }
explain-nowhere = nowhere
explain-chain = { $from } to { $until }: { $moves }
explain-ring = { $from } to { $until }, in a ring: { $moves }
explain-course-change = resident { $resident } takes course { $after } instead of { $before }

# Why
explain-why-nothing = Resident { $resident } has no better wish that the plan leaves open.
explain-why-course = Wish { $place }, course { $course }:
explain-why-facility = Wish { $place }, { $facility } in { $year }:
explain-why-months = Wish { $place }, { $facility } from { $from } to { $until }:
explain-other-scenario = { $path } belongs to other tables than { $scenario }. Plan again, or give the scenario it was made from.
explain-base-missing = The plan in { $path } was made with --base. Give the same table with --base.
explain-base-unknown = The plan in { $path } was made without --base. Leave --base out.
explain-unknown-year = There is no year “{ $text }” to ask about. Resident { $resident } is planned in: { $years }.
explain-nothing-decided = Nothing of resident { $resident } is left to plan: their training is over before { $start }, the first month the plan decides.
explain-unknown-months = Resident { $resident } is planned from { $from } to { $until }; { $months } months from { $start } on are not all of these, or nobody is anywhere in them.
explain-part-of-the-year = Part of a year is asked about with --start and --months in place of --year, as in --start 2020-10 --months 6.

# One resident
explain-resident = Resident { $resident }, entered { $year }, course { $course }
explain-course-wish = The course is choice { $place }.
explain-course-no-wish = There was no wish for a course.
explain-course-unlisted = The course is none of the wishes.
explain-stays = Places:
explain-rules = Rules, and how much is to spare:
explain-slack-no-affiliate = no stay at an affiliate (each would be at least { $required } months)
explain-locks = Locks:
explain-lock-kept = kept: { $lock }
explain-lock-broken = not kept: { $lock }
explain-wishes = Wishes for facilities:
explain-wish = choice { $place }, { $facility }: { $months ->
    [0] not met
    [one] { $months } month
   *[other] { $months } months
}
explain-alone = Could be elsewhere, while everybody else stays:
explain-alone-nowhere = Could be nowhere else while everybody else stays.
explain-in-year = { $year }: { $list }

# One facility
explain-facility = { $facility } ({ $id })
explain-presence = { $from } to { $until }: { $present } of { $seats } seats taken{ $missing ->
    [0] {""}
   *[other] , { $missing } missing
}{ $present ->
    [0] {""}
   *[other] : { $residents }
}
explain-presence-open = { $from } to { $until }: { $present } there, no limit of its own{ $missing ->
    [0] {""}
   *[other] , { $missing } missing
}{ $present ->
    [0] {""}
   *[other] : { $residents }
}
explain-presence-leave = { $presence } ({ $list })
explain-on-leave = { $resident }: { $kind }
explain-ids = { $residents }
explain-wished-by = Wished for by:
explain-wished = { $resident }, choice { $place }: { $months ->
    [0] not met
    [one] { $months } month
   *[other] { $months } months
}
explain-could-come = Could come, while everybody else stays:
explain-could-go = Could go elsewhere, while everybody else stays:
explain-nobody-alone = Nobody could come or go while everybody else stays.

# Cases of one resident or one facility
explain-cases = Cases:
explain-case = { $figures }; { $rest }
explain-case-figures = { $case }: target { $target }, logged { $logged }, replaced { $supplement }, still needed { $need }
explain-case-not-assessed = not assessed, since volumes are unknown
explain-case-unshared = the volumes cannot be shared so that everybody has enough
explain-case-none = nothing planned
explain-case-planned = planned: { $places } (these places give up to { $reach } if nobody else takes any)
explain-case-place = { $planned } at { $facility } in { $year }
explain-case-resident = { $resident }: { $planned }
explain-facility-cases = Cases planned, of those that trainees may take:
explain-facility-case = { $case } in { $year }: { $planned } of { $offer }{ $planned ->
    [0] {""}
   *[other] {" "}({ $each })
}
explain-facility-case-unshared = { $case } in { $year }: { $offer }; the volumes cannot be shared so that everybody has enough
