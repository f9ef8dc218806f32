# One domain for each set of settings of the same publisher.
resource "imp_sip_federation_domain" "each" {
  for_each    = var.publishers
  publisher   = each.key
  domain_name = "${replace(each.key, "_", "-")}.com"
}
