# kenshu: explain (ja)

# 表に書かれていること
explain-stay = { $facility } { $from }～{ $until }
explain-statement-must = 専攻医 { $resident } の固定: { $from } から { $until } まで { $facility }（{ TABLE("locks.csv") }）
explain-statement-frozen = 専攻医 { $resident } の変えない配置: { $from } から { $until } まで { $facility }（凍結期間、または { TABLE("locks.csv") }）
explain-statement-must-not = 専攻医 { $resident } の固定: { $from } から { $until } まで { $facility } には配置しない（{ TABLE("locks.csv") }）
explain-statement-course = 専攻医 { $resident } の研修コースの指定: { $course }（{ TABLE("residents.csv") }）
explain-statement-course-mix = 専攻医 { $resident } の研修コース: { $course }（{ TABLE("[course_mix]") }）
explain-statement-history = 専攻医 { $resident } の実績: { $stays }（{ TABLE("history.csv") }）
explain-statement-leave = 専攻医 { $resident } の{ $kind }（{ $from }～{ $until }、{ TABLE("leaves.csv") }）
explain-statement-seats = { $facility } の { $year } 年度の定員: { $seats } 名
explain-statement-seats-all = { $facility } の定員: { $seats } 名
explain-statement-pool = { $year } 年度のプログラム全体の指導医数（{ $seats } 名まで受入可能）
explain-statement-pool-all = プログラム全体の指導医数（{ $seats } 名まで受入可能）
explain-statement-volume = { $facility } の{ $case }の年間症例数（{ TABLE("facilities.csv") }）
explain-statement-share = { $case }のうち専攻医が担当できる割合: { $share }（{ TABLE("[[cases]]") }）
explain-statement-intake = { $year } 年度の採用数: { $count } 名
explain-statement-ratio = 指導医 1 名につき専攻医 { $number } 名まで（rules.residents_per_supervisor）
explain-rule-requirement = 研修要件「{ $name }」（{ TABLE("requirements.csv") }）
explain-rule-stays = 滞在条件の { $name } 行目（{ TABLE("stays.csv") }）
explain-rule-order = 順序の { $name } 行目（{ TABLE("order.csv") }）
explain-rule-course-intake = { $year } 年度採用の研修コース { $name } の定員（{ TABLE("[course_intake]") }）
explain-rule-section = { $facility } の部門「{ $name }」の定員（{ TABLE("sections.csv") }）
explain-rule-staffing = 配置人数「{ $name }」（{ TABLE("staffing.csv") }）
explain-statement-target = { $case } の目標 { $number } 件{ $supplement ->
    [0] {""}
   *[other] （うち { $supplement } 件は代替可能）
}（{ TABLE("[[cases]]") }）

# 数えた理由
explain-group = { $residents }{ $each ->
    [0] {""}
   *[other] （1 名につき少なくとも { $each } か月）
}: { $because }
explain-because-must = { $from } から { $until } まで { $facility } に固定
explain-because-must-not = { $from } から { $until } まで { $facility } には配置しない固定
explain-because-course = 研修コース { $course } に指定
explain-because-history = これまでの実績（{ TABLE("history.csv") }）
explain-because-nothing = 選べるコースでどのように配置しても、そこでの研修が必要

# 変更
explain-change-lock = { $lock }を外す
explain-change-course = 専攻医 { $resident } の研修コースを指定しない（現在は { $course }）
explain-change-course-mix = 専攻医 { $resident } の研修コースを指定しない（現在は { TABLE("[course_mix]") } により { $course }）。{ TABLE("residents.csv") } に同じ年度の行のない専攻医の行を加え、{ $resident } 以外には現在のコースを書く
explain-change-leave = { $leave }を取りやめる
explain-change-leave-rest = { $leave }を { $from } より前に終える
explain-change-seats = { $facility } の定員を { $from } から { $by } 名増やす（{ $before } 名 → { $seats } 名）
explain-change-seats-supervisors = { $facility } の定員を { $from } から { $by } 名増やす（{ $before } 名 → { $seats } 名。指導医 { $supervisors } 名が必要）
explain-change-seats-dated = { $facility } の定員を { $by } 名増やす（{ $stretches }）
explain-change-stretch = { $from } から { $before } → { $to }
explain-change-stretch-supervisors = { $from } から { $before } → { $to }（指導医 { $supervisors } 名が必要）
explain-change-supervisors = プログラム全体の指導医を { $from } から { $by } 名増やす
explain-change-intake = { $year } 年度の採用数を { $before } 名から { $to } 名にする
explain-change-intake-named = { $year } 年度の採用数を { $before } 名から { $to } 名にする（{ $residents } を採用しない）
explain-change-intake-about = { $change }。固定と休止の表にある { $residents } の行も除く
explain-change-ratio = 指導医 1 名につき専攻医 { $before } 名までを { $to } 名までにする（rules.residents_per_supervisor）
explain-change-min = { $rule }の下限を { $before } から { $to } にする
explain-change-max = { $rule }の上限を { $before } から { $to } にする
explain-change-places = { $rule }を { $before } 名から { $to } 名にする
explain-change-target = { $case } の目標を { $before } 件から { $to } 件にする（{ TABLE("[[cases]]") }）
explain-change-volume = { $facility } の { $case } を { $from } から年に { $by } 件増やす（{ $before } 件 → { $to } 件）
explain-change-volume-dated = { $facility } の { $case } を年に { $by } 件増やす（{ $stretches }）
explain-change-share = { $case } のうち専攻医が経験できる割合を { $before } から { $to } にする（trainee_share）

# 配置が存在しない理由
explain-lines =
    { $first }
    { $rest }
explain-see = 解決策は kenshu explain infeasible { $path } で求められます。
explain-feasible = 規則を守って全員を配置できます。説明することはありません。最も良い配置は kenshu plan で求められます。
explain-unknown = 制限内では、配置も、配置がないことの証明も得られませんでした。
explain-count-pooled = 施設は問わず、プログラム全体の人数を数えています。
explain-count-why = 数えた専攻医と、ほかの施設では研修できない理由:
explain-count-sum = 合計 { $needed } 名に対し、受け入れられるのは { $offered } 名です。
explain-count-sum-months = 合計 { $needed } 人月に対し、受け入れられるのは { $offered } 人月です。
explain-count-cases = 成り立つ配置はありません。専攻医 { $residents } { $others ->
    [0] {""}
   *[other] ほか { $others } 名{" "}
}の計 { $count } 名は、どのように配置しても、次の施設で { $case } を合わせて少なくとも { $needed } 件経験する必要があります: { $sites }。これらの施設で経験できるのは合わせて { $offered } 件までです。
explain-count-cases-one = 成り立つ配置はありません。専攻医 { $resident } には { $case } があと { $needed } 件必要ですが、どのように配置しても最大 { $offered } 件です。
explain-count-site = { $facility } の { $years } 年度（年 { $offer } 件）
explain-count-sum-cases = 合計 { $needed } 件に対し、経験できるのは { $offered } 件です。
explain-count-why-cases = 数えた専攻医と、ほかの施設では経験できない理由:
explain-group-cases = { $residents } （1 名につき少なくとも { $each } 件）: { $because }
explain-group-cases-one = { $residents }: { $because }
explain-conflict = 成り立つ配置はありません。表のほかの内容にかかわらず、次のすべてを同時に満たすことはできません。ほかに条件がなければ、どれか 1 つを除くと満たせます。
explain-conflict-one = 成り立つ配置はありません。表のほかの内容にかかわらず、次の条件だけで配置できなくなります。
explain-conflict-resident = 成り立つ配置はありません。専攻医 { $resident } には、次のすべてを満たす配置がありません。ほかに条件がなければ、どれか 1 つを除くと配置があります。
explain-conflict-resident-one = 成り立つ配置はありません。専攻医 { $resident } には、次の条件を満たす配置がありません。
explain-conflict-empty = 成り立つ配置はありません。固定・定員・規則にかかわらず、研修コースの区分どおりに研修できる施設の組み合わせがありません。
explain-proved = 成り立つ配置がないことは証明されました。制限内では、少数の項目による理由は見つかりませんでした。
explain-more-stuck = ほかに { $count } 名の専攻医にも成り立つ配置がありません: { $residents }
explain-ways-out = 解決策（負担の小さい順。いずれも試して、配置が存在することを確認済み）:
explain-ways-fewer = ほかの解決策は見つかりませんでした。すべてを試してはいないため、ほかにもあるかもしれません。
explain-ways-all = 試した種類の変更の中に、これらを含まない解決策はほかにありません。
explain-no-way-out-yet = 時間内に解決策は見つかりませんでした。ないとは限りません。
explain-caps = なお、このプログラムの採用数は上限を超えています。どの上限かは kenshu check で確かめられます。
explain-no-way-out = 固定・研修コース・定員・採用数・症例・規則の変更を試しましたが、解決策は見つかりませんでした。
explain-item = ・{ $item }
explain-way = { $number }. { $changes }

# できない理由
explain-asked-at = 専攻医 { $resident } を { $from } から { $until } まで { $facility } に配置できるか
explain-asked-course = 専攻医 { $resident } を研修コース { $course } にできるか
explain-granted = この計画ではすでにそうなっています。
explain-forbidden = できません。そうすると、次のすべてを同時に満たすことはできません。ほかに条件がなければ、どれか 1 つを除くと満たせます。
explain-forbidden-one = できません。表のほかの内容にかかわらず、次の条件に反します。
explain-forbidden-itself = できません。固定・定員・規則にかかわらず、それを認める研修コースがありません。
explain-impossible = できないことは証明されました。制限内では、少数の項目による理由は見つかりませんでした。
explain-no-price = できます。どの目標の値も変わりません。
explain-better = できます。しかも今の計画より良くなります（今の計画は最良ではありません）。最初に変わる目標は{ $goal }で、{ $before } が { $after } になります。
explain-price = できますが、悪くなる目標があります。最初に悪くなる目標は{ $goal }で、{ $before } が { $after } になります。
explain-price-not-best = 計算時間が足りなかったため、新しい計画は、それを認める計画のうち最良のものではない可能性があります。
explain-goal-change = { $goal }: { $before } → { $after }
explain-goal-same = { $goal }: { $before }（変化なし）
explain-nobody-else = ほかに配置の変わる専攻医はいません。
explain-others = ほかに配置の変わる専攻医は { $count } 名です。
explain-move = { $resident }: { $before } → { $after }
explain-place = { $facility }
explain-nowhere = 配置なし
explain-chain = { $from }～{ $until } { $moves }
explain-ring = { $from }～{ $until }（一巡） { $moves }
explain-course-change = 専攻医 { $resident } の研修コースが { $before } から { $after } に変わります

# 今の配置の理由
explain-why-nothing = 専攻医 { $resident } には、この計画でかなっていない、より高い順位の希望はありません。
explain-why-course = 第 { $place } 希望の研修コース { $course }:
explain-why-facility = 第 { $place } 希望の { $facility }（{ $year } 年度）:
explain-why-months = 第 { $place } 希望の { $facility }（{ $from } から { $until } まで）:
explain-other-scenario = { $path } は { $scenario } の表から作られた計画ではありません。計画を作り直すか、元の表のフォルダーを指定してください。
explain-base-missing = { $path } の計画は --base を付けて作られています。同じ表を --base に指定してください。
explain-base-unknown = { $path } の計画は --base なしで作られています。--base を外してください。
explain-unknown-year = 「{ $text }」という年度は指定できません。専攻医 { $resident } を計画しているのは次の年度です: { $years }
explain-nothing-decided = 専攻医 { $resident } には計画する月がありません。研修は計画の最初の月（{ $start }）より前に終わっています。
explain-unknown-months = 専攻医 { $resident } を計画しているのは { $from } から { $until } までです。{ $start } から { $months } か月は、その外にかかるか、すべて休止中です。
explain-part-of-the-year = 年度の一部だけを尋ねるには、--year の代わりに --start と --months を使います（例: --start 2020-10 --months 6）。

# 専攻医 1 名
explain-resident = 専攻医 { $resident }（{ $year } 年度採用、研修コース { $course }）
explain-course-wish = 研修コースは第 { $place } 希望です。
explain-course-no-wish = 研修コースの希望はありません。
explain-course-unlisted = 研修コースは希望のいずれでもありません。
explain-stays = 配置:
explain-rules = 規則と余裕:
explain-slack-no-affiliate = 連携施設での研修なし（行う場合は 1 回 { $required } か月以上）
explain-locks = 固定:
explain-lock-kept = 守られています: { $lock }
explain-lock-broken = 守られていません: { $lock }
explain-wishes = 施設の希望:
explain-wish = 第 { $place } 希望 { $facility }: { $months ->
    [0] 配置なし
   *[other] { $months } か月
}
explain-alone = ほかの専攻医の配置を変えずに移れる施設:
explain-alone-nowhere = ほかの専攻医の配置を変えずに移れる施設はありません。
explain-in-year = { $year } 年度: { $list }

# 1 施設
explain-facility = { $facility }（{ $id }）
explain-presence = { $from }～{ $until } 在籍 { $present } 名/定員 { $seats } 名{ $missing ->
    [0] {""}
   *[other] （必要人数に { $missing } 名不足）
}{ $present ->
    [0] {""}
   *[other] : { $residents }
}
explain-presence-open = { $from }～{ $until } 在籍 { $present } 名（施設ごとの上限なし）{ $missing ->
    [0] {""}
   *[other] （必要人数に { $missing } 名不足）
}{ $present ->
    [0] {""}
   *[other] : { $residents }
}
explain-presence-leave = { $presence }（{ $list }）
explain-on-leave = { $resident } は{ $kind }
explain-ids = { $residents }
explain-wished-by = この施設を希望している専攻医:
explain-wished = { $resident } 第 { $place } 希望: { $months ->
    [0] 配置なし
   *[other] { $months } か月
}
explain-could-come = ほかの専攻医の配置を変えずに、この施設に移れる専攻医:
explain-could-go = ほかの専攻医の配置を変えずに、ほかの施設に移れる専攻医:
explain-nobody-alone = ほかの専攻医の配置を変えずに、この施設に移れる人も、ほかの施設に移れる人もいません。

# 1 名・1 施設の経験症例
explain-cases = 経験症例:
explain-case = { $figures }。{ $rest }
explain-case-figures = { $case }: 目標 { $target } 件、経験済み { $logged } 件、代替 { $supplement } 件、残り { $need } 件
explain-case-not-assessed = 症例数の不明な施設があるため、判定していません
explain-case-unshared = 全員に足りるように症例を分けることはできません
explain-case-none = 予定なし
explain-case-planned = 予定: { $places }（ほかの専攻医が経験しなければ、この配置で最大 { $reach } 件）
explain-case-place = { $year } 年度 { $facility } { $planned } 件
explain-case-resident = { $resident } { $planned } 件
explain-facility-cases = 経験症例の予定（専攻医が経験できる件数のうち）:
explain-facility-case = { $case } { $year } 年度: { $offer } 件のうち { $planned } 件{ $planned ->
    [0] {""}
   *[other] （{ $each }）
}
explain-facility-case-unshared = { $case } { $year } 年度: { $offer } 件（全員に足りるように分けることはできません）
