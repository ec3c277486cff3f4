# kenshu: diff と以前の計画 (ja)

help-diff = 2 つの計画を比べます（誰がどこへ動き、誰の後に入るか、目標と施設への影響）
help-old = 変更前の計画（placements.csv）
help-new = 変更後の計画（placements.csv）

diff-none = 2 つの計画の配置は同じです。
diff-headline = 配置の変わる専攻医は { $people } 人、延べ { $months } か月です。
diff-chains-title = 入れ替わりの流れ（各専攻医は、次に記した専攻医の後に入ります。一巡では、最後の人が最初の人の後に入ります）
diff-seats-title = 人の出入りがある施設（延べ月数。最多は 1 か月あたりの在籍数の最大）
diff-departures = 転出
diff-arrivals = 転入
diff-most = 最多
diff-same = 変化なし
diff-better = 改善
diff-worse = 悪化
column-resident-name = 氏名
column-from-month = 開始
column-until-month = 終了
column-months = 月数
column-before = 変更前
column-after = 変更後
column-change = 変化

# 以前の計画
earlier-other-scenario = この表の専攻医は、プログラム { $scenario } に 1 人もいません。別のプログラムの計画です。
    .remedy = このプログラムの以前の計画の placements.csv を指定してください。
earlier-past = { $start } より前の延べ { $months } か月は、すでに履歴となったため比べません。
    .remedy = 直す必要はありません。
earlier-past-differs = 計画では専攻医 { $resident } の { $month } は別の施設ですが、history.csv では { $facility } です。実績（history.csv）に従います。
    .remedy = history.csv が正しければ、直す必要はありません。
earlier-outside = この行は専攻医 { $resident } の研修期間（{ $first }～{ $last }）の外にかかっています。外の月は数えません。
    .remedy = residents.csv の採用年度が正しければ、直す必要はありません。
earlier-twice = 専攻医 { $resident } の { $month } が 2 つの行にあります。{ $line } 行目に従います。
    .remedy = どちらかの行を削除してください。
earlier-gone = 専攻医 { $resident } はもうプログラムにいません。{ $start } 以降の { $months } か月分の枠が空きます。
    .remedy = そのとおりなら直す必要はありません。在籍中なら residents.csv に加えてください。
earlier-finished = 計画の専攻医のうち { $count } 人は、{ $start } 以降の予定がなく、もうプログラムにいません: { $residents }
    .remedy = 直す必要はありません。
