"""Charts: public figures as pictures, drawn once and worded in every language.

`drawing` says which charts an edition has, and is where to begin; `shares`, `dots` and `line` are
the kinds; `svg` is the sheet they are drawn on, and `canvas` alone names matplotlib. No chart sees
a raw table, or a number that is not a record's.
"""
