# kenshu: scenario (en)
