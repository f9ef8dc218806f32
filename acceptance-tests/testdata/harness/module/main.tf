module "child" {
  source = "./child"
}

output "inner" {
  value = module.child.inner
}
