"""From an error to one line on standard error and an exit code."""

from __future__ import annotations

import os
import re
import sys
import traceback
from pathlib import Path
from typing import Any

import click

from onrecord.errors import OnrecordError

INTERRUPTED = 130
_STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_LONGEST = 600


def say(line: object) -> None:
    """One line on standard error; what would steer a terminal is taken out of it."""
    text = _STEERING.sub("\ufffd", " ".join(str(line).split()))
    text = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    click.echo(f"onrecord: {text}".encode(encoding, "replace").decode(encoding), err=True)


class Translating(click.Group):
    """A group whose commands end in a line and an exit code, never in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            say(error)
            ctx.exit(1)
        except KeyboardInterrupt:
            say("interrupted")
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            _close_quietly()
            ctx.exit(0)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            say(_ours(error))
            ctx.exit(1)


def _ours(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"stopped: {type(error).__name__} in {Path(last.filename).name}, line {last.lineno}: {error}; "
        "this is a fault in onrecord, please report it"
    )


def _close_quietly() -> None:
    """Whoever read our output has left: what is still buffered goes nowhere, without a complaint at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        pass
    finally:
        os.close(nowhere)
