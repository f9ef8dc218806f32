# The resource is written by the core.
