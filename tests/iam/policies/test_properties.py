"""Whatever the policies: decisions are those of a second, slow evaluator, and what has to be true of all is."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pytest_cognito import iam
from tests.support import naive_policies as naive
from tests.support.evaluated import ACCOUNT, ALLOW_ALL, document

CALLER = iam.Principal(f"arn:aws:sts::{ACCOUNT}:assumed-role/app/s", "AROAAPPAPPAPPAPPAPP:s", ACCOUNT, "AssumedRole")
Statement = dict[str, Any]

texts = st.text("ab*?/", max_size=5)
tails = st.lists(
    texts | st.sampled_from(["${app:a}", "${app:none}", "${app:none, 'b'}", "${*}", "${?}"]), max_size=3
).map("".join)
segments = st.sampled_from(["aws", "*", "a*", "a*s", "?ws", ""])
patterns = st.just("*") | st.tuples(segments, segments, tails).map(lambda p: f"arn:aws:s3:{p[0]}:{p[1]}:{p[2]}")
resources = st.tuples(st.sampled_from(["aws", "", "a:s"]), st.text("ab*/:", max_size=5)).map(
    lambda p: f"arn:aws:s3:aws:{p[0]}:{p[1]}"
)
actions = st.sampled_from(["s3:Get", "S3:get", "s3:*", "*", "s3:?et", "s3:Put", "sqs:*", "s3:G*t"])
TEXTS = ["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringLike", "StringNotLike"]
NUMBERS = ["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericGreaterThanEquals"]
DATES = ["DateEquals", "DateNotEquals", "DateLessThanEquals", "DateGreaterThan"]
ARNS = ["ArnLike", "ArnNotLike"]
numbers = st.integers(-2, 2).map(str)
dates = st.sampled_from(["2030-01-01T00:00:00Z", "2030-01-01T00:00:00+01:00", "2030-06-01T12:00:00Z"])


def some(values: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    return values | st.lists(values, min_size=1, max_size=3)


def conditions(operators: list[str], key: str, values: st.SearchStrategy[str]) -> st.SearchStrategy[Statement]:
    names = st.tuples(
        st.sampled_from(["", "", "ForAllValues:", "ForAnyValue:"]),
        st.sampled_from(operators),
        st.sampled_from(["", "", "IfExists"]),
    ).map("".join)
    keys = st.sampled_from([key, key, "app:none"])
    return st.tuples(names, keys, some(values)).map(lambda c: {"Condition": {c[0]: {c[1]: c[2]}}})


some_conditions = st.one_of(
    st.just({}),
    conditions(TEXTS, "app:a", tails),
    conditions(TEXTS, "app:many", texts),
    conditions(NUMBERS, "app:n", numbers),
    conditions(DATES, "app:d", dates),
    conditions(ARNS, "app:arn", patterns),
    some(st.sampled_from(["true", "false"])).map(lambda v: {"Condition": {"Null": {"app:many": v}}}),
)
statements = st.builds(
    lambda effect, action, resource, condition: {"Effect": effect, **action, **resource, **condition},
    st.sampled_from(["Allow", "Allow", "Deny"]),
    st.tuples(st.sampled_from(["Action", "Action", "NotAction"]), some(actions)).map(lambda pair: dict([pair])),
    st.tuples(st.sampled_from(["Resource", "Resource", "NotResource"]), some(patterns)).map(lambda pair: dict([pair])),
    some_conditions,
)
documents = st.lists(statements, min_size=1, max_size=3).map(lambda listed: document(*listed))
requests = st.builds(
    iam.Request,
    st.just(CALLER),
    st.sampled_from(["s3:Get", "s3:Put"]),
    resources,
    st.fixed_dictionaries(
        {},
        optional={
            "app:a": texts,
            "app:many": st.lists(texts, max_size=3).map(tuple),
            "app:n": numbers,
            "app:d": dates,
            "app:arn": resources,
        },
    ),
    st.just(ACCOUNT),
)


def decided(request: iam.Request, identity: list[Any], boundary: Any = None, session: Any = None) -> str:
    def named(name: str, content: Any) -> iam.NamedPolicy:
        return iam.NamedPolicy(name, iam.parse(content))

    policies = iam.Policies(
        tuple(named(f"policy{number}", content) for number, content in enumerate(identity)),
        named("boundary", boundary) if boundary else None,
        ((named("session", session),),) if session else (),
    )
    decision = iam.evaluate(request, policies)
    assert len(decision.explanation) >= 3  # whatever it is, it can be explained
    return "Allow" if decision else "Deny" if decision.explicit else "None"


@settings(max_examples=80)
@given(requests, st.lists(documents, max_size=2), st.none() | documents, st.none() | documents)
def test_decisions_are_those_of_another_evaluator(
    request: iam.Request, identity: list[Any], boundary: Any, session: Any
) -> None:
    asked = naive.Asked(request.action, request.resource, request.keys)

    assert decided(request, identity, boundary, session) == naive.decision(asked, identity, boundary, session)


@settings(max_examples=30)
@given(requests, patterns)
@example(iam.Request(CALLER, "s3:Get", "arn:aws:s3:aws:a:s:b", account=ACCOUNT), "arn:aws:s3:a*s:a*:b")
def test_resources_are_matched_as_by_a_regular_expression(request: iam.Request, pattern: str) -> None:
    asked = naive.Asked(request.action, request.resource, request.keys)
    statement = {"Effect": "Allow", "Action": "*", "Resource": pattern}

    assert (decided(request, [document(statement)]) == "Allow") is bool(naive.resource_matches(pattern, asked))


@settings(max_examples=30)
@given(requests, documents, statements)
def test_another_denial_never_allows_more(request: iam.Request, content: Any, statement: Statement) -> None:
    more = document(*content["Statement"], {**statement, "Effect": "Deny"})

    assert decided(request, [content]) == "Allow" or decided(request, [more]) != "Allow"


@settings(max_examples=30)
@given(requests, documents, documents)
def test_a_boundary_or_a_session_policy_never_allows_more(request: iam.Request, content: Any, layer: Any) -> None:
    allowed = decided(request, [content]) == "Allow"

    assert allowed or decided(request, [content], boundary=layer) != "Allow"
    assert allowed or decided(request, [content], session=layer) != "Allow"
    within = decided(request, [content], boundary=layer)
    assert within == decided(request, [content], session=layer) == decided(request, [layer], boundary=content)


@settings(max_examples=30)
@given(requests, st.lists(statements, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_statements_does_not_matter(request: iam.Request, listed: list[Statement], random: Any) -> None:
    shuffled = random.sample(listed, len(listed))

    assert decided(request, [document(*listed)]) == decided(request, [document(*shuffled)])
    assert decided(request, [document(*listed)]) == decided(request, [document(each) for each in shuffled])


@settings(max_examples=30)
@given(texts, texts)
def test_what_stands_for_a_variable_is_never_a_wildcard(value: str, asked: str) -> None:
    statement = {**ALLOW_ALL, "Resource": "arn:aws:s3:::${app:a}"}
    request = iam.Request(CALLER, "s3:Get", f"arn:aws:s3:::{asked}", {"app:a": value}, ACCOUNT)

    assert (decided(request, [document(statement)]) == "Allow") is (value == asked)
