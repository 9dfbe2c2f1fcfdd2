"""The fronts: Telegram, the terminal, the batch command, and the settings they share."""
