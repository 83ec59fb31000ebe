"""The trusted keys that commands on files alone can know: no database is asked."""

from collections.abc import Mapping

from definitions.bundle.keys import PublicKey
from definitions.bundle.model import BundleError
from tthc.bundles.keys import FileRing, known
from tthc.settings import key_files


def known_here() -> Mapping[str, PublicKey]:
    """Those of the file, if a setting names one."""
    trusted = key_files().trusted
    if trusted is None:
        return {}
    if not trusted.exists():
        raise BundleError(f"TTHC_TRUSTED_KEYS: không có tệp {trusted}; xem lại đường dẫn.")
    return known(FileRing(trusted))
