# kenshu: report (en)
