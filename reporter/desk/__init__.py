"""HR's local web pages: a module bears the name of what HR sees.

It works over the same functions as the commands, keeps no state of its own, and alone here knows
Flask. Begin with `app` (what it refuses, its headers), then `quarter`, the page HR starts at;
`context` is what every page stands on.
"""
