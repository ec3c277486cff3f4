# kenshu: whatif (en)
