# kenshu: report (en)

## The frame around a finding

diagnostic-error = error
diagnostic-warning = warning
diagnostic-note = note
diagnostic-help = to mend
diagnostic-cell = cell { $cell }, { $column }
