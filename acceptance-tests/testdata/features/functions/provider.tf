# Without a provider block: functions need no publisher.
terraform {
  required_providers {
    imp = {
      source = "imp-federation/imp"
    }
  }
}
