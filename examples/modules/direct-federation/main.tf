# One remote domain that IM and Presence is federated with directly, on a set of clusters: no Microsoft servers any more.

locals {
  # What the domain says of a cluster wins over what the cluster says of itself.
  clusters = {
    for name, cluster in var.clusters : name => {
      description = try(coalesce(var.overrides[name].description), var.description)
      next_hops   = try(coalesce(var.overrides[name].next_hops), cluster.next_hops)
      protocol    = try(coalesce(var.overrides[name].protocol), cluster.protocol)
      next_hop_port = try(
        coalesce(var.overrides[name].next_hop_port),
        coalesce(var.overrides[name].protocol) == cluster.protocol ? cluster.next_hop_port : null,
        cluster.next_hop_port,
      )
      out_of_service = cluster.out_of_service
    }
    if try(var.overrides[name].enabled, true)
  }
}

module "cluster" {
  source   = "../federated-domain"
  for_each = local.clusters

  publisher         = each.key
  domain_name       = var.domain_name
  description       = each.value.description
  direct_federation = false

  # By the server and not by its place: where the order changes, only priorities do, in place.
  static_routes = {
    for index, next_hop in each.value.next_hops : next_hop => {
      next_hop      = next_hop
      next_hop_port = each.value.next_hop_port
      protocol      = each.value.protocol
      priority      = index + 1
      in_service    = !contains(each.value.out_of_service, next_hop)
    }
  }
}
