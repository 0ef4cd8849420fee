package ai.pathbound.sandbox.broker;

import java.nio.file.Path;

/// A parent to be killed: starts a broker, prints its pid and waits.
final class BrokerHolder {

    private BrokerHolder() {}

    public static void main(String[] arguments) throws InterruptedException {
        BrokerProcess broker = BrokerProcess.start(Path.of(arguments[0]),
                Path.of(arguments[1]),
                System.err::println);
        System.out.println("broker " + broker.process().pid());
        broker.process().waitFor();
    }
}
