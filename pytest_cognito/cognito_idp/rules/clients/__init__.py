"""Rules for the settings of app clients."""
