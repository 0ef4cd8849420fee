package ai.pathbound.broker;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/// Signals that reach the parent and us alike: Ctrl-C and hanging up from a terminal, SIGTERM from
/// whoever ends a whole process group.
///
/// The parent stops its own parts first and the broker last, by closing the life line; a broker
/// that ends at the same moment would leave the parent's clients without a peer.
/// Kafka's own handlers chain to the ones installed here. `sun.misc.Signal` is called by
/// reflection, as Kafka does, since javac warns about each direct use.
final class TerminalSignals {

    private TerminalSignals() {}

    static void leaveToParent() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler nothing = (_, _, _) -> null;
            Object ignore = Proxy.newProxyInstance(handler.getClassLoader(),
                    new Class<?>[]{handler},
                    nothing);
            for (String name : new String[]{"INT", "HUP", "TERM"}) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null,
                                signal.getConstructor(String.class).newInstance(name),
                                ignore);
            }
        } catch (ReflectiveOperationException e) {
            // Only the order of a Ctrl-C suffers.
            System.err.println("terminal signals are not ignored: " + e);
        }
    }
}
