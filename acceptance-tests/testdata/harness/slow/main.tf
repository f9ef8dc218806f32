resource "terraform_data" "this" {
  provisioner "local-exec" {
    # An interrupt is for Terraform to answer, which ends this then.
    command = "trap '' INT; echo begun; exec sleep 600"
  }
}
