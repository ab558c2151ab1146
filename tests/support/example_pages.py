"""An example of each page, as views build them: for tests, and for the pictures of the documentation."""

from __future__ import annotations

from pytest_cognito.web.rendering import texts
from pytest_cognito.web.rendering.page import Button, Choice, Field, Form, Link, Page, ProviderButton, Text, TotpSecret
from pytest_cognito.web.rendering.password_rules import rules_of

QUERY = "client_id=1example23456789&response_type=code&redirect_uri=https%3A%2F%2Fapp.example.com%2Fback&state=x%26y"
POLICY = {
    "MinimumLength": 8,
    "RequireLowercase": True,
    "RequireUppercase": True,
    "RequireNumbers": True,
    "RequireSymbols": True,
}
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSW"
TOTP = TotpSecret(SECRET, f"otpauth://totp/Example%20App:alice?secret={SECRET}&issuer=Example%20App")
PASSKEY_OPTIONS = '{"challenge": "AAAA", "rpId": "example.com", "allowCredentials": []}'


def at(path: str) -> str:
    return f"{path}?{QUERY}"


def provider(name: str, kind: str) -> ProviderButton:
    return ProviderButton(name, kind, f"/oauth2/authorize?identity_provider={name}&{QUERY}")


USERNAME = Field("username", texts.USERNAME, id="signInFormUsername", autocomplete="username")
PASSWORD = Field("password", texts.PASSWORD, type="password", id="signInFormPassword", autocomplete="current-password")
SIGN_IN_FORM = Form(
    at("/login"),
    Button(texts.SIGN_IN, name="signInSubmitButton"),
    (USERNAME, PASSWORD),
    name="cognitoSignInForm",
    links=(
        Link(texts.FORGOT_PASSWORD, at("/forgotPassword")),
        Link(texts.SIGN_UP, at("/signup"), lead=texts.NEED_ACCOUNT),
    ),
)
SIGN_IN = Page("sign-in", texts.SIGN_IN_TITLE, texts.SIGN_IN_HEADING, forms=(SIGN_IN_FORM,))
SIGN_IN_REFUSED = Page(
    "sign-in",
    texts.SIGN_IN_TITLE,
    texts.SIGN_IN_HEADING,
    error=Text("Incorrect username or password."),
    forms=(SIGN_IN_FORM,),
)
SIGN_IN_WITH_PROVIDERS = Page(
    "sign-in",
    texts.SIGN_IN_TITLE,
    texts.SIGN_IN_HEADING,
    forms=(SIGN_IN_FORM,),
    providers=(
        provider("Google", "Google"),
        provider("Facebook", "Facebook"),
        provider("LoginWithAmazon", "LoginWithAmazon"),
        provider("SignInWithApple", "SignInWithApple"),
        provider("ExampleCorp", "SAML"),
    ),
)
PROVIDERS_ALONE = Page(
    "sign-in",
    texts.SIGN_IN_TITLE,
    texts.SIGN_IN_TITLE,
    providers=(provider("Google", "Google"), provider("Corp", "OIDC")),
)
USERNAME_FIRST = Page(
    "sign-in",
    texts.SIGN_IN_TITLE,
    texts.SIGN_IN_TITLE,
    (texts.SIGN_IN_TO_ACCOUNT,),
    forms=(
        Form(
            at("/login"),
            Button(texts.NEXT),
            (Field("username", texts.EMAIL_ADDRESS, "email", placeholder=texts.EMAIL_PLACEHOLDER),),
            links=(Link(texts.CREATE_ACCOUNT, at("/signup"), lead=texts.NEW_USER),),
        ),
    ),
)
SIGN_UP = Page(
    "sign-up",
    texts.SIGN_UP_TITLE,
    texts.SIGN_UP_HEADING,
    forms=(
        Form(
            at("/signup"),
            Button(texts.SIGN_UP, name="signUpButton"),
            (
                Field("username", texts.USERNAME, value="alice", autocomplete="username"),
                Field(
                    "requiredAttributes[email]",
                    texts.EMAIL,
                    "email",
                    value="alice@example",
                    placeholder=texts.EMAIL_PLACEHOLDER,
                    autocomplete="email",
                    error=Text("Invalid email address format."),
                ),
                Field("requiredAttributes[birthdate]", texts.BIRTHDATE, "date", autocomplete="bday"),
                Field("password", texts.PASSWORD, "password", autocomplete="new-password", rules=rules_of(POLICY)),
            ),
            name="signupform",
            links=(Link(texts.SIGN_IN, at("/login"), lead=texts.HAVE_ACCOUNT),),
        ),
    ),
    terms=(
        Link(texts.TERMS_OF_USE, "https://example.com/terms"),
        Link(texts.PRIVACY_POLICY, "https://example.com/privacy"),
    ),
)


def code_field(name: str, element: str, label: Text = texts.ENTER_CODE) -> Field:
    return Field(name, label, id=element, autocomplete="one-time-code", inputmode="numeric")


CONFIRM = Page(
    "confirm",
    texts.CONFIRM_TITLE,
    texts.CONFIRM_HEADING,
    (texts.CODE_SENT(destination="a***@e***"),),
    notice=texts.NEW_CODE_SENT(destination="a***@e***"),
    forms=(
        Form(
            at("/confirm"),
            Button(texts.CONFIRM_ACCOUNT, name="confirm"),
            (code_field("code", "verification_code", texts.VERIFICATION_CODE),),
            hidden={"username": "alice", "deliveryMedium": "EMAIL", "destination": "a***@e***"},
        ),
        Form(at("/resendcode"), Button(texts.SEND_NEW_CODE), hidden={"username": "alice"}),
    ),
    graphic="email",
)
FORGOT_PASSWORD = Page(
    "forgot-password",
    texts.FORGOT_PASSWORD_TITLE,
    texts.FORGOT_PASSWORD_HEADING,
    (texts.FORGOT_PASSWORD_TEXT,),
    forms=(
        Form(
            at("/forgotPassword"),
            Button(texts.RESET_MY_PASSWORD, name="reset_my_password"),
            (Field("username", texts.USERNAME, autocomplete="username"),),
            name="forgotpasswordform",
        ),
    ),
    links=(Link(texts.BACK_TO_SIGN_IN, at("/login")),),
)
NEW_PASSWORDS = (
    Field(
        "password", texts.NEW_PASSWORD, "password", "new_password", autocomplete="new-password", rules=rules_of(POLICY)
    ),
    Field(
        "confirmPassword",
        texts.ENTER_NEW_PASSWORD_AGAIN,
        "password",
        "confirm_password",
        autocomplete="new-password",
    ),
)
CONFIRM_FORGOT_PASSWORD = Page(
    "confirm-forgot-password",
    texts.FORGOT_PASSWORD_TITLE,
    texts.FORGOT_PASSWORD_HEADING,
    (texts.RESET_CODE_SENT(destination="a***@e***"),),
    error=Text("Invalid verification code provided, please try again."),
    forms=(
        Form(
            at("/confirmForgotPassword"),
            Button(texts.CHANGE_PASSWORD, name="reset_password"),
            (code_field("code", "forgot_password_code", texts.CODE), *NEW_PASSWORDS),
            name="confirmforgotpasswordform",
        ),
    ),
)
CHANGE_PASSWORD = Page(
    "change-password",
    texts.CHANGE_PASSWORD_TITLE,
    texts.CHANGE_PASSWORD_HEADING,
    (texts.CHANGE_PASSWORD_TEXT,),
    forms=(Form(at("/changePassword"), Button(texts.SEND, name="reset_password"), NEW_PASSWORDS),),
    graphic="password",
)


def mfa(heading: Text, text: Text, graphic: str) -> Page:
    form = Form(
        at("/mfa"),
        Button(texts.SIGN_IN, id="signInButton"),
        (code_field("authentication_code", "totpCodeInput"),),
        links=(Link(texts.TRY_OTHER_METHOD, at("/mfa/options")),),
    )
    return Page("mfa", texts.MFA_TITLE, heading, (text,), forms=(form,), graphic=graphic)


MFA_SMS = mfa(texts.MFA_SMS_HEADING, texts.MFA_CODE_SENT_BY_SMS(destination="+********1234"), "sms")
MFA_EMAIL = mfa(texts.MFA_EMAIL_HEADING, texts.MFA_CODE_SENT(destination="a***@e***"), "email")
MFA_TOTP = mfa(texts.MFA_TOTP_HEADING, texts.MFA_TOTP_TEXT, "auth-app")
CHOICE = Page(
    "choose",
    texts.CHOOSE_TITLE,
    texts.CHOOSE_HEADING,
    forms=(
        Form(
            at("/selectChallenge"),
            Button(texts.CONTINUE),
            choices=(
                Choice("answer", "PASSWORD", texts.CHOICE_PASSWORD, checked=True),
                Choice("answer", "WEB_AUTHN", texts.CHOICE_PASSKEY),
                Choice("answer", "EMAIL_OTP", texts.CHOICE_EMAIL_CODE, texts.CHOICE_SENT_TO(destination="a***@e***")),
                Choice("answer", "SMS_OTP", texts.CHOICE_SMS_CODE, texts.CHOICE_SENT_TO(destination="+****1234")),
            ),
        ),
    ),
)
SET_UP_TOTP = Page(
    "set-up-totp",
    texts.SET_UP_TITLE,
    texts.SET_UP_TOTP_HEADING,
    forms=(
        Form(
            at("/mfa/totp"),
            Button(texts.CONTINUE),
            (code_field("authentication_code", "totpCodeInput", texts.ENTER_CODE_FROM_APP),),
        ),
    ),
    totp=TOTP,
    graphic="auth-app",
)
PASSKEY = Page(
    "passkey",
    texts.PASSKEY_SIGN_IN_TITLE,
    texts.PASSKEY_SIGN_IN_HEADING,
    (texts.PASSKEY_SIGN_IN_TEXT,),
    forms=(
        Form(at("/login/passkey"), Button(texts.SIGN_IN_WITH_PASSKEY), script="passkey-get", data=PASSKEY_OPTIONS),
        Form(at("/selectChallenge"), Button(texts.TRY_OTHER_METHOD)),
    ),
    graphic="passkey",
)
ADD_PASSKEY = Page(
    "add-passkey",
    texts.PASSKEY_ADD_TITLE,
    texts.PASSKEY_ADD_HEADING,
    (texts.PASSKEY_ADD_TEXT,),
    forms=(
        Form(at("/passkeys/add"), Button(texts.ADD_PASSKEY), script="passkey-create", data="{}"),
        Form(at("/passkeys/add"), Button(texts.NOT_NOW), hidden={"skip": "true"}),
    ),
    graphic="passkey",
)
ERROR = Page("error", texts.ERROR_TITLE, texts.ERROR_HEADING, error=Text("redirect_mismatch"), status=400)
SIGNED_OUT = Page("signed-out", texts.SIGNED_OUT_TITLE, texts.SIGNED_OUT_HEADING, (texts.SIGNED_OUT_TEXT,))

PAGES: dict[str, Page] = {
    name.lower().replace("_", "-"): value for name, value in list(globals().items()) if isinstance(value, Page)
}
"""All of them, by name."""
