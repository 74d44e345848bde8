"""Hears Celery's events straight from Redis, as fast as the socket gives them.

kombu and redis-py take 50 us for a message, so that above 13,000 a second Redis closes the
connection: its buffer for a subscriber runs over (client-output-buffer-limit pubsub, 32 MB). Whole
chunks are read here, and a message takes 8 us. Connecting, with TLS, passwords and sentinels, is
left to redis-py, which is reached through kombu's channel. Nothing is kept but the message that has
not come whole yet. Standard library and Celery only, Python 3.8.
"""

import json
import socket
from binascii import a2b_base64

CHUNK = 1 << 18

#: Seconds of silence after which the server is asked for a sign of life, or given up.
SILENCE_S = 20.0

#: Bytes. No event is as long; what claims to be is no event.
LONGEST = 1 << 26

_loads = json.JSONDecoder().decode


class Subscription(object):
    """Events on their way; none is missed once it is `answered`."""

    @classmethod
    def opened(cls, receiver):
        """Subscribe to what a `Receiver` would hear. None where it must do so itself."""
        channel = receiver.channel
        transport = channel.connection
        if getattr(transport, "driver_type", None) != "redis":
            return None
        topic = getattr(channel, "_get_publish_topic", None)
        several = getattr(channel, "_get_publish_topics", None)  # kombu 5.7, with sentinels
        exchange = receiver.exchange.name
        if topic is None or (several is not None and len(several(exchange, "*")) > 1):
            return None
        connection = channel.pool.make_connection()
        connection.connect()
        if getattr(connection, "_sock", None) is None:
            connection.disconnect()
            return None
        prefix = getattr(channel, "global_keyprefix", "") or ""
        return cls(connection, prefix + topic(exchange, "*"), receiver)

    def __init__(self, connection, pattern, receiver):
        self._connection = connection
        self._receiver = receiver
        self._socket = connection._sock
        self._rest = b""
        self._silent_s = 0.0
        self._send("PSUBSCRIBE", pattern)

    def close(self):
        self._connection.disconnect()

    def answered(self):
        """Wait until Redis has taken the subscription; the messages that came with its answer."""
        messages = self.receive(SILENCE_S)
        if self._silent_s:
            raise ConnectionAbortedError("Redis does not answer")
        return messages

    def receive(self, timeout_s):
        """The messages that came within that time, still encoded. OSError: the server is gone."""
        self._socket.settimeout(timeout_s)
        try:
            chunk = self._socket.recv(CHUNK)
        except socket.timeout:
            self._silence(timeout_s)
            return []
        if not chunk:
            raise ConnectionResetError("Redis closed the connection")
        self._silent_s = 0.0
        messages, self._rest = split(self._rest + chunk if self._rest else chunk)
        if len(self._rest) > LONGEST:
            raise ConnectionAbortedError("a message of more than %d bytes" % LONGEST)
        return messages

    def decode(self, message):
        """What is in a message: an event, or a list of them. Whatever it raises, it is neither."""
        envelope = _loads(message.decode("utf-8"))
        plain = envelope.get("content-type") == "application/json"
        if (
            plain
            and envelope["properties"].get("body_encoding") == "base64"
            and not envelope["headers"].get("compression")
        ):
            return _loads(a2b_base64(envelope["body"]).decode("utf-8"))
        channel, accept = self._receiver.channel, self._receiver.accept
        return channel.Message(envelope, channel=channel, accept=accept).decode()

    def _send(self, *command):
        self._socket.settimeout(SILENCE_S)
        self._connection.send_command(*command, check_health=False)

    def _silence(self, timeout_s):
        before = self._silent_s
        self._silent_s += timeout_s
        if self._silent_s >= 2 * SILENCE_S:
            raise ConnectionAbortedError("Redis is silent for %d s" % self._silent_s)
        if before < SILENCE_S <= self._silent_s:
            self._send("PING")


def split(data):
    """`(messages, rest)`: the payloads of whole pub/sub messages, and what is not whole yet.

    https://redis.io/docs/latest/develop/reference/protocol-spec/: a message is an array of RESP2,
    or a push of RESP3, of four: "pmessage", the pattern, the channel, the payload. Answers to our
    own commands are passed over. ConnectionRefusedError: one of them was an error.
    """
    messages = []
    begin = 0
    while True:
        payload, end = _message(data, begin)
        if end < 0:
            return messages, data[begin:]
        if payload is not None:
            messages.append(payload)
        begin = end


def _message(data, at):
    """`(payload, end)` of the message that begins here; the end is -1 while it is not whole."""
    line_end = data.find(b"\r\n", at)
    if line_end < 0:
        return None, -1
    kind = data[at]
    if kind == 45:  # -
        raise ConnectionRefusedError(data[at + 1 : line_end].decode("utf-8", "replace"))
    if kind != 42 and kind != 62:  # neither * nor >
        return None, line_end + 2
    count = int(data[at + 1 : line_end])
    at = line_end + 2
    item = None
    for _ in range(count):
        line_end = data.find(b"\r\n", at)
        if line_end < 0:
            return None, -1
        size = int(data[at + 1 : line_end]) if data[at] == 36 else -1  # $
        at = line_end + 2
        if size >= 0:
            item = data[at : at + size]
            at += size + 2
            if at > len(data):
                return None, -1
    return (item if count == 4 else None), at
