"""Terms documents."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import Answer, App, MakeApp
from tests.support.refusals import refusal

pytestmark = pytest.mark.needs("CreateTerms")

LINKS = {"cognito:default": "https://example.com/terms", "cognito:german": "https://example.com/de/agb"}
OF_USE = "terms-of-use"
PRIVACY = "privacy-policy"


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool()


def create(app: App, name: str = OF_USE, **more: Any) -> Answer:
    call = {"UserPoolId": app.pool_id, "ClientId": app.client_id, "TermsName": name}
    given = {"TermsSource": "LINK", "Enforcement": "NONE", "Links": LINKS, **more}
    answer: Answer = app.call("create_terms", **call, **given)["Terms"]
    return answer


def described(app: App, terms: Answer) -> Answer:
    answer: Answer = app.call("describe_terms", UserPoolId=app.pool_id, TermsId=terms["TermsId"])["Terms"]
    return answer


def update(app: App, terms: Answer, **changes: Any) -> Answer:
    call = {"UserPoolId": app.pool_id, "TermsId": terms["TermsId"]}
    answer: Answer = app.call("update_terms", **call, **changes)["Terms"]
    return answer


def test_terms_of_a_client(app: App) -> None:
    made = create(app)

    assert (made["UserPoolId"], made["ClientId"], made["TermsName"]) == (app.pool_id, app.client_id, OF_USE)
    assert (made["TermsSource"], made["Enforcement"], made["Links"]) == ("LINK", "NONE", LINKS)
    assert described(app, made) == made


@pytest.mark.needs("DescribeTermsByClient")
def test_terms_by_their_name(app: App) -> None:
    made = create(app)
    of_client = {"UserPoolId": app.pool_id, "ClientId": app.client_id}

    assert app.call("describe_terms_by_client", **of_client, TermsName=OF_USE)["Terms"] == made

    missing = refusal(app.call, operation="describe_terms_by_client", **of_client, TermsName=PRIVACY)
    assert missing.code == "ResourceNotFoundException"


def test_a_client_has_one_document_of_each_name(app: App) -> None:
    first = create(app)
    privacy = create(app, PRIVACY)

    assert refusal(create, app=app).code == "TermsExistsException"
    assert refusal(update, app=app, terms=privacy, TermsName=OF_USE).code == "TermsExistsException"

    assert (described(app, first), described(app, privacy)) == (first, privacy)
    create(app.with_client())


def test_an_update_keeps_what_it_leaves_out(app: App, cognito: Cognito) -> None:
    made = create(app)
    cognito.clock.advance(seconds=1)
    links = {"cognito:default": "https://example.com/terms/2"}

    changed = update(app, made, TermsName=PRIVACY, Links=links)

    assert changed == {**made, "TermsName": PRIVACY, "Links": links, "LastModifiedDate": changed["LastModifiedDate"]}
    assert changed["LastModifiedDate"] > made["LastModifiedDate"]
    assert update(app, made, TermsName=PRIVACY)["Links"] == links
    create(app, OF_USE)


def test_a_listing_has_no_links(app: App) -> None:
    made = [create(app), create(app, PRIVACY), create(app.with_client())]

    def page(**more: Any) -> Answer:
        return app.call("list_terms", UserPoolId=app.pool_id, MaxResults=2, **more)

    first = page()
    second = page(NextToken=first["NextToken"])
    listed = [*first["Terms"], *second["Terms"]]
    assert [one["TermsId"] for one in listed] == [one["TermsId"] for one in made]
    assert listed[0].keys() == {"TermsId", "TermsName", "Enforcement", "CreationDate", "LastModifiedDate"}
    assert "NextToken" not in second
    assert refusal(page, NextToken="nonsense").code == "InvalidParameterException"


def test_deleted_terms_are_gone(app: App) -> None:
    made = create(app)
    by_id = {"UserPoolId": app.pool_id, "TermsId": made["TermsId"]}

    app.call("delete_terms", **by_id)

    for operation in ("delete_terms", "describe_terms", "update_terms"):
        assert refusal(app.call, operation=operation, **by_id).code == "ResourceNotFoundException"
    create(app)


def test_terms_of_another_pool(app: App, make_app: MakeApp) -> None:
    foreign = create(make_app())
    assert refusal(described, app=app, terms=foreign).code == "ResourceNotFoundException"


@pytest.mark.parametrize(
    "more",
    [
        {"Links": {"cognito:klingon": "https://example.com"}},
        {"Links": {"cognito:default": "ftp://example.com"}},
        {"Links": {"cognito:default": "https://[1"}},
        {"Links": {}},
        {"Enforcement": "ALWAYS"},
    ],
)
def test_terms_that_aws_does_not_take(app: App, more: Answer) -> None:
    assert refusal(create, app=app, **more).code == "InvalidParameterException"
    assert app.call("list_terms", UserPoolId=app.pool_id)["Terms"] == []
    made = create(app)
    assert refusal(update, app=app, terms=made, **more).code == "InvalidParameterException"
    assert described(app, made) == made


def test_links_are_needed(app: App) -> None:
    call = {"UserPoolId": app.pool_id, "ClientId": app.client_id, "TermsName": OF_USE}
    refused = refusal(app.call, operation="create_terms", **call, TermsSource="LINK", Enforcement="NONE")
    assert refused.code == "InvalidParameterException"


def test_a_pool_has_forty_documents(app: App) -> None:
    for _ in range(20):
        client = app.with_client()
        create(client)
        create(client, PRIVACY)
    assert refusal(create, app=app).code == "LimitExceededException"


def test_the_lite_plan_has_no_terms(make_app: MakeApp) -> None:
    assert refusal(create, app=make_app(UserPoolTier="LITE")).code == "InvalidParameterException"
