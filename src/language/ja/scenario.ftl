# kenshu: scenario (ja)
