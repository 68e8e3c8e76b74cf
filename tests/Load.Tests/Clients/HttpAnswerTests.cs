using System.Text;
using GridMesh.Load.Clients.Lanes;

namespace GridMesh.Load.Tests.Clients;

public sealed class HttpAnswerTests
{
    [Theory(DisplayName = "[LO22] an answer of HTTP/1.1 is read to its end, however it comes in pieces, with a length or in chunks")]
    [InlineData("HTTP/1.1 202 Accepted\r\nContent-Type: a\r\nContent-Length: 5\r\n\r\nhello", 202, "hello", false)]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length:0\r\nConnection: close\r\n\r\n", 200, "", true)]
    [InlineData("HTTP/1.1 204 No Content\r\nDate: x\r\n\r\n", 204, "", false)]
    [InlineData("HTTP/1.1 409 Conflict\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1A\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n", 409, "helloabcdefghijklmnopqrstuvwxyz", false)]
    public void Reads(string wire, int status, string body, bool closes)
    {
        var bytes = Encoding.ASCII.GetBytes(wire);
        for (var length = 0; length < bytes.Length; length++)
        {
            HttpAnswer.TryRead(bytes.AsSpan(0, length), out _).ShouldBeFalse($"after {length} bytes");
        }

        HttpAnswer.TryRead(bytes, out var answer).ShouldBeTrue();
        answer.Status.ShouldBe(status);
        answer.Closes.ShouldBe(closes);
        var taken = bytes.AsSpan(answer.BodyAt, answer.BodyLength);
        Encoding.ASCII.GetString(answer.IsChunked ? taken[..HttpAnswer.Dechunk(taken)] : taken).ShouldBe(body);
    }

    [Theory(DisplayName = "[LO22] what is no answer of HTTP/1.1, or tells no length, is refused")]
    [InlineData("SSH-2.0-x\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nDate: x\r\n\r\nbody")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")]
    public void Refuses(string wire) =>
        Should.Throw<IOException>(() => HttpAnswer.TryRead(Encoding.ASCII.GetBytes(wire), out _));
}
