"""What the newsroom knows beforehand: names and their aliases, publishers, topics. Data as TOML, loaders pure and cached."""
