"""The approval commission: its sessions, who is due, the file and the decision of each service, the minutes."""
