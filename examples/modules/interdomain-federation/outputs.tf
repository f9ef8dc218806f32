output "domains" {
  description = "The SIP federated domain on each cluster, by the cluster's name: its `id`, `pkid`, `domain_name`, `description` and `direct_federation`."
  value = {
    for name in keys(local.clusters) : name => {
      for attribute in ["id", "pkid", "domain_name", "description", "direct_federation"] :
      attribute => module.cluster[name].domain[attribute]
    }
  }

  precondition {
    condition     = length(setsubtract(keys(var.overrides), keys(var.clusters))) == 0
    error_message = "overrides names clusters that clusters does not have: ${join(", ", setsubtract(keys(var.overrides), keys(var.clusters)))}."
  }
}

output "static_routes" {
  description = "The static routes on each cluster, by the cluster's name, in the order in which they are tried: their `id`, `destination_pattern`, `next_hop`, `next_hop_port`, `protocol`, `priority` and `in_service`."
  value = {
    for name, cluster in local.clusters : name => [
      for next_hop in cluster.next_hops : {
        for attribute in ["id", "destination_pattern", "next_hop", "next_hop_port", "protocol", "priority", "in_service"] :
        attribute => module.cluster[name].static_routes[next_hop][attribute]
      }
    ]
  }

  precondition {
    condition = alltrue([
      for cluster in values(local.clusters) : length(setsubtract(cluster.next_hops, cluster.out_of_service)) > 0
    ])
    error_message = "Leave at least one next hop of each cluster in service: without one, messages to ${var.domain_name} go nowhere."
  }
}
