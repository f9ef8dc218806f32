variable "description" {
  type    = string
  default = null
}

variable "force_destroy" {
  type    = bool
  default = false
}

variable "priority" {
  type    = number
  default = 1
}

resource "imp_sip_federation_domain" "remote" {
  for_each      = toset(["remote.com", "other.com"])
  publisher     = "emea"
  domain_name   = each.key
  description   = var.description
  force_destroy = var.force_destroy
}

resource "imp_static_route" "primary" {
  publisher = "emea"
  domain    = imp_sip_federation_domain.remote["remote.com"].domain_name
  next_hop  = "10.20.0.15"
  priority  = var.priority
}
