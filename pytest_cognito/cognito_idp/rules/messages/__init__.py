"""Rules for messages: templates and destinations."""
