"""`site.toml` as typed settings. The named tuples in `schema` are the schema; a key exists once."""

from generator.config.load import CONFIG_NAME, find_site, load_config, parse_config
from generator.config.schema import Config, FeedConfig

__all__ = ["CONFIG_NAME", "Config", "FeedConfig", "find_site", "load_config", "parse_config"]
