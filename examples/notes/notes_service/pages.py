"""The few pages of the site."""

from collections.abc import Mapping, Sequence
from html import escape

_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Notes</title></head>
<body><main>{main}</main></body>
</html>
"""


def welcome() -> str:
    return _PAGE.format(
        main=(
            "<h1>Notes</h1><p><a href='/login'>Sign in</a></p>"
            "<p><a href='/login?provider=Google'>Sign in with Google</a></p>"
            "<p><a href='/login?provider=Globex'>Sign in with Globex</a></p>"
        )
    )


def notebooks(email: str, found: Mapping[str, Sequence[str]]) -> str:
    notes = "".join(
        f"<h2>{escape(name)}</h2><ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"
        for name, texts in found.items()
    )
    sign_out = "<form method='post' action='/logout'><button>Sign out</button></form>"
    return _PAGE.format(main=f"<h1>Notes of {escape(email)}</h1>{notes}{sign_out}")


def refused(reason: str) -> str:
    return _PAGE.format(main=f"<h1>You are not signed in</h1><p>{escape(reason)}</p><p><a href='/'>Back</a></p>")
