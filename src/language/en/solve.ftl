# kenshu: solve (en)
