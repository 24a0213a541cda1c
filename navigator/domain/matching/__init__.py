"""A list of schools that people keep, row by row matched with the register.

`asked` reads a row, `likeness` compares it with a school, `matcher` decides how sure it is.
"""
