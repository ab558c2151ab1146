"""Where code is: text in the template, zip files, layers."""

from __future__ import annotations

import http.server
import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.trigger_projects import Project, function, resources

USES_SHARED = "import shared\ndef handler(event, context): return shared.NAME"


def layer(content: object = "layer", **properties: Any) -> dict[str, Any]:
    return {"Type": "AWS::Lambda::LayerVersion", "Properties": {"Content": content, **properties}}


def zipped(path: Path, **files: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)


def test_text_in_the_template_is_the_module_index(project: Project) -> None:
    text = "def handler(event, context):\n    event['response']['autoConfirmUser'] = True\n    return event\n"
    stack = project.deploy(resources(function({"ZipFile": text}, "index.handler")))
    assert project.sign_up(stack)["UserConfirmed"]


def test_a_traceback_shows_the_lines_of_text_in_the_template(project: Project) -> None:
    text = "def handler(event, context):\n    raise KeyError('tenant')\n"
    stack = project.deploy(resources(function({"ZipFile": text}, "index.handler")))
    with pytest.raises(Exception, match="PreSignUp failed with error 'tenant'"):
        project.sign_up(stack)
    frame = project.cognito.triggers.last("PreSignUp").frames[-1]
    assert (frame.filename, frame.lineno, frame.line) == ("Hook/index.py", 2, "raise KeyError('tenant')")


@pytest.fixture
def answers() -> Iterator[tuple[str, list[Any]]]:
    """An address that takes the answers of custom resources, and these."""
    found: list[Any] = []

    class Taking(http.server.BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            found.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Taking) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/answer", found
        thread.join()


def test_text_in_the_template_answers_cloudformation(project: Project, answers: tuple[str, list[Any]]) -> None:
    text = """
import cfnresponse
def handler(event, context):
    cfnresponse.send(event, context, cfnresponse.SUCCESS, {"Secret": "s"}, "id-1")
"""
    stack = project.deploy(resources(function({"ZipFile": text}, "index.handler")))
    event = {"ResponseURL": answers[0], "StackId": "s", "RequestId": "r", "LogicalResourceId": "L"}
    stack.function("Hook").invoke(event)
    (answer,) = answers[1]
    assert (answer["Status"], answer["PhysicalResourceId"], answer["Data"]) == ("SUCCESS", "id-1", {"Secret": "s"})


def test_a_zip_file_is_imported_as_it_is(project: Project) -> None:
    zipped(project.root / "code.zip", **{"app.py": USES_SHARED, "shared/__init__.py": "NAME = 'zip'"})
    assert project.deploy(resources(function("code.zip"))).function("Hook").invoke({}) == "zip"


@pytest.mark.parametrize(
    "place",
    ["layer/python/shared.py", "layer/python/lib/python3.12/site-packages/shared/__init__.py", "layer/shared.py"],
)
def test_a_layer_is_on_the_path(project: Project, place: str) -> None:
    project.write(**{"src/app.py": USES_SHARED, place: "NAME = 'layer'"})
    stack = project.deploy(resources(function(Layers=[{"Ref": "Layer"}]), Layer=layer()))
    assert stack.function("Hook").invoke({}) == "layer"


@pytest.mark.parametrize("place", ["python/shared.py", "python/lib/python3.12/site-packages/shared.py", "shared.py"])
def test_a_layer_may_be_a_zip_file(project: Project, place: str) -> None:
    zipped(project.root / "layer.zip", **{place: "NAME = 'zip'"})
    stack = project.write(**{"src/app.py": USES_SHARED}).deploy(
        resources(function(Layers=[{"Ref": "Layer"}]), Layer=layer("layer.zip"))
    )
    assert stack.function("Hook").invoke({}) == "zip"


def test_code_goes_before_layers_and_a_later_layer_before_an_earlier_one(project: Project) -> None:
    code = "import mine, shared\ndef handler(event, context): return [mine.NAME, shared.NAME]"
    project.write(
        **{"src/app.py": code, "src/mine.py": "NAME = 'code'"},
        **{
            f"{name}/python/{module}.py": f"NAME = '{name}'" for name in ("one", "two") for module in ("mine", "shared")
        },
    )
    layers = {"One": layer("one", LayerName="own"), "Two": layer("two")}
    stack = project.deploy(resources(function(Layers=[{"Ref": "One"}, {"Ref": "Two"}]), **layers))
    assert stack.function("Hook").invoke({}) == ["code", "two"]
    assert stack.physical_id("One").endswith(":layer:own:1")


def test_a_layer_of_another_account_is_expected_to_be_installed(project: Project) -> None:
    arn = "arn:aws:lambda:us-east-1:017000801446:layer:AWSLambdaPowertoolsPythonV3-python312-x86_64:1"
    code = "import aws_lambda_powertools\ndef handler(event, context): return aws_lambda_powertools.__name__"
    stack = project.write(**{"src/app.py": code}).deploy(resources(function(Layers=[arn])))
    assert stack.function("Hook").invoke({}) == "aws_lambda_powertools"
