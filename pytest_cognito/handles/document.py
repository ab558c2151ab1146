"""HTML as a small tree: what a test asks of a page, and what a browser needs to fill in and submit its forms.

The standard library's parser, which takes most of the time of a sign-in in a test, is not used: four expressions read
what is well-formed, and pass over what is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_NOT_SHOWN = frozenset(("head", "script", "style", "template", "noscript", "svg", "title"))
_CLOSED_BY_THE_NEXT = frozenset(("option", "li", "p", "dt", "dd", "tr", "td", "th"))
_INLINE = frozenset(("a", "abbr", "b", "bdi", "code", "em", "i", "kbd", "span", "strong", "wbr"))
_RAW = ("script", "style", "textarea", "title")
"""Elements in which there are no elements, and of them those in which ``&amp;`` stands for ``&``."""
_WITH_REFERENCES = ("textarea", "title")
_END_OF_RAW = {tag: re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE) for tag in _RAW}
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^>]*>"
    r"""|<([a-zA-Z][^\s/>]*)([^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*)>"""
    r"|</([a-zA-Z][^\s/>]*)[^>]*>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_NARROW = frozenset(("visible-xs", "visible-sm"))
_WIDE = frozenset(("visible-md", "visible-lg"))


class Node:
    """An element. ``children`` are elements and texts in order; ``is_hidden`` says that it is not shown."""

    __slots__ = ("attributes", "children", "is_hidden", "parent", "tag")

    def __init__(self, tag: str, attributes: Mapping[str, str], parent: Node | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Node | str] = []
        self.is_hidden: bool = (parent is not None and parent.is_hidden) or _hides(tag, attributes)

    def get(self, name: str) -> str:
        """The value of an attribute; empty if there is none."""
        return self.attributes.get(name, "")

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.get("class").split())

    def walk(self) -> Iterator[Node]:
        """The elements below, in the order of the document."""
        pending = self.children[::-1]
        while pending:
            child = pending.pop()
            if isinstance(child, Node):
                yield child
                pending.extend(reversed(child.children))

    def all(self, *tags: str) -> Iterator[Node]:
        """The elements below with one of the tags."""
        return (node for node in self.walk() if node.tag in tags)

    def inside(self, tag: str) -> Node | None:
        """The nearest element around this one with a tag."""
        node = self.parent
        while node is not None and node.tag != tag:
            node = node.parent
        return node

    @property
    def text(self) -> str:
        """The text that is shown, in lines."""
        lines = ("".join(self._pieces())).split("\n")
        return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)

    @property
    def words(self) -> str:
        """The text that is shown, on one line."""
        return " ".join(self.text.split())

    def _pieces(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child.replace("\n", " ")
            elif not child.is_hidden:
                around = "" if child.tag in _INLINE else "\n"
                yield around
                yield from child._pieces()
                yield around


def parse(html: str) -> Node:
    """The root of the tree of a document."""
    tree, end = _Tree(), 0
    while (found := _MARKUP.search(html, end)) is not None:
        tree.text(html[end : found.start()])
        end = found.end()
        opened, attributes, closed = found.groups()
        if closed:
            tree.close(closed.lower())
        elif opened:
            tag = opened.lower()
            tree.open(tag, _attributes(attributes), is_empty=attributes.endswith("/"))
            if tag in _RAW:
                content_ends = _END_OF_RAW[tag].search(html, end)
                stop = content_ends.start() if content_ends else len(html)
                tree.text(html[end:stop], is_raw=tag not in _WITH_REFERENCES)
                end = stop
    tree.text(html[end:])
    return tree.root


def _attributes(text: str) -> dict[str, str]:
    """The attributes of a tag; of those with one name the first."""
    attributes: dict[str, str] = {}
    for name, quoted, single, bare in _ATTRIBUTE.findall(text):
        attributes.setdefault(name.lower(), unescape(quoted or single or bare))
    return attributes


def _hides(tag: str, attributes: Mapping[str, str]) -> bool:
    if tag in _NOT_SHOWN or "hidden" in attributes or attributes.get("type") == "hidden":
        return True
    if "display:none" in attributes.get("style", "").replace(" ", ""):
        return True
    classes = attributes.get("class", "")
    if "visible-" not in classes:
        return False
    names = frozenset(classes.split())  # the classic pages have a second copy of themselves for narrow windows
    return bool(names & _NARROW) and not names & _WIDE


class _Tree:
    """A tree that grows: ``open`` and ``close`` are told of tags, ``text`` of what is between them."""

    def __init__(self) -> None:
        self.root = self._node = Node("#document", {}, None)

    def open(self, tag: str, attributes: Mapping[str, str], *, is_empty: bool) -> None:
        if tag in _CLOSED_BY_THE_NEXT and self._node.tag == tag and self._node.parent is not None:
            self._node = self._node.parent
        node = Node(tag, attributes, self._node)
        self._node.children.append(node)
        if tag not in _VOID and not (is_empty and self._in_svg()):
            self._node = node

    def close(self, tag: str) -> None:
        node: Node | None = self._node
        while node is not None and node.tag != tag:
            node = node.parent
        if node is not None and node.parent is not None:
            self._node = node.parent

    def text(self, text: str, *, is_raw: bool = False) -> None:
        if text:
            self._node.children.append(text if is_raw else unescape(text))

    def _in_svg(self) -> bool:
        """Whether the element is in an image, where ``<path/>`` is an element without content; in HTML it is not."""
        return self._node.tag == "svg" or self._node.inside("svg") is not None
