"""Edition and stored sources → findings: an independent check that needs no network and no model."""

from __future__ import annotations

from generator.evidence.checks import CHECKS
from generator.evidence.finding import Finding, blocked
from generator.evidence.verify import check_article, complaints, verify

__all__ = ["CHECKS", "Finding", "blocked", "check_article", "complaints", "verify"]
