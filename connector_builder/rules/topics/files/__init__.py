"""The files beside the documents: icon, custom code, settings.json and README."""
