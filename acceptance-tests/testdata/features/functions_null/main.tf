output "pattern" {
  value = provider::imp::destination_pattern(null)
}
