"""Calls of AWS services as IAM sees them: which action on which resource, with which condition keys.

``services/`` has what is known of each service, a table in TOML named as boto3 names the service:

- ``prefix``: what the service's actions begin with.
- ``tags``: the parameters that hold the tags of a call.
- ``never``: the operations for which no policy of the caller is asked.
- ``[keys]``: condition keys, and the parameters that they are taken from where a call has them. One that ends in ``:``
  is followed by the keys of a map; one that has a list of parameters has the values of all of them.
- ``[unmappable]``: operations of which a table can't tell, with the reason.
- ``[[calls]]``: ``operations`` that want the same. ``SendMessageBatch=SendMessage`` is an operation whose action has
  another name; an operation that wants several things is in several blocks. ``resource`` is a template of an ARN or
  ``*``, or a list of which the first counts whose parameters the call has. ``when`` names a parameter that the call
  must have, or must not have (``!VersionId``), for the block to count; ``each`` a list in the call, for each entry of
  which the block counts once: an entry's members are parameters then, and one that has none is ``{each}``. ``keys`` are
  further condition keys.

A placeholder of a template is a parameter of the call, ``{Delete.Quiet}`` or ``{QueueUrl|queue}``, whose value goes
through the function of that name in `pytest_cognito.iam.actions.fillers`, or one of ``{partition}``, ``{region}`` and
``{account}``.
"""
