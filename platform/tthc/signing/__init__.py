"""Digital signatures on papers (Đ10.4b, Đ14; NĐ 30/2020): who signs, where it shows, and what a signed file says.

The private keys are somewhere else: a `Signer` is asked for a certificate and for a signature over a digest, as remote
signing services work. `local` is the one of demonstrations and tests, with a TEST authority of its own.
"""
