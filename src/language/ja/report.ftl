# kenshu: report (ja)

## 指摘の枠

diagnostic-error = エラー
diagnostic-warning = 注意
diagnostic-note = 参考
diagnostic-help = 直し方
diagnostic-cell = セル { $cell }（{ $column }）
