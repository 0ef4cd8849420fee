package ai.pathbound.projector.topology;

/// Major version of the row formats. Each has an application id of its own, and so its own consumer group,
/// changelog and state folder: nodes of two versions run side by side, each group building and keeping
/// its own state, and nothing that one wrote is ever read by the other.
///
/// @param version from 1
public record RowFormat(int version) {
    /// The one this code reads and writes.
    public static final RowFormat CURRENT = new RowFormat(1);

    public RowFormat {
        if (version < 1) {
            throw new IllegalArgumentException("there is no row format " + version);
        }
    }

    /// Name of the store, and part of the changelog's.
    public String store() {
        return "read-model-v" + version;
    }

    /// Application id of this format; that of the first is the one in the settings itself.
    ///
    /// @param configured the application id in the settings
    public String applicationId(String configured) {
        return version == 1 ? configured : configured + "-v" + version;
    }
}
