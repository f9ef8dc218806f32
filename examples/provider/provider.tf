terraform {
  required_providers {
    imp = {
      source = "imp-federation/imp"
    }
  }
}

# The password comes from IMP_PASSWORD.
provider "imp" {
  username = "axl-terraform"

  # For each cluster its IM and Presence database publisher, under a short name of your own.
  publishers = {
    emea = {
      address        = "imp-pub.emea.example.com"
      ca_certificate = "emea-publisher.pem"
      schema_profile = "profile-14.0.1.json"
    }
    apac = {
      address        = "imp-pub.apac.example.com"
      ca_certificate = "apac-publisher.pem"
      schema_profile = "profile-14.0.1.json"
    }
  }

  load_balancers = ["lync-pool.example.com", "10.20.0.10"]
}
