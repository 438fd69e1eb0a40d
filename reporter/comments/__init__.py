"""What leavers wrote: read unbundled and shuffled, sorted by theme, told as paraphrase or quote.

Whoever reads comments cannot name a response, a batch or a box. `decisions` keeps what people
decided in one private file, `codebook` suggests themes, `identifiers` warns of what may point at a
person, `paraphrases` has the rules of what may be told, `moderation` turns it into public figures.
"""

from reporter.comments.decisions import Comment, Paraphrase, Quote, Side, State

__all__ = ["Comment", "Paraphrase", "Quote", "Side", "State"]
