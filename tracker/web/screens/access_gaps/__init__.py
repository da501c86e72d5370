"""What of a service is not accessible: the list, and the form that adds a content, changes it or says it is mended."""
