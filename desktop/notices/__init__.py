"""What people should know of: kept in a list behind the bell, the gravest told by the tray."""
