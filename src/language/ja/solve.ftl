# kenshu: solve (ja)

solve-too-many-careers = 専攻医 { $resident } だけで { $careers } 通りの経路があります。プログラム全体で扱えるのは { $limit } 通りまでです。
    .remedy = 選択肢を絞ってください。residents.csv で研修コースを固定する、[[courses]] の区分を減らす、locks.csv で固定する、のいずれかが有効です。
solve-infeasible-by-prices = 成り立つ配置はありません。どのように選んでも、いずれかの施設で受入可能数を超えます（証明は certificate の価格にあります）。
solve-no-career = 成り立つ配置はありません。専攻医 { $resident } には、すべての規則・固定・研修コースを満たす経路が残っていません。
solve-doubtful = 配置は見つかりませんでしたが、存在しないことの証明もできていません。結論は出していません。
solve-stopped-without-plan = 配置が見つかる前に停止しました。
solve-stopped-with-plan = 途中で停止しました。配置は規則をすべて満たしていますが、最良と証明されていない目標があります。表示した下界は有効です。
