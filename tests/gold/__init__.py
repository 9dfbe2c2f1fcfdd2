"""Gold that people wrote: the two seed texts and invented cases, with who said what in them."""
