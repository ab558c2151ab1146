"""What all AWS services have in common: service models, wire protocols, validation, errors, ARNs and paging."""
