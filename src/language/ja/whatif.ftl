# kenshu: whatif (ja)
