"""The Claude editor: its calls, what they cost, and the answers that were paid for."""
