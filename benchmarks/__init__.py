"""What the product costs, measured: pages in a browser, requests against a reference."""
