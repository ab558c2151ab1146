"""The loopback server, for clients outside the process: browsers, other languages and tools."""
