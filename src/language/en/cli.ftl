# kenshu: cli (en)
