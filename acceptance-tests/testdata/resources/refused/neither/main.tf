resource "imp_static_route" "neither" {
  publisher = "emea"
  next_hop  = "10.20.0.15"
}
