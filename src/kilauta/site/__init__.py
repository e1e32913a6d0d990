"""The front door: settings, addresses, command line."""
