"""Rules for the settings of user pools."""
