"""The house over HTTP, without the page: `qa.api.app.create_api`. Importing this package alone loads nothing heavy."""
