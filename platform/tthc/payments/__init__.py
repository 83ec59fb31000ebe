"""Money that comes through banks: gateways, payments, what was found wrong, and money that goes back."""
