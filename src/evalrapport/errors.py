"""Errors that are written for the person who can mend them."""


class PlainError(Exception):
    """A fault in data, prose, config or files that a user can mend.

    The message says in plain words where it is, what is wrong and what to do. It is printed
    without a traceback, and never holds a person number or a single person's values.
    """
