"""Who did what to which thing, when, and what was before: one record for every change, shown and taken back.

A *change* names its thing by model ("label.Model") and key, and holds of each changed field what it was and what
it became. Of a field that says something about a person (`kit.privacy`) it holds only that it changed: what was
erased must not live on in a history. A thing that is made has no values: it began as what it was before its first
change. `recording` writes changes, one by one or many together, and reads them.
"""
