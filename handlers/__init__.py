"""One module a command: ``answer(question, store) -> Answer``, and the table of commands."""
