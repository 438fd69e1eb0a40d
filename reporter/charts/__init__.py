"""Charts: public figures as pictures, drawn once and worded in every language.

`drawing` says which charts an edition has, and is where to begin; `shares`, `dots` and `line` are
the kinds; `svg` alone names matplotlib and makes clean SVG of it. No chart sees a raw table, or a
number that is not a record's. This face imports nothing: matplotlib is paid for by whoever draws.
"""
