// Package gatekeeperv1alpha1 names the messages of the trial licence service for the compiler. They are never sent.
package gatekeeperv1alpha1

type LicenseSignupRequest struct {
	GivenName, FamilyName, CompanyName, Email string

	ClusterInfo   *EnterpriseClusterInfo
	RequestOrigin int
}

type EnterpriseClusterInfo struct {
	ClusterId string
	Platform  int
}

const (
	EnterpriseClusterInfo_PLATFORM_REDPANDA = iota
	LicenseSignupRequest_REQUEST_ORIGIN_CLI
)

type License struct{ LicenseKey string }

type LicenseSignupResponse struct{ License *License }

func (r *LicenseSignupResponse) GetLicense() *License { return r.License }
