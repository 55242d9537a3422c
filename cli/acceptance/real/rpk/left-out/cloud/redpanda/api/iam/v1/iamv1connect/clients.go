// Package iamv1connect names Redpanda Cloud's clients for the compiler. No cloud command works in this build.
package iamv1connect

import (
	"context"

	v1 "buf.build/gen/go/redpandadata/cloud/protocolbuffers/go/redpanda/api/iam/v1"
	"connectrpc.com/connect"
)

type OrganizationServiceClient interface {
	GetCurrentOrganization(context.Context, *connect.Request[v1.GetCurrentOrganizationRequest]) (*connect.Response[v1.GetCurrentOrganizationResponse], error)
}

func NewOrganizationServiceClient(connect.HTTPClient, string, ...connect.ClientOption) OrganizationServiceClient {
	panic("Redpanda Cloud is left out of this build of rpk")
}
