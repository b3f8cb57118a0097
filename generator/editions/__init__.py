"""Editions as text: one module a format, `FORMATS` lists them; `merge` keeps the editor's words."""
