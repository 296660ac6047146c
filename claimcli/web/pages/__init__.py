"""One module for each kind of page: from a request to a page's template and values."""
