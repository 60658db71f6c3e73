"""How well kinds of questions are recognised, and the fitting of what likeness decides by."""
