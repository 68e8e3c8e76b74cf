using System.Text;
using GridMesh.Load.Fleets;

namespace GridMesh.Load.Tests.Fleets;

public sealed class HubRecordTests
{
    private const string Frame =
        """{"type":1,"target":"frame","arguments":[{"code":"450105","epoch":7,"from":3,"to":4,"at":"2026-01-05T08:00:00.5Z","workers":{"put":[{"id":"w","at":"2020-01-01T00:00:00Z"}],"gone":[]}}]}""";

    [Theory(DisplayName = "[LO31] a client tells SignalR's messages apart")]
    [InlineData("{}", nameof(RecordKind.Handshake))]
    [InlineData(Frame, nameof(RecordKind.Frame))]
    [InlineData("""{"target":"frame","type":1,"arguments":[]}""", nameof(RecordKind.Other))]
    [InlineData("""{"type":1,"target":"closing","arguments":["TooSlow"]}""", nameof(RecordKind.Closing))]
    [InlineData("""{"type":1,"target":"news","arguments":[]}""", nameof(RecordKind.Other))]
    [InlineData("""{"type":3,"invocationId":"1","result":null}""", nameof(RecordKind.Answer))]
    [InlineData("""{"type":6}""", nameof(RecordKind.Ping))]
    [InlineData("""{"type":7,"error":"x"}""", nameof(RecordKind.Closing))]
    public void Kinds(string record, string kind) => HubRecord.KindOf(Utf8(record)).ToString().ShouldBe(kind);

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
        (whole.Stand.Epoch, whole.Stand.To, whole.Frames).ShouldBe((7, 9, null));
        var since = HubRecord.AnswerOf(Utf8(
            """{"type":3,"invocationId":"1","result":{"kind":"resumed","frames":[{"code":"4","epoch":7,"from":1,"to":2,"at":"2026-01-05T08:00:00Z","workers":{"put":[{"id":"w"}],"gone":[]}},{"code":"4","epoch":7,"from":2,"to":3,"at":"2026-01-05T08:00:00Z"}]}}"""));
        since.Frames!.Select(frame => (frame.From, frame.To)).ShouldBe([(1, 2), (2, 3)]);
        Should.Throw<InvalidDataException>(() => HubRecord.AnswerOf(Utf8(
            """{"type":3,"invocationId":"1","error":"TooManyAreas: no"}"""))).Message.ShouldBe("TooManyAreas: no");
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
