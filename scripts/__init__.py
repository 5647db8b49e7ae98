"""A room for each product (sandbox, client, mock, overlays, docs, bench), and the commands of the Makefile."""
