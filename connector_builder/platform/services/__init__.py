"""Microsoft's services beside the platform's documents: Logic Apps, and addresses of the portal."""
