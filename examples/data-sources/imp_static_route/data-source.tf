data "imp_static_route" "primary" {
  publisher           = "emea"
  destination_pattern = ".com.remote"
  next_hop            = "10.20.0.15" # by TLS to port 5061, where nothing else is written
}

output "primary_in_service" {
  value = data.imp_static_route.primary.in_service
}
