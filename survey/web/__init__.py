"""What a browser meets: the form, its pages, its headers and its silence.

`pages` alone joins a link and an answer, for the length of one request; it is where to begin.
`answers` does not know the link, `context` knows neither. Nothing here logs, counts visits, or
keeps a session.
"""
