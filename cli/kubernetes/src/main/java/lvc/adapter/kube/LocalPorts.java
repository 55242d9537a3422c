package lvc.adapter.kube;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The ports of this machine that pods can be forwarded to. */
public final class LocalPorts {

    private LocalPorts() {}

    /** Whether nobody listens on a port of 127.0.0.1. */
    public static boolean free(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
