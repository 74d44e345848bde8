"""The message broker: ours or theirs."""
