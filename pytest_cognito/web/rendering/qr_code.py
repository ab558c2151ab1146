"""The QR code of a new software token's secret, which the authenticator app of a phone reads."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

_QUIET_ZONE = 4
"""The white border that readers need, in modules."""


def svg(content: str, label: str) -> Markup:
    """A QR code as an SVG element, black on white whatever the colors of the page, with a text for screen readers."""
    size, path = _drawn(content)
    return Markup(
        '<svg class="qr-code" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img" '
        'aria-label="{label}" shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="#fff"/>'
        '<path fill="#000" d="{path}"/></svg>'
    ).format(size=size, label=label, path=path)


@lru_cache(16)
def _drawn(content: str) -> tuple[int, str]:
    """The size of a code in modules, and the path of the dark ones. A page is shown again after each wrong code."""
    import segno

    matrix = segno.make(content, error="m", micro=False).matrix
    path = "".join(
        f"M{column + _QUIET_ZONE} {row + _QUIET_ZONE}h1v1h-1z"
        for row, modules in enumerate(matrix)
        for column, dark in enumerate(modules)
        if dark
    )
    return len(matrix) + 2 * _QUIET_ZONE, path
