"""Sets of questions that stay comparable: asked on a page, on paper or aloud, kept without who, told in counts.

A *set* has a code and versions. A version is a draft until it is published, and frozen from then on; what changes
becomes the next one. Each question has a code that it keeps, and a *verdict*: how its answers compare with those of the
version before. An *answer* has a state: given, or why it was not. A *response* is one person's answers: a day, a
language and the way they came, and nothing about who.

Values of some kinds (municipality, age, audience, topic, how found) are the domain's: it gives them as *sources*.
"""
