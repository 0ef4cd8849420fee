package ai.pathbound.bench.projection;

/// One side of the race.
enum Contender {
    COUNT("bare count()"), ROWS("all row families"), ROWS_AND_TABLES(
            "all row families and column tables");

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
