package ai.pathbound.sandbox.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Status, headers and JSON body of an answer; an error's time is set when it is sent.
record Answer(int status, Map<String, String> headers, Map<String, Object> body) {
    static Answer ok(Map<String, ?> body) {
        return success(200, body);
    }

    static Answer created(Map<String, ?> body) {
        return success(201, body);
    }

    static Answer error(int status, String message, List<Problem> details) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", "error");
        body.put("error", message);
        body.put("details", details);
        return new Answer(status, Map.of(), body);
    }

    Answer with(Map<String, String> more) {
        return new Answer(status, more, body);
    }

    private static Answer success(int status, Map<String, ?> fields) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", "success");
        body.putAll(fields);
        return new Answer(status, Map.of(), body);
    }
}
