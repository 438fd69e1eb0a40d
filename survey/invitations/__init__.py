"""Signed one-time links, and what is printed of them: slips, and the interview guide.

A link carries a quarter and a random number: no name, team or date. `issuing` makes a batch and
enters it in the box, `links` mints and reads one.
"""
