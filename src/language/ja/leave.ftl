# kenshu: leave (ja)

leave-kind-childbirth = 出産に伴う休暇
leave-kind-illness = 疾病による休暇
leave-kind-part-time = 短時間雇用（非常勤）
leave-kind-abroad = 留学
leave-kind-graduate-school-clinical = 臨床研修のできる大学院
leave-kind-graduate-school-research = 診療業務のない大学院

## leaves.csv

leave-overlap = 専攻医 { $resident } は、{ $line } 行目によれば { $month } にはすでに休止中です。
    .remedy = 期間が重ならないように start と months を直してください。理由が 2 つある期間は、数える方を書いてください。
leave-before-entry = 専攻医 { $resident } の研修開始は { $entry } ですが、この行はそれより前に始まっています。
    .remedy = start か、専攻医の entry_year を直してください。
leave-after-end = この行は、専攻医 { $resident } の研修が終わる { $last } より後に及んでいます。
    .remedy = 期間を短くするか、行を削除してください。修了後の期間は計画に関係しません。
leave-after-resignation = 専攻医 { $resident } は { $from } から研修を辞退しています。
    .remedy = 期間を短くするか、行を削除するか、辞退の月を直してください。
leave-too-late = 休止の期間は { $latest } までにしてください。
    .remedy = start と months を直してください。
leave-hours-missing = 短時間雇用の行には、週 { $full } 時間以上でない限り、勤務時間が必要です。
    .remedy = 行の期間全体の勤務時間を hours に書いてください。週 { $full } 時間以上なら hours_per_week に書けます。
leave-hours-contradict = { $hours } 時間は、{ $months } か月{ $stated ->
        [0] {""}
       *[other] 、週 { $weekly } 時間
    }の勤務と合いません（{ $least }～{ $most } 時間のはずです）。
    .remedy = hours（行の期間全体の勤務時間）、hours_per_week、months のいずれかを直してください。
leave-cell-unused = { $kind } の行では { $column } は意味を持ちません。
    .remedy = セルを空にするか、kind を直してください。
resigned-twice = 専攻医 { $resident } の辞退はすでに { $line } 行目に書かれています。
    .remedy = どちらかの行を削除してください。
resigned-before-entry = 専攻医 { $resident } の研修開始は { $entry } で、始まる前に辞退したことになっています。
    .remedy = residents.csv から専攻医の行を除いて採用数を減らすか、start を直してください。
history-in-leave = 専攻医 { $resident } は { $month } には休止中で、どの施設にも在籍していません。
    .remedy = 休止の期間をこの行から除くか、leaves.csv を直してください。
lock-in-leave = 専攻医 { $resident } は { $month } には休止中で、どの施設にも在籍できません。
    .remedy = 固定の期間を短くするか、leaves.csv を直してください。
lock-nothing-decided = 専攻医 { $resident } は最初の計画年度より前に辞退しており、固定するものがありません。
    .remedy = 行を削除してください。

## plan --base

earlier-resigned = 専攻医 { $resident } は { $from } に研修を辞退します。計画の { $months } か月分の枠が空きます。
    .remedy = leaves.csv の行が正しければ、直す必要はありません。
base-courses = 元の計画から研修コースが変わる専攻医: { $count } 人
base-leave = 専攻医 { $resident } の { $facility }（{ $from }～{ $until }）は続けられません。{ $month } は{ $leave }で、どの施設にも在籍しません。
    .remedy = そのとおりなら直す必要はありません。違う場合は leaves.csv を確認してください。

## 研修期間の内訳

ledger-title = 休止と修了の時期（か月）
ledger-legend = 勤務＋休止＝研修開始から終了まで。勤務＋休止のうち算入＝算入される研修期間。算入されない分が不足となり、研修が延長されます。
ledger-worked = 勤務
ledger-leave = 休止
ledger-leave-counted = うち算入
ledger-counted = 算入合計
ledger-missing = 不足
ledger-extension = 延長
ledger-end = 終了月
ledger-kinds = 休止の理由
ledger-resigned = 辞退（{ $from } から）
report-away = ［{ $kind } { $months }］

## 休止の規則

rule-leave-seat = 在籍しない休止
    .requirement = どの施設にも在籍しない休止の期間に配置がないこと。
    .reading = 算入されない月と、rules.counted_leave_keeps_seat で枠を空けた月には配置がありません。
rule-leave-credit = 休止の算入
    .requirement = 出産と疾病の休暇は各 6 か月まで、短時間雇用は時間に応じて 6 か月まで研修期間に算入します。留学と診療業務のない大学院は算入しません。
    .reading = 算入されない期間を示します。その分だけ研修が延長されます。数は [rules] の値です。
rule-leave-once = 出産に伴う休暇は 1 回
    .requirement = 出産に伴う休暇の算入は 1 回までです。
    .reading = 続いている行は 1 回の休暇です。その後の休暇は算入されません。
rule-leave-proof = 休止の証明書類
    .requirement = 出産に伴う休暇には出産を証明する書類、疾病による休暇には診断書が必要です。
    .reading = 算入される休暇ごとに示します。書類の有無は kenshu では確認できません。
rule-leave-minima = 休止による最低期間の充足
    .requirement = 施設や配置の最低期間は、勤務した期間で満たします。
    .reading = 整備基準に定めがないため、休止を含めて初めて満たす場合は注意を示します。
rule-training-complete = 研修期間の充足
    .requirement = 算入される期間が研修期間に達すること。不足分は最後に延長します。
    .reading = 延長の月にはすべて配置が必要です。辞退する専攻医には求めません。
rule-extension = 延長の施設
    .requirement = 延長の期間は最後の施設で研修すること。
    .reading = 固定があればそれに従います。そこから新たに始まる配置にも最低期間が必要です。

audit-leave-seat = 専攻医 { $resident } は { $from }～{ $to }（{ $months } か月）に { $facility } に配置されていますが、{ $leave }のため在籍できません。
audit-leave-credit = 専攻医 { $resident } の{ $leave } { $months } か月のうち、算入されるのは { $counted } か月です。研修の終了は { $end } です。
audit-leave-credit-resigned = 専攻医 { $resident }（{ $end } まで在籍）の{ $leave } { $months } か月のうち、算入されるのは { $counted } か月です。
audit-leave-once = 専攻医 { $resident } の出産に伴う休暇（{ $from }～{ $to }）は算入されません。算入されるのは { $allowed } 回までです。
audit-leave-proof-childbirth = 専攻医 { $resident } の { $from } からの出産に伴う休暇の算入には、出産を証明する書類が必要です。
audit-leave-proof-illness = 専攻医 { $resident } の { $from } からの疾病による休暇の算入には、診断書が必要です。
audit-leave-minima = 専攻医 { $resident } の { $rule }（{ $clause }）は、休止の期間を含めて初めて満たされます。休止を除くと { $months } か月で、必要なのは { $required } か月です。
audit-training-complete = 専攻医 { $resident } の算入期間は { $required } か月のうち { $counted } か月です。{ $from } からの延長のうち { $months } か月に配置がありません。研修の終了は { $end } です。
audit-extension = 専攻医 { $resident } は延長の期間（{ $from }～{ $to }）に { $facility } に配置されています。延長は最後の施設（{ $last }）で行います。
