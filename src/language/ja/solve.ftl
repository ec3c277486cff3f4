# kenshu: solve (ja)

solve-too-many-careers = 専攻医の進路の組み合わせが全体で { $careers } 通りあり、扱える上限（{ $limit } 通り）を超えます（条件の同じ専攻医は 1 人分と数えます）。最も多いのは専攻医 { $resident } の { $most } 通りです。residents.csv で研修コースを固定する、[[courses]] の 1 年の区分を減らす、locks.csv で固定する、のいずれかで選択肢を絞ってください。
solve-infeasible-by-prices = 成り立つ配置はありません。どのように選んでも、いずれかの施設で受入可能数を超えます（証明は certificate の価格にあります）。
solve-no-career = 成り立つ配置はありません。専攻医 { $resident } には、すべての規則・固定・研修コースを満たす経路が残っていません。
solve-doubtful = 配置は見つかりませんでしたが、存在しないことの証明もできていません。結論は出していません。
solve-stopped-without-plan = 配置が見つかる前に停止しました。
solve-stopped-with-plan = 配置は規則をすべて満たしていますが、最良と証明できていない目標があります（途中で停止したか、手を尽くしても決められませんでした）。表示した下限は有効です。
