# Nothing but the provider.
