"""What reading knows of sites, their words and their charsets, as TOML files that people can read and add to."""
