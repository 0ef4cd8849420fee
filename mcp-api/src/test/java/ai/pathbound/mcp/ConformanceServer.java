package ai.pathbound.mcp;
/// temp
final class ConformanceServer {
    public static void main(String[] a) throws Exception {
        TestServer s = TestServer.forConformance(new FixedReadModel());
        System.out.println("PORT " + s.origin());
        Thread.currentThread().join();
    }
}
