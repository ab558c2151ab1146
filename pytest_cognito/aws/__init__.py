"""How AWS speaks: service models, wire protocols, validation, errors, ARNs, paging. Nothing of Cognito is in here."""
