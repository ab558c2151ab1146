"""Pages of a domain as Cognito writes them in both versions, for tests of what a browser makes of HTML."""

from __future__ import annotations

QUERY = "client_id=1example&amp;redirect_uri=https%3A%2F%2Fapp.test%2F&amp;response_type=code"
_HIDDEN = '<input type="hidden" name="_csrf" value="t0ken"/><input type="hidden" name="cognitoAsfData"/>'


def document(name: str, body: str, title: str = "Signin") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        "<style>p{color:red}</style>"
        f'</head>\n<body data-page="{name}">{body}<script>var a = "<p>none</p>";</script></body></html>'
    )


def form(name: str, path: str, fields: str, button: str) -> str:
    begin = f'<form action="{path}?{QUERY}" name="{name}" class="cognito-asf" method="POST">'
    return f"{begin}{_HIDDEN}{fields}{button}</form>"


def error(text: str) -> str:
    return f'<p id="loginErrorMessage" class="errorMessage-customizable">{text}</p>'


def _classic(said: str = "") -> str:
    fields = (
        f"{said}<span>Sign in with your username and password</span>"
        '<label for="signInFormUsername" class="label-customizable">Username</label>'
        '<input id="signInFormUsername" name="username" type="text" placeholder="Username" required '
        'aria-label="username" value=""><label for="signInFormPassword">Password</label>'
        '<input id="signInFormPassword" name="password" type="password" placeholder="Password" required>'
        f'<a class="redirect-customizable" href="/forgotPassword?{QUERY}">Forgot your password?</a>'
    )
    button = (
        '<input name="signInSubmitButton" type="Submit" value="Sign in" class="btn btn-primary" aria-label="submit"/>'
    )
    return form("cognitoSignInForm", "/login", fields, button)


_PROVIDERS = (
    f"""<button name="googleSignUpButton" onclick="window.location.href='/oauth2/authorize?identity_provider=Google"""
    f"""&amp;{QUERY}'" class="btn google-button"><span>Continue with Google</span></button>"""
    '<form name="loginWithIdentityProvider"><input type="button" class="btn btn-info idpButton-customizable" '
    f"""value="ACME" aria-label="ACME" onclick="go('/oauth2/authorize?identity_provider=ACME&amp;{QUERY}')"></form>"""
)
_SIGN_UP_LINK = f'<p><span>Need an account?</span>&nbsp;<a href="/signup?{QUERY}">Sign up</a></p>'


def classic_sign_in(said: str = "") -> str:
    """The sign-in page of the classic hosted UI, which has everything twice: for wide and for narrow windows."""
    content = _PROVIDERS + _classic(said) + _SIGN_UP_LINK
    return document(
        "sign-in",
        f'<div class="modal-content modal-content-desktop visible-md visible-lg">{content}</div>'
        f'<div class="modal-content modal-content-mobile visible-xs visible-sm">{content}</div>',
    )


def username_first(said: str = "") -> str:
    """The first page of a choice-based sign-in in managed login."""
    alert = f'<div role="alert">{said}</div>' if said else ""
    fields = (
        f'{alert}<label for="r0">Email address</label><input id="r0" name="username" type="email" required '
        'autocomplete="username webauthn">'
    )
    google = f'<a href="/oauth2/authorize?identity_provider=Google&amp;{QUERY}">Continue with Google</a>'
    return document("sign-in", form("", "/login", fields, "<button>Next</button>") + google, "Sign in")


def password_page() -> str:
    fields = '<label>Password <input name="password" type="password" required autocomplete="current-password"></label>'
    return document("sign-in", form("", "/login", fields, "<button>Continue</button>"), "Sign in")


def code_page(name: str, path: str, field: str, said: str = "") -> str:
    """A page that asks for a code. ``field`` has the attributes of the field for it."""
    fields = f"{said}<p>Enter the code.</p><input {field} required>"
    again = form("resend", "/resendcode", "", "<button>Send it again</button>")
    return document(name, form("", path, fields, '<button id="signInButton" type="submit">Sign in</button>') + again)


def provider_form(name: str, button: str) -> str:
    """The button of an identity provider as a form of its own."""
    parameters = (
        f'<input type="hidden" name="identity_provider" value="{name}"/><input type="hidden" name="state" value="s"/>'
    )
    return f'<form action="/oauth2/authorize" method="get">{parameters}{button}</form>'


def software_token(secret: str) -> str:
    """The page that sets up a software token."""
    uri = f"otpauth://totp/pool:alice?secret={secret}&amp;issuer=pool"
    shown = f'<p>Scan <code id="totpSecret" data-uri="{uri}">{secret}</code></p>'
    fields = '<input name="code" inputmode="numeric" autocomplete="one-time-code" required>'
    return document("set-up-totp", shown + form("", "/mfa/register", fields, "<button>Sign in</button>"))


def choice(name: str, path: str, values: dict[str, str], *, buttons: bool) -> str:
    """A page with a choice, by radio buttons or by buttons that submit."""
    if buttons:
        choices = "".join(
            f'<button name="answer" value="{value}"><span>{label}<small>Explained</small></span></button>'
            for value, label in values.items()
        )
        return document(name, form("", path, choices, ""))
    choices = "".join(
        f'<label><input type="radio" name="answer" value="{value}" required> '
        f"<span>{label}<small>Explained</small></span></label>"
        for value, label in values.items()
    )
    return document(name, form("", path, choices, "<button>Continue</button>"))


def new_password(name: str, path: str, *, code: bool = False, attributes: tuple[str, ...] = ()) -> str:
    """The pages with a new password; with a ``code`` that of a reset, whose fields have the ids that AWS's have."""
    code_field = '<input name="code" id="forgot_password_code" type="password" required>' if code else ""
    named = "".join(
        f'<input name="requiredAttributes[{each}]" aria-label="{each.title()}" required>' for each in attributes
    )
    fields = (
        f'{code_field}<input name="password" id="new_password" type="password" required>'
        f'<input name="confirmPassword" id="confirm_password" type="password" required>{named}'
    )
    return document(name, form("", path, fields, '<button name="reset_password">Change Password</button>'))


def sign_up() -> str:
    fields = (
        '<input name="username" aria-label="Username" required>'
        '<input name="requiredAttributes[email]" type="email" placeholder="name@host.com" aria-label="Email" required>'
        '<input name="requiredAttributes[given_name]" aria-label="Given name" required>'
        '<input name="password" type="password" aria-label="Password" required autocomplete="new-password">'
    )
    return document("sign-up", form("signupform", "/signup", fields, '<button name="signUpButton">Sign up</button>'))


def forgot_password() -> str:
    fields = '<label for="username">Username</label><input id="username" name="username" required>'
    button = '<button name="reset_my_password">Reset my password</button>'
    return document("forgot-password", form("forgotpasswordform", "/forgotPassword", fields, button))


def passkey(name: str, script: str, options: str, path: str) -> str:
    escaped = options.replace("&", "&amp;").replace('"', "&quot;")
    return document(
        name,
        f'<form method="post" action="{path}" data-script="{script}" data-options="{escaped}">{_HIDDEN}'
        '<input type="hidden" name="credential"><button>Sign in with a passkey</button></form>',
    )


def provider() -> str:
    """The page of a simulated identity provider: users to choose from, and any other one."""
    return document(
        "",
        '<form method="post"><input type="hidden" name="sub" value="7">'
        '<button name="decision" value="allow">Bob</button></form>'
        '<form method="post"><input name="sub" required><input name="email">'
        '<textarea name="claims">{}</textarea><button name="decision" value="allow">Sign in</button>'
        '<button name="decision" value="deny" formnovalidate>Cancel</button></form>',
        "Google",
    )
