"""What makes the documentation: `python -m docs.build` its site, `python -m docs.reference` its references."""
