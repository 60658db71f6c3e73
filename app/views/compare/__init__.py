"""Two answers side by side: card, columns, vote, attention by source and by layer."""
