"""A quarter's keys: made once, found by their public halves, doomed when it is published.

`making` makes them, `finding` tells which files open a box, `destroying` which go with an edition.
A private key is never copied or moved by this program, nor written anywhere but once. Begin with
`making`.
"""

from reporter.keys.destroying import Doomed, doomed
from reporter.keys.finding import of_box, private
from reporter.keys.making import make

__all__ = ["Doomed", "doomed", "make", "of_box", "private"]
