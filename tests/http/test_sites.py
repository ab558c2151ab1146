"""The sites of a world."""

from __future__ import annotations

from pytest_cognito.http.messages import Request, Response
from pytest_cognito.http.sites import Site, Sites
from pytest_cognito.world import World


def plain(_: Request) -> Response:
    return Response(204)


class OfEachWorld:
    """A site of which every world has its own."""

    def __init__(self, world: object) -> None:
        self.world = world

    def __call__(self, _: Request) -> Response:
        return Response(200, [], str(self.world).encode())

    def inherited_by(self, world: object) -> Site:
        return OfEachWorld(world)


def test_a_site_is_found_by_its_host() -> None:
    sites = Sites()
    sites.register("IDP.example.com", plain)

    assert sites.find("idp.example.com") is plain
    assert sites.find("other.example.com") is None
    assert sites.first(OfEachWorld) is None


def test_a_world_gets_one_of_its_own_for_all_hosts() -> None:
    first, second = World(), World()
    parent = Sites(world=first)
    site = OfEachWorld(first)
    parent.register("a.example.com", site)
    parent.register("b.example.com", site)
    parent.register("c.example.com", plain)

    sites = Sites(parent, second)

    own = sites.first(OfEachWorld)
    assert own is not None
    assert own.world is second
    assert sites.find("a.example.com") is sites.find("b.example.com") is own
    assert sites.find("c.example.com") is plain
    assert parent.first(OfEachWorld) is site


def test_what_is_registered_later_is_forgotten() -> None:
    parent = Sites()
    parent.register("a.example.com", plain)
    sites = Sites(parent)
    sites.register("b.example.com", plain)

    sites.clear()

    assert sites.find("a.example.com") is plain
    assert sites.find("b.example.com") is None
