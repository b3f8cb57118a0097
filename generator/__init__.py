"""ribao (日报): feeds become a themed edition, the edition proves itself, the archive becomes a site."""

__version__ = "0.1.0"
