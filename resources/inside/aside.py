"""Sets the lists of a Redis queue aside, where no worker takes from, and puts lists back.

Each step is one script: whoever is killed has done it or has not, and nothing lies in two places.
kombu itself needs scripts on its server. Standard library and Celery only, Python 3.8.
"""

#: How the key of a list that was set aside begins: `_solofleet.purge.TOKEN.PRIORITY.QUEUE`.
ASIDE = "_solofleet.purge."

#: How the key of a list begins that is being filled from a file.
FILLED = "_solofleet.restore."

#: A list that is being filled goes by itself when nobody finishes it.
FILLED_S = 3600

# KEYS: a list, its place aside, the next list, ...
_SET_ASIDE = """
for i = 1, #KEYS, 2 do
  if redis.call('TYPE', KEYS[i]).ok == 'list' then
    redis.call('RENAME', KEYS[i], KEYS[i + 1])
    redis.call('PERSIST', KEYS[i + 1])
  end
end
"""

# KEYS: a list, the queue's list that it goes to, the next list, ... Workers take from the right:
# what waits there by now is newer, and goes to the left.
_PUT_BACK = """
local count = 0
for i = 1, #KEYS, 2 do
  local back, place = KEYS[i], KEYS[i + 1]
  local length = redis.call('LLEN', back)
  if length > 0 then
    for _ = 1, redis.call('LLEN', place) do
      redis.call('RPOPLPUSH', place, back)
    end
    redis.call('RENAME', back, place)
    redis.call('PERSIST', place)
    count = count + length
  end
end
return count
"""


class Lists(object):
    """The lists of one queue, by priority step, and the places beside them that `token` names."""

    def __init__(self, channel, client, key, queue, token):
        self.steps = list(channel.priority_steps)
        self._client = client
        self._queue = {step: key(channel._q_for_pri(queue, step)) for step in self.steps}
        self._aside = {step: key(_name(ASIDE, token, step, queue)) for step in self.steps}
        self._filled = {step: key(_name(FILLED, token, step, queue)) for step in self.steps}

    def set_aside(self):
        """Take all that waits out of the queue; `{step: count}`."""
        self._run(_SET_ASIDE, self._queue, self._aside)
        return {step: self._client.llen(self._aside[step]) for step in self.steps}

    def page(self, step, start, size):
        """Some messages that were set aside, as bytes; the one to be taken last comes first."""
        return self._client.lrange(self._aside[step], start, start + size - 1)

    def put_back(self):
        """Undo `set_aside`; how many messages that were."""
        return self._run(_PUT_BACK, self._aside, self._queue)

    def forget(self):
        """Delete what was set aside."""
        self._client.delete(*self._aside.values())

    def fill(self, step, messages):
        """Write messages behind those that were filled in before; no worker sees them yet."""
        pipe = self._client.pipeline()
        pipe.rpush(self._filled[step], *messages)
        pipe.expire(self._filled[step], FILLED_S)
        pipe.execute()

    def empty(self):
        """Undo `fill`."""
        self._client.delete(*self._filled.values())

    def publish(self):
        """Put what was filled in where workers take from; how many messages that were."""
        return self._run(_PUT_BACK, self._filled, self._queue)

    def _run(self, script, source, target):
        keys = [key for step in self.steps for key in (source[step], target[step])]
        return self._client.eval(script, len(keys), *keys)


def left_aside(client, key):
    """`[{"queue", "token", "count"}]`: what purges that were broken off have left."""
    start = key(ASIDE)
    found = {}
    pattern = "".join("\\" + sign if sign in "\\*?[]" else sign for sign in start) + "*"
    for name in client.scan_iter(match=pattern, count=1000):
        token, _, queue = name.decode("utf-8", "replace")[len(start) :].split(".", 2)
        known = found.setdefault((queue, token), {"queue": queue, "token": token, "count": 0})
        known["count"] += client.llen(name)
    return [found[name] for name in sorted(found)]


def _name(start, token, step, queue):
    return "%s%s.%d.%s" % (start, token, step, queue)
