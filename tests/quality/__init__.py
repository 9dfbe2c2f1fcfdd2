"""How good the readings are, as figures with floors that can only go up."""
