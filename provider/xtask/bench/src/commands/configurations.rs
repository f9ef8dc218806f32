//! What each side configures: as many objects as asked for, of about the same size.

pub(super) fn floor(count: usize) -> String {
    format!(
        r#"
resource "terraform_data" "route" {{
  count = {count}
  input = {{
    id                        = "default/com.example.route-${{count.index}}"
    publisher                 = "default"
    domain                    = "route-${{count.index}}.example.com"
    destination_pattern       = ".com.example.route-${{count.index}}"
    description               = "to the remote domain"
    next_hop                  = "edge.example.com"
    next_hop_port             = 5061
    protocol                  = "TLS"
    route_type                = "domain"
    priority                  = 2
    weight                    = 1
    allow_less_specific_route = true
    in_service                = true
    block_route               = false
    pkid                      = "2d3c4b5a-6f70-4182-93a4-b5c6d7e8f901"
  }}
}}
"#
    )
}

pub(super) fn plain(count: usize) -> String {
    let destination = "domain      = \"route-${count.index}.example.com\"";
    routes("bench/plain", "plain_route", destination, count)
}

pub(super) fn imp(count: usize) -> String {
    let destination = "destination_pattern = \".com.example.route-${count.index}\"";
    routes("imp-federation/imp", "imp_static_route", destination, count)
}

fn routes(source: &str, type_name: &str, destination: &str, count: usize) -> String {
    let provider = source.rsplit('/').next().unwrap_or_default();
    format!(
        r#"
terraform {{
  required_providers {{
    {provider} = {{ source = "{source}" }}
  }}
}}

resource "{type_name}" "route" {{
  count       = {count}
  {destination}
  next_hop    = "10.0.0.1"
  priority    = 2
  description = "to the remote domain"
}}
"#
    )
}

pub(super) fn peer(count: usize) -> String {
    format!(
        r#"
terraform {{
  required_providers {{
    workato = {{ source = "bench/workato" }}
  }}
}}

provider "workato" {{
  api_key  = "bench"
  base_url = "https://workato.invalid"
}}

resource "workato_proxied_mcp_server" "route" {{
  count                             = {count}
  name                              = "to route-${{count.index}}"
  connection_id                     = 42
  folder_id                         = 7
  description                       = "to the remote domain"
  allow_same_user_token_inheritance = false
}}
"#
    )
}
