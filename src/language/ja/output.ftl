# kenshu: output (ja)

# 見出し
program-heading = { $name }（{ $id }）
program-size = 施設 { $facilities }、研修コース { $courses }、専攻医 { $residents } 名（うち名簿にない採用予定 { $anonymous } 名）
plan-residents-title = 専攻医ごとの配置
plan-residents-legend = ( ) は計画前の実績、数字は月数です。数字のない施設は1年間です。
plan-facilities-title = 施設ごとの在籍数/定員
plan-facilities-legend = 年度のうち最も余裕のない月の人数です。(-n) は必要人数に足りない延べ月数です。
plan-facilities-legend-leave = 年度のうち最も余裕のない月の人数です。(-n) は必要人数に足りない延べ月数です。
    角かっこの数字は、休止中または短時間雇用の延べ月数です。出産・疾病で休む月は必要人数に数えません。
plan-group = { $residents } 名
academic-year = { $year }年度
not-planned = 研修歴がどのコースにも合わないため、{ $count } 名（{ $residents }）は計画していません。この専攻医には配置がなく、枠も占めません。ほかの専攻医は全員計画しました。研修歴を直すか、その専攻医に限るコース（who）を加えてください。
report-history = ({ $stays })
row-total = 全施設の在籍数
list = { $first }、{ $rest }
list-empty = なし

# 列の名前
column-accreditation = 認定
column-clause = 根拠
column-course = コース
column-facility = 施設
column-finding = 内容
column-goal = 目標
column-in-training = 在籍
column-intake = 採用数
column-measured = 実際
column-min-residents = 必要人数
column-name = 名称
column-pattern = 進み方（月数）
column-proof = 証明
column-required = 基準
column-requirement = 規則の内容
column-resident = 専攻医
column-result = 結果
column-role = 区分
column-rule = 規則
column-seats = 定員
column-severity = 判定
column-supervisors = 指導医
column-training-year = { $year }年次
column-verdict = 判定
column-wish = 希望順
column-year = 年度

# 区分の名前
short-role-core = 基幹
short-role-affiliate = 連携
short-role-associated = 関連
accreditation-comprehensive = 総合修練機関
accreditation-training = 修練機関
accreditation-special = 特殊修練機関
accreditation-none = なし
severity-error = 違反
severity-warning = 注意
severity-note = 参考
verdict-broken = 違反 { $count } 件
verdict-warnings = 注意 { $count } 件
verdict-holds = 適合
verdict-holds-partly = 適合（{ $count } 項目は判定していません）
verdict-not-checked = 確認していません
verdict-because = { $requirement }（{ $because }ため）
wish-unlisted = 外

# 結論
summary-notes = 参考となる指摘が { $count } 件あります。内容は audit.csv にあります。
status-optimal = 最適な配置です。目標の優先順で、これより良い配置はありません。
status-feasible = 規則をすべて守る配置です。ただし、最も良い配置かどうかは証明できていません。
status-infeasible = 規則をすべて守る配置は存在しません。
status-unknown = 制限内では、配置も、配置がないことの証明も得られませんでした。

# 目標
goal-name = { $goal }（{ $measure }）
goal-coverage = 施設の必要人数
goal-course-wishes = コースの希望
goal-facility-wishes = 施設の希望
goal-repeats = 同じ連携施設での繰り返し
goal-stability = 元の計画からの変更
goal-requirements = 研修要件（希望）
goal-staffing = 配置人数（希望）
goal-points = 点数
measure-sum = 合計
measure-worst = 最も不利な人
measure-worst-first = 不利な人から順に
measure-sum-plus-worst = 合計と最も不利な人の和
value-coverage = { $value ->
    [0] 不足なし
   *[other] 不足 延べ { $value } か月
}
value-course-wishes = { $value ->
    [0] 第1希望または希望なし
   *[other] 第1希望より { $value } つ下
}
value-facility-wishes = 希望とのずれ { $value }（月数と順位の差の積）
value-repeats = { $value } か月
value-stability = 変更 { $value }
value-requirements = { $value ->
    [0] 不足なし
   *[other] 不足 { $value }
}
value-staffing = { $value ->
    [0] 不足なし
   *[other] 不足 延べ { $value } か月
}
value-points = 最大可能な点数より { $value } 点少ない
value-share = { $quantity }: { $residents } 名
granted-wish = 第{ $place }希望 { $residents } 名
granted-unlisted = 希望外 { $residents } 名
granted-no-wish = 希望なし { $residents } 名
proof-certified = 最良（厳密な計算で証明済み）
proof-solver = 最良（ソルバーの判定による）
proof-trivial = 最良（これより小さい値はありません）
proof-open = 下限は { $bound }

# 確認していないこと
place-name = { $facility }・{ $section }
not-stated = 表に書けないため確認していない規則（{ $count } 件）: { $rules }
not-checked-caps = 採用数の上限は確認していません（{ TABLE("program.toml") } の { TABLE("[rules.intake_cap]") } に何も書かれていません）。
not-checked-urban-cap-prefecture = 都市部の採用数の上限は確認していません（{ TABLE("facilities.csv") } に基幹施設の都道府県がありません）。
not-checked-urban-cap = 都市部の採用数の上限は確認していません（{ TABLE("program.toml") } の { TABLE("[rules.intake_cap]") } に past_hires がありません）。
cases-none = 経験症例数は評価していません（{ TABLE("program.toml") } の { TABLE("[[cases]]") } に何も書かれていません）。
cases-assessed = 評価対象の経験症例の項目：{ $items }
cases-not-assessed = 評価できない経験症例の項目：{ $gaps }
cases-gaps = { $first }；{ $rest }
cases-lacking = { $items }（件数が不明：{ $facilities }）
cases-lacking-everywhere = { $items }（どの施設の件数も不明）

## 指摘の枠

diagnostic-error = エラー
diagnostic-warning = 注意
diagnostic-note = 参考
diagnostic-help = 直し方
diagnostic-also = ほか
diagnostic-more = 同じ指摘が全部で { $count } か所あります（{ $places }{ $untold ->
        [0] {""}
       *[other] {" "}ほか { $untold } か所
    }）
diagnostic-cell = セル { $cell }（{ $column }）
column-claim = 主張
claim-whole = 結果全体
claim-frozen = 固定期間
claim-cases = 経験症例の割り当て
outcome-holds = 確認済み
outcome-open = 未確認
outcome-rejected = 否認

# 症例数
column-case = 症例
column-target = 目標
column-margin = 余裕（倍）
column-binding = 上限を決めるもの
margin-heading = 症例数の余裕（この配置のまま、全員の目標を何倍まで引き上げられるか）
margin-own-months = 専攻医本人の在籍月数（{ $names }{ $others ->
        [0] {""}
       *[other] {" "}ほか { $others } 名
    }）
margin-sites = { $names }{ $others ->
        [0] {""}
       *[other] {" "}ほか { $others } 件
    } の症例数
case-cut = { $case }: { $sites } が提供できる症例は合わせて { $offer } 件です。ここ以外で経験できる分を除いた必要数の合計は、これを超えられません。

## 結果を左右した読み方

reading-coverage-until = 必要人数の目標で数えるのは、最後の採用年度の末（{ $until }）までです。その後に { $facilities } で合わせて { $missing } 人月が足りませんが、目標には数えていません。
reading-unlisted-own = 希望に挙げていないコースまたは病院になった専攻医が { $residents } 名いますが、希望の数は人によって違います。挙げていないものは本人の希望の数と同じ順位とみなすため、希望の少ない人ほど軽く数えます（{ TABLE("[rules]") } で unlisted = "longest" とすると、最も多く挙げた人の数を全員に使います）。
reading-unlisted-longest = 希望に挙げていないコースまたは病院になった専攻医が { $residents } 名います。挙げていないものは、最も多く挙げた人の希望の数と同じ順位とみなしました（unlisted = "longest"）。
reading-wishes-decided = 病院の希望は計画対象の月だけで数えます。それより前に第1希望以外の連携施設で研修した専攻医が { $residents } 名いますが、その月は数えていません（{ TABLE("[rules]") } で wishes_count_history = true とすると数えます）。
reading-wishes-history = 病院の希望は研修期間の全体で数えました。計画より前に第1希望以外の連携施設で研修した専攻医が { $residents } 名います（wishes_count_history = true）。

## Findings about a workbook.
