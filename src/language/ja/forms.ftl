# kenshu: forms (ja)

## The form

form-sheet = 希望調査
form-title = 研修の希望調査（{ $program }）
form-explained =
    1. 黄色のセルに記入してください。ほかのセルは変更できません。
    2. 施設（と研修コース）は、希望する順に一覧から選んでください。空欄があってもかまいません。
    3. 予定している休止があれば、種類、開始月（例: 2026-04）、月数を記入してください。
    4. すでに入っている内容は、プログラムが把握しているものです。誤りがあれば直してください。
    5. 変更がない場合も、最後の「記入済み」で「はい」を選び、保存して返送してください。
form-course = 研修コース（決定済み）
form-courses = 希望する研修コース（希望順）
form-facilities = 希望する施設（希望順）
form-choice = 第{ $place }希望
form-leave = 休止 { $number }
form-leaves = { $month } 以降の休止（短時間勤務は、週の時間数か総時間数も記入）
form-remark = 連絡事項
form-done = 記入済み

## What is told of forms

form-not-one = kenshu の調査票ではありません。
    .remedy = 読み取らなかっただけで、何もする必要はありません。
form-version = 別の版（{ $version }）の kenshu が作った調査票です。
    .remedy = その版で読み取るか、調査票を配り直してください。
form-of-another-program = この調査票はプログラム「{ $program }」のもので、「{ $own }」のものではありません。
    .remedy = そのプログラムで集計してください。ここでは読み取りませんでした。
form-of-nobody = ID「{ $resident }」は、このプログラムの調査の対象者にいません。
    .remedy = 読み取る場合は、専攻医の表に行を加えてください。
form-id-changed = { $resident } の調査票ですが、ID の欄に「{ $text }」とあります。
    .remedy = 一人ずつ本人の調査票を使ってください。ほかの人の調査票を写したものは読み取れません。
form-twice = { $resident } には内容の異なる調査票がもう 1 つあります: { $other }
    .remedy = 正しくないほうを削除してください。どちらも読み取りませんでした。
form-kept = { $resident } の調査票では { $column } が「{ $wanted }」ですが、表は「{ $there }」で、調査票を作った後に入力されています。表はそのままです。
    .remedy = 正しい内容を表に入力してください。
form-kept-leave = { $resident } の調査票の休止は、表にある { $there } からの別の休止と重なります。表はそのままです。
    .remedy = 正しい内容を休止の表に入力してください。
form-leave-past = { $month } からの休止は、計画する最初の月（{ $first }）より前に始まっています。
    .remedy = 実際にあった休止であれば、休止の表に入力してください。
form-refused = この回答を入れると、表がプログラムとして成り立ちません: { $because }
    .remedy = 本人と確認し、調査票か表を直してください。

## The commands

help-forms = 希望と休止の調査票を専攻医ごとに作ります
help-collect = 記入された調査票を読み取って表に入れます
help-new-folder = 新しく作るフォルダー（まだ存在しないもの）
help-forms-folder = 返送された調査票を入れたフォルダー
forms-written = 調査票 { $count } 件を { $path } に書き出しました。一人ずつ本人に渡し、返送されたものを 1 つのフォルダーに入れて `kenshu collect` を実行してください。
forms-anonymous = 採用数のうち { $count } 名は専攻医の表に行がないため、調査票がありません。
forms-none = 専攻医の表に、これから計画する人がいません。調査の対象者がいません。
column-answer = 回答
column-taken = 表に入れた項目
column-remark = 連絡事項
form-state-missing = 未回答
form-state-answered = 回答済み
form-state-refused = 要確認
form-part-courses = 研修コース
form-part-facilities = 施設
form-part-leaves = 休止
collect-summary = { $people } 名のうち { $answered } 名が回答しました。未回答: { $missing }
collect-all = { $people } 名全員が回答しました。
collect-written = { $path } に書き出しました: { $files }
collect-nothing = 新しい回答はありません。{ $path } の表はそのままです。
collect-kept = 元のワークブックは { $path } に残しました。
collect-anew = ワークブックを作り直したため、独自に加えたシート・書式・メモは { $path } にだけ残っています。
collect-changed = 調査票を読んでいる間に { $path } が変更されました。何も書き出していません。もう一度実行してください。
