"""The language of help pages and of mistakes in a call: Vietnamese, or English where that is asked for.

Results, findings and everything written to files are in Vietnamese always.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

import click

from pcmd_consolidate.cli.english import ENGLISH

LANGUAGES = ("vi", "en")
OPTION = "--lang"
VARIABLE = "PCMD_LANG"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def without_language(args: Sequence[str]) -> tuple[list[str], str | None]:
    """A call without ``--lang``, and the language that it names; wherever it stands, also after the command.

    Raises:
        click.BadParameter: There is no such language.
    """
    left = list(args)
    for place, arg in enumerate(args):
        name, _, value = arg.partition("=")
        if name == OPTION:
            value = value if "=" in arg else next(iter(args[place + 1 : place + 2]), "")
            del left[place : place + (1 if "=" in arg else 2)]
            if value not in LANGUAGES:
                option = click.Option([OPTION], type=click.Choice(LANGUAGES))
                raise click.BadParameter(f"'{value}' is not one of them", param=option)
            return left, value
    return left, None


def language_of(surroundings: Mapping[str, str]) -> str:
    """The language that ``PCMD_LANG`` or the locale asks for: English for an English locale, else Vietnamese."""
    if (chosen := surroundings.get(VARIABLE, "")) in LANGUAGES:
        return chosen
    locale = next((surroundings[name] for name in _LOCALE if surroundings.get(name)), "")
    return "en" if locale.startswith("en") else "vi"


class Tongue:
    """The language spoken now."""

    def __init__(self) -> None:
        self.language = "vi"

    def speak(self, language: str | None) -> None:
        """Speak a language from now on; the one that the surroundings ask for where None."""
        self.language = language or language_of(os.environ)

    def __call__(self, text: str) -> str:
        """A text of the command line, in the language spoken now."""
        return ENGLISH.get(text, text) if self.language == "en" else text


said = Tongue()
