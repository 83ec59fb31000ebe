"""Signing in through a provider that speaks OpenID Connect: VNeID, the national portal, a province's own (Đ10.1a)."""
