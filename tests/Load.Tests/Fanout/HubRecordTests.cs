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

    [Fact(DisplayName = "[LO31] the answer to a watch is taken, and a refusal says why")]
    public void Answers()
    {
        HubRecord.ResultOf(Utf8("""{"type":3,"invocationId":"1","result":{"frames":[]}}"""))
            .GetProperty("frames").GetArrayLength().ShouldBe(0);
        Should.Throw<InvalidDataException>(() => HubRecord.ResultOf(Utf8(
            """{"type":3,"invocationId":"1","error":"TooManyAreas: no"}"""))).Message.ShouldBe("TooManyAreas: no");
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
