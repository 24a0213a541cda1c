"""A list of hubs as it was published, understood row by row, every doubt told.

`columns` says what each column holds, `cells` reads areas, lead schools, addresses and dates,
`understood` makes rows of them.
"""
