# kenshu: whatif (ja)

# ヘルプ
help-whatif = プログラムの条件をいろいろに変えて、まとめて試算します: whatif SCENARIO …、whatif merge DIR …、whatif list SCENARIO …
help-folders = merge の後に、まとめるフォルダーを並べます
help-vary = 項目の値の範囲。例: intake.2020=8..=20、rules.core_months_min=6,8（複数指定すると、すべての組み合わせ）
help-set = すべての試算に共通の値。例: facilities.ashikaga.supervisors@2020-04=2
help-variants = 名前を付けた試算のファイル（範囲では表せない場合）
help-largest = この項目をどこまで増やせるか、また何があればさらに増やせるかを調べます
help-smallest = この項目をどこまで減らせるか、また何があればさらに減らせるかを調べます
help-value = 施設・年度ごとに、定員が 1 名増減したときの効果を調べます
help-draws = 将来を、この数だけ無作為に作ります（希望、コースの選択、研修中止）
help-seed = 無作為に作るときの種（省略時は 0）
help-results = 結果を書き出すフォルダー。中断した試算は、ここから続けます
help-threads = 使うスレッドの数（省略時は計算機に合わせます）
help-shard = N 個に分けたうちの i 番目だけを計算します（merge でまとめます）。auto: ジョブ管理システムの番号に従います
help-variant-limit = 試算1件の計算時間の上限（秒）
help-yes = 試算の数が非常に多くても実行します
help-sweep-programs = 多数のプログラムを計画し、1 行ずつの表にします: sweep-programs FOLDER …、sweep-programs merge DIR …
help-programs = プログラム（フォルダーまたはワークブック）、またはプログラムの入ったフォルダー。merge の後に、まとめるフォルダーを並べます
help-program-results = 表を書き出すフォルダー。中断した計算は、ここから続けます
help-program-limit = プログラム1件の計算時間の上限（秒）

# 引数の誤り
whatif-unknown-key = { $key } という項目はありません。{ $hint }
whatif-key-not-dated = { $key } は、月を指定して変えることができません。月を指定できるのは、施設の supervisors、seats、min_residents、accreditation と症例数だけです。
whatif-key-twice = { $key } が2回指定されています。1回だけ指定してください。
whatif-no-value = { $text } には値がありません。KEY=VALUE の形で書いてください。
whatif-row-malformed = { $text } は行として読めません。列=値 をカンマで区切って書いてください: id=kita,role=affiliate,accreditation=training,supervisors=2
whatif-row-not-varied = { $key } は行を指定する項目なので、範囲にはできません。--set か試算のファイルを使ってください。
whatif-not-a-row = { $key } には表ではなく、値を1つ指定してください。
whatif-range-empty = 範囲 { $text } に値がないか、空の値があります。
whatif-range-reversed = 範囲 { $text } は大小が逆です。小さい方を先に書いてください。
whatif-range-twice = 範囲 { $text } に { $value } が2回あります。
whatif-range-malformed = { $text } は範囲として読めません。8..=20、8..20、1..=3/0.5、8,10,12 のように書いてください。
whatif-range-long = 範囲 { $text } の値が { $limit } 個を超えています。
whatif-too-many = 試算の数が多すぎて数えられません。変える項目を減らしてください。
whatif-many = 試算が { $count } 件あり、およそ { $minutes } 分かかります。すべて実行するには --yes を付けてください。--shard で分けて実行することもできます。
whatif-number = { $argument } に { $value } は指定できません。{ $min } から { $max } までの整数を指定してください。
whatif-list-largest = --largest や --smallest がどの値を調べるかは途中の結果によるため、whatif list では一覧にできません。--vary を使ってください。
whatif-shard = --shard に { $value } は指定できません。1/4 や hash:1/4 のように何番目かと全体の数を指定するか、ジョブ管理システムの下では auto を指定してください。
whatif-shard-no-array = --shard auto: このタスクの番号がどこにもありません（{ $names } のいずれも設定されていません）。1/4 のように指定してください。
whatif-shard-several = --shard auto: { $names } が同時に設定されているため、どの番号に従うか決められません。1/4 のように指定するか、1つだけを残してください。
whatif-shard-no-count = --shard auto: { $name } は何番目かを示しますが、全体の数がわかりません。--shard auto/N のように全体の数を指定してください。
whatif-shard-variable = --shard auto: { $name } の値「{ $value }」は整数ではありません。
whatif-shard-beyond = --shard auto: { $name } は { $index } ですが、{ $parts } 個のタスクの番号は 0 から { $last } までです。番号を 0 から続けて付けてください。
whatif-value-unknown = --value に { $value } は指定できません。指定できる値: seats
whatif-one-question = 一度に調べられるのは1つです: --vary と --variants、--draws、--value、--largest、--smallest のいずれかにしてください。
whatif-nothing-asked = 何を変えるかを指定してください: --vary KEY=RANGE、--set KEY=VALUE、--variants、--draws、--value、--largest、--smallest
whatif-largest-alone = --{ $end } { $key } は --vary { $key } の値の中から探します。ほかの項目を同時に変えることはできません。
whatif-largest-range = --{ $end } { $key } をどの範囲で探すかが分かりません。--vary { $key }=RANGE を付けてください。
whatif-largest-no-amount = { $key } は数量ではないため、最大や最小の値はありません。指定できるのは intake.年度、course_mix.コース、rules の数値（rules.core_months_min など）、facilities.ID.supervisors、facilities.ID.seats、facilities.ID.min_residents、症例数（facilities.ID.ct など）、cases.ID.target です。
whatif-largest-no-number = { $value } は数値ではないため、大小を比べられません。
whatif-variants-toml = 試算のファイルを読めません: { $reason }
whatif-variants-key = 試算のファイルのこの場所に { $key } は書けません。書けるもの: { $known }
whatif-variants-name = { $number } 番目の試算に名前がないか、ほかの試算と同じ名前です。別の名前を付けてください。
whatif-variants-none = 試算のファイルに [[variants]] がありません。
whatif-in-variant = 試算「{ $name }」: { $fault }

# フォルダー
whatif-results-foreign = { $path } には別のシナリオ（{ $scenario }）の結果があります。--out には別のフォルダーを指定してください。
whatif-results-unknown = { $path } は kenshu が書いたフォルダーではありません。--out には別のフォルダーを指定してください。
whatif-merge-nothing = { $path } には結果（{ $file }）がありません。
whatif-merge-other = { $path } の結果は { $first } とは別の計算のものです。まとめられるのは、1つの計算を分けたものだけです。
whatif-merge-corrupt = { $path }: 結果 { $key } が途中で切れているか、変更されています。その部分をもう一度実行してください。
whatif-merge-contradiction = { $path }: 結果 { $key } が、先のフォルダーの結果と食い違っています。
whatif-merge-double = { $count } 件の結果が重複していました（内容は同じです）。
whatif-merge-failed = まとめられませんでした: 不足 { $missing } 件、破損 { $corrupt } 件、食い違い { $contradicting } 件。足りない部分をもう一度実行してください。
whatif-written = { $path } に書き出しました。
whatif-shard-done = { $parts } 個のうち { $part } 番目の計算が終わりました。すべて終わったら: kenshu whatif merge { $path } …
programs-shard-done = { $parts } 個のうち { $part } 番目の計算が終わりました。すべて終わったら: kenshu sweep-programs merge { $path } …
whatif-taken-up = { $count } 件は計算済みでした。
whatif-stopped = { $total } 件のうち { $count } 件で中断しました。同じコマンドで続きから再開します。
whatif-fault = kenshu 自身の誤りです。試算 { $variant } について、計画と検査の結果が食い違っています。
programs-fault = kenshu 自身の誤りです。{ $path } のプログラムについて、計画と検査の結果が食い違っています。
whatif-threads = スレッドを開始できません: { $reason }

# 答え
whatif-summary = 試算 { $variants } 件のうち、全員を配置できるのは { $placeable } 件{ $checked ->
    [none] です（受入数の上限は判定していません）
    [all] 、さらに受入数の上限も守るのは { $good } 件です
   *[some] 、さらに受入数の上限も守るのは { $good } 件です（上限を判定していないのは { $unchecked } 件）
}。
whatif-summary-none = 配置できない試算（{ $count } 件）: { $variants }
whatif-summary-open = 時間内に答えが出なかった試算（{ $count } 件）: { $variants }
whatif-summary-invalid = シナリオとして成り立たない試算（{ $count } 件）: { $variants }
programs-summary = プログラム { $programs } 件のうち、全員を配置できるのは { $placeable } 件（最良と証明できたのは { $proved } 件）{ $checked ->
    [none] です（受入数の上限は判定していません）
    [all] 、さらに受入数の上限も守るのは { $good } 件です
   *[some] 、さらに受入数の上限も守るのは { $good } 件です（上限を判定していないのは { $unchecked } 件）
}。
programs-summary-none = 配置できないプログラム: { $count } 件
programs-summary-open = 時間内に答えが出なかったプログラム: { $count } 件
programs-summary-invalid = 読み込めないプログラム: { $count } 件
whatif-alike = { $variants }{ $untold ->
    [0] {""}
   *[other] {" "}ほか { $untold } 件
}
whatif-draws-placeable = { $futures } 通りの将来のうち { $percent } % で、全員を配置できます。
whatif-draws-choice = { $futures } 通りの将来のうち { $percent } % で、全員が第 { $choice } 希望までのコースに入れます。
whatif-column-placeable = 配置
whatif-column-caps = 上限内
whatif-column-binding = 制約
whatif-binding-career = 規則に合う配置のない専攻医がいます
whatif-binding-part = { $rule }（{ $part }）
whatif-yes = 可
whatif-no = 不可
whatif-largest-placeable = { $key }: { $last } までは全員を配置できます。{ $next } では配置できません。
whatif-largest-placeable-all = { $key }: 調べた最大の値 { $last } まで、全員を配置できます。
whatif-largest-placeable-some = { $key }: 全員を配置できる最大の値は { $last } です。{ $next } では配置できません。
whatif-largest-placeable-last = { $key }: 調べた最大の値 { $last } で、全員を配置できます。
whatif-smallest-placeable = { $key }: { $last } 以上であれば全員を配置できます。{ $next } では配置できません。
whatif-smallest-placeable-all = { $key }: 調べた最小の値 { $last } 以上で、全員を配置できます。
whatif-smallest-placeable-some = { $key }: 全員を配置できる最小の値は { $last } です。{ $next } では配置できません。
whatif-smallest-placeable-last = { $key }: 調べた最小の値 { $last } で、全員を配置できます。
whatif-largest-placeable-none = { $key }: { $values } では、全員は配置できません。
whatif-largest-placeable-known = { $key }: { $last } では全員を配置できます。その先には、まだ分からない値があります。
whatif-largest-caps = { $key }: { $last } までは受入数の上限を守ります。{ $next } では超えます。
whatif-largest-caps-all = { $key }: 調べた最大の値 { $last } まで、受入数の上限を守ります。
whatif-largest-caps-some = { $key }: 受入数の上限を守る最大の値は { $last } です。{ $next } では超えます。
whatif-largest-caps-last = { $key }: 調べた最大の値 { $last } で、受入数の上限を守ります。
whatif-smallest-caps = { $key }: { $last } 以上であれば受入数の上限を守ります。{ $next } では超えます。
whatif-smallest-caps-all = { $key }: 調べた最小の値 { $last } 以上で、受入数の上限を守ります。
whatif-smallest-caps-some = { $key }: 受入数の上限を守る最小の値は { $last } です。{ $next } では超えます。
whatif-smallest-caps-last = { $key }: 調べた最小の値 { $last } で、受入数の上限を守ります。
whatif-largest-caps-none = { $key }: { $values } では、受入数の上限を超えます。
whatif-largest-caps-known = { $key }: { $last } では受入数の上限を守ります。その先には、まだ分からない値があります。
whatif-largest-unknown = { $key }: 可能と分かった値はありません。
whatif-largest-holes = これら以外に、成り立たない値があります: { $values }
whatif-largest-no-scenario = シナリオとして成り立たない値: { $values }（{ $why }）
whatif-largest-open = 時間内に分からなかった値: { $values }。同じコマンドで、ここから続けられます。--time-limit を長くすると、1つの値により長い時間をかけます。
whatif-largest-binding = { $next } のときの制約: { $binding }
whatif-largest-why = { $why }
whatif-lift-seat = { $facility } の定員が 1 名増えれば可能になります（計算し直して確かめました）。
whatif-lift-supervisor = { $facility } の指導医が1名増えれば可能になります（計算し直して確かめました）。
whatif-no-lift = 定員 1 名、または指導医 1 名の増加だけでは可能になりません（すべて試しました）。

# 図
whatif-chart-good = 配置でき、上限内
whatif-chart-placed = 配置できる（上限の判定なしを含む）
whatif-chart-over = 配置できるが、上限を超える
whatif-chart-none = 配置できない
whatif-chart-open = 不明
whatif-chart-none-short = 配置不可
whatif-seats-title = 定員 1 名の価値: 最初に変わる目標と、その変化
whatif-seats-blank = 空欄: 1つ増やしても減らしても、どの目標も変わらない
whatif-seats-none = 定員を 1 名増減する { $variants } 通りのどれでも、目標は変わりません。
whatif-seats-some = 定員を 1 名増減する { $variants } 通りのうち { $count } 通りで、目標が変わるか配置できなくなります: { $seats }
whatif-seats-goals = 目標の番号 — { $goals }
whatif-seat-worth = 目標{ $goal } { $change }
whatif-better = 改善
whatif-worse = 悪化
