resource "terraform_data" "this" {
  provisioner "local-exec" {
    command = "echo begun && sleep 600"
  }
}
