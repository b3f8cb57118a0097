"""The `themed` format: a Markdown post of themes, linked stories, 深度解读 and 影响. The default."""

from generator.editions.themed.parse import matches, parse
from generator.editions.themed.write import write

NUMBERED = False

__all__ = ["NUMBERED", "matches", "parse", "write"]
