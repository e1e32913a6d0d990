"""Lists that are kept in the office: declared where their things live, shown and written by one pair of pages.

A *register* is a list of one kind of things, its form, and the operations that write; `ports/registers.py` of an app
lists those it offers:

    REGISTERS = (Topics(), Audiences())

A *line* is a thing as its register lists it. A thing that is *ended* is retired and offered nowhere, or, where nothing
can hang on it, removed. Whether a thing may be changed here, its register knows: `find` gives nothing else.
"""
