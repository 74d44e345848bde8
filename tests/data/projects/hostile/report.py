WHOSE = "the user"
