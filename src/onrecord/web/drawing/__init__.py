"""Pictures drawn on the server, as SVG: every mark can be a link, and a table says the same."""
