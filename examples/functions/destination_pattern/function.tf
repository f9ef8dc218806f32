# .com.remote
output "pattern" {
  value = provider::imp::destination_pattern("remote.com")
}
