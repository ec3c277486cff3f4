# kenshu: report (ja)
