"""`cognito_stack`: from the marker, the ini file, the seed, or the suite's own fixture."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run

TEMPLATE = """
Parameters: {Stage: {Type: String, Default: dev}}
Resources:
  UserPool: {Type: AWS::Cognito::UserPool, Properties: {UserPoolName: !Sub "${Stage}-pool"}}
  WebClient: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: !Ref UserPool}}
Outputs: {PoolId: {Value: !Ref UserPool}}
"""


@pytest.fixture
def template(pytester: pytest.Pytester) -> Path:
    path = pytester.path / "template.yaml"
    path.write_text(TEMPLATE)
    return path


@pytest.mark.usefixtures("template")
def test_the_markers_template_is_deployed(run: Run) -> None:
    result = run(
        """
        import pytest

        @pytest.mark.cognito(template="template.yaml")
        def test_by_path(cognito_stack):
            assert cognito_stack.user_pool().name == "dev-pool"

        @pytest.mark.cognito(template={"path": "template.yaml", "parameters": {"Stage": "live"}, "name": "mine"})
        def test_with_parameters(cognito, cognito_idp):
            stack = cognito.stack("mine")
            assert cognito_idp.describe_user_pool(UserPoolId=stack.outputs["PoolId"])["UserPool"]["Name"] == "live-pool"

        @pytest.mark.cognito(template="template.yaml")
        class TestOfAClass:
            def test_without_a_fixture(self):
                import boto3
                pools = boto3.client("cognito-idp", "us-east-1").list_user_pools(MaxResults=2)["UserPools"]
                assert [pool["Name"] for pool in pools] == ["dev-pool"]
        """
    )

    result.assert_outcomes(passed=3)


def test_a_path_begins_at_the_tests_file_or_at_the_root(pytester: pytest.Pytester, run: Run, template: Path) -> None:
    inner = pytester.mkpydir("inner")
    (inner / "own.yaml").write_text(TEMPLATE)
    (inner / "test_inner.py").write_text(
        "import pytest\n"
        "@pytest.mark.parametrize('number', [1])\n"
        "@pytest.mark.cognito(template='own.yaml')\n"
        "def test_own(cognito_stack, number): assert cognito_stack.name == 'own'\n"
        "@pytest.mark.cognito(template='template.yaml')\n"
        "def test_root(cognito_stack): assert str(cognito_stack).endswith('2 resources>')\n"
        "@pytest.mark.cognito(template='gone.yaml')\n"
        "def test_gone(cognito_stack): pass\n"
    )

    result = run("")
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*there is no template gone.yaml: neither *inner*gone.yaml nor *"])
    assert template.exists()


@pytest.mark.usefixtures("template")
def test_the_ini_files_template(run: Run) -> None:
    source = """
        def test_stack(cognito_stack):
            assert cognito_stack.user_pool().clients == [] or cognito_stack.client().id

        def test_nothing_is_left_of_the_test_before(cognito):
            assert cognito.stacks == []
        """
    run(source, ini="cognito_template = template.yaml").assert_outcomes(passed=2)
    failed = run(source)
    failed.assert_outcomes(passed=1, errors=1)
    failed.stdout.fnmatch_lines(["*cognito_stack has no template: say which, by *"])


@pytest.mark.usefixtures("template")
def test_a_deployment_in_the_seed_is_in_every_test(run: Run) -> None:
    result = run(
        """
        import pytest

        @pytest.mark.parametrize("number", range(3))
        def test_each(cognito, cognito_stack, number):
            assert len(cognito.calls) == 0
            assert cognito_stack.name == cognito.stack("notes").name
            pool = cognito_stack.user_pool("UserPool")
            assert (pool.name, pool.users) == ("seed-pool", [])
            pool.create_user("ann")
            if number == 0:
                cognito_stack.update(parameters={"Stage": "changed"})
                assert pool.name == "changed-pool"
            if number == 1:
                cognito_stack.delete()
                assert cognito.stacks == []
                cognito.reset()
                assert cognito_stack.user_pool().name == "seed-pool"
        """,
        conftest="""
        import pytest

        @pytest.fixture(scope="session")
        def cognito_seed():
            def seed(cognito):
                cognito.deploy("template.yaml", name="notes", parameters={"Stage": "seed"})
            return seed
        """,
    )

    result.assert_outcomes(passed=3)


@pytest.mark.usefixtures("template")
def test_a_report_has_a_line_for_a_deployment_and_all_of_one_that_failed(run: Run) -> None:
    source = """
        import pytest

        @pytest.mark.cognito(template="template.yaml")
        def test_fails(cognito_stack):
            cognito_stack.user_pool().call("ListGroups")
            assert cognito_stack is None
        """
    result = run(source)
    result.stdout.fnmatch_lines(
        ["*assert <Stack * of template.yaml: 2 resources> is None", "set-up:", "CreateStack *", "*made 2 resources"]
    )
    result.stdout.no_fnmatch_line("CreateUserPoolClient *")
    run(source, "--cognito-trace").stdout.fnmatch_lines(["CreateStack *", "*CreateUserPool *"])

    Path("template.yaml").write_text(
        TEMPLATE.replace("UserPoolId: !Ref", "SupportedIdentityProviders: [Google], UserPoolId: !Ref")
    )
    failed = run(source)
    failed.stdout.fnmatch_lines(
        [
            "*DeploymentError: template.yaml:5: WebClient (AWS::Cognito::UserPoolClient) CREATE_FAILED: *",
            "CreateStack *",
        ]
    )
    failed.stdout.fnmatch_lines(["*CreateUserPoolClient *", "*DeleteUserPool *"])


@pytest.mark.parametrize(
    ("template", "told"),
    [("3", "takes the path of a template"), ("{'parameters': {}}", "takes the path of a template")],
)
def test_what_the_marker_takes(run: Run, template: str, told: str) -> None:
    result = run(f"import pytest\n@pytest.mark.cognito(template={template})\ndef test_it(): pass\n")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"*{told}*"])
