# kenshu: report (ja)

report-about = 専攻医 { $residents } 名、{ $facilities } 施設、計画の期間 { $first } 〜 { $last }
report-made-by = kenshu { $version } がプログラム { $id }（{ $hash }）から作成
report-goals = 目標
report-plan = 配置
report-changes = 元の計画からの変更
report-hospitals = 施設
report-residents = 専攻医
report-judge = 検査
report-number = 順
report-remarks = 備考
report-proof-legend = 「厳密な計算で証明済み」とは、plan.json にある定員の価格（分数）によって、これより良い計画がないと示されていることです。kenshu audit … --certificate plan.json で、ソルバーを使わずに確かめ直せます。
report-course-wishes = 研修コースの希望の結果（人数）
report-unlisted = 希望以外
report-no-wish = 希望なし
report-plan-legend = 数字は月数で、数字のない施設は 1 年間です。破線で囲んだ斜体は計画前の実績、コースの後の（ ）は希望の順位です。
report-changed-legend = ◆ と枠は、元の計画では別の施設にいた月です。
report-cohort = { $year }年度採用（{ $count } 名）
report-chart = { $facility }の月ごとの人数
report-chart-legend = 灰色は月ごとの人数、破線は定員（大きく上回る場合は省略）、点線は必要人数です。「3/9」は、年度のうち最も余裕のない月の人数と定員です。
report-most-seats = 人数/定員
report-people = 研修する専攻医（1 年間でない場合は期間）
report-judge-legend = すべての規則について、計画を作る部分とは別に作られた仕組みで検査した結果です。
report-findings = 指摘
report-when = 期間

calendar-in-section = { $resident }（{ $section }）
calendar-course = { $program }、{ $course } コース
