# kenshu: leave (ja)

leave-kind-childbirth = 出産に伴う休暇
leave-kind-illness = 疾病での休暇
leave-kind-part-time = 短時間雇用
leave-kind-abroad = 留学
leave-kind-graduate-school-clinical = 臨床研修が可能な大学院
leave-kind-graduate-school-research = 診療業務のない大学院

## leaves.csv

leave-overlap = 専攻医 { $resident } は、{ $line } 行目によれば { $month } にはすでに休止中です。
    .remedy = 期間が重ならないように start と months を直してください。理由が 2 つある期間は、カウントする方を書いてください。
leave-before-entry = 専攻医 { $resident } の研修開始は { $entry } ですが、この行はそれより前に始まっています。
    .remedy = start か、専攻医の entry_year を直してください。
leave-after-end = この行は、専攻医 { $resident } の研修が終わる { $last } より後に及んでいます。
    .remedy = 期間を短くするか、行を削除してください。修了後の期間は計画に関係しません。
leave-after-resignation = 専攻医 { $resident } は { $from } から研修を中止しています。
    .remedy = 期間を短くするか、行を削除するか、研修中止の月を直してください。
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
resigned-twice = 専攻医 { $resident } の研修中止はすでに { $line } 行目に書かれています。
    .remedy = どちらかの行を削除してください。
resigned-before-entry = 専攻医 { $resident } の研修開始は { $entry } で、始まる前に研修を中止したことになっています。
    .remedy = { TABLE("residents.csv") } から専攻医の行を除いて採用数を減らすか、start を直してください。
history-in-leave = 専攻医 { $resident } は { $month } には休止中で、どの施設にも在籍していません。
    .remedy = 休止の期間をこの行から除くか、{ TABLE("leaves.csv") } を直してください。
lock-in-leave = 専攻医 { $resident } は { $month } には休止中で、どの施設にも在籍できません。
    .remedy = 固定の期間を短くするか、{ TABLE("leaves.csv") } を直してください。
lock-nothing-decided = 専攻医 { $resident } は最初の計画年度より前に研修を中止しており、固定するものがありません。
    .remedy = 行を削除してください。

## plan --base

earlier-empty = 計画に行が 1 つもありません。プログラム { $scenario } の配置が書かれていません。
    .remedy = このプログラムの以前の計画の placements.csv を指定してください。
earlier-set-aside = 研修歴がどのコースにも合わないため、{ $resident } は計画の対象外です。元の計画の { $months } か月分が空きます。
    .remedy = { TABLE("history.csv") } の研修歴を直すか、この専攻医に限るコース（who）を加えてください。
earlier-resigned = 専攻医 { $resident } は { $from } に研修を中止します。計画の { $months } か月分の枠が空きます。
    .remedy = { TABLE("leaves.csv") } の行が正しければ、直す必要はありません。
base-courses = 元の計画から研修コースが変わる専攻医: { $count } 名
base-leave = 専攻医 { $resident } の { $facility }（{ $from }～{ $until }）は一部続けられません。{ $month }～{ $last } は{ $leave }で、どの施設にも在籍しません。
    .remedy = そのとおりなら直す必要はありません。違う場合は { TABLE("leaves.csv") } を確認してください。

## 研修期間の内訳

ledger-title = 休止と修了の時期（か月）
ledger-legend = 勤務＋休止＝研修開始から終了まで。勤務＋休止のうちカウントする月＝カウントする研修期間。カウントしない分が不足となり、研修が延長されます。
ledger-worked = 勤務
ledger-leave = 休止
ledger-leave-counted = うちカウント
ledger-counted = カウント合計
ledger-missing = 不足
ledger-extension = 延長
ledger-end = 終了月
ledger-kinds = 休止の理由
ledger-resigned = 研修中止（{ $from } から）
report-with-leave = { $stay }{ $leave }
report-away = ［{ $kind } { $months }］

## explain resident

explain-year-away = 専攻医 { $resident } は { $text } 年度を通して休止中で、どの施設にも在籍できません（{ TABLE("leaves.csv") }）。
explain-courses-possible = 今後も選べる研修コース: { $courses }
explain-ledger = 研修期間: 勤務 { $worked } か月、休止 { $leave } か月（うちカウント { $leave-counted } か月）。必要な { $planned } か月のうち { $counted } か月をカウントし、{ $end } に終わります{ $extension ->
        [0] {""}
       *[other] （延長 { $extension } か月）
    }。

## diff

diff-goals-legend = 目標（変更前は、休止と研修中止を除いて残る元の計画の値。元の計画からの変更は、別の施設になる月だけを数え、配置のなくなる月は数えません）
