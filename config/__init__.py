"""How this installation is put together: settings, addresses, servers. Imported by none of the packages."""
