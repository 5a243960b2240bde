"""The one strict parser: every door declares its fields by their domains, and reads them here.

A page's knob, a link, a message on the socket, a request of a tab, a program's call and an option of the command line
are values from outside; each becomes a value of its field's domain, or one sentence that names it and the remedy.
"""

from gan_playground.parsing.domains import Choice, Domain, Flag, Grammar, Maybe, Pair, Real, Several, Table, Text, Whole
from gan_playground.parsing.requests import LONGEST, Field, Form, Request, key_values, read_address
from gan_playground.parsing.values import finite, quoted, shown

__all__ = [
    "LONGEST",
    "Choice",
    "Domain",
    "Field",
    "Flag",
    "Form",
    "Grammar",
    "Maybe",
    "Pair",
    "Real",
    "Request",
    "Several",
    "Table",
    "Text",
    "Whole",
    "finite",
    "key_values",
    "quoted",
    "read_address",
    "shown",
]
