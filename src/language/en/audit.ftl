# kenshu: audit (en)
