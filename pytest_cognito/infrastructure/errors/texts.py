"""What CloudFormation says about templates."""

from __future__ import annotations

TOO_LARGE = "Template may not exceed {limit} bytes in size."
NO_RESOURCES = "Template format error: At least one Resources member must be defined."
UNKNOWN_SECTIONS = "Invalid template property or properties [{names}]"
NO_TYPE = "Template format error: [/Resources/{name}] Every Resources object must contain a Type member."
UNRECOGNIZED_TYPES = "Template format error: Unrecognized resource types: [{names}]"
NAME_NOT_ALPHANUMERIC = "Template format error: Resource name {{{name}}} is non alphanumeric."
UNSUPPORTED_STRUCTURE = "Template format error: unsupported structure."
JSON_NOT_WELL_FORMED = "Template format error: JSON not well-formed. (line {line}, column {column})"
YAML_NOT_WELL_FORMED = "Template format error: YAML not well-formed. (line {line}, column {column})"
RESOURCE_PROPERTIES = "Invalid template resource property '{name}'"
PARAMETER_PROPERTIES = "Invalid template parameter property '{name}'"
VERSION = "Template format error: unsupported value for AWSTemplateFormatVersion."
NULL = "[/{path}] 'null' values are not allowed in templates"
DEPENDS_ON = "Template format error: DependsOn must be a string or list of strings."
POLICY = "Template format error: Unrecognized {policy} {value} for resource {name}"
PARAMETER_HAS_NO_TYPE = "Template format error: Every Parameters object must contain a Type member."
OUTPUT_HAS_NO_VALUE = "Template format error: Every Outputs member must contain a Value object"
OUTPUT_VALUE = (
    "Template format error: The Value field of every Outputs member must evaluate to a String and not a {kind}."
)
EXPORT_NAME = (
    "Template format error: Output {name} is malformed. The Name field of every Export member must be specified and "
    "consist only of alphanumeric characters, colons, or hyphens."
)

UNRESOLVED = "Template format error: Unresolved resource dependencies [{names}] in the {block} block of the template"
UNRESOLVED_IN_CONDITIONS = (
    "Template format error: Unresolved dependencies [{names}]. Cannot reference resources in the Conditions block of "
    "the template"
)
UNRESOLVED_CONDITION = (
    "Template format error: Unresolved condition dependency {name} in the {block} block of the template"
)
UNRESOLVED_IN_IF = "Template error: unresolved condition dependency {name} in Fn::If"
CIRCULAR = "Circular dependency between resources: [{names}]"

REF = "Template error: every Ref object must have a single String value."
GET_ATT = (
    "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource "
    "attribute"
)
GET_ATT_UNDEFINED = "Template error: instance of Fn::GetAtt references undefined resource {name}"
GET_ATT_ATTRIBUTE = "Template error: resource {name} does not support attribute type {attribute} in Fn::GetAtt"
SUB = (
    "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as "
    "first argument, and an optional second argument to specify a mapping of values to replace in the string"
)
SUB_NAMES = (
    "Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, "
    "and colons"
)
JOIN = (
    "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings "
    "to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined."
)
SPLIT = (
    "Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be "
    "split or a function that returns a string to be split."
)
SELECT = "Template error: Fn::Select requires a list argument with two elements: an integer index and a list"
SELECT_INDEX = "Template error: Fn::Select cannot select nonexistent value at index {index}"
FIND_IN_MAP = (
    "Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for "
    "return value"
)
NO_MAPPING = "Template error: Mapping named '{name}' is not present in the 'Mappings' section of template."
NO_MAPPED_VALUE = "Template error: Unable to get mapping for {name}::{key}::{attribute}"
BASE64 = "Template error: every Fn::Base64 object must have a String-typed value."
EQUALS = "Template error: every Fn::Equals object requires a list of 2 string parameters."
AND_OR = "Template error: every {name} object requires a list of at least 2 and at most 10 boolean parameters."
IF = "Template error: Fn::If requires a list argument with three elements"
IF_CONDITION = "Template error: Fn::If requires a list argument with the first element being a condition"
NO_EXPORT = "No export named {name} found"

NO_PARAMETERS = "Parameters: [{names}] must have values"
UNKNOWN_PARAMETERS = "Parameters: [{names}] do not exist in the template"
ALLOWED_VALUES = "Parameter '{name}' must be one of AllowedValues"
ALLOWED_PATTERN = "Parameter '{name}' must match pattern {limit}"
MIN_VALUE = "Parameter '{name}' must be a number not less than {limit}"
NOT_A_NUMBER = "Parameter '{name}' must be a number"
CONSTRAINT = "Parameter {name} failed to satisfy constraint: {description}"

NO_KEY_IN_SECRET = "Could not find a value associated with JSONKey in SecretString: {name}, {key}"

STACK_EXISTS = "Stack [{name}] already exists"
UPDATE_IN_USE = "Cannot update export {name} as it is in use by {stacks}"
DELETE_IN_USE = "Cannot delete export {name} as it is in use by {stacks}"
TYPE_CHANGED = (
    "Update of resource type is not permitted. The new template modifies resource type of the following resources: "
    "[{names}]"
)
EXPORT_EXISTS = "Export with name {name} is already exported by stack {stack}. Rollback requested by user."

# AWS's wording is not known to the letter.
DYNAMIC_REFERENCE = "Template error: the dynamic reference {reference} is not valid."
RULE = "Rule {name} failed: {description}"
OF_RULES = "Template error: every {name} object requires a list of strings and what its members are compared with."
CIRCULAR_CONDITIONS = "Template format error: Circular dependency between conditions: [{names}]"
NOT = "Template error: every Fn::Not object requires one boolean parameter."
MIN_LENGTH = "Parameter '{name}' must contain at least {limit} characters"
MAX_LENGTH = "Parameter '{name}' must contain at most {limit} characters"
MAX_VALUE = "Parameter '{name}' must be a number not greater than {limit}"
MAPPING = "Template format error: [/Mappings/{name}] Every Mappings attribute must be a map"
METADATA = "Template format error: every Metadata member must be a map."
POLICY_TEXT = "Template format error: Every {policy} member must be a string."
DUPLICATE_KEY = "Template format error: the key {key} stands there twice."
TOO_DEEP = "Template format error: the template is nested deeper than {limit} levels."
UNKNOWN_TAG = "Template format error: there is no function with the tag {tag}."
KEY_NOT_TEXT = "Template format error: a key must be text."
RECURSIVE_ALIAS = "Template format error: an alias is inside of what it stands for."
UNKNOWN_FUNCTION = "Template error: there is no function {name}."
BESIDE_FUNCTION = "Template error: {name} must be the only key where it stands, and {others} is beside it."
NEEDS_EXTENSIONS = "Template error: {name} needs Transform: AWS::LanguageExtensions."
BOOLEAN = "Template error: a condition must be true or false, or a function that is."
CIDR = "Template error: every Fn::Cidr object requires two parameters, (1) an IP block and (2) a count from 1 to 256."
GET_AZS = "Template error: every Fn::GetAZs object must have a String-typed value."
IMPORT_VALUE = "Template error: every Fn::ImportValue object must have a String-typed value."
LENGTH = "Template error: every Fn::Length object requires a list."
TO_JSON = "Template error: every Fn::ToJsonString object requires an object or a list."
FOR_EACH = (
    "Template error: every Fn::ForEach object requires three parameters, (1) an identifier, (2) a list and (3) an "
    "object with one key, which has the identifier in it."
)
FOR_EACH_COLLISION = "Template error: Fn::ForEach::{loop} makes the key {key}, which is there already."
PARAMETER_TYPE = "Template format error: Unrecognized parameter type: {type}"
