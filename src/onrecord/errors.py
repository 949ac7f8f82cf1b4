"""Every error onrecord raises on purpose.

    OnrecordError            one line: what, where, what to do; exit code 1 on the command line
    ├── DocumentError        a document that cannot be read: missing, empty, binary, broken
    ├── DateError            a date that is none
    └── LanguageModelError   the language model is absent or altered
"""


class OnrecordError(Exception):
    """An error with one line for a person: what is wrong, where, and what to do about it."""


class DocumentError(OnrecordError):
    """A document that cannot be read. The others of its batch are kept."""


class DateError(OnrecordError):
    """A date that is none."""


class LanguageModelError(OnrecordError):
    """The language model is absent, or not the one that was checked."""
