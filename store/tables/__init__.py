"""The statements that make the tables: one module a migration, never altered once released."""
