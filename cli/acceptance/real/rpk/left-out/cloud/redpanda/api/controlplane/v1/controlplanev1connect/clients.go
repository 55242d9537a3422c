// Package controlplanev1connect names Redpanda Cloud's clients for the compiler. No cloud command works in this build.
package controlplanev1connect

import (
	"context"

	v1 "buf.build/gen/go/redpandadata/cloud/protocolbuffers/go/redpanda/api/controlplane/v1"
	"connectrpc.com/connect"
)

type ClusterServiceClient interface {
	GetCluster(context.Context, *connect.Request[v1.GetClusterRequest]) (*connect.Response[v1.GetClusterResponse], error)
	ListClusters(context.Context, *connect.Request[v1.ListClustersRequest]) (*connect.Response[v1.ListClustersResponse], error)
}

type ResourceGroupServiceClient interface {
	CreateResourceGroup(context.Context, *connect.Request[v1.CreateResourceGroupRequest]) (*connect.Response[v1.CreateResourceGroupResponse], error)
	DeleteResourceGroup(context.Context, *connect.Request[v1.DeleteResourceGroupRequest]) (*connect.Response[v1.DeleteResourceGroupResponse], error)
	GetResourceGroup(context.Context, *connect.Request[v1.GetResourceGroupRequest]) (*connect.Response[v1.GetResourceGroupResponse], error)
	ListResourceGroups(context.Context, *connect.Request[v1.ListResourceGroupsRequest]) (*connect.Response[v1.ListResourceGroupsResponse], error)
}

type ServerlessClusterServiceClient interface {
	GetServerlessCluster(context.Context, *connect.Request[v1.GetServerlessClusterRequest]) (*connect.Response[v1.GetServerlessClusterResponse], error)
	ListServerlessClusters(context.Context, *connect.Request[v1.ListServerlessClustersRequest]) (*connect.Response[v1.ListServerlessClustersResponse], error)
}

func NewClusterServiceClient(connect.HTTPClient, string, ...connect.ClientOption) ClusterServiceClient {
	panic("Redpanda Cloud is left out of this build of rpk")
}

func NewResourceGroupServiceClient(connect.HTTPClient, string, ...connect.ClientOption) ResourceGroupServiceClient {
	panic("Redpanda Cloud is left out of this build of rpk")
}

func NewServerlessClusterServiceClient(connect.HTTPClient, string, ...connect.ClientOption) ServerlessClusterServiceClient {
	panic("Redpanda Cloud is left out of this build of rpk")
}
