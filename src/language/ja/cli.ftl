# kenshu: cli (ja)

# ヘルプ
help-kenshu = 専門研修プログラムの配置を計画します。規則を破らず、最も良いことを証明した計画を作り、別の仕組みで検査します。
help-check = 表の誤り、合計、採用数の上限を確認します
help-plan = 最も良い配置を求め、表にして書き出します
help-audit = 配置の表を検査します（手作業で作った表も検査できます）
help-explain = できない理由、解決策、動く人を説明します
help-explain-infeasible = 配置が存在しない理由と解決策を説明します
help-explain-why-not = 専攻医がその施設・研修コースに配置されていない理由と、そうした場合の影響を説明します
help-explain-why = 専攻医が今の配置になった理由を説明します（より希望順の高い配置にした場合の影響）
help-plan-dir = plan が結果を書き出したフォルダー（placements.csv と plan.json）
help-resident = 専攻医の id
help-facility = 施設の id
help-year = 年度（2020 など）
help-start = 年度の代わりに、最初の月（2020-10 など）
help-months = その月からの月数
help-course = 研修コースの id
help-explain-resident = 専攻医 1 名について、計画の内容をまとめて示します
help-explain-facility = 1 施設について、計画の内容をまとめて示します
help-id = 専攻医または施設の id
help-scenario = プログラムの表が入ったフォルダーまたはワークブック（.xlsx）
help-out = 結果を書き出すフォルダー
help-base = 元の計画（placements.csv）。変更をなるべく少なくします
help-time-limit = 計算時間の上限（秒）。超えたら、そこまでで最も良い配置を出します
help-recheck-limit = 確認時間の上限（秒、省略時 60）。届かなかったところは未確認とします
help-placements = 検査する配置の表
help-certificate = plan.json の主張を確認し直します（placements.csv がなければ、配置が存在しないという主張）
help-lang = 表示の言語: ja または en（省略時は環境の言語）
help-json = 表の代わりに JSON を標準出力に書きます
help-help = この説明を表示します
help-help-command = 手引きの項目、またはコマンドの使い方を表示します
help-topic = 項目（省略すると一覧）またはコマンドの名前
help-schema = program.toml や --json の出力の JSON スキーマを表示します
help-schema-name = スキーマの名前（省略すると一覧）
help-completions = シェルでコマンドを補完するためのスクリプトを出力します
help-shell = シェル: bash、zsh、fish、powershell、elvish
help-man = man コマンド用のページを書き出します
help-licences = kenshu と、含まれるライブラリーのライセンスを表示します
help-pages = 作成するフォルダー（まだないもの）
schema-unknown = { $name } というスキーマはありません。{ $hint }スキーマの一覧は kenshu schema で表示されます。
help-contents = kenshu help TOPIC で次の項目を表示します。
help-unknown-topic = { $topic } という項目はありません。{ $hint }項目の一覧は kenshu help で表示されます。
manual-rule = **{ $id }**（{ $name }）{ $clause }:
manual-record = **{ $id }**（{ $name }）{ $clause } { $due } { $count } 件
manual-due-start = 最初の月に
manual-due-month = 在籍する月ごとに
manual-due-mid-year = 年度の 6 か月目に
manual-due-year-end = 年度または研修の終了直後に
manual-due-half-year = 年度の 6 か月目と終了直後に
manual-due-year = 年度ごと（通算、努力目標）
manual-due-training = 研修全体で
manual-due-end = 最後の月に
manual-number = **{ $key }** { $clause } { $meaning }。{ $standard }。{ $range }。
manual-value = 基準は { $value }
manual-none = 書かなければ適用しません
manual-whole = { $from }〜{ $to } の整数
manual-divisor = 0 より大きく { $to } 以下
manual-flag = true または false
manual-words = { $words } のいずれか
manual-month = 月（2020-10 など）
manual-column = **{ $id }**（{ $heading }）: { $about }
manual-sheet = **{ $id }**（{ $title }）: { $about }
manual-column-required = **{ $id }**（{ $heading }、必須）: { $about }
manual-column-words = { $words } のいずれかです。
manual-volumes = そのほか、program.toml の [[cases]]、[rules.intake_cap]、[printed_totals] で名前を挙げた症例の項目ごとに 1 列。年間の件数です。空欄は不明、0 はなしです。
help-version = 版を表示します
help-heading-usage = 使い方
help-heading-commands = コマンド
help-heading-arguments = 引数
help-heading-options = オプション

# 引数の誤り
usage-unknown-argument = { $argument } という引数は使えません。使い方は kenshu --help で表示されます。
usage-unknown-argument-near = { $argument } という引数は使えません。{ $suggested } ではありませんか。
usage-unknown-command = { $command } というコマンドはありません。コマンドの一覧は kenshu --help で表示されます。
usage-no-command = コマンド（check、plan、audit、explain）を指定してください。使い方は kenshu --help で表示されます。
usage-missing = 必要な引数がありません: { $argument }
usage-missing-value = { $argument } の値がありません。
usage-value = { $argument } に { $value } は指定できません。指定できる値: { $valid }
usage-twice = { $argument } が2回指定されています。1回だけ指定してください。
usage-time-limit = 計算時間の上限に { $value } は指定できません。60 や 0.5 のように、正の秒数を指定してください。
usage-other = 引数が正しくありません: { $reason }

# 読み込み
input-errors = { $path }: 誤りが { $count } 件あります。直してからもう一度実行してください。

# 書き出し
stdout-failed = 標準出力に書けません: { $reason }
out-is-a-file = { $path } はファイルです。--out にはフォルダーを指定してください。
out-is-the-scenario = { $path } はプログラムの表のフォルダーの中です。--out には別のフォルダーを指定してください。
out-named-like-a-table = { $path } は出力されるファイルと同じ名前です。--out には、ファイルを収めるフォルダーを指定してください。
out-leads-nowhere = { $path } はリンク切れです。--out にはフォルダーを指定してください。
out-is-the-base = --base の計画が { $path } にあり、上書きされてしまいます。--out に別のフォルダーを指定するか、元の計画を別の場所に写してからやり直してください。
out-in-use = { $path } には別の kenshu が書き込み中です。終わるのを待つか、--out に別のフォルダーを指定してください。
out-is-a-scenario = { $path } には別のプログラムの表（program.toml）があります。--out には別のフォルダーを指定してください。
out-not-writable = { $path } に書けません: { $reason }
out-create-failed = フォルダー { $path } を作れません: { $reason }
out-file-unreadable = { $path } を確認できません: { $reason }
out-file-foreign = { $path } は kenshu が書いたファイルではないため、上書きしません。移動するか、--out に別のフォルダーを指定してください。
out-file-edited = { $path } は kenshu が書いた後に変更されているため、上書きしません。移動するか、--out に別のフォルダーを指定してください。
out-write-failed = { $path } を書けません: { $reason }
out-replace-failed = { $path } を置き換えられません。Excel などで開いている場合は、閉じてからもう一度実行してください（{ $reason }）。
out-remove-failed = 前回の { $path } を削除できません。Excel などで開いている場合は、閉じてからもう一度実行してください（{ $reason }）。
out-written = { $path } に書き出しました: { $files }
out-removed = 今回の結果にないため、前回のファイルを削除しました: { $files }
out-kept = { $path } にある前回の結果は、そのまま残しました。

# 各コマンドの結論
check-too-many-careers = このままでは plan は答えを出せません。{ $why }
check-good = 表に誤りはありません（指摘 { $remarks } 件）。確認した規則に違反はありません。
check-broken = 表は読めましたが、プログラムに違反が { $count } 件あります。
audit-remarks = 表について { $count } 件の注意があります（場所は上に示しました）。
audit-good = 違反はありません。
audit-broken = 違反が { $count } 件あります。

# 計算中
progress-feasibility = 規則を守る配置があるかを調べています
progress-goal = 目標 { $position }/{ $goals } { $goal }: 現在 { $incumbent }、下限 { $bound }{ $rounds ->
        [0] {""}
       *[other] （症例数の調整 { $rounds } 回）
    }
progress-unknown = 未定

# 内部の不具合
fault = kenshu の不具合です。計画は書き出していません。{ $fault } 調査に必要なファイルを { $path } に保存しました。
fault-not-kept = kenshu の不具合です。計画は書き出していません。{ $fault } 調査に必要なファイルも保存できませんでした: { $reason }
fault-rule = 求めた配置が規則 { $rule } に違反しています（{ $finding }）。
fault-goals = 目標の値が、計算と検査で一致しません。
fault-cases = 経験症例の割り当てが成り立ちません。{ $reason }
fault-status = 結論（{ $status }）と配置の有無が合いません。
claims-unreadable = { $path } は kenshu の plan.json ではありません: { $reason }
audit-rejected = 証明書の主張のうち { $count } 件は認められません。
audit-frozen-changed = 元の計画で固定されている月が変わっています。
audit-claims-hold = 証明書の主張はすべて、ソルバーを使わずに確認できました。
audit-claims-open = 確認できた主張は正しいと証明できましたが、確認できない主張があります。

help-new-program = 記入用のプログラムを作ります
help-convert = フォルダーとワークブックを相互に変換します
help-target = 作成するフォルダーまたは .xlsx ファイル（まだないもの）
help-from = 元にするシナリオ（keio など）。省略すると小さな例から始めます
target-exists = 「{ $path }」はすでにあります。何も書き換えていません。まだない名前を指定してください。
target-unwritable = 「{ $path }」に書き込めません: { $reason }
target-lossy = 変換した結果を読み直すと元と同じになりません。何も書き出していません。この不具合をお知らせください。
target-written = 「{ $path }」に書き出しました。
target-ending = 「{ $path }」の形式は書き出せません。.xlsx で終わる名前か、フォルダーの名前を指定してください。
new-unknown = 「{ $text }」というシナリオはありません。{ $hint }
new-next = 次は「kenshu check { $path }」で確かめ、「kenshu plan { $path } --out 結果」で計画を作ります。

# ライブラリー
facade-unreadable = 表を読めません。
facade-fault = kenshu 自身の誤りです。{ $fault }
facade-unknown = 「{ $text }」にあたるものはありません。
