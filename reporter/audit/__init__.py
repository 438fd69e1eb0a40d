"""The second pair of eyes: it reads what was built and frozen, attacks it, and refuses or passes.

It works everything out a second time, from records, catalogues and built files alone. It may not
import what counts, hides, words or draws the pages that it judges, or it would make their mistakes.
Begin with `audit`; `attack` asks what an intruder could be certain of, `tracing` where each number
on a page comes from, `integrity` whether anything was changed.
"""
