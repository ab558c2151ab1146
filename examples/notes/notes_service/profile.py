"""A user's own profile, and the change of its e-mail address: the old one is good until the new one is proven."""

from fastapi import APIRouter, Depends, status
from pydantic import BaseModel

from .auth import BearerToken, caller
from .user_pool import cognito, email_of

router = APIRouter(prefix="/profile", tags=["profile"], dependencies=[Depends(caller)])


class Profile(BaseModel):
    email: str
    second_factor: bool


class NewEmail(BaseModel):
    email: str


class Proof(BaseModel):
    code: str


@router.get("")
def read(token: BearerToken) -> Profile:
    user = cognito.get_user(AccessToken=token)
    return Profile(
        email=email_of(user["UserAttributes"]),
        second_factor="SOFTWARE_TOKEN_MFA" in user.get("UserMFASettingList", ()),
    )


@router.put("/email", status_code=status.HTTP_202_ACCEPTED)
def change_email(new: NewEmail, token: BearerToken) -> dict[str, list[str]]:
    answer = cognito.update_user_attributes(AccessToken=token, UserAttributes=[{"Name": "email", "Value": new.email}])
    return {"codes_sent_to": [one["Destination"] for one in answer["CodeDeliveryDetailsList"]]}


@router.post("/email/confirm", status_code=status.HTTP_204_NO_CONTENT)
def confirm_email(proof: Proof, token: BearerToken) -> None:
    cognito.verify_user_attribute(AccessToken=token, AttributeName="email", Code=proof.code)
