package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.json.Wire;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes one answer smaller, beginning with what is missed least: the ends of its lists, then the
/// heaviest members of its open maps, then the ends of long texts. What is lost from the latter two
/// is named in `omitted`.
final class Trim {
    /// Members whose own members are whatever tenants put there.
    private static final Set<String> OPEN = Set
            .of("properties", "properties_provenance", "data", "detail");
    /// Longer than ids and cursors are, which must stay whole.
    private static final int TEXT_LENGTH_MAX = 1000;
    private static final int NAMED_MAX = 20;

    private record Member(ObjectNode owner, String name, String path, int bytes) {}

    private final ObjectNode answer;
    private final int bytesMax;
    private final List<String> omitted = new ArrayList<>();

    private Trim(ObjectNode answer, int bytesMax) {
        this.answer = answer;
        this.bytesMax = bytesMax;
    }

    /// Trims the answer in place.
    ///
    /// @param lists members of the answer that may lose items from their ends
    static void to(int bytesMax, ObjectNode answer, List<String> lists) {
        Trim trim = new Trim(answer, bytesMax);
        trim.shortenLists(lists);
        if (bytes(answer) > bytesMax) {
            trim.dropMembers();
        }
        if (bytes(answer) > bytesMax) {
            trim.clipTexts(answer, "");
        }
        if (!trim.omitted.isEmpty()) {
            answer.set("omitted", Wire.MAPPER.<JsonNode>valueToTree(trim.omitted));
        }
    }

    static int bytes(JsonNode node) {
        return Wire.MAPPER.writeValueAsBytes(node).length;
    }

    /// Each list gets an equal share of what is left; one that needs less leaves it to the next.
    private void shortenLists(List<String> names) {
        Map<String, ArrayNode> lists = new LinkedHashMap<>();
        for (String name : names) {
            if (answer.path(name) instanceof ArrayNode list) {
                lists.put(name, list);
                answer.putArray(name);
            }
        }
        int left = bytesMax - bytes(answer);
        int waiting = lists.size();
        for (Map.Entry<String, ArrayNode> list : lists.entrySet()) {
            int share = left / waiting;
            waiting--;
            int used = 0;
            ArrayNode kept = answer.putArray(list.getKey());
            for (JsonNode item : list.getValue()) {
                used += bytes(item) + 1;
                if (used > share) {
                    used -= bytes(item) + 1;
                    break;
                }
                kept.add(item);
            }
            left -= used;
        }
    }

    private void dropMembers() {
        List<Member> members = new ArrayList<>();
        collect(answer, "", false, members);
        members.sort(Comparator.comparingInt(Member::bytes).reversed());
        int excess = bytes(answer) - bytesMax;
        for (Member member : members) {
            if (excess <= 0) {
                return;
            }
            member.owner().remove(member.name());
            excess += omit(member.path()) - member.bytes();
        }
    }

    private static void collect(JsonNode node, String path, boolean open, List<Member> members) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                String here = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
                if (open) {
                    members.add(
                            new Member(object, entry.getKey(), here, bytes(entry.getValue())));
                } else {
                    collect(entry.getValue(), here, OPEN.contains(entry.getKey()), members);
                }
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                collect(array.get(i), path + "[" + i + "]", false, members);
            }
        }
    }

    private void clipTexts(JsonNode node, String path) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                String here = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
                JsonNode value = entry.getValue();
                if (value.isString() && value.stringValue().length() > TEXT_LENGTH_MAX) {
                    entry.setValue(
                            object.stringNode(Clip.to(TEXT_LENGTH_MAX, value.stringValue())));
                    omit(here);
                } else {
                    clipTexts(value, here);
                }
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                clipTexts(array.get(i), path + "[" + i + "]");
            }
        }
    }

    /// Names a loss, unless enough are named.
    ///
    /// @return what the name costs, in bytes
    private int omit(String path) {
        if (omitted.size() == NAMED_MAX) {
            return 0;
        }
        omitted.add(Clip.to(100, path));
        return bytes(answer.stringNode(omitted.getLast())) + 1;
    }
}
