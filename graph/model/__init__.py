"""Terms, IRIs, dates, identifiers and statuses: the words that every other module speaks."""
