# remote.com
output "domain" {
  value = provider::imp::domain_name(".com.remote")
}
