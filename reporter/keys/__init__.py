"""A quarter's keys: made once, found by their public halves, doomed when it is published.

`making` makes them, each on its holder's own machine; `halves` is what a second holder hands over,
and `page` makes it in a browser.
`finding` tells which files open a box, `destroying` which go with an edition. A private key is
never copied or moved by this program. Begin with `making`.
"""

from reporter.keys.destroying import Doomed, apart, doomed, moved, still_apart
from reporter.keys.finding import beside, of_box, private
from reporter.keys.making import join, make, second

__all__ = [
    "Doomed",
    "apart",
    "beside",
    "doomed",
    "join",
    "make",
    "moved",
    "of_box",
    "private",
    "second",
    "still_apart",
]
