"""Edition and stored sources → findings: an independent check that needs no network and no model."""
