"""A room for each product (sandbox, client, mock, overlays, docs, bench), and beside them the commands of the Makefile."""
