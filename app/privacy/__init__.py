"""What becomes of what is kept about people: every column declared, and what follows from the declarations."""
