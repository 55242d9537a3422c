package lvc.cli.wiring;

import lvc.adapter.kube.KubeForward;
import lvc.adapter.redpanda.AdminApi;
import lvc.adapter.redpanda.RedpandaCluster;
import lvc.adapter.redpanda.RedpandaConfiguration;
import lvc.adapter.redpanda.RedpandaLicences;
import lvc.core.port.Brokers;
import lvc.core.port.Cluster;
import lvc.core.port.Configuration;
import lvc.core.port.Licences;

/**
 * The Admin API of brokers on Kubernetes, through forwarded ports.
 *
 * @param forward closed with this
 */
record ForwardedBrokers(AdminApi admin, KubeForward forward) implements Brokers {

    @Override
    public Cluster cluster() {
        return new RedpandaCluster(admin);
    }

    @Override
    public Configuration configuration() {
        return new RedpandaConfiguration(admin);
    }

    @Override
    public Licences licences() {
        return new RedpandaLicences(admin);
    }

    @Override
    public void close() {
        forward.close();
    }
}
