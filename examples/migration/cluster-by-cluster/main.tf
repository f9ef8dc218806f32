# In between, where each cluster has its own window: emea is federated directly, and apac follows.

terraform {
  required_version = ">= 1.3"

  required_providers {
    imp = {
      source = "imp-federation/imp"
    }
  }
}

variable "publishers" {
  description = "The IM and Presence database publisher of each cluster, by a short name of your own."
  type = map(object({
    address        = string
    ca_certificate = optional(string)
    schema_profile = optional(string)
  }))
}

# The user name and the password come from IMP_USERNAME and IMP_PASSWORD.
provider "imp" {
  publishers = var.publishers
}

module "remote" {
  source = "../../modules/interdomain-federation"

  domain_name = "remote.com"
  description = "Remote partner"

  clusters = {
    apac = { next_hops = ["10.30.0.15", "10.30.0.16"] }
  }
}

module "remote_directly" {
  source = "../../modules/direct-federation"

  domain_name = "remote.com"
  description = "Remote partner"

  clusters = {
    emea = { next_hops = ["10.20.8.1"] } # the company's edge
  }
}

# So that the domain of emea is replaced in its place, too.
moved {
  from = module.remote.module.cluster["emea"]
  to   = module.remote_directly.module.cluster["emea"]
}
