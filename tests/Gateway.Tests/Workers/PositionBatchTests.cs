using System.Buffers;
using System.Text;
using System.Text.Json;
using GridMesh.Gateway.Workers;

namespace GridMesh.Gateway.Tests.Workers;

public sealed class PositionBatchTests
{
    [Theory(DisplayName = "[PR7] positions are read as the rest of the API reads JSON: any order, any case, nulls")]
    [InlineData(
        """[{"worker":"w","lng":1.5,"lat":2,"at":"2026-01-02T03:04:05Z","accuracy":8}]""", "w 1.5 2 03:04:05 8")]
    [InlineData(
        """[ {"AT":"2026-01-02T11:04:05+08:00","Lat":"2","LNG":"1.5","Worker":"w","accuracy":null} ]""",
        "w 1.5 2 03:04:05 -")]
    [InlineData(
        """[{"worker":"\u0077","lng":15e-1,"lat":2.0,"at":"2026-01-02T03:04:05.000Z"}]""", "w 1.5 2 03:04:05 -")]
    [InlineData("""[null]""", "- -")]
    [InlineData("""[{"worker":null,"lng":1,"lat":2,"at":"2026-01-02T03:04:05Z"}]""", "- 1 2 03:04:05 -")]
    [InlineData("""[{"worker":"w","lat":2,"at":"2026-01-02T03:04:05Z"},{}]""", "w - | - -")]
    [InlineData("[]", "")]
    public void Reads(string json, string expected)
    {
        foreach (var piece in new[] { int.MaxValue, 1, 7 })
            string.Join(" | ", PositionBatch.Parse(InPieces(json, piece)).Items.Select(Told)).ShouldBe(expected);
    }

    [Theory(DisplayName = "[PR7] what is no array of positions is refused as a whole")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[[]]")]
    [InlineData("[{}")]
    [InlineData("[] []")]
    [InlineData("""[{"worker":"w"]""")]
    [InlineData("""[{"x":{"a":{"b":{"c":{}}}}}]""")]
    public void Refuses(string json) =>
        (Record.Exception(
            () => PositionBatch.Parse(InPieces(json, int.MaxValue))) is JsonException or InvalidOperationException)
            .ShouldBeTrue();

    [Theory(DisplayName = "[PR7, IN5] a wrong position is told by its field, and those beside it are read")]
    [InlineData("""{"worker":{"a":[1]}}""", "worker")]
    [InlineData("""{"worker":1}""", "worker")]
    [InlineData("""{"worker":"a\ud800"}""", "worker")]
    [InlineData("""{"worker":"a\u0000"}""", "worker")]
    [InlineData("""{"worker":"w","lng":"east"}""", "lng")]
    [InlineData("""{"worker":"w","lng":true}""", "lng")]
    [InlineData("""{"worker":"w","lng":181,"lat":2}""", "lng")]
    [InlineData("""{"worker":"w","lng":1,"lat":"NaN"}""", "lat")]
    [InlineData("""{"worker":"w","lng":1,"lat":2}""", "at")]
    [InlineData("""{"worker":"w","lng":1,"lat":2,"at":"yesterday"}""", "at")]
    [InlineData("""{"worker":"w","lng":1,"lat":2,"at":5}""", "at")]
    [InlineData("""{"worker":"w","lng":1,"lat":2,"at":"2026-12-01T04:10:00"}""", "at")]
    [InlineData("""{"worker":"w","lng":1,"lat":2,"at":"2026-12-01"}""", "at")]
    [InlineData("""{"worker":"w","lng":1,"lat":2,"at":"2016-12-31T23:59:60Z"}""", "at")]
    [InlineData("""{"worker":"w","lng":1,"lat":2,"at":"2026-12-01T04:10:00Z","accuracy":-1}""", "accuracy")]
    [InlineData("""{"worker":"w","lng":1,"lat":2,"at":"2026-12-01T04:10:00Z","speed":{"a":1}}""", "speed")]
    [InlineData("null", "worker")]
    public void Wrong(string json, string field)
    {
        const string Right = """{"worker":"w","lng":1,"lat":2,"at":"2026-01-02T11:04:05\u002B08:00","accuracy":8}""";
        foreach (var piece in new[] { int.MaxValue, 1, 7 })
        {
            var items = PositionBatch.Parse(InPieces($"[{Right},{json},{Right}]", piece)).Items;
            items.Select(item => item.Wrong).ShouldBe([null, field, null]);
            Told(items[2]).ShouldBe("w 1 2 03:04:05 8");
        }
    }

    [Fact(DisplayName = "[BO1] more than 1,000 positions in one request are too many")]
    public void TooMany()
    {
        string Many(int count) => $"[{string.Join(',', Enumerable.Repeat("{}", count))}]";
        PositionBatch.Parse(InPieces(Many(1_000), int.MaxValue)).IsTooLong.ShouldBeFalse();
        PositionBatch.Parse(InPieces(Many(1_001), int.MaxValue)).IsTooLong.ShouldBeTrue();
    }

    private static string Told(PositionItem item) => item.Report is { } report
        ? FormattableString.Invariant(
            $"{item.Worker ?? "-"} {report.Point.Lng} {report.Point.Lat} {report.At.UtcDateTime:HH:mm:ss} {report.Accuracy?.ToString() ?? "-"}")
        : $"{item.Worker ?? "-"} -";

    private static ReadOnlySequence<byte> InPieces(string json, int size)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        if (bytes.Length <= size)
            return new ReadOnlySequence<byte>(bytes);

        var first = new Piece(bytes.AsMemory(0, size), 0);
        var last = first;
        for (var at = size; at < bytes.Length; at += size)
            last = last.Then(bytes.AsMemory(at, Math.Min(size, bytes.Length - at)));

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Piece Then(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
