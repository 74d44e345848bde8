"""The dynamic gate: what git would send is built and run where Linux is."""
