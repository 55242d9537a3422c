package lvc.cache.http;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/** Ends connections at once. */
final class Cut {
    private Cut() {}

    /**
     * Closes, whatever is still to be sent. A close of Vert.x comes after everything that was written before it, which is
     * never when the other side takes nothing.
     */
    static void off(HttpConnection connection) {
        if (connection instanceof HttpServerConnection server) {
            ChannelHandlerContext first =
                    server.channelHandlerContext().pipeline().firstContext();
            if (first != null) {
                ChannelFuture unused = first.close();
                return;
            }
        }
        connection.close();
    }
}
