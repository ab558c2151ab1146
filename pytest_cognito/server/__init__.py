"""The door for what is not in the process: browsers, other languages, tools."""
