"""Full text on both databases, from the same terms and with the same results.

What is findable is declared by the domains in `ports/search.py`. A *document* is one findable thing with its terms in
three fields; a *term* is a word as `kilauta.lib.finnish` gives it. The database finds, our own logic orders.
"""
