"""Values that have no text, or one that a terminal acts upon: the run goes on, and the report escapes them."""

from __future__ import annotations

import re
import textwrap

import pytest

from .conftest import Run
from .sections import SIGN_IN, section

ODD = """
class Odd(Exception):
    def __repr__(self):
        raise ValueError("no words")
    __str__ = __repr__

class Failing(Exception):
    def __str__(self):
        pytest.fail("inside")
"""
USES = {
    "exception of a function": """
        def test_it(cognito_user_pool):
            @cognito_user_pool.on("PreSignUp")
            def refuse(event, context):
                raise Odd
            sign_up(cognito_user_pool)
        """,
    "exception that ends a test": """
        def test_it(cognito_user_pool):
            @cognito_user_pool.on("PreSignUp")
            def refuse(event, context):
                raise Failing
            sign_up(cognito_user_pool)
        """,
    "result of a function": """
        def test_it(cognito_user_pool):
            cognito_user_pool.set_trigger("PreSignUp", lambda event, context: Odd())
            sign_up(cognito_user_pool)
        """,
    "parameter": """
        def test_it(cognito_user_pool):
            cognito_user_pool.call("AdminGetUser", Username=Odd())
        """,
    "parameter of bytes": """
        def test_it(cognito_user_pool):
            cognito_user_pool.call("SetUICustomization", ImageFile=Odd())
        """,
    "client metadata": """
        def test_it(cognito_user):
            cognito_user.sign_in(metadata={"odd": Odd(), 7: [Odd()]})
        """,
    "attribute": """
        def test_it(cognito_user_pool):
            pairs = [{"Name": Odd(), "Value": Odd()}]
            cognito_user_pool.call("AdminUpdateUserAttributes", Username="alice", UserAttributes=pairs)
        """,
    "deep nesting": """
        def test_it(cognito_user_pool):
            nested = {}
            for _ in range(400):
                nested = {"a": nested}
            @cognito_user_pool.on("PreSignUp")
            def nest(event, context):
                event["response"]["autoConfirm"] = nested
                return event
            sign_up(cognito_user_pool)
            assert False
        """,
    "removed directory": """
        def test_it(cognito, tmp_path, monkeypatch):
            gone = tmp_path / "gone"
            gone.mkdir()
            monkeypatch.chdir(gone)
            gone.rmdir()
            pool = cognito.create_user_pool()
            pool.set_trigger("PreSignUp", lambda event, context: 1 / 0)
            sign_up(pool)
        """,
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_the_run_goes_on(run: Run, use: str) -> None:
    result = run(SIGN_IN + ODD + textwrap.dedent(use) + "\ndef test_next(): pass\n")

    assert "INTERNALERROR" not in result.stdout.str() + result.stderr.str()
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(["*- Cognito call -*"])


def test_an_exception_without_a_text_is_named(run: Run) -> None:
    shown = section(run, ODD + textwrap.dedent(USES["exception of a function"]))

    assert "raised Odd: <Odd whose str() raised ValueError>\n" in shown


CONTROLS = r"\x1b[2J\x07\u202e\ud800"
SPOKEN = {
    "exception": f"""
        def test_it(cognito_user_pool):
            def refuse(event, context):
                raise ValueError("{CONTROLS}")
            cognito_user_pool.set_trigger("PreSignUp", refuse)
            sign_up(cognito_user_pool)
        """,
    "user name": f"""
        def test_it(cognito_user_pool):
            cognito_user_pool.call("AdminGetUser", Username="{CONTROLS}")
        """,
    "claim": f"""
        def test_it(cognito_user):
            def claims(event, context):
                event["response"]["claimsOverrideDetails"] = {{"claimsToAddOrOverride": {{"{CONTROLS}": "{CONTROLS}"}}}}
                return event
            cognito_user.pool.set_trigger("PreTokenGeneration", claims)
            cognito_user.sign_in()
            assert False
        """,
    "client metadata": f"""
        def test_it(cognito_user):
            cognito_user.sign_in(metadata={{"{CONTROLS}": "{CONTROLS}"}})
            assert False
        """,
    "path": """
        def test_it(cognito_user_pool):
            from urllib.request import urlopen
            urlopen(cognito_user_pool.jwks_uri + "/%1b%5b2J").read()
        """,
}


@pytest.mark.parametrize("speaks", SPOKEN.values(), ids=SPOKEN)
def test_what_a_terminal_would_act_upon_is_escaped(run: Run, speaks: str) -> None:
    shown = section(run, speaks)

    assert re.findall("[\x00-\x09\x0b-\x1f\x7f\u202e\ud800]", shown) == []
