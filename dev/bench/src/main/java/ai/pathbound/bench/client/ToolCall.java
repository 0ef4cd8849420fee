package ai.pathbound.bench.client;

import java.util.List;

/// One kind of call: requests to be sent in turn.
public record ToolCall(String name, List<byte[]> requests) {
    public ToolCall {
        requests = List.copyOf(requests);
    }

    /// The request of a turn, which start over at the end.
    public byte[] request(int number) {
        return requests.get(number % requests.size());
    }
}
