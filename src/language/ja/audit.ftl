# kenshu: audit (ja)

## 規則の名称、要件、本ツールでの読み方

rule-one-place = 同時配置の禁止
    .requirement = 専攻医は、同じ月に 2 か所へ配置されません。
    .reading = 同じ月が 2 行以上にあれば、同じ施設であっても違反とします。
rule-whole-career = 研修期間の全月配置
    .requirement = 計画対象の研修月は、すべて配置されていなければなりません。
    .reading = 研修開始前と、研修修了後または研修中止後の配置も違反とします。施設に在籍しない休止の月を除きます。
rule-history-kept = 実績の保持
    .requirement = 計画開始年度より前の配置は、実績のとおりでなければなりません。
    .reading = 実績と同じ内容の行は許容します。
rule-lock = 固定
    .requirement = 統括責任者が固定した配置と、禁止した配置を守ります。
    .reading = 未配置の月は違反とせず、「研修期間の全月配置」で報告します。
rule-course-fixed = 研修コースの指定
    .requirement = 専攻医の研修コースは 1 つで、指定がある場合はそのコースです。
    .reading = コース欄が空の行は許容します。
rule-leave-seat = 休止中の配置の禁止
    .requirement = 在籍しない休止の月には、どの施設にも配置されません。
    .reading = 研修期間にカウントしない休止（留学、診療業務のない大学院、上限を超えた産休・育休や病休）の月は、施設の枠を占めません。カウントする月の枠を残すかどうかは選べます（counted_leave_keeps_seat）。
rule-leave-credit = 休止期間のカウント
    .requirement = 出産や疾病での休暇と短時間雇用形態での研修は、上限まで研修期間にカウントします。
    .reading = 出産に伴う休暇は 6 か月まで 1 回（childbirth_months_max、childbirth_leaves_max）、疾病での休暇は通算 6 か月まで（illness_months_max）、短時間雇用形態は通算 6 か月まで（part_time_months_max）とし、短時間雇用は 800 時間を 6 か月とする時間割合で数えます（週 30 時間以上ならそのまま）。留学と診療業務のない大学院はカウントしません。合計の上限は leave_months_max で設定できます。
rule-leave-once = 出産に伴う休暇の回数
    .requirement = 出産に伴う休暇を研修期間にカウントするのは 1 回です（childbirth_leaves_max）。
    .reading = 間を空けずに続く行は 1 回の休暇とします。2 回目以降の休暇がカウントされないことは警告とし、違反とはしません。
rule-leave-proof = 休暇の証明書類
    .requirement = カウントする出産に伴う休暇には出産を証明するもの、疾病での休暇には診断書が必要です。
    .reading = 提出の有無はデータにないため、必要となる休暇をお知らせします。
rule-leave-minima = 休止期間に頼る最低期間
    .requirement = 各施設での最低期間は、休止期間がなくても満たすことが望まれます。
    .reading = カウントする休止の月は、その時の施設での期間に数えます（leave_counts_at_facility）。それがなければ足りない場合は警告とし、違反とはしません。
rule-training-complete = 研修の修了
    .requirement = 研修期間にカウントする月が合計 { $number } か月に達するまで研修します（training_months）。
    .reading = 休止で足りない分は、研修期間の末尾を月単位で延長して補います。途中で研修を中止した専攻医は対象外です。
rule-extension = 延長期間の配置
    .requirement = 延長した月は、直前の施設で研修します。
    .reading = 統括責任者が別の施設に固定した月を除きます。直前の施設が定まらない月は判定しません。
rule-course-pattern = 研修コースの型
    .requirement = 各年次の配置は、研修コースの型のいずれか 1 つに従います。
    .reading = 1 つの年次を分ける場合、順序は問いません。各部分は 1 施設で連続した月とし、単位月数のある部分はその月数ずつに分けられます。複数の年次をまとめて分けることもできます。型に自由な月がある場合、配置のない月はその月とみなします。実績を含めて判定します。
rule-comprehensive-months = 総合修練機関での研修期間
    .requirement = 総合修練機関で { $number } か月以上研修します（comprehensive_months_min）。
    .reading = その月に総合修練機関である施設の月数を、実績を含めて数えます。
rule-core-months = 基幹施設での研修期間
    .requirement = 基幹施設で { $number } か月以上研修します（core_months_min）。
    .reading = 基幹施設の月数を、実績を含めて数えます。
rule-affiliate-stay = 連携施設での最短期間
    .requirement = 連携施設での研修は、1 回につき { $number } か月以上とします（affiliate_stay_months_min）。
    .reading = 同じ施設で連続する月を 1 回とし、年次や実績の境目では区切りません。
rule-several-facilities = 複数施設での研修
    .requirement = { $number } 施設以上で研修します（facilities_min）。
    .reading = 異なる施設の数を、実績を含めて数えます。
rule-associated-never-placed = 関連施設への配置の禁止
    .requirement = 関連施設は非常勤での研修に限り、配置先にはなりません。
    .reading = 1 か月でも配置があれば違反とします。
rule-supervisor-ratio = 指導医 1 名あたりの専攻医数
    .requirement = 指導医 1 名につき、専攻医は { $number } 名までです（residents_per_supervisor）。
    .reading = 施設ごとに、指導医数（按分値）の 3 倍の端数を切り捨てます。プログラム全体での合算と、指導医数を先に切り捨てる読み方も選べます（supervisor_rounding）。
rule-seats = 施設の定員
    .requirement = 施設が定めた定員を超えません。
    .reading = 月ごとに判定します。
rule-case-volume = 経験症例数
    .requirement = 各項目の目標症例数に、全員が同時に到達できるだけの症例が、配置先の施設にあります。
    .reading = 施設の年間件数に trainee_share を掛けた数（端数切り捨て）を、その年度に在籍する専攻医が分け合います。1 名が経験できるのは在籍月数に応じた分までで、計画開始年度より前の経験は { TABLE("logged_cases.csv") } の件数だけを数えます。講習などで代えられる件数（supplement_max）は必要数から差し引きます。件数の不明な施設がある項目は判定しません（unknown_volumes_are_zero で 0 件とみなすこともできます）。
rule-section-named = 部門の記載
    .requirement = 部門のある施設では、配置ごとに部門を記載します。
    .reading = 実績では部門がなくてもかまいません。その月はどの部門の月数にも数えません。
rule-section-step = 部門での研修の単位
    .requirement = 部門での連続した研修は、その部門の単位月数（{ TABLE("sections.csv") } の step_months）の倍数とします。
    .reading = 年度や実績の境目では区切りません。研修中止で途切れた研修は何か月でもかまいません。
rule-section-seats = 部門の定員
    .requirement = 部門の専攻医は、その定員（{ TABLE("sections.csv") }）を超えません。
    .reading = 月ごとに判定します。施設全体の上限も別に適用します。
rule-requirement = 修了要件の行
    .requirement = { TABLE("requirements.csv") } で必須とした行の要件を、すべての専攻医が満たします。
    .reading = 実績を含めて数えます。途中で研修を中止する専攻医には最小値を求めません。実績だけで最大値を超えている場合は、実績の値までとします。希望とした行は目標で扱います。
rule-stay-rule = 研修 1 回ごとの条件
    .requirement = 研修は、{ TABLE("stays.csv") } の行が定める長さ、単位、開始月、間隔、回数に従います。
    .reading = 行が部門を挙げる場合は部門ごと、それ以外は施設ごとに数えます。計画開始前に終わった研修はそのまま認めます。
rule-order = 研修の順序
    .requirement = { TABLE("order.csv") } で必須とした行が定める月数をほかで研修するまで、その施設・部門には配置しません。
    .reading = 在籍する月を、実績を含めて数えます。希望とした行は目標 requirements で扱います。
rule-staffing = 配置人数
    .requirement = 毎月、{ TABLE("staffing.csv") } で必須とした行の施設・部門に、行が定める人数の専攻医を配置します。
    .reading = 最小値は勤務している専攻医を数え、終わりの記載がなければ最後の採用年度までとします。最大値は在籍する専攻医を数えます。希望とした行は目標で扱います。
rule-course-intake = 研修コースの定員
    .requirement = 同じ採用年度の専攻医が研修コースの定員（course_intake）を超えません。
    .reading = 計画する月が残っていない専攻医は数えません。
rule-not-stated = 表に書けない規則
    .requirement = 表に書けないプログラムの規則は、別の手段で守ります。
    .reading = { TABLE("program.toml") } の not_stated に挙げた規則です。どれも判定していません。
rule-intake-cap = 受入数上限
    .requirement = 1 年度の採用数は、指導医数と症例数から定まる上限を超えません。
    .reading = 新たに採用する人数を、施設群全体の「指導医数、CT 3000 件、IVR 60 件、放射線治療 60 件につき 1 名」の最小値と比べます。超過分は翌年度の上限から差し引き、最後の採用年度に残れば違反とします。
rule-urban-cap = 都市部の採用数上限
    .requirement = 基幹施設が東京・神奈川・愛知・大阪・福岡にある場合、採用数は過去 { $number } 年の平均を超えません。
    .reading = 平均は四捨五入します（mean_rounding で変更できます）。年度別の内訳がないため、どの年度にも同じ平均を使います。超過分の扱いは受入数上限と同じです。
rule-history-course = 研修歴に続くコース
    .requirement = 計画開始前の研修歴は、その専攻医が選べるコースのいずれかの始まりに当たります。
    .reading = そうでない専攻医は計画の対象から外します。配置はなく、枠も占めず、目標にも数えません。ほかの専攻医は計画しますが、研修歴を直すか、その専攻医に限るコース（who）を加えるまで、結果は「問題あり」（終了コード 1）です。
rule-printed-totals = 合計欄の照合
    .requirement = 文書に記載された合計は、各行の合計と一致します。
    .reading = 計画開始時点の各行と照合します。不一致は警告とし、違反とはしません。

## 配置についての指摘

audit-one-place = 専攻医 { $resident } が { $from } から { $to } まで、同じ月に複数の施設（{ $facilities }）へ配置されています。
audit-one-place-twice = 専攻医 { $resident } の { $from } から { $to } までの{ $facilities }への配置が、2 行以上に重複しています。
audit-whole-career-hole = 専攻医 { $resident } の { $from } から { $to } まで（{ $months } か月）の配置がありません。
audit-whole-career-before = 専攻医 { $resident } が研修開始前の { $from } から { $to } まで（{ $months } か月）配置されています。
audit-whole-career-after = 専攻医 { $resident } が研修修了後の { $from } から { $to } まで（{ $months } か月）配置されています。
audit-whole-career-resigned = 専攻医 { $resident } が研修中止後の { $from } から { $to } まで（{ $months } か月）配置されています。
audit-whole-career-foreign = 計画の { $rows } 行が、このシナリオにない専攻医、施設または研修コースを指しています。
audit-history-kept = 専攻医 { $resident } の { $from } から { $to } までの配置（{ $facilities }）が、実績（{ $past }）と異なります。
audit-history-kept-absent = 専攻医 { $resident } は { $from } から { $to } まで{ $facilities }に配置されていますが、実績では休止中で、どの施設にも在籍していません。
audit-lock-must = 専攻医 { $resident } は{ $facility }に固定されていますが、{ $from } 以降の { $months } か月はほかの施設に配置されています。
audit-lock-must-not = 専攻医 { $resident } は{ $facility }への配置が禁止されていますが、{ $from } 以降に { $months } か月配置されています。
audit-course-fixed = 専攻医 { $resident } の研修コースは { $fixed } に指定されていますが、計画では { $named } となっています。
audit-course-closed = 専攻医 { $resident } の行に、ほかの専攻医に限られた研修コース { $course } が記載されています。
audit-history-course = 専攻医 { $resident } は計画の対象外です。研修歴が研修コース { $courses } のどれの始まりにも合いません。
audit-course-fixed-several = 専攻医 { $resident } の行に、複数の研修コース（{ $named }）が記載されています。
audit-course-pattern = 専攻医 { $resident } の { $training-year } 年次（{ $from } から）は「{ $found }」ですが、最も近いコース { $course } の型では「{ $wanted }」です{ $parts ->
        [1] {""}
       *[other] （順序は問いません）
    }。
audit-course-pattern-years = 専攻医 { $resident } の { $training-year }～{ $last-year } 年次（{ $from } から）は「{ $found }」ですが、最も近いコース { $course } の型では「{ $wanted }」です{ $parts ->
        [1] {""}
       *[other] （順序は問いません）
    }。
audit-row-clause = （{ $clause }）
audit-row-no-clause = {""}
audit-section-named = 専攻医 { $resident } は { $from } から { $to } まで{ $facility }に配置されていますが、部門（{ $sections }）の記載がありません。
audit-section-step = 専攻医 { $resident } の{ $place }での研修は { $from } から { $months } か月で、{ $step } か月の倍数ではありません。
audit-section-seats = { $facility }の専攻医が { $from } から { $to } まで最大 { $count } 名となり、部門の定員 { $limit } 名を超えています（{ $residents }）。
audit-requirement-min = 専攻医 { $resident } の「{ $name }」{ $clause }は { $found } { $count ->
        [months] か月
        [stays] 回
        [facilities] 施設
       *[places] か所
    }で、必要な { $required } に足りません。
audit-requirement-max = 専攻医 { $resident } の「{ $name }」{ $clause }は { $found } { $count ->
        [months] か月
        [stays] 回
        [facilities] 施設
       *[places] か所
    }で、上限の { $required } を超えています。
audit-stay-short = 専攻医 { $resident } の{ $place }での研修は { $from } から { $months } か月で、必要な { $required } か月に足りません{ $clause }。
audit-stay-long = 専攻医 { $resident } の{ $place }での研修は { $from } から { $months } か月で、上限の { $required } か月を超えています{ $clause }。
audit-stay-step = 専攻医 { $resident } の{ $place }での研修は { $from } から { $months } か月で、{ $required } か月の倍数ではありません{ $clause }。
audit-stay-start = 専攻医 { $resident } の{ $place }での研修は { $from } に始まりますが、開始できるのは年度の { $starts } か月目です{ $clause }。
audit-stay-gap = 専攻医 { $resident } の{ $place }での次の研修は { $from } に始まり、前の研修から { $months } か月しか空いていません。{ $required } か月以上空けます{ $clause }。
audit-stay-visits = 専攻医 { $resident } の{ $place }での研修（{ $from } から）は { $months } 回目で、上限の { $required } 回を超えています{ $clause }。
audit-order = 専攻医 { $resident } は { $from } から{ $place }に配置されていますが、それまでの { $first } での研修は { $before } か月で、必要な { $required } か月に足りません（{ $months } か月分早すぎます）{ $clause }。
audit-staffing-few = 「{ $name }」{ $clause }の専攻医は { $from } から { $to } まで { $found } 名で、必要な { $required } 名に足りません。
audit-staffing-many = 「{ $name }」{ $clause }の専攻医は { $from } から { $to } まで { $found } 名で、上限の { $required } 名を超えています。
audit-course-intake = { $year } 年度採用の専攻医のうち研修コース { $course } は { $count } 名で、定員 { $limit } 名を超えています（{ $residents }）。
audit-not-stated = 判定していない規則: { $rule }
audit-case-milestone = 専攻医 { $resident } は、{ $year } 年次の終わりまでに必要な{ $case }の症例 { $due } 例のうち、多くても { $got } 例しか経験できません。
audit-comprehensive-months = 専攻医 { $resident } の総合修練機関での研修は { $months } か月で、必要な { $required } か月に足りません{ $open ->
        [0] {""}
       *[other] （未確定の { $open } か月をすべて加えても足りません）
    }。
audit-core-months = 専攻医 { $resident } の基幹施設での研修は { $months } か月で、必要な { $required } か月に足りません{ $open ->
        [0] {""}
       *[other] （未確定の { $open } か月をすべて加えても足りません）
    }。
audit-affiliate-stay = 専攻医 { $resident } の { $from } からの{ $facility }での研修は連続 { $months } か月で、必要な { $required } か月に足りません。
audit-several-facilities = 専攻医 { $resident } の研修先は { $facilities } 施設で、必要な { $required } 施設に足りません。
audit-associated-never-placed = 専攻医 { $resident } が { $from } から { $months } か月、関連施設の{ $facility }に配置されています。
audit-supervisor-ratio = { $facility }の専攻医が { $from } から { $to } まで最大 { $count } 名となり、指導医数による上限 { $limit } 名を超えています（{ $residents }）。
audit-supervisor-ratio-pooled = プログラム全体の専攻医が { $from } から { $to } まで最大 { $count } 名となり、指導医数の合計による上限 { $limit } 名を超えています（{ $residents }）。
audit-seats = { $facility }の専攻医が { $from } から { $to } まで最大 { $count } 名となり、定員 { $limit } 名を超えています（{ $residents }）。

audit-leave-seat = 専攻医 { $resident } は { $from } から { $to } まで（{ $months } か月）{ $leave }で休止中ですが、{ $facilities }に配置されています。
audit-leave-credit = 専攻医 { $resident } の{ $leave } { $months } か月のうち、研修期間にカウントするのは { $counted } か月です（{ $allowance }）。{ $end }
audit-leave-allowance = 上限は通算 { $months } か月
audit-leave-allowance-childbirth = 上限は 1 回につき { $months } か月、{ $leaves } 回まで
audit-leave-allowance-common = { $own }、ほかの休止との合計で { $common } か月
audit-leave-allowance-none = カウントの対象外
audit-leave-end = すべての休止を合わせると、研修の修了は休止がない場合の { $planned } から { $last } に延びます。
audit-leave-end-resigned = 研修は修了前の { $last } で終わります。
audit-leave-once = 専攻医 { $resident } の { $from } から { $to } まで（{ $months } か月）の出産に伴う休暇は { $number } 回目で、カウントできるのは { $most } 回までのため、研修期間にカウントしません。
audit-leave-proof-childbirth = 専攻医 { $resident } の { $from } から { $to } までの出産に伴う休暇を研修期間にカウント（{ $counted } か月）するには、出産を証明するものが必要です。
audit-leave-proof-illness = 専攻医 { $resident } の { $from } から { $to } までの疾病での休暇を研修期間にカウント（{ $counted } か月）するには、診断書が必要です。
audit-leave-minima-comprehensive = 専攻医 { $resident } の総合修練機関での研修 { $months } か月のうち { $leave } か月は休止期間で、これを除くと必要な { $required } か月に足りません。
audit-leave-minima-core = 専攻医 { $resident } の基幹施設での研修 { $months } か月のうち { $leave } か月は休止期間で、これを除くと必要な { $required } か月に足りません。
audit-leave-minima-stay = 専攻医 { $resident } の { $from } からの{ $facility }での研修 { $months } か月のうち { $leave } か月は休止期間で、これを除くと必要な { $required } か月に足りません。
audit-training-complete = 専攻医 { $resident } の研修期間は { $credited } か月しかカウントされず、修了に必要な { $required } か月に足りません。{ $last } までの延長が必要ですが、{ $missing }（{ $months } か月）の配置がありません。
audit-extension = 専攻医 { $resident } の延長期間の { $month } から{ $facility }に配置されていますが、延長期間は直前の施設（{ $last }）で研修します。

audit-case-volume-absent = 経験症例の項目（{ TABLE("[[cases]]") }）がないため、経験症例数は判定していません。
audit-case-volume-not-assessed = { $case } は、件数が不明な施設（{ $facilities }）があるため判定していません。
audit-case-volume-not-assessed-anywhere = { $case } は、どの施設の件数も不明なため判定していません。
audit-case-volume-alone = 専攻医 { $resident } は { $case } があと { $need } 件必要ですが、配置先で経験できるのは、ほかの専攻医がいなくても { $got } 件までで、{ $short } 件足りません（内訳 { $sites }）。
audit-case-volume-shared = 専攻医 { $resident } は { $case } があと { $need } 件必要ですが、{ $got } 件にとどまり、{ $short } 件足りません。{ $residents } 名の必要数は計 { $wanted } 件で、分け合う施設の件数は計 { $offer } 件（{ $sites }）、ほかの配置先で経験できるのは計 { $elsewhere } 件までです。
audit-case-volume-group = { $case } の施設群全体の件数：{ $years }。
audit-case-volume-group-cap = { $case } の施設群全体の件数：{ $years }。受入数上限の基準は採用 1 名につき年 { $per } 件です。
audit-case-volume-year = { $from } 年度は { $volume } 件（うち専攻医の分 { $offer } 件）、採用数 { $hired } 名、採用 1 名あたり { $each } 件
audit-case-volume-and-year = { $first }；{ $rest }
audit-case-volume-years = { $from }〜{ $to } 年度は各 { $volume } 件（うち専攻医の分 { $offer } 件）、採用数 { $hired } 名、採用 1 名あたり { $each } 件

## 採用数と合計についての指摘

audit-totals-rows = 各行の合計
audit-totals-printed = 文書に記載された合計
audit-rounding-half-up = 四捨五入
audit-rounding-exact = 端数処理なし
audit-rounding-floor = 切り捨て
audit-rounding-ceil = 切り上げ
audit-intake-cap-absent = 受入数上限の設定（{ TABLE("[rules.intake_cap]") }）がないため、採用数は判定していません。
audit-intake-cap-numbers = { $year } 年度の採用数は { $hired } 名、受入数上限は { $cap } 名です（{ $binding } の { $exact } により決定。内訳 { $parts }。根拠：{ $totals }）。
audit-intake-cap-other-totals = { $totals }を根拠にした場合、{ $year } 年度の受入数上限は { $cap } 名です（{ $binding } の { $exact } により決定。内訳 { $parts }）。
audit-intake-cap-not-assessed = { $year } 年度の受入数上限のうち { $volume } は、件数が不明な施設（{ $facilities }）があるため判定していません。
audit-cap-excess-carried = { $year } 年度の採用数 { $hired } 名は、残りの上限 { $left } 名（上限 { $cap } 名）を { $excess } 名超えています。超過分は翌年度の上限から差し引きます。
audit-cap-excess-left = { $year } 年度の採用数 { $hired } 名は、残りの上限 { $left } 名（上限 { $cap } 名）を { $excess } 名超えています。以後に採用年度がなく、超過分を調整できません。
audit-urban-cap-mean = 基幹施設が{ $prefecture }にあるため、採用数の上限は過去 { $years } 年の採用数 { $hires } 名の平均 { $mean } 名（{ $rounding }）による { $cap } 名です。年度別の内訳がないため、どの年度にも同じ平均を使います。
audit-urban-cap-rounding = { $year } 年度の採用数 { $hired } 名は、端数処理後の上限 { $cap } 名に収まりますが、平均そのものの { $mean } 名は超えています。
audit-urban-cap-no-past = 基幹施設が{ $prefecture }にありますが、過去の採用数（past_hires）の設定がないため、都市部の採用数上限は判定していません。
audit-urban-cap-no-prefecture = { TABLE("facilities.csv") } に基幹施設の都道府県がないため、都市部の採用数上限は判定していません。
audit-urban-cap-not-urban = 基幹施設の所在地（{ $prefecture }）は対象の 5 都府県ではないため、都市部の採用数上限は適用しません。
audit-printed-totals = { $column } の記載合計 { $printed } は、各行の合計 { $rows } と一致しません（差 { $difference }）。
audit-printed-totals-not-assessed = { $column } の記載合計は、値が不明な施設（{ $facilities }）があるため照合していません。

# 証明書
certificate-step-refused = 証明の第 { $step } 段は認められません。{ $reason }
certificate-unit = 単位が正の数ではありません。
certificate-hold-prices = 保持条件ごとの価格がそろっていません。
certificate-number = 桁外れの数があります。
certificate-sign = 負の価格があります。
certificate-row = 価格の対象となる施設・月・期間が存在しません。
certificate-row-limit = 価格の対象に上限がないか、期間の途中で上限が変わっています。
certificate-row-twice = 同じ施設・同じ月に、同種の価格が二重に付いています。
certificate-coverage-price = 必要人数の価格が、不足 1 名分の値を超えています。
certificate-goal = 存在しない目標を指しています。
certificate-hold = まだ確定していない値を前提にしています。
certificate-cut = 症例数の条件が表にない施設・年度を挙げているか、提供できる数より厳しい値になっています。
certificate-bound = 価格から証明できる値が、主張する値に届きません。
certificate-no-career = 成り立つ配置がないとされた専攻医に、成り立つ配置が残っています。
certificate-depth = 場合分けが深すぎます。
certificate-name = 場合分けの専攻医・コース・施設・月が存在しません。

# plan.json の主張
claim-proved = 表から証明し直しました。上位の目標が同じで、この目標がより良い配置はありません。
claim-not-certified = 厳密な証明があるとはされていないため、確認していません。
claim-refused = 証明できません。{ $reason }
claim-not-proved = 証明できません。根拠となる段が証明書にありません。
claim-value-differs = 値が、配置から数えた値と一致しません。
claim-bound-differs = 証明済みとされていますが、下限が値と一致しません。
claim-goals-differ = 目標またはその順序が、計画条件と一致しません。
claim-other-scenario = plan.json は別の表から作られたものです（scenario_hash がこのフォルダーと一致しません）。
claim-limit-time = 未確認です。証明をたどり終える前に制限時間（--time-limit）になりました。
claim-limit-steps = 未確認です。証明をたどるのに、再確認の上限である 200 億ステップより多くかかります。
claim-limit-memory = 未確認です。証明をたどるのに、再確認の上限である 512 MB より多くのメモリーが要ります。
claim-no-plan-proved = 表から証明し直しました。成り立つ配置はありません。
claim-no-plan-not-proved = 成り立つ配置がないことは、証明できません。
claim-placements-needed = この plan.json には配置があります。placements.csv も指定してください。
claim-status-unknown = status が kenshu の plan.json にあり得ない値です。
claim-status-goals = 配置案がないという status なのに、目標の値が書かれています。
claim-nothing = 答えが出ないまま終わった計算であり、主張は何もありません。
claim-proof-unknown = proof が存在しない語です。
claim-bound-above = bound が値より大きいか形が違い、下界になっていません。
claim-optimal-bound = 最適とされていますが、bound が値と一致しません。
claim-frozen-kept = 固定期間の延べ { $months } か月は、すべて元の計画のとおりです。
claim-frozen-least = 固定期間の延べ { $months } か月のうち { $changed } か月が変わっています。数え直したところ、これより少ない変更で済む配置はありません。
claim-frozen-open = 固定期間の延べ { $months } か月のうち { $changed } か月が変わっています。少なくとも { $least } か月は変わらざるを得ませんが、すべてがやむを得ないかは未確認です。
claim-frozen-changed = 固定期間の延べ { $months } か月のうち { $changed } か月が変わっていますが、やむを得ないと分かるのは { $least } か月だけです。
claim-frozen-limit = 未確認です。固定期間の延べ { $months } か月のうち { $changed } か月の変更がやむを得ないかを、制限内に確かめられませんでした。
claim-frozen-no-base = 未確認です。規則が元の計画の月を固定していますが、比べる計画（--base）がありません。
claim-cases-hold = 表から確認しました。計画症例数（{ $quotas } 行）は、評価の対象となる項目のすべてで全員の必要数を満たし、施設の件数に収まります{ $open ->
        [0] {""}
       *[other] （件数が不明なため評価していない項目が { $open } 件あります）
    }。
claim-cases-not-assessed = 施設の件数が不明なため、評価できる経験症例の項目がありません。
claim-cases-refused = 成り立たない点が { $count } 件あります。{ $reason }

# 計画症例数
quota-foreign = このシナリオにない専攻医、項目または施設の計画症例数があります。
quota-twice = 専攻医 { $resident } の{ $facility }での { $year } 年度の { $case }（{ $planned } 件）が重複しています。
quota-none = 専攻医 { $resident } の{ $facility }での { $year } 年度の { $case } が { $planned } 件となっています。
quota-not-assessed = 評価できない項目 { $case } に、専攻医 { $resident } の{ $facility }での { $year } 年度の { $planned } 件が割り当てられています。
quota-not-there = 専攻医 { $resident } は { $year } 年度に{ $facility }へ配置されていませんが、{ $case } が { $planned } 件割り当てられています。
quota-too-many = 専攻医 { $resident } は { $year } 年度に{ $facility }で { $case } を { $planned } 件経験することになっていますが、在籍 { $months } か月では { $most } 件までです。
quota-overdrawn = { $facility }の { $year } 年度の { $case } は計 { $planned } 件が割り当てられていますが、専攻医の分は { $offer } 件です。
quota-short = 専攻医 { $resident } の { $case } は計 { $planned } 件で、必要な { $need } 件に足りません。

# [rules] と [rules.intake_cap] の数値と解釈: parameter-<key>
parameter-residents_per_supervisor = 指導医 1 名が指導できる専攻医の上限（名）
parameter-supervisor_rounding = 按分した指導医数から定員を求める方法：施設ごとに掛けてから切り捨て（facility-floor）、切り捨ててから掛ける（supervisor-floor）、全施設の合計（pooled）
parameter-comprehensive_months_min = 総合修練機関での最低研修期間（か月）
parameter-core_months_min = 基幹施設での最低研修期間（か月）
parameter-affiliate_stay_months_min = 連携施設での 1 回の最短期間（か月）
parameter-facilities_min = 研修する施設の最低数
parameter-childbirth_months_max = 出産に伴う休暇のうち研修期間に数える月数
parameter-childbirth_leaves_max = 研修期間に数える出産に伴う休暇の回数
parameter-childbirth_excess = 出産に伴う休暇が上限を超えたとき、超えた月だけを数えない（beyond）か、全体を数えない（whole）か
parameter-illness_months_max = 疾病での休暇のうち研修期間に数える月数
parameter-part_time_months_max = 短時間雇用のうち研修期間に数える月数
parameter-part_time_hours = 短時間雇用の上限の月数に相当する勤務時間（時間）
parameter-part_time_hours_per_week_full = 短時間雇用の月をそのまま数える週あたりの勤務時間（時間以上）
parameter-leave_months_max = 休止期間のうち研修期間に数える月数の合計の上限（記載がなければ上限なし）
parameter-counted_leave_keeps_seat = 研修期間に数える休止中の専攻医が定員を占めるか
parameter-leave_counts_at_facility = 研修期間に数える休止をその施設での最低期間に含めるか
parameter-unlisted = 希望に挙げていないコース・病院の順位。本人の希望の数（own）か、最も多く挙げた人の希望の数（longest）か
parameter-wishes_count_history = 病院の希望を、計画開始前の実績の月も含めて数えるか
parameter-covered_by_leave = 出産・疾病で休んでいる人も病院の必要人数に数えるか
parameter-part_time_cases = 短時間雇用の月にも症例を経験するか
parameter-unknown_volumes = 症例数が不明な項目を評価しない（not-assessed）か、0 件とみなす（zero）か
parameter-freeze_months = 元の計画のまま変えない月数
parameter-changed_from = 変更が始まる最初の月
parameter-supervisors_per_resident = 年度の新規専攻医 1 名に必要な、グループ全体の指導医数（名）
parameter-totals = 受入数上限の計算に各行の合計（rows）を使うか、印刷された合計（printed）を使うか
parameter-past_hires = 都市部の採用数上限に使う過去の採用数の合計（記載がなければ確認しない）
parameter-past_years = 都市部の採用数上限でさかのぼる年数
parameter-mean_rounding = 過去の採用数の平均の丸め方：四捨五入（half-up）、丸めない（exact）、切り捨て（floor）、切り上げ（ceil）

# すべての配置が満たすべき数値: 要件、引き下げ、余裕
parameter-comprehensive_months_min-asked = 総合修練機関で { $number } か月以上（rules.comprehensive_months_min）
parameter-comprehensive_months_min-lowered = 総合修練機関での研修を { $before } か月以上から { $to } か月以上にする（rules.comprehensive_months_min）
parameter-comprehensive_months_min-spare = 総合修練機関での研修: { $measured } か月（{ $required } か月以上、余裕 { $slack }）
parameter-core_months_min-asked = 基幹施設で { $number } か月以上（rules.core_months_min）
parameter-core_months_min-lowered = 基幹施設での研修を { $before } か月以上から { $to } か月以上にする（rules.core_months_min）
parameter-core_months_min-spare = 基幹施設での研修: { $measured } か月（{ $required } か月以上、余裕 { $slack }）
parameter-affiliate_stay_months_min-asked = 連携施設での 1 回の研修は { $number } か月以上（rules.affiliate_stay_months_min）
parameter-affiliate_stay_months_min-lowered = 連携施設での 1 回の研修を { $before } か月以上から { $to } か月以上にする（rules.affiliate_stay_months_min）
parameter-affiliate_stay_months_min-spare = 連携施設での最も短い研修: { $measured } か月（{ $required } か月以上、余裕 { $slack }）
parameter-facilities_min-asked = { $number } 施設以上（rules.facilities_min）
parameter-facilities_min-lowered = 研修する施設を { $before } 施設以上から { $to } 施設以上にする（rules.facilities_min）
parameter-facilities_min-spare = 研修する施設: { $measured } 施設（{ $required } 施設以上、余裕 { $slack }）

# 規則を確認できない理由です。「（…ため）」と続きます。
because-switched-off = { TABLE("program.toml") } の { TABLE("[rules]") } で 0 になっている
because-no-rows = 表に該当する行がない
because-not-stated = 表に書けない
because-no-cap = { TABLE("program.toml") } の { TABLE("[rules.intake_cap]") } に何も書かれていない
because-no-totals = { TABLE("program.toml") } の { TABLE("[printed_totals]") } に何も書かれていない
because-no-cases = { TABLE("program.toml") } の { TABLE("[[cases]]") } に何も書かれていない
because-no-volumes = 症例数がすべての施設でわかる項目がない
because-no-past-hires = { TABLE("[rules.intake_cap]") } に past_hires がない
because-no-prefecture = { $facility }の都道府県が書かれていない
because-not-urban = 基幹施設が対象の 5 都府県になく、適用されない
