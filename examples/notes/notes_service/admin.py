"""The admin pages: find users, page by page, lock them out and in, reset a password. For admins only."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, status
from pydantic import BaseModel

from .auth import in_group
from .settings import CurrentSettings
from .user_pool import cognito, email_of

router = APIRouter(prefix="/admin/users", tags=["admin"], dependencies=[Depends(in_group("admins"))])


class User(BaseModel):
    id: str
    email: str
    status: str
    enabled: bool


class Page(BaseModel):
    users: list[User]
    next: str | None


@router.get("")
def find(
    settings: CurrentSettings, email: str = "", page: str | None = None, size: Annotated[int, Query(ge=1, le=60)] = 20
) -> Page:
    """The users whose e-mail address begins so; ``page`` is the ``next`` of the page before."""
    query: dict[str, Any] = {"Limit": size, "AttributesToGet": ["email"]}
    if email:
        query["Filter"] = f"email ^= {_quoted(email)}"
    if page is not None:
        query["PaginationToken"] = page
    answer = cognito.list_users(UserPoolId=settings.user_pool_id, **query)
    return Page(users=[_user(one) for one in answer["Users"]], next=answer.get("PaginationToken"))


@router.post("/{user_id}/disable", status_code=status.HTTP_204_NO_CONTENT)
def disable(user_id: str, settings: CurrentSettings) -> None:
    """The user can't sign in any more; a token that is out is good for minutes yet."""
    cognito.admin_disable_user(UserPoolId=settings.user_pool_id, Username=user_id)


@router.post("/{user_id}/enable", status_code=status.HTTP_204_NO_CONTENT)
def enable(user_id: str, settings: CurrentSettings) -> None:
    cognito.admin_enable_user(UserPoolId=settings.user_pool_id, Username=user_id)


@router.post("/{user_id}/reset-password", status_code=status.HTTP_202_ACCEPTED)
def reset_password(user_id: str, settings: CurrentSettings) -> None:
    """The password is good no more; the user is sent a code to choose another."""
    cognito.admin_reset_user_password(UserPoolId=settings.user_pool_id, Username=user_id)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _user(found: Any) -> User:
    return User(
        id=found["Username"],
        email=email_of(found["Attributes"]),
        status=found["UserStatus"],
        enabled=found["Enabled"],
    )
