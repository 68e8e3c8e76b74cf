using System.Text;
using GridMesh.Gateway.Plumbing.Sockets;

namespace GridMesh.Gateway.Tests.Plumbing.Sockets;

public sealed class MaskedFramesTests
{
    [Theory(DisplayName = "[WP7] a client's frames are unmasked and put together whatever the cuts, of every length")]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(4_096)]
    [InlineData(1_000_000)]
    public void Any_cut(int cut)
    {
        string[] texts = ["", "a", new('b', 125), new('c', 126), new('d', 65_535), new('e', 65_536)];
        var bytes = texts.SelectMany(text => ClientSide.Frame(WireKind.Text, text))
            .Concat(ClientSide.Frame(WireKind.Ping, "p")).ToArray();
        var frames = new MaskedFrames();
        var found = new List<(WireKind, string)>();
        var text = new StringBuilder();
        foreach (var part in bytes.Chunk(cut))
        {
            var data = part.AsSpan();
            while (frames.TryNext(ref data, out var kind, out var run, out var isEnd))
            {
                text.Append(Encoding.UTF8.GetString(run));
                if (isEnd)
                {
                    found.Add((kind, text.ToString()));
                    text.Clear();
                }
            }
        }

        found.ShouldBe([.. texts.Select(t => (WireKind.Text, t)), (WireKind.Ping, "p")]);
    }

    [Theory(DisplayName = "[WP7] what is no frame of a client is refused with what is wrong")]
    [InlineData(new byte[] { 0x81, 0x01, 0, 0, 0, 0 }, "masked")]
    [InlineData(new byte[] { 0xc1, 0x81, 0, 0, 0, 0 }, "extension")]
    [InlineData(new byte[] { 0x83, 0x81, 0, 0, 0, 0 }, "unknown kind 3")]
    [InlineData(new byte[] { 0x09, 0x81, 0, 0, 0, 0 }, "control frame")]
    [InlineData(new byte[] { 0x89, 0xfe, 0, 126, 0, 0, 0, 0 }, "control frame")]
    [InlineData(new byte[] { 0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, "negative")]
    public void Refused(byte[] bytes, string problem)
    {
        var frames = new MaskedFrames();
        Should.Throw<InvalidDataException>(() =>
        {
            var data = bytes.AsSpan();
            frames.TryNext(ref data, out _, out _, out _);
        }).Message.ShouldContain(problem);
    }

    [Theory(DisplayName = "[WP7] a server's frame has the shortest head for its length, and no mask")]
    [InlineData(0, 2)]
    [InlineData(125, 2)]
    [InlineData(126, 4)]
    [InlineData(65_535, 4)]
    [InlineData(65_536, 10)]
    public void Heads(int length, int head)
    {
        var frame = WireFrames.Of(WireKind.Text, new byte[length]);
        frame.Length.ShouldBe(head + length);
        (frame[0], frame[1] & 0x80).ShouldBe(((byte)0x81, 0));
    }
}
