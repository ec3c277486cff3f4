# kenshu: audit (ja)
