data "imp_sip_federation_domains" "all" {}

# The publishers that have each domain.
output "publishers_by_domain" {
  value = {
    for domain in data.imp_sip_federation_domains.all.domains :
    lower(domain.domain_name) => domain.publisher...
  }
}
