namespace GridMesh.Load.Tests.Fanout;

public sealed class HubRecordTests
{
    private const string Frame =
        """{"type":1,"target":"frame","arguments":[{"code":"450105","epoch":7,"from":3,"to":4,"at":"2026-01-05T08:00:00.5Z","workers":{"put":[{"id":"w","at":"2020-01-01T00:00:00Z"}],"gone":[]}}]}""";

    [Fact(DisplayName = "[LO31] the head of a frame is its own, not a worker's")]
    public void Head()
    {
        var head = HubRecord.FrameOf(Utf8(Frame));
        (head.Epoch, head.From, head.To, head.IsSignOfLife).ShouldBe((7, 3, 4, false));
        head.At.ShouldBe(new DateTimeOffset(2026, 1, 5, 8, 0, 0, 500, TimeSpan.Zero).UtcTicks);
    }

    [Fact(DisplayName = "[LO31] an answer says where the snapshot stands, or which frames came since; a refusal says why")]
    public void Answers()
    {
        var whole = HubRecord.AnswerOf(Utf8(
            """{"type":3,"invocationId":"1","result":{"kind":"snapshot","area":{"code":"4","summary":{"version":1},"epoch":7,"version":9,"children":[]}}}"""));
        (whole.Snapshot!.Value.Epoch, whole.Snapshot.Value.To, whole.Frames.Count).ShouldBe((7, 9, 0));
        var since = HubRecord.AnswerOf(Utf8(
            """{"type":3,"invocationId":"1","result":{"kind":"resumed","frames":[{"code":"4","epoch":7,"from":1,"to":2,"at":"2026-01-05T08:00:00Z","workers":{"put":[{"id":"w"}],"gone":[]}},{"code":"4","epoch":7,"from":2,"to":3,"at":"2026-01-05T08:00:00Z"}]}}"""));
        since.Frames.Select(frame => (frame.From, frame.To)).ShouldBe([(1, 2), (2, 3)]);
        Should.Throw<InvalidDataException>(() => HubRecord.AnswerOf(Utf8(
            """{"type":3,"invocationId":"1","error":"TooManyAreas: no"}"""))).Message.ShouldBe("TooManyAreas: no");
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
