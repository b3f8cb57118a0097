"""`ribao serve`: pages drawn when they are asked for, and told to reload when something is saved."""
