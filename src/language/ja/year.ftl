# kenshu: the coming year, and a plan as a workbook (ja)

# 翌年度
help-next-year = 計画をもとに、翌年度の表を作ります
help-passed-plan = plan が結果を書き出したフォルダー、または配置の表（.csv、.xlsx）
help-cases-as-planned = その年度に予定した症例数を、記録済みの症例に加えます
next-ask = 採用数を記入してください
next-hole = 計画では { $resident } の { $month } の配置がありません。終わった年度に空きは残せません。
    .remedy = { $resident } がいた施設を計画に記入するか、休止をプログラムの表に記入してください。
next-twice = 計画では { $resident } が { $month } に 2 か所にいます。
    .remedy = { $resident } が実際にいた施設だけを残してください。
next-elsewhere = 計画では { $resident } が { $month } に配置されていますが、研修の対象でない月です。
    .remedy = 計画からその行を除くか、プログラムの表の休止または採用年度を直してください。
next-year = { $passed }年度が計画どおりに終わったものとして、研修歴に { $rows } 行を加えました。これから計画する最初の年度は { $year }年度です。
next-finished = 修了したため表から除いた専攻医（{ $count } 名）: { $residents }{ $others ->
    [0] {""}
   *[other] {" "}ほか { $others } 名
}
next-left = プログラムを離れたため表から除いた専攻医（{ $count } 名）: { $residents }{ $others ->
    [0] {""}
   *[other] {" "}ほか { $others } 名
}
next-entered = 研修を始めたため専攻医の表に加えた専攻医（{ $count } 名）: { $residents }{ $others ->
    [0] {""}
   *[other] {" "}ほか { $others } 名
}
next-courses = 研修コースを計画どおりに確定した専攻医（{ $count } 名）: { $residents }{ $others ->
    [0] {""}
   *[other] {" "}ほか { $others } 名
}
next-locks = 固定のうち、過ぎた { $gone } 件を除き、{ $cut } 件は { $year }年度からとしました。
next-courses-gone = 対象の専攻医がいなくなったため除いた研修コース: { $courses }
next-changed-from = 過ぎた月なので、{ TABLE("[rules]") } の changed_from = { $month } を除きました。
next-rules-gone = 対象の専攻医がいなくなった規則 { $count } 行を除きました。
next-logged-as-planned = { $passed }年度に予定した症例数を、記録済みの症例として加えました。実績に合わせて直してください。
next-logged = { $passed }年度の経験症例は分からないため、記録済みの症例は元のままです。実績を記入してください。記入するまでは、{ $passed }年度に何も経験していないものとして計算します（--cases-as-planned を付けると、予定した症例数を加えます）。
next-who-enters = { $year }年度の採用数は { $count } 名で、うち { $nameless } 名は名前がありません。決まった人と希望を専攻医の表に記入してください。
next-intake = { $year }年度の採用数を記入してください。今は 0 としてあります。
next-past-hires = 採用数上限の past_hires は { $passed }年度より前の実績のままです。直してください。
next-then = 次は「kenshu plan { $path } --base { $plan } --out 結果」で、これまでの計画を保って計画します。

# ワークブックの計画
workbook-failed = plan.xlsx を書き出せませんでした: { $reason } ほかのファイルの内容は同じです。
sheet-summary = 要約
sheet-overview = 計画表
sheet-calendar = 月別配置
sheet-hospitals = 施設別
sheet-people = 専攻医別
sheet-judgement = 検査
sheet-cases = 症例の割り当て
sheet-completion = 修了要件
sheet-changes = 変更点
summary-sheets =
    シートの説明
    計画表: 専攻医ごとの配置を印刷用にまとめたものです。斜体は計画より前の履歴、二重下線は施設に籍を置く休止です。
    月別配置: 編集用の表です。ブロックをドラッグするか施設を選び直すと、下の人数が変わり、定員を超える月（▲）と必要人数に足りない月（▼）が赤くなります。
    変更した計画は kenshu audit SCENARIO plan.xlsx で検査し、kenshu diff SCENARIO placements.csv plan.xlsx で比べられます。
    施設別: どの月に誰がいるか。専攻医別: 1 人 1 ページ。検査: すべての規則と指摘。最後に、各施設に送るシートがあります。
summary-no-hospital-sheets = 専攻医を受け入れる施設が { $hospitals } あります。各施設に送るシートは { $most } 施設までしか作らないため、このワークブックにはありません。どの施設に誰がいるかは「{ $sheet }」にあります。
overview-guide = 帯 1 本が 1 つの配置です。斜体は計画より前、二重下線は休止を含む配置です。
overview-year = { $number }年目（{ $year }）
calendar-guide = 1 マスが 1 か月で、施設（部門のある施設では部門）の略称が入っています。ブロックをドラッグするか、略称を選び直してください。下の破線は休止です。その後は kenshu audit SCENARIO plan.xlsx で検査します。
calendar-cohort = { $year }採用 { $residents } 名
calendar-counts = 人数（▲ 定員を超過、▼ 必要人数に不足）と 定員 / 必要人数
calendar-seats = 定員
calendar-least = 必要人数
calendar-on-leave = 休止で勤務しない人数
calendar-all = 全施設
calendar-away = 休止
facility-with-short = { $name }（{ $short }）
hospital-guide = { $program }　表の中の略称: { $short }
hospital-months = { $months } か月
hospital-section-months = { $section } { $months }
hospital-of-section = { $section }　{ $figure }
hospital-leave = { $from }から { $leave }
hospital-residents = 人数
month-of-year = { $month }月
people-entry = { $program }　{ $year }採用　{ $end }まで
people-course = 研修コース { $course }　希望順 { $wish }
people-months = 研修期間 { $counted } か月（修了まで { $planned } か月）、休止 { $leave } か月
short-names-without = 国立病院機構|独立行政法人|地方独立行政法人|恩賜財団|済生会|医療法人|社会福祉法人|大学医学部附属|大学附属|医科大学|大学病院|大学|赤十字|総合|市民|都立|県立|府立|道立|市立|町立|国立|公立|附属|医療センター|センター|病院|クリニック|JCHO|地域医療機能推進機構
plan-read-calendar = シート「{ $sheet }」が編集されているため、その内容を読みました。
plan-read-placements = シート「{ $sheet }」が編集されているため、その内容を読みました。
plan-sheets-unread = 編集されていますが、読み込まれないシートがあります: { $sheets }。計画として読むのは「{ $calendar }」と「{ $placements }」だけです。
    .remedy = 計画の変更は「{ $calendar }」で行ってください。ほかのシートに書いたことは計画に反映されません。
plan-beside-edited = ワークブック { $workbook } が編集されていて、{ $table } とは配置が異なります。読んだのは { $table } です。
    .remedy = 編集した計画で続けるには、ワークブックを指定してください: { $workbook }
plan-beside-edited-here = ワークブック { $workbook } が編集されていて、{ $table } とは配置が異なります。ここで説明するのは { $table } の計画です。
    .remedy = kenshu diff で両者を比べるか、--base { $workbook } を付けて計画し直し、その計画の説明を求めてください。
plan-edited-twice = シート「{ $sheet }」と「{ $other }」の両方が編集されていて、内容が一致しません。
    .remedy = 編集するのはどちらか一方にし、もう一方は書き出されたときのままにしてください。
