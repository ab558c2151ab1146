"""HTML as the browser of a test reads it, compared with the standard library's parser."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cognito.handles import document

Tag = tuple[str, dict[str, str]]

WRITTEN = """\
<!doctype html><HTML lang=en><head><title>Tea &amp; <b>cake</b></title><style>a > b { color: red } /* <p> */</style>
<script>if (a < b && c) document.write("<p>no</p>")</script></head><!-- <p>a comment</p> -->
<body class='big "quoted"' DATA-Page="x&amp;y=1&#x41;"><form action="/a?b=1&amp;c=2"><input name=a value='1>2' checked>
<textarea name="t"><p>&lt;kept&gt;</textarea><svg><path d="M0 0"/><g><path d="M1 1"/></g></svg><p>one<p>two &copy; 3 < 4
<ul><li>a<li>b</ul><a href="/x"  id = "y" id="z">go &rarr;</a></form></body></html>
"""


class Reference(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in reversed(attrs)}))


def tags(root: document.Node) -> Iterator[Tag]:
    return ((node.tag, dict(node.attributes)) for node in root.walk())


def test_what_a_page_may_have() -> None:
    root = document.parse(WRITTEN)

    found = list(tags(root))
    assert [tag for tag, _ in found] == [
        *("html", "head", "title", "style", "script", "body", "form", "input", "textarea"),
        *("svg", "path", "g", "path", "p", "p", "ul", "li", "li", "a"),
    ]
    values = dict(found)
    assert values["body"] == {"class": 'big "quoted"', "data-page": "x&y=1A"}
    assert values["form"] == {"action": "/a?b=1&c=2"}
    assert values["input"] == {"name": "a", "value": "1>2", "checked": ""}
    assert values["a"] == {"href": "/x", "id": "y"}
    assert [node.children for node in root.all("title", "textarea")] == [["Tea & <b>cake</b>"], ["<p><kept>"]]
    assert [node.children for node in root.all("script")] == [['if (a < b && c) document.write("<p>no</p>")']]
    assert root.text.splitlines()[-5:] == ["one", "two © 3 < 4", "a", "b", "go →"]


@pytest.mark.parametrize("html", ["", "<", "<p", '<p title="', "<!--", "<!-- <p>", "</", "<script>", "a<b c='>"])
def test_what_is_broken_off(html: str) -> None:
    assert list(document.parse(html).all("p", "b")) == []


NAMES = st.sampled_from(("a", "p", "div", "input", "SPAN", "form"))
VALUES = st.text(st.characters(codec="utf-8", exclude_characters='"\r\0&'), max_size=12)
ATTRIBUTES = st.dictionaries(st.sampled_from(("id", "class", "Data-x", "href")), VALUES, max_size=3)


def element(name: str, attributes: dict[str, str], text: str) -> str:
    given = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{given}>{text.replace('<', '&lt;')}</{name}>"


@given(st.lists(st.tuples(NAMES, ATTRIBUTES, st.text("ab <>&;/=!'\"-", max_size=6)), max_size=6))
def test_it_is_read_as_by_the_standard_library(written: list[tuple[str, dict[str, str], str]]) -> None:
    html = "".join(map(element, *zip(*written, strict=True))) if written else ""

    assert list(tags(document.parse(html))) == Reference(html).tags
