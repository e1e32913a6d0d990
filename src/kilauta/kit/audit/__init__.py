"""Who did what to which thing, when, and what was before: one record for every change, shown and taken back."""
