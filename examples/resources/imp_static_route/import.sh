# By publisher, destination pattern, next hop, port and protocol.
terraform import imp_static_route.primary emea/.com.remote/10.20.0.15:5061/TLS

# By publisher and primary key.
terraform import imp_static_route.primary emea/9a1d5e70-2c3b-4f86-8e17-c0b4d3a2f651
