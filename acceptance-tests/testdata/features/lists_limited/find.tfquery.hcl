list "imp_static_route" "some" {
  provider         = imp
  include_resource = true
  limit            = 2
}
