"""What is looked at before anything is started, so that a wrong setting is one sentence and not a log to read."""

import errno
import os
import shutil
import socket
from pathlib import Path

from tthc.database import connection
from tthc.settings import Settings, storage_trouble
from tthc.supervisor.failures import Exit, StartError

MIN_FREE_BYTES = 200 * 1024 * 1024
_PROBE = ".write-probe"


def storage(var: Path) -> None:
    """The folder takes files and has room. Raises StartError."""
    probe = var / _PROBE
    try:
        for folder in (var, var / "log"):
            folder.mkdir(parents=True, exist_ok=True)
        with probe.open("wb") as file:
            file.write(b"\0" * 4096)
            file.flush()
            os.fsync(file.fileno())
        probe.unlink()
        free = shutil.disk_usage(var).free
    except OSError as error:
        raise StartError(Exit.STORAGE, storage_trouble(var, error)) from error
    if free < MIN_FREE_BYTES:
        raise StartError(
            Exit.STORAGE,
            f"Ổ đĩa chứa {var} chỉ còn {free // 1024**2} MB; cần ít nhất {MIN_FREE_BYTES // 1024**2} MB, "
            "hãy giải phóng chỗ rồi chạy lại.",
        )


def port(host: str, number: int) -> None:
    """Nobody listens there and we may. Raises StartError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, number, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except socket.gaierror as error:
        raise StartError(Exit.PORT, f"HOST “{host}” không phải là một địa chỉ máy.") from error
    except OSError as error:
        raise StartError(Exit.PORT, _port_trouble(host, number, error)) from error


def _port_trouble(host: str, number: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Cổng {number} đang có chương trình khác dùng; hãy dừng chương trình đó hoặc đặt PORT khác."
    if error.errno in {errno.EACCES, errno.EPERM}:
        return f"Không có quyền mở cổng {number}; hãy đặt PORT từ 1024 trở lên."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"HOST “{host}” không phải là địa chỉ của máy này."
    return f"Không mở được cổng {number} tại “{host}” ({error.strerror})."


def database(settings: Settings) -> None:
    """The server of MONGODB_URI answers within five seconds. Raises StartError."""
    assert settings.mongodb_uri is not None
    try:
        client = connection.connect(settings.mongodb_uri)
        try:
            connection.check(client, connection.shown(settings.mongodb_uri))
        finally:
            client.close()
    except connection.DatabaseUnreachableError as error:
        raise StartError(Exit.DATABASE, str(error)) from error
