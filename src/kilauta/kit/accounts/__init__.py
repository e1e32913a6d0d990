"""Who acts: a person with an account, or the system when nobody stands at the keyboard."""
