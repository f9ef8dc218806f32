variable "publisher" {
  description = "The cluster: the name of its database publisher in the provider's `publishers`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9_-]+$", var.publisher))
    error_message = "Write the name of a publisher as the provider block has it: lower-case letters, digits, _ and -."
  }
}

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

variable "integration_type" {
  description = "`ocs_lync`, or `aol`."
  type        = string
  default     = "ocs_lync"
  nullable    = false

  validation {
    condition     = contains(["ocs_lync", "aol"], var.integration_type)
    error_message = "Write ocs_lync or aol."
  }
}

variable "direct_federation" {
  description = "Whether the domain is reached through the company's own Microsoft servers."
  type        = bool
  default     = true
  nullable    = false
}

variable "static_routes" {
  description = "The routes by any key. A pattern is only written where it is not the domain's own name reversed."
  type = map(object({
    destination_pattern       = optional(string)
    description               = optional(string)
    next_hop                  = string
    next_hop_port             = optional(number)
    protocol                  = optional(string, "TLS")
    route_type                = optional(string, "domain")
    priority                  = optional(number, 1)
    weight                    = optional(number, 1)
    allow_less_specific_route = optional(bool, true)
    in_service                = optional(bool, true)
    block_route               = optional(bool, false)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for route in values(var.static_routes) : contains(["TLS", "TCP", "UDP"], route.protocol)])
    error_message = "Write TLS, TCP or UDP as the protocol of each route."
  }
}
