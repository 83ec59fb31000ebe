"""How often one address may ask. Counted in the memory of each process: a brake, not the account lock-out."""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

SIGN_IN = "10 per minute; 60 per hour"
REGISTER = "5 per minute; 30 per hour"
# codes sent and typed; each address and each code has a limit of its own (tthc.accounts.contact_codes)
CODE = "20 per minute; 120 per hour"
# a thick dossier photographed page by page; nobody types addresses that fast
PHONE_VIEW = "120 per minute"
PHONE_SEND = "40 per minute"

limiter = Limiter(
    key_func=get_remote_address, storage_uri="memory://", default_limits=[], headers_enabled=False
)
