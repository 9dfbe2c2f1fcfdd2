"""How an article gets in: a file, a paste, a page or a link becomes a clean Article and its Reading."""
