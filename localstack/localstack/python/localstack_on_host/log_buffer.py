"""The log of a runtime process, put together from its standard streams and the log frames of AWS's runtime client."""

import struct
import threading

_HEADER = struct.Struct(">IIQ")
# Set in the type of a frame of text; the type of one of JSON ends in 2 and the level.
_TEXT_BIT = 0x1


class LogBuffer:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._text = bytearray()
        self._frames = bytearray()

    def add(self, text: bytes) -> None:
        with self._lock:
            self._text += text

    def add_frames(self, data: bytes) -> None:
        """
        Takes the next bytes of the log pipe, which may end amid a frame. A frame is its type (4 bytes), length (4),
        time (8) and message; messages of the JSON format have no line end.
        """
        self._frames += data
        while len(self._frames) >= _HEADER.size:
            frame_type, length, _time = _HEADER.unpack_from(self._frames)
            end = _HEADER.size + length
            if len(self._frames) < end:
                return
            message = bytes(self._frames[_HEADER.size : end])
            del self._frames[:end]
            self.add(message if frame_type & _TEXT_BIT else message + b"\n")

    def take(self) -> str:
        """All that has come since the last call."""
        with self._lock:
            text = self._text.decode(errors="replace")
            self._text.clear()
        return text
