"""Two example networks, as folders of tables: what is shown to a municipality is what is tested.

Names of organisations and places are real where they are public; telephone numbers, addresses and hours that
nobody has published are made up.
"""
