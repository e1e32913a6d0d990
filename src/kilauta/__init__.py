"""Kilauta: whom shall I ring?"""
