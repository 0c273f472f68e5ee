"""The network layer: signs in, and calls the services of Power Platform.

Only this package imports libraries for HTTP and signing in. They come with the extra `live`, and are imported when a
session starts. Only `connector_builder.app.live` imports this package, so that everything else works offline.
"""
