package ai.pathbound.mcp.connections;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Closes a connection on which no whole head of a request has come for too long. An idle timeout
/// alone is not enough: a client that sends one byte now and then is never idle.
///
/// Stands behind the HTTP codec, one per connection. The clock runs while no request is under way.
final class HeadDeadline extends ChannelDuplexHandler {
    private final Duration within;
    private int underWay;
    private boolean interim;
    private @Nullable Future<?> deadline;

    HeadDeadline(Duration within) {
        this.within = within;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        start(context);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stop();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            underWay++;
            stop();
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        }
        boolean answered = message instanceof LastHttpContent && !interim;
        var _ = context.write(message, promise);
        if (answered && underWay > 0 && --underWay == 0) {
            start(context);
        }
    }

    private void start(ChannelHandlerContext context) {
        stop();
        deadline = context.executor()
                .schedule(() -> close(context), within.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void close(ChannelHandlerContext context) {
        var _ = context.close();
    }

    private void stop() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }
}
