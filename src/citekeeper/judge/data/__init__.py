"""The judge's knowledge of the web's walls, censors, brokers and wordings, as TOML files that people can read."""
