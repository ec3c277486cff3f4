# kenshu: diff と以前の計画 (ja)

help-diff = 2 つの計画を比べます（誰がどこへ動き、誰の後に入るか、目標と施設への影響）
help-old = 変更前の計画（placements.csv）
help-new = 変更後の計画（placements.csv）

diff-none = 2 つの計画の配置は同じです。
diff-headline = 配置の変わる専攻医は { $people } 名、延べ { $months } か月です。{ $new ->
    [0] {""}
   *[other] 新しく加わる専攻医は { $new } 名、延べ { $new_months } か月です。
}
diff-chains-title = 入れ替わりの流れ（各専攻医は、次に記した専攻医の後に入ります。一巡では、最後の人が最初の人の後に入ります）
diff-shifts-title = 施設内での部門の変更
diff-shift = 専攻医 { $resident }（{ $start } から { $last }）: { $before } → { $after }
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
earlier-other-scenario = この表の専攻医は、プログラム { $scenario } に 1 名もいません。別のプログラムの計画です。
    .remedy = このプログラムの以前の計画の placements.csv を指定してください。
earlier-past = { $start } より前の延べ { $months } か月は、すでに履歴となったため比べません。
    .remedy = 直す必要はありません。
earlier-past-differs = 計画では専攻医 { $resident } の { $month } は別の施設ですが、{ TABLE("history.csv") } では { $facility } です。実績（{ TABLE("history.csv") }）に従います。
    .remedy = { TABLE("history.csv") } が正しければ、直す必要はありません。
earlier-outside = この行は専攻医 { $resident } の研修期間（{ $first }～{ $last }）の外にかかっています。外の月は数えません。
    .remedy = { TABLE("residents.csv") } の採用年度が正しければ、直す必要はありません。
earlier-twice = 専攻医 { $resident } の { $month } が 2 つの行にあります。{ $line } 行目に従います。
    .remedy = どちらかの行を削除してください。
earlier-gone = 専攻医 { $resident } はもうプログラムにいません。{ $start } 以降の { $months } か月分の枠が空きます。
    .remedy = そのとおりなら直す必要はありません。在籍中なら { TABLE("residents.csv") } に加えてください。
earlier-finished = 計画の専攻医のうち { $count } 名は、{ $start } 以降の予定がなく、もうプログラムにいません: { $residents }
    .remedy = 直す必要はありません。

# 計画の立て直し
base-associated = 専攻医 { $resident } の { $facility }（{ $from }～{ $until }）は続けられません。関連施設は配置先になりません。
    .remedy = 直す必要はありません。新しい計画では別の施設になります。
base-no-seats = 専攻医 { $resident } の { $facility }（{ $from }～{ $until }）は続けられません。{ $month } の定員が 0 です。
    .remedy = そのとおりなら直す必要はありません。違う場合は { TABLE("facilities.csv") } と { TABLE("facility_changes.csv") } を確認してください。
base-lock = 専攻医 { $resident } の { $facility }（{ $from }～{ $until }）は続けられません。{ $month } からの固定と合いません。
    .remedy = そのとおりなら直す必要はありません。違う場合は { TABLE("locks.csv") } を確認してください。
base-no-career-but = 専攻医 { $resident } の { $facility }（{ $from }～{ $until }）は続けられません。この配置を含む研修の進み方がありません。次のどれか 1 つを外せば続けられます: { $either }。
base-no-career = 専攻医 { $resident } の { $facility }（{ $from }～{ $until }）は続けられません。履歴、固定、規則のもとで、この配置を含む研修コースの進み方がありません。
    .remedy = そのとおりなら直す必要はありません。違う場合は { TABLE("residents.csv") }、{ TABLE("history.csv") }、{ TABLE("locks.csv") } を確認してください。
base-full = { $facility } では全員は続けられません。元の計画では { $month } に { $present } 名いますが、定員は { $seats } です。専攻医 { $resident }（{ $from }～{ $until }）もその 1 名です。
    .remedy = 直す必要はありません。動く人がなるべく少ない計画にします。
base-together = 専攻医 { $resident } の { $facility }（{ $from }～{ $until }）は、ほかの凍結した配置と同時には続けられません。
    .remedy = 直す必要はありません。あきらめる月数が最も少なくなるようにしました。
base-lifted = この行は凍結の対象ですが、{ $month } は続けられません。{ $reason }
    .remedy = この行は動くことがあります。残すには、妨げている設定を直してください。
base-lifted-not-least = 計算時間が足りず、あきらめる凍結の月数がこれより少なくできないことは確認できませんでした。
base-frozen = { $end } より前の延べ { $months } か月は、元の計画のとおりに固定しました（freeze_months）。
base-missing-for-goal = 元の計画がないため、目標 stability（元の計画からの変更）は除きました。--base で元の計画を指定してください。
base-missing-for-freeze = 元の計画がないため、freeze_months と changed_from は使われません。--base で元の計画を指定してください。
base-without-goal = 目標に stability がないため、凍結した月のほかは、元の計画に近くなるとは限りません。
claims-frozen-no-base = この plan.json では、一部の月が元の計画のとおりに固定されています。--base で元の計画を指定してください。
claims-frozen-unfounded = plan.json は専攻医 { $resident } の { $start } からの配置を固定していますが、元の計画と freeze_months からは固定の対象になりません。
