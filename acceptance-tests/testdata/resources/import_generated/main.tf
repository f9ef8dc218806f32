# The rest is written by Terraform.
