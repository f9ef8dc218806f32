# By publisher and domain name.
terraform import 'imp_sip_federation_domain.remote["emea"]' emea/remote.com

# By publisher and primary key.
terraform import 'imp_sip_federation_domain.remote["emea"]' emea/3f2b8c1e-5d47-4a9c-b1e0-7a6d2c94e8f5
