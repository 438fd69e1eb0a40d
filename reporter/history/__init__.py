"""`reporter history import`: an organisation's earlier surveys become records of past quarters.

`importing` tells the story: `mapping` reads what a column means, `encoding`, `widths` and
`delimited` a file as it lies, `cells` and `rows` what a spreadsheet made of it. Everything passes
the same gate as a ballot box; a damaged file is read right or refused with row and column.
"""
