using System.Text;
using GridMesh.Load.Fleets;

namespace GridMesh.Load.Tests.Fleets;

public sealed class ServerFramesTests
{
    [Theory(DisplayName = "[LO30] a server's frames are put together whatever the cuts, of every length")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Any_cut(int cut)
    {
        string[] texts = ["", "a", new('b', 125), new('c', 126), new('d', 65_535), new('e', 65_536)];
        var bytes = texts.SelectMany(text => Frame(WireKind.Text, text)).Concat(Frame(WireKind.Ping, "ping")).ToArray();
        var frames = new ServerFrames();
        var found = new List<(WireKind Kind, string Text)>();
        var text = new StringBuilder();
        foreach (var part in bytes.Chunk(cut))
        {
            ReadOnlySpan<byte> data = part;
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

        found.ShouldBe([.. texts.Select(t => (WireKind.Text, t)), (WireKind.Ping, "ping")]);
    }

    [Fact(DisplayName = "[LO30] a masked frame is none of a server")]
    public void Masked()
    {
        var frames = new ServerFrames();
        Should.Throw<InvalidDataException>(() =>
        {
            ReadOnlySpan<byte> data = [0x81, 0x80, 0, 0, 0, 0];
            frames.TryNext(ref data, out _, out _, out _);
        });
    }

    [Theory(DisplayName = "[LO30] what a client says is one final, masked frame that ends a SignalR message")]
    [InlineData(10, 6)]
    [InlineData(500, 8)]
    public void Client_frame(int length, int head)
    {
        var frame = ClientFrames.Text(new string('x', length));
        frame.Length.ShouldBe(head + length + 1);
        (frame[0], frame[1] & 0x80).ShouldBe(((byte)0x81, 0x80));
        frame[^1].ShouldBe(ClientFrames.RecordEnd);
        Should.Throw<ArgumentOutOfRangeException>(() => ClientFrames.Text(new string('x', ClientFrames.TextMax)));
    }

    [Fact(DisplayName = "[LO30] a message longer than any is refused, and a short one costs nothing when it is done")]
    public void Carry()
    {
        var carry = new RecordCarry();
        carry.Add("ab"u8);
        carry.Add("c"u8);
        Encoding.UTF8.GetString(carry.Bytes).ShouldBe("abc");
        carry.Clear();
        carry.IsEmpty.ShouldBeTrue();
        carry.Add(new byte[RecordCarry.RecordMax]);
        Should.Throw<InvalidDataException>(() => carry.Add([1]));
    }

    private static byte[] Frame(WireKind kind, string text)
    {
        var length = text.Length;
        byte[] head = length < 126 ? [(byte)length]
            : length < 65_536 ? [126, (byte)(length >> 8), (byte)length]
            : [127, 0, 0, 0, 0, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length];
        return [(byte)(0x80 | (byte)kind), .. head, .. Encoding.UTF8.GetBytes(text)];
    }
}
