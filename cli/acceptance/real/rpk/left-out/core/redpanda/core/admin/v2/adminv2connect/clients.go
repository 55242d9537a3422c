// Package adminv2connect names the Admin API's second version for the compiler. This rpk speaks the first only.
package adminv2connect

import "connectrpc.com/connect"

type (
	BrokerServiceClient     any
	ClusterServiceClient    any
	FeaturesServiceClient   any
	SecurityServiceClient   any
	ShadowLinkServiceClient any
)

func NewBrokerServiceClient(connect.HTTPClient, string, ...connect.ClientOption) BrokerServiceClient {
	return nil
}

func NewClusterServiceClient(connect.HTTPClient, string, ...connect.ClientOption) ClusterServiceClient {
	return nil
}

func NewFeaturesServiceClient(connect.HTTPClient, string, ...connect.ClientOption) FeaturesServiceClient {
	return nil
}

func NewSecurityServiceClient(connect.HTTPClient, string, ...connect.ClientOption) SecurityServiceClient {
	return nil
}

func NewShadowLinkServiceClient(connect.HTTPClient, string, ...connect.ClientOption) ShadowLinkServiceClient {
	return nil
}
