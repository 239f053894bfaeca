"""A listener that counts who connects."""

from __future__ import annotations

import socket
import threading


class Listener:
    """Accepts connections on a free port of 127.0.0.1, counts them and closes them."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._count = 0
        self._thread = threading.Thread(target=self._accept)

    @property
    def address(self) -> str:
        """Where it listens, with a closing slash."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/"

    @property
    def connections(self) -> int:
        """How many have connected; one of its own proves that it counts."""
        before = self._count
        with socket.create_connection(self._socket.getsockname()) as probe:
            probe.recv(1)
        assert self._count == before + 1, "the listener does not count"
        self._count = before
        return before

    def __enter__(self) -> Listener:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._socket.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self._count += 1
            connection.close()
