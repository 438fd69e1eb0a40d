"""Pages become the site that people read: built, made lean and strict, swapped in whole.

It does not know what a page says. `engine` alone names MkDocs. This face imports nothing: MkDocs is
paid for by whoever builds.
"""
