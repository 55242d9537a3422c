package lvc.cache.push;

import java.net.URI;

/**
 * The pods of a Kubernetes Service, each of which is told.
 *
 * @param port where they listen; 0 for the first port of the Service
 * @param path beginning with a slash
 */
public record PodTargets(String namespace, String service, int port, String path, PushFormat format) {

    /** Where one of them is told. */
    URI address(PodAddress pod) {
        String host = pod.ip().contains(":") ? "[" + pod.ip() + "]" : pod.ip();
        return URI.create("http://" + host + ":" + (port == 0 ? pod.port() : port) + path);
    }
}
