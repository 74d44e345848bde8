"""Whether what was deployed works: a task of ours is seen to run on Render."""
