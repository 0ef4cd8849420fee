package ai.pathbound.bench.tools;

import java.util.List;

/// One kind of call: requests to be sent in turn.
record ToolCall(String name, List<byte[]> requests) {
    ToolCall {
        requests = List.copyOf(requests);
    }

    byte[] request(int number) {
        return requests.get(number % requests.size());
    }
}
