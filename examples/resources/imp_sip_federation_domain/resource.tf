# A remote domain that is reached through the company's own Microsoft servers, on two clusters.
resource "imp_sip_federation_domain" "remote" {
  for_each    = toset(["emea", "apac"])
  publisher   = each.key
  domain_name = "remote.com"
  description = "Remote partner, through Lync"
}
