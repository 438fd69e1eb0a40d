"""The pages of an edition as Markdown, in one language: a module bears the name of its page.

Pure: records, charts and words come in, {path: Markdown} goes out. No page computes a number or
sees a raw table. `edition` lists the pages and is where to begin; `context` is what each stands on,
`wording` says a range in words, `markdown` escapes.
"""
