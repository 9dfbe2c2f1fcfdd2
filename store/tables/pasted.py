"""Indexes over articles, so that what is kept of a person, and what was read long ago, is found without reading all."""

WAS_PASTED = "source GLOB 'pasted by *'"
"""Said in a query as it is said of the index, or SQLite does not use that."""

TABLES = f"""
CREATE INDEX versions_pasted ON versions (source) WHERE {WAS_PASTED};
CREATE INDEX versions_readings ON versions (reading_version) WHERE newest = 1;
"""
