"""The decision that policies come to."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_cognito.iam.policies.decisions import Decision, Ground, Kind, Layer
from pytest_cognito.iam.policies.documents import NamedPolicy
from pytest_cognito.iam.policies.matching import Named
from pytest_cognito.iam.policies.requests import Request
from pytest_cognito.iam.policies.statements import Subject


@dataclass(frozen=True, slots=True)
class Policies:
    """The policies that decide about a request.

    ``identity`` are those of the user or the role. ``sessions`` are layers of session policies, each a set of which one
    must allow the request; a layer without policies allows nothing. ``resource`` are those of the resource.
    """

    identity: tuple[NamedPolicy, ...]
    boundary: NamedPolicy | None = None
    sessions: tuple[tuple[NamedPolicy, ...], ...] = ()
    resource: tuple[NamedPolicy, ...] = ()

    def own(self) -> tuple[Layer, ...]:
        """Those of the caller."""
        return (
            Layer(Kind.IDENTITY, self.identity),
            *((Layer(Kind.BOUNDARY, (self.boundary,)),) if self.boundary is not None else ()),
            *(Layer(Kind.SESSION, session) for session in self.sessions),
        )


def evaluate(request: Request, policies: Policies) -> Decision:
    """Whether policies allow a request, and why."""
    own = () if _is_anonymous(request) else policies.own()
    resource = Layer(Kind.RESOURCE, policies.resource)
    must = not own or request.is_cross_account
    return _decide(request, own, resource, must_allow=must)


def evaluate_trust(request: Request, trust: NamedPolicy, policies: Policies | None = None) -> Decision:
    """Whether the trust policy of a role allows a request, which must be for the role: it must do so explicitly.

    ``policies`` are those of a caller who assumes the role by their own credentials. They must allow it, too, unless
    the trust policy names the caller, or their role, in the same account. Who comes with the word of an identity
    provider has none.
    """
    own = policies.own() if policies is not None else ()
    return _decide(request, own, Layer(Kind.TRUST, (trust,)), must_allow=True)


def _is_anonymous(request: Request) -> bool:
    return not request.principal.account


def _decide(request: Request, own: tuple[Layer, ...], resource: Layer, *, must_allow: bool) -> Decision:
    """``own`` are the layers of the caller, who has none if the policies of the resource decide alone."""
    subject = Subject(request, bounded=any(layer.kind is Kind.BOUNDARY for layer in own))
    layers = (*own, resource) if resource.policies or must_allow else own
    for layer in layers:
        denial = _denial(layer, subject)
        if denial is not None:
            return Decision(request, False, layers, (denial,), layer.kind)
    grant, named = _grant(resource, subject)
    direct = named is Named.DIRECTLY and not request.is_cross_account
    if grant is not None and (not own or direct):
        return Decision(request, True, layers, (grant,))
    if must_allow and grant is None:
        return Decision(request, False, layers, (), resource.kind)
    return _decide_by_own(request, subject, layers, own, grant, request.is_cross_account or named < Named.GENERALLY)


def _decide_by_own(
    request: Request,
    subject: Subject,
    layers: tuple[Layer, ...],
    own: tuple[Layer, ...],
    grant: Ground | None,
    needs_identity: bool,
) -> Decision:
    """The decision by the caller's policies. ``grant`` is what allows the request of those of the resource."""
    grounds = [grant] if grant is not None else []
    for layer in own:
        if layer.kind is Kind.IDENTITY and (request.principal.is_root or not needs_identity):
            continue
        found = _first(layer, subject)
        if found is None:
            return Decision(request, False, layers, (), layer.kind)
        grounds.append(found)
    return Decision(request, True, layers, tuple(grounds))


def _denial(layer: Layer, subject: Subject) -> Ground | None:
    for policy in layer.policies:
        index = policy.policy.find("Deny", subject)
        if index is not None:
            return Ground(layer.kind, policy, index)
    return None


def _first(layer: Layer, subject: Subject) -> Ground | None:
    for policy in layer.policies:
        index = policy.policy.find("Allow", subject)
        if index is not None:
            return Ground(layer.kind, policy, index)
    return None


def _grant(layer: Layer, subject: Subject) -> tuple[Ground | None, Named]:
    """What allows a request of the policies of the resource, and how closely it names who asks."""
    found: list[tuple[Ground | None, Named]] = [
        (Ground(layer.kind, policy, closest[0]), closest[1])
        for policy in layer.policies
        if (closest := policy.policy.closest(subject)) is not None
    ]
    return max(found, key=lambda pair: pair[1], default=(None, Named.NOT))
