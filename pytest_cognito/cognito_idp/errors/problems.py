"""The problems that a message lists: of attributes that violate the schema, of passwords that violate a policy."""

from __future__ import annotations

ATTRIBUTE_UNKNOWN = "Attribute does not exist in the schema."
ATTRIBUTE_FIXED = "Attribute cannot be updated."
ATTRIBUTE_REQUIRED = "The attribute is required"
TOO_SHORT = "String must have a length of at least {limit}."
TOO_LONG = "String must have a length of at most {limit}."
TOO_SMALL = "Number must be at least {limit}."
TOO_LARGE = "Number must be at most {limit}."
NO_NUMBER = "The attribute value is not a number."
NO_BOOLEAN = "The attribute value is not a boolean."
NO_DATE = "The attribute value is not a date."

PASSWORD_TOO_SHORT = "Password not long enough"
NO_LOWERCASE = "Password must have lowercase characters"
NO_UPPERCASE = "Password must have uppercase characters"
NO_DIGIT = "Password must have numeric characters"
NO_SYMBOL = "Password must have symbol characters"
