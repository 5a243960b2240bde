r"""Formulas typeset: the LaTeX of the records as MathML, which browsers draw themselves, with no font to fetch.

Only what our formulas use is understood: letters, numbers, `\frac`, `\sqrt`, `\text`, scripts, groups, named
functions and symbols. Anything else is refused where it is written, not where it is read.
"""

import re
from collections.abc import Mapping
from html import escape
from typing import Final

_TOKEN: Final = re.compile(r"\\(?:text|mathrm)\{[^{}]*\}|\\[A-Za-z]+|\\.|[0-9]+(?:\.[0-9]+)?|\s+|.")

_LETTERS: Final[Mapping[str, str]] = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "varepsilon": "ε",
    "theta": "θ",
    "lambda": "λ",
    "mu": "μ",
    "pi": "π",
    "sigma": "σ",
    "phi": "φ",
    "varphi": "φ",
    "psi": "ψ",
    "omega": "ω",
    "nabla": "∇",
    "infty": "∞",
    "ell": "ℓ",
    "real": "ℝ",
}
_FUNCTIONS: Final = ("log", "exp", "max", "min", "sup", "inf", "tanh", "sign", "arg")
_OPERATORS: Final[Mapping[str, str]] = {
    "le": "≤",
    "ge": "≥",
    "lt": "<",
    "gt": ">",
    "ne": "≠",
    "approx": "≈",
    "to": "→",
    "in": "∈",
    "cdot": "·",
    "times": "×",
    "pm": "±",
    "mid": "|",
    "|": "‖",
    "int": "∫",
    "sum": "∑",
    "partial": "∂",
    "ldots": "…",
    "Longrightarrow": "⟹",
    "{": "{",
    "}": "}",
}
_SPACES: Final[Mapping[str, float]] = {",": 0.17, ":": 0.22, ";": 0.28, "quad": 1.0, "!": -0.17, " ": 0.25}
_LIMITS: Final = ("max", "min", "sup", "inf", "sum")
_WEIGHTS: Final = ("big", "Big", "left", "right", "bigl", "bigr")
"""Sizes of brackets, which browsers find themselves."""


def formula(latex: str, *, block: bool = False) -> str:
    """Return a formula as one ``<math>`` element, in a line of text or standing on its own.

    Raises:
        ValueError: the LaTeX holds something that is not understood here.

    """
    display = ' display="block"' if block else ""
    tokens = [token for token in _TOKEN.findall(latex) if not token.isspace()]
    read = _Reader(tokens)
    content = read.row("")
    return f"<math{display}>{content}</math>"


class _Reader:
    """Reads tokens from left to right into elements."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens, self.at = tokens, 0

    def row(self, end: str) -> str:
        """Elements up to the token ``end`` (the end of the formula where it is empty)."""
        parts: list[str] = []
        while self.at < len(self.tokens):
            if self.tokens[self.at] == end:
                self.at += 1
                return _row(parts)
            parts.append(self.scripted())
        if end:
            raise ValueError(f"'{end}' is missing")
        return _row(parts)

    def scripted(self) -> str:
        """One element with what stands below and above it."""
        limits = self.tokens[self.at][1:] in _LIMITS
        base = self.one()
        while self.at < len(self.tokens) and self.tokens[self.at] == "'":
            self.at += 1
            base += '<mo lspace="0" rspace="0">′</mo>'  # the letter stands high in itself
        below, above = "", ""
        while self.at < len(self.tokens) and self.tokens[self.at] in ("_", "^"):
            mark = self.tokens[self.at]
            self.at += 1
            if mark == "_":
                below += self.argument()
            else:
                above += self.argument()
        if below and above:
            return _element(
                "munderover" if limits else "msubsup", base, f"<mrow>{below}</mrow>", f"<mrow>{above}</mrow>"
            )
        if below:
            return _element("munder" if limits else "msub", base, f"<mrow>{below}</mrow>")
        return _element("msup", base, f"<mrow>{above}</mrow>") if above else base

    def argument(self) -> str:
        r"""What a command or a script takes: a group, or one letter or digit, as in ``\tfrac12``."""
        if self.at < len(self.tokens) and re.fullmatch(r"[0-9]{2,}", self.tokens[self.at]):
            number = self.tokens[self.at]
            self.tokens[self.at : self.at + 1] = [number[0], number[1:]]
        return self.one()

    def one(self) -> str:
        """One element without its scripts."""
        if self.at >= len(self.tokens):
            raise ValueError("something is missing at the end")
        token = self.tokens[self.at]
        self.at += 1
        if token == "{":
            return self.row("}")
        if not token.startswith("\\"):
            return _plain(token)
        name = token[1:]
        if name in ("frac", "tfrac"):
            return _element("mfrac", self.argument(), self.argument())
        if name == "sqrt":
            return _element("msqrt", self.argument())
        if name.startswith(("text{", "mathrm{")):
            return f"<mtext>{escape(name[name.index('{') + 1 : -1])}</mtext>"
        if name in _WEIGHTS:
            return self.one().replace(' stretchy="false"', "")
        if name in _LETTERS:
            return f"<mi>{_LETTERS[name]}</mi>"
        if name in _FUNCTIONS:
            # A thin space on either side, as a function's name has it; none before a bracket or a script.
            follower = self.tokens[self.at] if self.at < len(self.tokens) else ""
            space = "" if follower in ("(", "_", "^", "", ")", "\\big") else '<mspace width="0.17em"></mspace>'
            return f"<mrow><mi>{name}</mi>{space}</mrow>" if space else f"<mi>{name}</mi>"
        if name in _OPERATORS:
            return f"<mo>{escape(_OPERATORS[name])}</mo>"
        if name in _SPACES:
            return f'<mspace width="{_SPACES[name]:g}em"></mspace>'
        raise ValueError(f"'{token}' is not understood")


def _plain(token: str) -> str:
    if token[0].isdigit():
        return f"<mn>{token}</mn>"
    if token.isalpha():
        return f"<mi>{token}</mi>"
    if token in "()[]|":
        return f'<mo stretchy="false">{token}</mo>'
    if token in "+-*/=<>,.:;!~":
        return f"<mo>{escape({'-': '−', '*': '∗'}.get(token, token))}</mo>"
    if token in "αβγδεθλμπσφψω∞≤≥·–":
        return f"<mi>{token}</mi>"
    raise ValueError(f"'{token}' is not understood")


def _row(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"<mrow>{''.join(parts)}</mrow>"


def _element(name: str, *parts: str) -> str:
    return f"<{name}>{''.join(parts)}</{name}>"
