"""Does a fleet of solo workers behave as one prefork worker? Both run the same scenarios.

A scenario (`scenarios/`) is an app's settings and tasks, and a function that drives a `Side`:
sends, revokes, kills, stops. What is seen of it (`observing`) must be the same on both sides
(`comparing`), but for what is listed with its reason (`differences`). `python -m tests.parity`
shows both sides, and with `--write` renews `docs/parity.md` and `recorded.json`.
"""
