"""Navigator attacked from outside: files, servers, terminals, backups, texts, kills.

    python -m tests.attack              all of it, and a table of what fell
    python -m tests.attack KIND ...     some kinds
    python -m tests.attack --share 0.1  a tenth of it, as the tests run it (`test_attack.py`)

Seeds are fixed: the same attack each time. A kind is a module here with a function
`attack(share, folder)` that gives `Counts`.
"""
