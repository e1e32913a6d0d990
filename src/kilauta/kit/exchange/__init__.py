"""Bringing entries in and taking them out again as a folder of CSV tables; knows no domain.

A *table* is declared by a domain in `ports/exchange.py`: its columns, and the operation that writes a row.
A *kind* says what the cells of a column hold. A *problem* is one bad cell, told with file, row, column and
value. Every good row is written; what comes out is what went in, byte for byte; a second load of the same
folder writes nothing.
"""
