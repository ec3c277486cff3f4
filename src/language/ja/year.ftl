# kenshu: the coming year, and a plan as a workbook (ja)

# 翌年度
help-next-year = 計画をもとに、翌年度の表を作ります
help-passed-plan = plan が結果を書き出したフォルダー、または配置の表（.csv、.xlsx）
next-ask = 採用数を記入してください
next-hole = 計画では { $resident } の { $month } の配置がありません。終わった年度に空きは残せません。
    .remedy = { $resident } がいた施設を計画に記入するか、休止をプログラムの表に記入してください。
next-twice = 計画では { $resident } が { $month } に 2 か所にいます。
    .remedy = { $resident } が実際にいた施設だけを残してください。
next-elsewhere = 計画では { $resident } が { $month } に配置されていますが、研修の対象でない月です。
    .remedy = 計画からその行を除くか、プログラムの表の休止または採用年度を直してください。
next-year = { $passed }年度が計画どおりに終わったものとして、履歴に { $rows } 行を加えました。これから計画する最初の年度は { $year }年度です。
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
next-changed-from = 過ぎた月なので、[rules] の changed_from = { $month } を除きました。
next-logged = { $passed }年度の経験症例は分からないため、記録済みの症例は元のままです。実績を記入してください。記入するまでは、{ $passed }年度に何も経験していないものとして計算します。
next-who-enters = { $year }年度の採用数は { $count } 名で、うち { $nameless } 名は名前がありません。決まった人と希望を専攻医の表に記入してください。
next-intake = { $year }年度の採用数を記入してください。今は 0 としてあります。
next-past-hires = 採用数上限の past_hires は { $passed }年度より前の実績のままです。直してください。
next-then = 次は「kenshu plan { $path } --base { $plan } --out 結果」で、これまでの計画を保って計画します。
