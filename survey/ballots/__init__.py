"""The ballot box: answers sealed to a key that is not here, in a file that keeps no order.

`box` is what others use: cast, withdraw, count, hand over shuffled. `store` keeps its file durable
and without traces, `seal` pads and seals, `receipts` derives what a code gives, `pledge` is the
public key file. It never reads an answer, and nothing in it may tell when one came.
"""

from survey.ballots.box import Box
from survey.ballots.seal import Ballot, Response
from survey.ballots.terms import Outcome, Stage, Tally, Terms

__all__ = ["Ballot", "Box", "Outcome", "Response", "Stage", "Tally", "Terms"]
