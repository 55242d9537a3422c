// Package gatekeeperv1alpha1connect names the trial licence service for the compiler. `rpk generate license` does not
// work in this build.
package gatekeeperv1alpha1connect

import (
	"context"

	v1alpha1 "buf.build/gen/go/redpandadata/gatekeeper/protocolbuffers/go/redpanda/api/gatekeeper/v1alpha1"
	"connectrpc.com/connect"
)

type EnterpriseServiceClient interface {
	LicenseSignup(context.Context, *connect.Request[v1alpha1.LicenseSignupRequest]) (*connect.Response[v1alpha1.LicenseSignupResponse], error)
}

func NewEnterpriseServiceClient(connect.HTTPClient, string, ...connect.ClientOption) EnterpriseServiceClient {
	panic("the trial licence service is left out of this build of rpk")
}
