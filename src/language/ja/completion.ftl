# kenshu: completion (ja)

help-progress = 修了の見込み（研修期間、症例、研修記録、未達の理由）を専攻医ごとに示します
help-due = 何をいつどこで提出・実施するか（報告、署名、評価、修了判定）の一覧です
help-due-from = この月以降の期限だけを示します
help-due-until = この月までの期限だけを示します
help-as-of = この月より前が済んでいるものとします（既定：表から分かる時点）
help-ways-out = 計画で満たせない専攻医について、誰をどこへ動かせばよいか、どの計画でも満たせない場合はその理由と解決策を示します
help-tables-out = 表を書き出すフォルダー

completion-time = 研修期間
completion-case = { $name }
completion-kind = { $name }
completion-verdict = 修了の見込み
completion-why = 理由
completion-and = 、
completion-line = { $names }：{ $why }
completion-title = { $as_of } 時点の修了要件（計画なし）
completion-title-plan = { $as_of } 時点の修了要件（計画どおりに進んだ場合）
completion-legend = これまで→計画どおりの場合/必要数。? 不明、! 未達のおそれ、× 達成不可
completion-minima = 研修期間と施設数
completion-cases = 経験症例
completion-records = 研修記録
completion-summary = 達成 { $met } 名、達成見込み { $on_course } 名、不明 { $not_known } 名、未達のおそれ { $at_risk } 名、達成不可 { $impossible } 名

completion-mended = 配置で満たせるものをすべて満たし、この計画に最も近い計画があります（過ぎた月はそのまま）。
completion-mended-how = 書き出すには{ $changed ->
        [0] {"、"}
       *[other] 、規則の changed_from を "{ $month }" に設定し、
    }kenshu plan SCENARIO --base { $path } --out DIR を実行してください。
completion-not-mended = 過ぎた月をそのままにすると、{ $path } で満たせないものを満たす計画はありません。
completion-mended-unknown = 制限時間内では、{ $path } に代わる計画があるかどうか分かりませんでした。
completion-mended-fault = kenshu の不具合です。別の計画は示せません。{ $fault }
completion-nothing-to-mend = 配置を変えて満たせるようになる項目はありません。

completion-no-plan = 計画がないため判断できません
completion-unplaced = 計画に、配置のない月または重なっている月が { $count } か月あります
completion-set-aside = 研修歴がどのコースにも合わないため、計画の対象外です
completion-lacking = 残りの期間をどう変えても { $count } 不足します
completion-unreached = 計画どおりでは { $count } 不足します。{ $from } 以降の配置は変えられます{ $any ->
        [0] {""}
       *[other] （{ $facilities }に多くあります）
    }。kenshu explain why-not で確かめてください
completion-shared = ほかの専攻医と分け合うため { $count } 不足します。計画を立て直してください
completion-not-assessed = 件数の分からない施設があります
completion-not-logged = これまでの経験が記録されていません
completion-not-kept = この記録は誰のものもありません
completion-overdue = 期限を過ぎたものが { $count } 件あります（{ $months }{ $others ->
        [0] {""}
       *[other] {" "}ほか { $others } 件
    }）
completion-behind = { $count } 件遅れています

due-extension-end = 延長期間の終了
due-keep-until = 記録の保管期限
due-at = { $thing }（{ $place }）
due-of = { $resident }：{ $things }
due-summary = 期限：{ $things }
due-written = { $path } に due.csv、due.json と、専攻医・病院ごとのカレンダー { $calendars } 件を書き出しました

## pseudonymise

help-pseudonymise = 氏名などを除いたプログラムを書き出します（元に戻せるのは鍵のファイルだけです）
help-key = 鍵のファイル。なければ作ります。書き出すものには含めません
help-unlink = 鍵を消去し、誰も元に戻せないようにします
key-no-random = 鍵に使う乱数をこの機械から得られません：{ $reason }
key-foreign = { $path } はすでにあり、kenshu の鍵のファイルではありません。--key に別のファイルを指定してください。
key-unusable = { $path } を鍵のファイルとして使えません：{ $reason }
key-in-output = { $path } は書き出すものの中にあります。--key に別の場所のファイルを指定してください。
key-collision = { $path } の鍵では、2 つの ID が同じ仮名になります。--key に新しいファイルを指定してください。
key-missing = { $path } に鍵はないため、何も消去していません。
key-written = 鍵と、仮名と元の ID の対応は { $path } にあります。書き出したものとは別に保管してください。
key-destroyed = 鍵 { $path } を消去しました。仮名から元に戻すことは誰にもできません（ファイルの控えが残っていれば別です）。
pseudonymise-workbook = 氏名などを除いたものはフォルダーに書き出します。--out には .xlsx で終わらない名前を指定してください。
pseudonymise-groups = 採用年度・研修コース・病院が同じ人が 3 名に満たない組が { $count } 組あります。プログラムを知る人には誰のことか分かるおそれがあります。
pseudonymise-group = - { $year }年度採用、コース { $course }、{ $facility }：{ $residents } 名
pseudonymise-groups-more = - ほか { $count } 組
