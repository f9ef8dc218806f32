import {
  to = imp_static_route.primary
  id = "emea/.com.remote/10.20.0.15:5061/TLS"
}
