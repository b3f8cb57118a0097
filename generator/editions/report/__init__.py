"""The `report` format: plain text with a brief and a full part, 国内 and 国际, and its JSON twin.

As Markdown its lines would run together and its rules become headings, so a site renders such
an edition from its structure (`generator.editions.post`).
"""

from generator.editions.report.parse import matches, parse
from generator.editions.report.write import write

NUMBERED = True

__all__ = ["NUMBERED", "matches", "parse", "write"]
