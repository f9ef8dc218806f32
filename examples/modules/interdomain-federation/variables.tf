variable "domain_name" {
  description = "The remote domain, such as `remote.com`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9-][A-Za-z0-9.-]{0,127}$", var.domain_name))
    error_message = "Write the domain itself, such as remote.com: letters, digits, dots and dashes, 128 at most, and no dot at the beginning."
  }
}

variable "description" {
  description = "What users of Jabber read in their privacy settings."
  type        = string
  default     = null
}

variable "clusters" {
  description = <<-EOT
    The clusters, by the names of their database publishers in the provider's `publishers`. For each:

    - `next_hops`: the addresses of specific front-end servers (Enterprise Edition) or Standard Edition servers, in the
      order in which they are to be tried. Never a load balancer. The first gets the primary route, the others backups.
    - `protocol`: `TLS` (the default) or `TCP`.
    - `next_hop_port`: where the servers do not listen on 5061 (TLS) or 5060 (TCP).
    - `out_of_service`: those of the next hops that are not to be used now, as for maintenance.

    These are facts about sites, so that all domains can have the same value.
  EOT
  type = map(object({
    next_hops      = list(string)
    protocol       = optional(string, "TLS")
    next_hop_port  = optional(number)
    out_of_service = optional(set(string), [])
  }))
  nullable = false

  validation {
    condition     = length(var.clusters) > 0 && alltrue([for name in keys(var.clusters) : can(regex("^[a-z0-9_-]+$", name))])
    error_message = "Name at least one cluster, each as the provider block has it: lower-case letters, digits, _ and -."
  }

  validation {
    condition = alltrue([
      for cluster in values(var.clusters) :
      length(cluster.next_hops) > 0 && length(distinct([for next_hop in cluster.next_hops : lower(next_hop)])) == length(cluster.next_hops)
    ])
    error_message = "Each cluster needs next hops, and each of them once: a backup through the server of the primary route is none."
  }

  validation {
    condition     = alltrue([for cluster in values(var.clusters) : contains(["TLS", "TCP"], cluster.protocol)])
    error_message = "Write TLS or TCP as the protocol of each cluster."
  }

  validation {
    condition = alltrue([
      for cluster in values(var.clusters) :
      cluster.next_hop_port == null ? true : cluster.next_hop_port >= 0 && cluster.next_hop_port <= 65535
    ])
    error_message = "A port is a number from 1 to 65535; 0 means that the next hops are names of DNS SRV records."
  }
}

variable "overrides" {
  description = <<-EOT
    What this domain has otherwise on some of the clusters. What is left out is as the cluster has it.

    - `enabled`: `false` where the cluster is not to have the domain.
    - `description`, `next_hops`, `protocol` and `next_hop_port`: in place of the cluster's own. With another `protocol`
      the port is its usual one unless it is written here.
  EOT
  type = map(object({
    enabled       = optional(bool, true)
    description   = optional(string)
    next_hops     = optional(list(string))
    protocol      = optional(string)
    next_hop_port = optional(number)
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for override in values(var.overrides) : override.next_hops == null ? true : (
        length(override.next_hops) > 0 && length(distinct([for next_hop in override.next_hops : lower(next_hop)])) == length(override.next_hops)
      )
    ])
    error_message = "Where next hops are overridden, there must be some, and each of them once."
  }

  validation {
    condition = alltrue([
      for override in values(var.overrides) : override.protocol == null ? true : contains(["TLS", "TCP"], override.protocol)
    ])
    error_message = "Write TLS or TCP as the protocol."
  }

  validation {
    condition = alltrue([
      for override in values(var.overrides) :
      override.next_hop_port == null ? true : override.next_hop_port >= 0 && override.next_hop_port <= 65535
    ])
    error_message = "A port is a number from 1 to 65535; 0 means that the next hops are names of DNS SRV records."
  }
}
