# Every route to a server that is to be switched off, on all publishers.
data "imp_static_routes" "old_server" {
  next_hop = "10.20.0.15"
}

output "routes_to_move" {
  value = data.imp_static_routes.old_server.routes[*].id
}
