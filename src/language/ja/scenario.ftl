# kenshu: scenario (ja)
# 入力ファイルの指摘です。キーがそのまま指摘コードになり、`.remedy` に直し方を書きます。

# ほかの文に差し込む「もしかして」です。
hint-nearest = 「{ $name }」の間違いではありませんか。
hint-known = 使えるもの: { $names }
hint-words = 使えるもの: { $words }
word-as-is = { $id }
hint-known-more = 使えるもの: { $names } ほか { $more } 件

role-core = 基幹施設
role-affiliate = 連携施設
role-associated = 関連施設

toml-text = 引用符で囲んだ文字列
toml-number = 引用符のない数値
toml-table = キーと値の表
toml-flag = 引用符のない true か false
toml-list = 角括弧で囲んだ一覧

## フォルダーとファイル

folder-missing = フォルダーもファイルも「{ $file }」という名前では見つかりません。
    .remedy = program.toml と facilities.csv が入っているフォルダーか、ブック（.xlsx）を指定してください。
folder-is-file = 「{ $file }」はフォルダーではなくファイルです。
    .remedy = program.toml と facilities.csv が入っているフォルダーを指定してください。
file-missing = { $file } がありません。
    .remedy = フォルダーに { $file } という名前のファイルを入れてください。「kenshu new フォルダー名」で、記入用のファイルが揃ったフォルダーを作れます。
file-unreadable = 「{ $file }」を読み取れません: { $reason }
    .remedy = 通常のファイルであること、読み取りの権限があること、ほかのソフトで開いていないことを確かめてください。
file-not-ordinary = フォルダーや装置であり、通常のファイルではありません
file-too-large = 「{ $file }」の大きさは { $size } で、上限の { $limit } を超えています。読み込んでいません。
    .remedy = 正しいファイルか確かめてください。大きなプログラムの表でも 1 MB に届きません。
file-not-text = 「{ $file }」は UTF-8 または CP932（シフトJIS）のテキストではありません。
    .remedy = Excel では「CSV UTF-8（コンマ区切り）」で保存してください。ブック（.xlsx）と UTF-16 は読み取れません。
file-damaged = 「{ $file }」は UTF-8 ですが、この行に壊れたバイトがあります。
    .remedy = この行を書き直すか、元のファイルから保存し直してください。
file-not-read = 「{ $file }」は読み込んでいません。この表のファイル名は { $table } でなければなりません。
    .remedy = { $table } という名前にしてください。ブックやほかの形式のファイルは、先に「CSV（コンマ区切り）」で保存します。プログラムの表でなければ、別のフォルダーに移してください。
file-unknown = 「{ $file }」という表はないため、読み込んでいません。{ $hint }
    .remedy = このシナリオの表であれば名前を直し、そうでなければ別のフォルダーに移してください。
file-is-output = 「{ $file }」は kenshu が書き出すファイルのため、入力としては読み込んでいません。
    .remedy = 直す必要はありません。--out に別のフォルダーを指定すると、入力と結果が混ざりません。
too-many-findings = 指摘が { $limit } 件を超えたため、残りは表示していません。
    .remedy = まずここまでを直して、もう一度読み込んでください。同じ指摘が多いときは、ファイルや列の取り違えがよくある原因です。

## 表

table-no-header = 見出しの行がありません。
    .remedy = 1 行目に列名を書いてください: { $columns }
table-empty = 表に行がありません。
    .remedy = 見出しの下に、施設ごとに 1 行ずつ書いてください。
table-too-large = 表が { $rows } 行または { $columns } 列を超えています。
    .remedy = 正しいファイルか確かめ、表に関係のない部分を削除してください。
table-separator = 列がコンマで区切られていません。
    .remedy = 半角のコンマで区切ってください。Excel では「CSV UTF-8（コンマ区切り）」で保存します。
quote-open = 引用符が開いたまま閉じていません。
    .remedy = セルの終わりに " を書いてください。セルの中の引用符は "" と書きます。
quote-stray = このセルには、引用符の外にも文字があります。
    .remedy = セル全体を引用符で囲み、セルの中の引用符は "" と書いてください（例: "青木 ""健"" 医師"）。最初の引用符の前に空白は置けません。
quote-spans-rows = このセルは { $lines } 行にわたり、表の行のように見える部分も 1 つのセルとして読んでいます。
    .remedy = 行のつもりであれば、最初の行の終わりに " を書いてセルを閉じてください。そうでなければ、直す必要はありません。
header-empty = 値があるのに列名がありません。
    .remedy = 見出しに列名を書くか、列を削除してください。
unknown-column = 「{ $text }」という列はありません。{ $hint }
    .remedy = 列名を直すか、列を削除してください。
column-unread = kenshu の知らない列は読み込んでいません: { $columns }
    .remedy = 直す必要はありません。{ $volumes ->
        [yes] 症例数の列は、{ TABLE("program.toml") } の { TABLE("[rules.intake_cap]") }、{ TABLE("[printed_totals]") }、{ TABLE("[[cases]]") } のどれかに名前が必要です。
       *[no] {""}
    }
missing-column = 列「{ $column }」がありません。
    .remedy = { $column } という列を加えてください。列の順序は自由です。
duplicate-column = 列「{ $text }」が 2 つあります。
    .remedy = どちらかを削除するか、名前を変えてください。
row-too-long = 「{ $text }」が見出しの { $columns } 列からはみ出しています。
    .remedy = コンマを含むセルは引用符 "…" で囲むか、列に名前を付けてください。

## 値

value-empty = 値がありません。
    .remedy = 値を書いてください。
text-too-long = 文字数が { $limit } を超えています。
    .remedy = 短くしてください。ファイルの大部分が 1 つのセルになっているときは、引用符が足りません。
text-control = 制御文字 { $character } が含まれています。
    .remedy = 削除してください。\u001b のような文字は名前に使えません。
id-malformed = 「{ $text }」は ID に使えません。「;」、タブ、改行のいずれかを含んでいます。
    .remedy = 英数字とハイフンを使ってください。「;」は一覧の区切りです。
duplicate-id = ID「{ $text }」はすでに使われています。
    .remedy = それぞれ別の ID にしてください。全角と半角の違いや、目に見えない文字の違いしかない ID は同じものとみなします。
number-malformed = 「{ $text }」は数値ではありません。
    .remedy = 12 や 12.5 のように数字だけを書いてください。単位、指数、空白は使えません。
number-not-finite = 「{ $text }」は有限の数ではありません。
    .remedy = 数値を書いてください。わからない値で、省略できるものは空欄にします。
number-separator = 「{ $text }」に桁区切りが入っています。
    .remedy = { $plain } と書いてください。Excel ではセルの表示形式を「標準」にします。
number-decimal-comma = 「{ $text }」は、小数点の代わりにコンマが使われています。
    .remedy = { $plain } と書いてください。
number-negative = 「{ $text }」は負の数です。
    .remedy = 0 以上の数を書いてください。
number-not-whole = 「{ $text }」は整数ではありません。
    .remedy = 小数を含まない数を書いてください。
number-too-fine = 「{ $text }」は小数点以下が { $digits } 桁を超えています。
    .remedy = 小数点以下 { $digits } 桁までに丸めてください。
number-out-of-range = 「{ $text }」は { $min } から { $max } の範囲にありません。
    .remedy = { $min } から { $max } までの数を書いてください。
month-malformed = 「{ $text }」は年月ではありません。
    .remedy = 2019-04、2019/4、2019年4月、令和元年5月 のように年と月を書いてください（{ $first } 年から { $last } 年まで）。
month-day = 「{ $text }」は月の初日ではありません。
    .remedy = 期間は月単位で数えます。2019-04 のように月だけを書くか、その月の 1 日を書いてください。
unknown-prefecture = 都道府県「{ $text }」はありません。{ $hint }
    .remedy = 東京都、東京、Tokyo のように書いてください。わからないときは空欄にします。
name-ambiguous = 「{ $text }」という名前は複数あります: { $ids }
    .remedy = 名前の代わりに ID を書いてください。
id-was-date = 「{ $text }」を { $id } として読みました。表計算ソフトが ID を日付か数値に変えたようです。
    .remedy = 直す必要はありません。Y2019-01 のように英字で始まる ID は変わりません。
unknown-word = 「{ $text }」はここに書ける語ではありません。{ $hint }
    .remedy = 使える語のどれかを書いてください。
unknown-facility = 施設「{ $text }」はありません。{ $hint }
    .remedy = { TABLE("facilities.csv") } の ID か施設名を書くか、{ TABLE("facilities.csv") } に施設を加えてください。複数あるときは「;」で区切ります。
unknown-course = 研修コース「{ $text }」はありません。{ $hint }
    .remedy = { TABLE("program.toml") } の { TABLE("[[courses]]") } の ID か名前を書いてください。複数あるときは「;」で区切ります。
unknown-resident = 専攻医「{ $text }」はいません。{ $hint }
    .remedy = { TABLE("residents.csv") } の ID か氏名、または Y2019-01 のような匿名の専攻医の ID を書いてください。
unknown-place = 「{ $text }」という施設、部門、印などの場所はありません。{ $hint }
    .remedy = 施設、「施設/部門」、「*/部門」、{ TABLE("facilities.csv") } の印、区分、認定、都道府県、any のどれかを書いてください。「;」はいずれか、「&」は両方、「!」は以外です。
unknown-section = この施設に部門「{ $text }」はありません。{ $hint }
    .remedy = { TABLE("sections.csv") } の ID か部門名を書くか、{ TABLE("sections.csv") } に部門を加えてください。
section-none = この施設には部門がないため、「{ $text }」は読み取れません。
    .remedy = 空欄にするか、{ TABLE("sections.csv") } に施設の部門を加えてください。
section-id = 「{ $text }」は部門の ID に使えません。「/」「&」「!」「*」のいずれかを含んでいます。
    .remedy = 英数字とハイフンを使ってください。これらの記号は場所の指定で使います。
section-associated = 「{ $text }」は関連施設です。だれも配置されないため、部門にも入りません。
    .remedy = 行を削除するか、施設を直してください。
unknown-who = 「{ $text }」という研修コースも、専攻医の印もありません。{ $hint }
    .remedy = { TABLE("[[courses]]") } の ID か名前、または { TABLE("residents.csv") } の印を書いてください。全員が対象のときは空欄にします。
who-year = ここには「{ $text }」を書けません。この行は月ごとではなく研修全体の規則です。
    .remedy = 年次は { TABLE("staffing.csv") } で使えます。研修の一部の期間を指すときは { TABLE("requirements.csv") } の when を使ってください。
selector-malformed = 「{ $text }」は場所や対象の指定として読み取れません。
    .remedy = 「;」（いずれか）、「&」（両方）で名前をつなぎ、除くものの前に「!」を書いてください。例: core;affiliate&!東京都
selector-ambiguous = 「{ $text }」は{ $one }とも{ $other }とも読めます。
    .remedy = 印や施設の ID など、変えられるほうの名前を変えてください。
selector-any = すべての施設
selector-role = 区分
selector-accreditation = 認定
selector-prefecture = 都道府県
selector-tag = 施設の印
selector-facility = 施設
selector-section = 部門
selector-course = 研修コース
selector-resident-tag = 専攻医の印
selector-year = 年次
selector-empty = 「{ $text }」に当てはまる場所がありません。
    .remedy = 名前とつなぎ方を確かめてください。「&」は両方に当てはまる場所だけを指します。
associated-placed = 「{ $text }」は関連施設です。非常勤での研修だけが認められ、配置先にはなりません（{ $clause }）。
    .remedy = 基幹施設か連携施設を書いてください。

## program.toml

toml-syntax = TOML の書き方に誤りがあります。
    .remedy = 1 行に 1 つずつ「キー = 値」と書き、文字列は "…"、一覧は […] で囲み、小数点にはピリオドを使ってください。ほかの部分は、ここを直してから確認します。
duplicate-key = 同じキーが 2 つあります。
    .remedy = どちらかを削除してください。
unknown-key = ここに「{ $text }」というキーはありません。{ $hint }
    .remedy = キーを直すか、行を削除してください。
missing-key = キー「{ $key }」がありません。
    .remedy = 次のような行を書き加えてください: { $example }
wrong-type = 「{ $text }」は { $key } の値になりません。{ $expected }が必要です。
    .remedy = { $expected }を書いてください。
no-courses = 研修コースがありません。
    .remedy = { TABLE("[[courses]]") } に、id と years を持つコースを 1 つ以上書いてください。
part-malformed = 「{ $text }」は年次の区分として読み取れません。
    .remedy = "core:12"、3 か月ずつに分ける "any:36/3"、どこにも配置しない "free:2" のように、場所と月数を書いてください。
part-step = 「{ $text }」の { $months } か月は { $step } か月ずつに分けられません。
    .remedy = 刻みの倍数の月数にするか、刻みを変えてください。
course-year-count = このコースは { $years } 年次分ですが、研修期間 { $months } か月には { $due } 年次分が必要です。
    .remedy = 年次ごとに 1 つの一覧を書くか、training_months を直してください。
course-year-sum = { $year } 年次の合計が { $sum } か月です。{ $due } か月でなければなりません。
    .remedy = 合計が { $due } か月になるように直してください。
pattern-duplicate = 同じ内容がすでにあります。同じ年次の中の順序は、もともと自由です。
    .remedy = 重複を削除してください。
pattern-breaks-rule = このとおりに研修できる人はいません。規則 { $rule }（{ $clause }）には { $required } が必要ですが、最大でも { $measured } です。
    .remedy = コースの内容か、{ TABLE("[rules]") } の数値を直してください。
goals-empty = 目標の一覧が空です。
    .remedy = 目標を書いてください。goals を取り除けば、標準の順序になります。
goal-duplicate = 目標 { $goal }（{ $measure }）はすでにあります。
    .remedy = 重複を削除してください。同じ目標は最初の 1 回で決まります。
goal-measure = 目標 { $goal } に「{ $text }」は使えません。
    .remedy = measure = "sum" と書いてください。coverage と staffing は場所の目標で、専攻医ごとの値がありません。
course-mix-empty = { TABLE("[course_mix]") } の重みがすべて 0 です。
    .remedy = 1 つ以上のコースに 0 より大きい重みを付けるか、{ TABLE("[course_mix]") } を取り除いてください。
printed-total-missing = 受入数上限は公表された合計に基づく設定ですが、「{ $name }」の合計がありません。
    .remedy = { TABLE("[printed_totals]") } に { $name } を加えるか、totals = "rows" としてください。
volume-column-missing = { TABLE("facilities.csv") } に列「{ $text }」がありません。{ $hint }
    .remedy = { TABLE("facilities.csv") } に列を加える（空欄は「不明」になります）か、ここの名前を直してください。
volume-name-taken = 「{ $text }」は症例数の名前に使えません。{ TABLE("facilities.csv") } で別の意味の列です。
    .remedy = ここと { TABLE("facilities.csv") } の両方で、別の名前にしてください。
intake-without-history = { $year } 年度の採用数は { $residents } 名ですが、{ TABLE("residents.csv") } には { $rows } 名しかいません。残りの人の研修歴がわかりません。
    .remedy = first_year より前に採用した専攻医は { TABLE("residents.csv") } と { TABLE("history.csv") } に書くか、ここから年度を取り除いてください。
intake-below-rows = { $year } 年度の採用数は { $residents } 名ですが、{ TABLE("residents.csv") } には同じ年度の専攻医が { $rows } 名います。
    .remedy = { $rows } 以上にするか、{ TABLE("residents.csv") } の entry_year を直してください。
too-many-residents = 専攻医が { $residents } 名います。上限は { $limit } 名です。
    .remedy = 採用数を確かめてください。別々のプログラムは別々のシナリオにします。
too-many-facilities = 施設が { $facilities } あります。上限は { $limit } です。
    .remedy = このプログラムで配置することのない施設の行を除いてください。
too-many-sections = 部門が { $sections } あります。上限は { $limit } です。
    .remedy = このプログラムの専攻医が入らない部門を除いてください。
too-many-entries = { $key } の項目が { $count } あります。上限は { $limit } です。
    .remedy = 不要な項目を除いてください。別々のプログラムは別々のシナリオにします。
no-residents = 配置する専攻医がいません。採用数も { TABLE("residents.csv") } の行もありません。
    .remedy = { TABLE("program.toml") } の { TABLE("[intake]") } に採用数を書くか、{ TABLE("residents.csv") } に行を加えてください。

## 施設、専攻医、研修歴、固定

no-core-facility = 基幹施設（core）がありませんが、研修コースには基幹施設での期間があります。
    .remedy = 基幹施設の role の列に core と書いてください。
placement-contradicts = { $column } は「{ $text }」ですが、この行の resident（{ $resident }）・facility（{ $facility }）・start からは「{ $expected }」になります。計画は resident・facility・start・months だけから読み取ります。
    .remedy = 配置を変えるつもりなら、resident か facility の ID、または start を直してください。そうでなければ { $column } は空欄で構いません。
several-cores = 基幹施設（core）が複数あります: { $ids }。基幹施設は 1 プログラムに 1 つです。ここではすべてを基幹施設として数えます。
    .remedy = 意図したものでなければ、1 つを除いて affiliate と書いてください。
change-column = 「{ $text }」は途中で変わる列ではありません。{ $hint }
    .remedy = supervisors、seats、min_residents、accreditation、症例数のどれかを書いてください。役割が変わる施設は、別の施設として書きます。部門で変えられるのは seats と min_residents だけです。
change-too-late = { $from } からの変更ですが、全員の研修が { $last } までに終わるため、この行には効果がありません。
    .remedy = 年を確かめるか、行を削除してください。
change-duplicate = この施設の同じ値（{ $column }）が、{ $line } 行目でも同じ月に変わっています。
    .remedy = どちらか 1 行だけを残してください。
wish-duplicate = 希望「{ $text }」が 2 回書かれています。
    .remedy = 後のほうを削除してください。
wish-not-affiliate = 「{ $text }」は{ $role }のため、希望先になりません。
    .remedy = 連携施設だけを書いてください。基幹施設の期間は研修コースで決まります。
entry-contradicts = 開始月 { $entry } は { $year } 年度ですが、entry_year は別の年度です。
    .remedy = どちらかを直すか、entry_year を空欄にしてください。
training-over = { $text } 年度に採用された専攻医は { $end } に修了しており、最初の計画年度 { $first_year } に決めることがありません。
    .remedy = 行を削除するか、entry_year を直してください。
history-missing = 専攻医 { $resident } の研修歴がありません。{ $first } から { $last } までが必要です。
    .remedy = { TABLE("history.csv") } に行を加えるか、entry_year を直してください。
history-gap = 専攻医 { $resident } の研修歴に { $months } か月の空白があります（{ $first } から { $last } まで）。
    .remedy = 空白を埋める行を加えるか、start と months を直してください。
history-overlap = 専攻医 { $resident } は、{ $line } 行目によれば { $month } には別の施設にいます。
    .remedy = 期間が重ならないように start と months を直してください。
history-outside = 専攻医 { $resident } の研修歴に書けるのは { $first } から { $last } までです。
    .remedy = 期間を短くしてください。first_year 以降の配置は { TABLE("locks.csv") } で固定できます。
history-newcomer = 専攻医 { $resident } は { $year } 年度の採用で、まだ研修歴がありません。
    .remedy = 行を削除してください。すでに決まっている配置は { TABLE("locks.csv") } に書きます。
course-who-empty = who が空のため、このコースを選べる専攻医がいません。
    .remedy = 専攻医またはタグを書いてください。全員が選べるなら who を、使わないならコースを削除してください。
course-who-unknown = 「{ $text }」という専攻医もタグもありません。{ $hint }
    .remedy = { TABLE("residents.csv") } の ID か、tags 列の語を書いてください。
course-closed = 専攻医 { $resident } に指定されたコース { $course } は、ほかの専攻医に限られています。
    .remedy = コースの who にこの専攻医かそのタグを加えるか、別のコースにしてください。
course-wish-closed = 専攻医 { $resident } が希望するコース { $course } は、ほかの専攻医に限られているため、希望はかないません。
    .remedy = コースの who にこの専攻医かそのタグを加えるか、希望から外してください。
course-intake = { $year } 年度採用でコース { $course } に決まっている人が { $fixed } 名いますが、{ TABLE("[course_intake]") } の上限は { $most } 名です。
    .remedy = { TABLE("[course_intake]") } の人数を増やすか、一部の人のコースを { TABLE("residents.csv") } または { TABLE("[course_mix]") } で変えてください。
course-lengths = コースの決まっていない人が選べる { $courses } の研修期間がそろっていません。
    .remedy = { TABLE("residents.csv") } の course にコースを書くか、who で対象を限るか、匿名の専攻医のコースを { TABLE("[course_mix]") } で決めてください。
history-no-course = 専攻医 { $resident } の研修歴は、研修コース { $courses } のどれにも合いません。
    .remedy = { TABLE("[[courses]]") } の内容と比べてください。各区分は、その役割の 1 つの施設で続けて研修します。研修歴か、専攻医のコースを直してください。変わった研修歴の専攻医がいる場合は、その内容のコースを加えて who で本人に限ることもできます。それまで { $resident } を除いて計画します。
lock-outside = 固定の期間が、専攻医 { $resident } の計画期間（{ $first } から { $last } まで）の外にあります。
    .remedy = start と months を直してください。
lock-contradiction = 専攻医 { $resident } の固定どうしが矛盾しています（{ $line } 行目と比べてください）。
    .remedy = どちらかを削除するか、期間を直してください。
unknown-case = 経験症例の項目「{ $text }」はありません。{ $hint }
    .remedy = { TABLE("program.toml") } の { TABLE("[[cases]]") } の ID（parts の ID も可）を書いてください。
case-supplement = 代替できる数の上限が目標 { $target } を超えています。
    .remedy = 目標以下の数を書いてください。
case-parts = 内訳の最低数の合計 { $sum } が、項目の目標 { $target } を超えています。
    .remedy = 内訳の min を減らすか、目標を増やしてください。
case-by-year = 年次ごとの件数は前の年次より減らず、目標の { $target } 件を超えないように書きます。
    .remedy = それまでの年次を含めた累計を書いてください。例: by_year = [20, 45, 56]
case-by-year-long = 年次が研修の上限（{ $years } 年）を超えています。
    .remedy = 年次ごとに 1 つの数を書いてください。
logged-newcomer = 専攻医 { $resident } は { $year } 年度以降に採用されるため、それより前の経験症例はありません。
    .remedy = この行を削除するか、専攻医の ID を直してください。
logged-duplicate = 同じ専攻医・同じ項目の行がすでにあります（{ $line } 行目）。
    .remedy = 1 行にまとめて、合計の数を書いてください。
logged-above-volume = 専攻医 { $resident } がこれまでに在籍した施設の症例数は、その年度をすべて合わせても { $most } 件です。
    .remedy = 件数を直すか、{ TABLE("facilities.csv") } の症例数を確かめてください。
logged-parts = 専攻医 { $resident } の内訳の件数の合計は { $sum } 件で、項目全体の件数を超えています。
    .remedy = 内訳の症例は項目全体にも数えます。項目全体の件数を { $sum } 以上にしてください。
logged-missing = 研修中の専攻医のうち { $count } 名は、これまでの経験症例が記録されていません（{ $residents }{ $others ->
        [0] {""}
       *[other] {" "}ほか { $others } 名
    }）。残りの期間で目標をすべて達成する必要があるものとして計画します。
    .remedy = { TABLE("logged_cases.csv") } に resident,case,count の行を加えてください。0 件なら 0 と書いてください。
unknown-record = 「{ $text }」という種類の記録はありません。{ $hint }
    .remedy = `kenshu help completion` にある語を書くか、{ TABLE("program.toml") } の { TABLE("[completion]") } に種類を加えてください。
record-before-entry = 専攻医 { $resident } の研修は { $month } からです。
    .remedy = 日付を直すか、行を削除してください。

## 表で書く規則

window-malformed = 「{ $text }」は研修の時期として読み取れません。
    .remedy = year1、year1-2、first24（最初の 24 か月）、last12 のように書くか、研修全体なら空欄にしてください。
requirement-unbounded = min と max がどちらも空欄で、何も求めていません。
    .remedy = 下限か上限、または両方を書いてください。
requirement-of-months = of_months の { $months } は使えません。月数の下限を比例させるもので、下限はこの数以下でなければなりません。
    .remedy = count を months にし、「24 か月のうち 8 か月」のように of_months 以下の min を書いてください。
requirement-above-course = コース { $course } ではだれも { $requirement } を満たせません。{ $min } か月必要ですが、コースの中で取れるのは { $most } か月までです。
    .remedy = min を減らすか、コースの構成を変えるか、対象（who）からこのコースを除いてください。
requirements-together = { $lines } 行目は、別々の場所に合わせて { $sum } か月を求めていますが、{ $months } か月しかありません。
    .remedy = どれかの下限を減らすか、守れなくてもよい行の種類を「希望」にしてください。
bounds-crossed = 下限 { $min } が上限 { $max } より大きくなっています。
    .remedy = 2 つの数を入れ替えるか、直してください。
stays-nothing = この行は何も制限していません。
    .remedy = months_min、months_max、step_months、starts、gap_months、visits_max のどれかを書くか、行を削除してください。
stays-step-fits-nowhere = { $step } か月の倍数が、この行の範囲にありません。だれもそこに行けません。
    .remedy = step_months、months_min、months_max のどれかを直してください。
stays-step-divides-not = { $months } か月は刻み { $step } か月の倍数でないため、その月数の滞在はありません。
    .remedy = 刻みの倍数を書いてください。
rules-contradict = この行は { $line } 行目と両立しません。
    .remedy = どちらかの行を直すか、守れなくてもよい行の種類を「希望」にしてください。
order-same = 先と後がどちらも「{ $text }」なので、だれも始められません。
    .remedy = 別の場所を書いてください。
staffing-until = 終了月 { $until } が開始月 { $from } より前です。
    .remedy = どちらかの月を直してください。
points-malformed = 「{ $text }」は点数の対象として読み取れません。{ $hint }
    .remedy = 場所、「@stay:場所」、@change、@idle のどれかを書いてください。

## ワークブック

workbook-not-xlsx = このファイルは .xlsx のワークブックではありません。
    .remedy = Excel で開いて「Excel ブック (.xlsx)」として、パスワードを付けずに保存し直してください。
workbook-too-large = このワークブックは読み取れる大きさを超えています: { $what }
    .remedy = 必要なシートだけを新しいブックに値として貼り付けて保存してください。
workbook-parts = 部品が { $count } 個（上限 { $limit } 個）
workbook-unpacked = 展開すると { $count } バイト（上限 { $limit } バイト）
workbook-elements = 要素が { $count } 個（上限 { $limit } 個）
workbook-sheets = シートが { $limit } 枚を超えています
workbook-styles = 書式が { $count } 個（上限 { $limit } 個）
workbook-strings = 共有文字列が { $count } 個（上限 { $limit } 個）
workbook-range = シート「{ $sheet }」の値が { $rows } 行、{ $columns } 列の範囲を超えています
workbook-cells = 値のあるセルが { $limit } 個を超えるか、文字が多すぎます
workbook-broken = このワークブックは壊れています: { $reason }
    .remedy = Excel または LibreOffice で開いて保存し直してください。
sheet-missing = シート「{ $sheet }」がありません。
    .remedy = 「{ $sheet }」という名前のシートを加えてください。`kenshu new` が作るブックに例があります。
sheet-twice = このシートも、シート「{ $other }」も、表「{ $table }」です。
    .remedy = どちらか一方にまとめ、もう一方は削除するか、名前の先頭に「_」を付けてください。
sheet-unknown = シート「{ $sheet }」は読み取りません。
    .remedy = { $hint }読み取らないシートなら、名前の先頭に「_」を付けてください。
sheet-unread = 次のシートは表ではないため読み取りません: { $sheets }
    .remedy = 表として読み取るシートなら、`kenshu help tables` にある名前にしてください。
cell-error = この数式の結果は { $text } です。
    .remedy = 数式を直すか、値を入力してください。
cell-not-calculated = この数式には計算結果が保存されていません。
    .remedy = Excel または LibreOffice で開いて保存するか、値を入力してください。
cell-merged = 結合されたセル { $range } は、左上のセルだけに値があります。
    .remedy = 結合を解除し、すべてのセルに値を入力してください。空欄のままでよければ、このままで構いません。
