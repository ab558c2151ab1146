"""The texts of the pages, in AWS's words where they are known. Each is the key of its translations, too.

What stands in braces is filled by a call: ``CODE_SENT(destination="+*******1234")``. A text that is not here can be
on a page all the same, such as a message of a trigger; it is shown as it is in every language.
"""

from __future__ import annotations

from pytest_cognito.web.rendering.page import Text

# Sign-in.
SIGN_IN_TITLE = Text("Sign in")
SIGN_IN_HEADING = Text("Sign in with your username and password")
SIGN_IN_WITH_EMAIL_HEADING = Text("Sign in with your email and password")
SIGN_IN_WITH_PHONE_HEADING = Text("Sign in with your phone number and password")
SIGN_IN_TO_ACCOUNT = Text("Sign in to your account.")
SIGN_IN = Text("Sign in")
NEXT = Text("Next")
CONTINUE = Text("Continue")
USERNAME = Text("Username")
EMAIL = Text("Email")
EMAIL_ADDRESS = Text("Email address")
PHONE_NUMBER = Text("Phone number")
PASSWORD = Text("Password")
EMAIL_OR_PHONE = Text("Email or phone number")
EMAIL_PLACEHOLDER = Text("name@host.com")
PHONE_PLACEHOLDER = Text("+12065550100")
ENTER_USERNAME = Text("Enter your username")
ENTER_EMAIL = Text("Enter your email address")
ENTER_PHONE = Text("Enter your phone number")
ENTER_PASSWORD = Text("Enter your password")
FORGOT_PASSWORD = Text("Forgot your password?")
NEED_ACCOUNT = Text("Need an account?")
NEW_USER = Text("New user?")
SIGN_UP = Text("Sign up")
CREATE_ACCOUNT = Text("Create an account")
SIGNED_IN_AS = Text("You are signed in as {username}.")
SIGN_IN_AS = Text("Sign in as {username}")
NOT_YOU = Text("Not you?")
SIGN_IN_AS_OTHER = Text("Sign in as a different user")
BACK = Text("Back")
BACK_TO_SIGN_IN = Text("Back to sign in")

# Identity providers.
CORPORATE_ID = Text("Sign in with your corporate ID")
SOCIAL_ACCOUNT = Text("Sign in with your social account")
CONTINUE_WITH = Text("Continue with {provider}")
OR = Text("or")
NEVER_POST = Text("We won't post to any of your accounts without asking first")
ENTER_CORPORATE_EMAIL = Text("Enter your corporate email address")

# Sign-up.
SIGN_UP_TITLE = Text("Sign up")
SIGN_UP_HEADING = Text("Sign up with a new account")
HAVE_ACCOUNT = Text("Already have an account?")
CONFIRM_PASSWORD = Text("Confirm password")
PASSWORDS_MUST_MATCH = Text("Passwords must match")
FIELD_REQUIRED = Text("This field is required.")
TERMS = Text("By signing up, you agree to our {terms_of_use} and {privacy_policy}.")
TERMS_OF_USE = Text("Terms of use")
PRIVACY_POLICY = Text("Privacy policy")
ADDRESS = Text("Address")
BIRTHDATE = Text("Birth date")
FAMILY_NAME = Text("Family name")
GENDER = Text("Gender")
GIVEN_NAME = Text("Given name")
LOCALE = Text("Locale")
MIDDLE_NAME = Text("Middle name")
NAME = Text("Name")
NICKNAME = Text("Nickname")
PICTURE = Text("Picture")
PREFERRED_USERNAME = Text("Preferred username")
PROFILE = Text("Profile")
UPDATED_AT = Text("Updated at")
WEBSITE = Text("Website")
ZONE_INFO = Text("Time zone")

# The rules of new passwords.
RULE_LOWER = Text("Password must contain a lower case letter")
RULE_UPPER = Text("Password must contain an upper case letter")
RULE_NUMBER = Text("Password must contain a number")
RULE_SYMBOL = Text("Password must contain a special character or a space")
RULE_LENGTH = Text("Password must contain at least {length} characters")
RULE_SPACES = Text("Password must not contain a leading or trailing space")

# Confirmation of an account.
CONFIRM_TITLE = Text("Confirm your account")
CONFIRM_HEADING = Text("Confirm your account")
CODE_SENT = Text("We have sent a code by email to {destination}. Enter it below to confirm your account.")
CODE_SENT_BY_SMS = Text("We have sent a code by SMS to {destination}. Enter it below to confirm your account.")
VERIFICATION_CODE = Text("Verification code")
CONFIRM_ACCOUNT = Text("Confirm account")
NO_CODE_RECEIVED = Text("Didn't receive a code?")
SEND_NEW_CODE = Text("Send a new code")
NEW_CODE_SENT = Text("We have sent a new code to {destination}.")
REGISTRATION_CONFIRMED = Text("Your registration has been confirmed!")
CONFIRMED_TITLE = Text("Confirmed")

# A forgotten password.
FORGOT_PASSWORD_TITLE = Text("Forgot password")
FORGOT_PASSWORD_HEADING = Text("Forgot your password?")
FORGOT_PASSWORD_TEXT = Text("Enter your username below and we will send a message to reset your password")
FORGOT_PASSWORD_BY_EMAIL_TEXT = Text("Enter your email below and we will send a message to reset your password")
FORGOT_PASSWORD_BY_PHONE_TEXT = Text("Enter your phone number below and we will send a message to reset your password")
RESET_MY_PASSWORD = Text("Reset my password")
RESET_CODE_SENT = Text(
    "We have sent a password reset code by email to {destination}. Enter it below to reset your password."
)
RESET_CODE_SENT_BY_SMS = Text(
    "We have sent a password reset code by SMS to {destination}. Enter it below to reset your password."
)
CODE = Text("Code")
NEW_PASSWORD = Text("New password")
ENTER_NEW_PASSWORD_AGAIN = Text("Enter new password again")
CHANGE_PASSWORD = Text("Change Password")
PASSWORD_CHANGED = Text("Your password has been changed. Sign in with the new one.")

# A new password, which an administrator asks for.
CHANGE_PASSWORD_TITLE = Text("Change password")
CHANGE_PASSWORD_HEADING = Text("Change password")
CHANGE_PASSWORD_TEXT = Text("Please enter your new password below.")
MORE_INFORMATION_TEXT = Text("Enter your new password and the information that is missing.")
SEND = Text("Send")

# Codes of multi-factor authentication and of one-time passwords.
MFA_TITLE = Text("Enter your code")
MFA_SMS_HEADING = Text("Enter the code from your text message")
MFA_EMAIL_HEADING = Text("Enter the code from your email")
MFA_TOTP_HEADING = Text("Enter the code from your authenticator app")
MFA_CODE_SENT = Text("We have sent a code by email to {destination}. Enter it below to sign in.")
MFA_CODE_SENT_BY_SMS = Text("We have sent a code by SMS to {destination}. Enter it below to sign in.")
MFA_TOTP_TEXT = Text("Open your authenticator app, and enter the six digits that it shows for this account.")
ENTER_CODE = Text("Enter code")
TRY_OTHER_METHOD = Text("Try another way")

# The choice of a factor.
CHOOSE_TITLE = Text("Choose how to sign in")
CHOOSE_HEADING = Text("Choose how to sign in")
CHOOSE_MFA_HEADING = Text("Choose how to verify that it is you")
CHOICE_PASSWORD = Text("Password")
CHOICE_PASSKEY = Text("Passkey")
CHOICE_EMAIL_CODE = Text("Code by email")
CHOICE_SMS_CODE = Text("Code by text message")
CHOICE_TOTP = Text("Authenticator app")
CHOICE_SENT_TO = Text("Sent to {destination}")

# Set-up of a factor.
SET_UP_TITLE = Text("Set up multi-factor authentication")
SET_UP_HEADING = Text("Set up multi-factor authentication")
SET_UP_TEXT = Text("Choose a second way to prove that it is you when you sign in.")
SET_UP_TOTP_HEADING = Text("Set up an authenticator app")
SCAN_QR_CODE = Text("Scan this QR code with your authenticator app.")
ENTER_SECRET_KEY = Text("If you can't scan it, enter this key in the app:")
ENTER_CODE_FROM_APP = Text("Then enter the code that the app shows.")
QR_CODE = Text("QR code for your authenticator app")
SET_UP_SMS_HEADING = Text("Set up text messages")
SET_UP_SMS_TEXT = Text("Enter the phone number that codes are to be sent to.")
SET_UP_EMAIL_HEADING = Text("Set up codes by email")
SET_UP_EMAIL_TEXT = Text("Enter the email address that codes are to be sent to.")
SEND_CODE = Text("Send code")

# Passkeys.
PASSKEY_SIGN_IN_TITLE = Text("Sign in with a passkey")
PASSKEY_SIGN_IN_HEADING = Text("Sign in with a passkey")
PASSKEY_SIGN_IN_TEXT = Text("Your device will ask for your fingerprint, your face or a PIN.")
SIGN_IN_WITH_PASSKEY = Text("Sign in with a passkey")
PASSKEY_ADD_TITLE = Text("Add a passkey")
PASSKEY_ADD_HEADING = Text("Sign in faster with a passkey")
PASSKEY_ADD_TEXT = Text("With a passkey you sign in by your fingerprint, your face or a PIN, without a password.")
ADD_PASSKEY = Text("Add a passkey")
NOT_NOW = Text("Not now")
PASSKEY_FAILED = Text("The passkey was not used. Try again.")
PASSKEYS_NOT_SUPPORTED = Text("This browser does not support passkeys.")
SCRIPT_NEEDED = Text("Passkeys need JavaScript, which is off in this browser.")

# Errors, and the end.
ERROR_TITLE = Text("Error")
ERROR_HEADING = Text("An error was encountered with the requested page.")
SOMETHING_WENT_WRONG = Text("Something went wrong")
TRY_AGAIN_TEXT = Text("The sign-in took too long, or it was begun elsewhere. Please start again.")
PAGES_UNAVAILABLE = Text("Login pages unavailable")
CONTACT_ADMINISTRATOR = Text("Please contact an administrator.")
LOGIN_OPTION_UNAVAILABLE = Text("Login option is not available. Please try another one")
SIGNED_OUT_TITLE = Text("Signed out")
SIGNED_OUT_HEADING = Text("You have signed out")
SIGNED_OUT_TEXT = Text("You can close this window.")
FEEDBACK_TITLE = Text("Thank you")
FEEDBACK_RECEIVED = Text("Your feedback has been received.")
LANGUAGE = Text("Language")

MESSAGES = tuple(
    Text(english)
    for english in (
        "An account with the given email already exists.",
        "An account with the given phone_number already exists.",
        "Attempt limit exceeded, please try after some time.",
        "Incorrect username or password.",
        "Invalid code provided, please request a code again.",
        "Invalid code received for user",
        "Invalid email address format.",
        "Invalid phone number format.",
        "Invalid session for the user, session is expired.",
        "Invalid session for the user.",
        "Invalid verification code provided, please try again.",
        "Password attempts exceeded",
        "Password has previously been used",
        "Password reset required for the user",
        "SignUp is not permitted for this user pool",
        "Temporary password has expired and must be reset by an administrator.",
        "User account already exists",
        "User already exists",
        "User does not exist.",
        "User is disabled.",
        "User is not confirmed.",
        "Your software token has already been used once.",
    )
)
"""Messages of the API's errors that users meet on pages, to be translated where they are shown."""
