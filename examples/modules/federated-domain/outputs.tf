output "domain" {
  description = "The SIP federated domain."
  value       = imp_sip_federation_domain.this
}

output "static_routes" {
  description = "The static routes, by the keys of `static_routes`."
  value       = imp_static_route.this
}
