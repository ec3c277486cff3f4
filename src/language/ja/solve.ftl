# kenshu: solve (ja)
