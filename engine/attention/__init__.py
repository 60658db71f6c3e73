"""Which attention there is: one file a variant, found by name. See docs/add-a-variant.md."""
