"""The API operations of user pools, in a module for each subject. ``gateway`` finds them by name."""
