# kenshu: cli (ja)
