package lvc.cache.push;

/**
 * Where a pod is.
 *
 * @param port the first one that its Service leads to; 0 when it says none
 */
record PodAddress(String ip, int port) {}
