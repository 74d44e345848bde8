"""What the Deploy page does at Render: account, push, deploys, variables, logs, instances."""
