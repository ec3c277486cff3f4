# kenshu: solve (ja)

solve-too-many-careers = 専攻医 { $resident } の配置は、月・施設・規則上の累計の組み合わせが { $limit } 通りを超え、調べきれません。{ TABLE("residents.csv") } で研修コースを固定する、{ TABLE("[[courses]]") } の 1 年の区分を減らす、必要な施設数（facilities_min）を減らす、{ TABLE("locks.csv") } で固定する、のいずれかで選択肢を絞ってください。
solve-infeasible-by-prices = 成り立つ配置はありません。どのように選んでも、いずれかの月で席が足りません。1 つの月だけでは示せませんが、証明は certificate の価格にあります。
solve-infeasible-seats = 成り立つ配置はありません。{ $from } から { $months } か月間、専攻医 { $residents } { $others ->
    [0] {""}
   *[other] ほか { $others } 名{" "}
}の計 { $count } 名が研修できるのは { $facilities } だけですが、定員は{ $places ->
    [1] {""}
   *[other] {"合わせて"}
} { $seats } 名です。
solve-infeasible-months = 成り立つ配置はありません。{ $from } から { $until } までに、{ $count } 名の専攻医は、どのように配置しても { $facilities } で合わせて少なくとも { $needed } 人月の研修が必要ですが、受け入れられるのは { $seats } 人月までです。
solve-infeasible-pooled = 成り立つ配置はありません。{ $from } から { $months } か月間、{ $count } 名が研修しますが、プログラム全体の指導医数で受け入れられるのは { $seats } 名です。
solve-no-career = 成り立つ配置はありません。専攻医 { $resident } には、すべての規則・固定・研修コースを満たす配置がありません。次のどれか 1 つを外せば配置が残ります: { $either }。
solve-no-career-at-all = 成り立つ配置はありません。専攻医 { $resident } には、すべての規則・固定・研修コースを満たす配置がありません。固定・研修コース・規則のどれか 1 つを外すだけでは解消しません。
solve-relax-or = { $all }、または { $one }
solve-relax-locks = この専攻医の固定（{ TABLE("locks.csv") }）
solve-relax-course = 研修コースの指定（{ TABLE("residents.csv") } の course）
solve-relax-case = { $case } の目標（あと { $need } 件必要ですが、どのように配置しても最大 { $most } 件です）
solve-doubtful = 配置は見つかりませんでしたが、存在しないことの証明もできていません。結論は出していません。
solve-stopped-without-plan = 配置が見つかる前に停止しました。
solve-stopped-with-plan = 配置は規則をすべて満たしていますが、最良と証明できていない目標があります（途中で停止したか、手を尽くしても決められませんでした）。表示した下限は有効です。
