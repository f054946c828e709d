"""Sample campaigns, and what makes them."""
