"""Assemblies of CDK."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pytest_cognito.cognito import Cognito
from pytest_cognito.infrastructure.errors import TemplateError
from pytest_cognito.infrastructure.stacks.stack import Stack
from pytest_cognito.kernel.errors import UsageError
from tests.support.assemblies import CODE_HASH, NESTED_ID, write_assembly
from tests.support.trigger_projects import PASSWORD


def sign_up(cognito: Cognito, stack: Stack) -> bool:
    """Whether a user who signs up at the only client of a stack is confirmed at once."""
    answer = cognito.call("SignUp", ClientId=stack.client().id, Username="ann", Password=PASSWORD, region=stack.region)
    return bool(answer["UserConfirmed"])


@pytest.fixture(params=[True, False], ids=["metadata in templates", "metadata beside them"])
def assembly(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return write_assembly(tmp_path, with_metadata=request.param)


def test_a_stack_with_its_assets(cognito: Cognito, assembly: Path) -> None:
    notes = cognito.deploy(assembly, stack="Notes")
    assert not notes.left_out
    assert sign_up(cognito, notes.nested(NESTED_ID))
    assert notes.function().module.__file__ == str(assembly / f"asset.{CODE_HASH}" / "app.py")


@pytest.mark.parametrize("path", ["Notes/Pool", "Notes/Pool/Resource", "Pool", "PoolD3F588B8"])
def test_constructs_are_found_by_their_paths(cognito: Cognito, assembly: Path, path: str) -> None:
    notes = cognito.deploy(assembly, stack="Notes")
    assert notes.user_pool(path).id == notes.physical_id("PoolD3F588B8")


def test_the_path_of_a_nested_stack(cognito: Cognito, assembly: Path) -> None:
    notes = cognito.deploy(assembly, stack="Notes")
    nested = notes.nested("Notes/Clients.NestedStack/Clients.NestedStackResource")
    assert nested.client("Notes/Clients/Client").id == nested.client().id


def test_what_a_stack_needs_is_deployed_before_it(cognito: Cognito, assembly: Path) -> None:
    web = cognito.deploy(assembly, stack="NotesWeb")
    assert web.resource("NotesWeb/Client").properties["UserPoolId"] == cognito.stack("Notes").user_pool().id
    assert sign_up(cognito, web)


def test_it_is_not_deployed_again(cognito: Cognito, assembly: Path) -> None:
    notes = cognito.deploy(assembly, stack="Notes")
    web = cognito.deploy(assembly, stack="NotesWeb")
    assert web.resource("NotesWeb/Client").properties["UserPoolId"] == notes.user_pool().id
    assert {stack.name for stack in cognito.stacks} == {"Notes", "NotesWeb"}


@pytest.mark.parametrize("name", ["Prod-Notes", "Prod/Notes", "ProdNotes494EE8F7"])
def test_a_stack_of_a_stage(cognito: Cognito, tmp_path: Path, name: str) -> None:
    prod = cognito.deploy(write_assembly(tmp_path, stage=True), stack=name)
    assert (prod.name, prod.region) == ("Prod-Notes", "eu-west-1")
    assert prod.user_pool("Prod/Notes/Pool").id.startswith("eu-west-1_")
    assert sign_up(cognito, prod.nested(NESTED_ID))


def test_the_region_of_the_test_goes_before_that_of_the_assembly(cognito: Cognito, tmp_path: Path) -> None:
    prod = cognito.deploy(write_assembly(tmp_path, stage=True), stack="Prod/Notes", region="ap-southeast-2")
    assert prod.user_pool().id.startswith("ap-southeast-2_")


def test_the_path_of_a_template_names_its_stack(cognito: Cognito, assembly: Path) -> None:
    web = cognito.deploy(assembly / "NotesWeb.json")
    assert web.name == "NotesWeb"
    assert sign_up(cognito, web)


def test_a_stack_may_have_another_name(cognito: Cognito, assembly: Path) -> None:
    assert cognito.deploy(assembly, stack="Notes", name="mine").name == "mine"


def test_a_stack_is_updated_from_its_assembly(cognito: Cognito, assembly: Path) -> None:
    notes = cognito.deploy(assembly, stack="Notes")
    path = assembly / "Notes.json"
    template = json.loads(path.read_text())
    template["Resources"]["PreSignUp1C2BA29E"]["Properties"]["Environment"]["Variables"]["CONFIRM"] = "no"
    path.write_text(json.dumps(template))
    assert notes.update().modified == ["PreSignUp1C2BA29E"]
    assert not sign_up(cognito, notes.nested(NESTED_ID))


def test_parameters_that_the_assembly_has(cognito: Cognito, assembly: Path) -> None:
    template = json.loads((assembly / "Notes.json").read_text())
    template["Parameters"]["Name"] = {"Type": "String"}
    template["Resources"]["PoolD3F588B8"]["Properties"]["UserPoolName"] = {"Ref": "Name"}
    (assembly / "Notes.json").write_text(json.dumps(template))
    manifest = json.loads((assembly / "manifest.json").read_text())
    manifest["artifacts"]["Notes"]["properties"]["parameters"] = {"Name": "of-the-assembly"}
    (assembly / "manifest.json").write_text(json.dumps(manifest))
    assert cognito.deploy(assembly, stack="Notes").parameters["Name"] == "of-the-assembly"
    given = {"Name": "given"}
    again = cognito.deploy(assembly, stack="NotesWeb", parameters=given, region="eu-west-1")
    assert cognito.stack("Notes", region=again.region).parameters["Name"] == "given"


def test_which_stacks_there_are(cognito: Cognito, assembly: Path) -> None:
    with pytest.raises(UsageError, match=r"has several stacks: name one, by stack=, of Notes, NotesWeb"):
        cognito.deploy(assembly)
    with pytest.raises(UsageError, match=r"no stack 'Note'.*Notes"):
        cognito.deploy(assembly, stack="Note")


def test_a_directory_without_a_manifest(cognito: Cognito, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"not what cdk synth writes"):
        cognito.deploy(tmp_path)


def test_an_assembly_that_is_not_whole(cognito: Cognito, tmp_path: Path) -> None:
    assembly = write_assembly(tmp_path)
    (assembly / "Notes.assets.json").unlink()
    with pytest.raises(TemplateError, match=r"Notes.assets.json: the assembly has no Notes.assets.json: run cdk synth"):
        cognito.deploy(assembly, stack="Notes")
    (assembly / "manifest.json").write_text("{")
    with pytest.raises(TemplateError, match=r"manifest.json:1: this is not JSON"):
        cognito.deploy(assembly, stack="Notes")


def test_a_missing_asset_is_told_with_the_function(cognito: Cognito, tmp_path: Path) -> None:
    assembly = write_assembly(tmp_path)
    (assembly / f"asset.{CODE_HASH}" / "app.py").unlink()
    (assembly / f"asset.{CODE_HASH}").rmdir()
    with pytest.raises(TemplateError, match=r"Notes.json:.*the code of PreSignUp1C2BA29E is not there"):
        cognito.deploy(assembly, stack="Notes")
