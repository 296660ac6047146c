"""Tables of spreadsheets: the columns of each kind of record, the texts of cells."""
