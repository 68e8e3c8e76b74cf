using System.Text;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Storage;
using GridMesh.Exchange.Journals;

namespace GridMesh.Exchange.Tests;

public sealed class JournalTests
{
    private static JournalRecord Record(long seq, string payload) => new(
        seq, "450105001001001-261122-0001", seq, Guid.Parse("00000000-0000-0000-0000-0000000000aa"),
        AreaCode.Parse("450105"),
        "IncidentReported", new DateTimeOffset(2026, 11, 22, 8, 0, 0, 123, TimeSpan.FromHours(8)).AddTicks(4567), "L1",
        Encoding.UTF8.GetBytes(payload), new byte[] { 0, 1, 254, 255 });

    /// <summary>A journal whose disk fails after the first record.</summary>
    public static async IAsyncEnumerable<JournalRecord> Broken()
    {
        yield return Record(1, "{}");
        await Task.CompletedTask;
        throw new IOException("the disk is gone");
    }

    [Fact(DisplayName = "[EX9] a journal may begin with a byte order mark")]
    public async Task Mark()
    {
        using var stream = new MemoryStream();
        await stream.WriteAsync("\uFEFF"u8.ToArray());
        await JournalFiles.WriteAsync(new[] { Record(1, "{}"), Record(2, "{}") }.ToAsyncEnumerable(), stream);
        stream.Position = 0;
        (await JournalFiles.ReadAsync(stream).ToListAsync()).Count.ShouldBe(2);
    }

    [Fact(DisplayName = "[EX6] facts come back byte for byte, in order, whatever their payload")]
    public async Task Facts_come_back()
    {
        string[] payloads =
        [
            """{"type":"IncidentReported","description":"井盖 \"缺失\" é <b>","x":1.50}""", "{ \"spaced\" : 1 }",
            "{\n\"lines\": 2\n}",
            "no json", "", "{\"text\":\"" + new string('长', 20_000) + "\"}", "{\"broken\": ",
        ];
        var records = payloads.Select((payload, i) => Record(i + 1, payload) with { Digest = i == 0 ? null : -i })
            .ToArray();
        using var stream = new MemoryStream();
        await JournalFiles.WriteAsync(records.ToAsyncEnumerable(), stream);
        stream.Position = 0;
        var read = await JournalFiles.ReadAsync(stream).ToListAsync();
        read.Count.ShouldBe(records.Length);
        foreach (var (expected, actual) in records.Zip(read))
        {
            actual.Payload.ToArray().ShouldBe(expected.Payload.ToArray());
            actual.Hash.ToArray().ShouldBe(expected.Hash.ToArray());
            (actual with { Payload = default, Hash = default })
                .ShouldBe(expected with { Payload = default, Hash = default });
            actual.At.Offset.ShouldBe(expected.At.Offset);
        }
    }

    [Fact(DisplayName = "[EX6] a payload of one line stands readable in its line")]
    public async Task Payload_is_readable()
    {
        using var stream = new MemoryStream();
        await JournalFiles.WriteAsync(new[] { Record(1, """{"category":"litter"}""") }.ToAsyncEnumerable(), stream);
        var text = Encoding.UTF8.GetString(stream.ToArray());
        text.ShouldContain(""","payload":{"category":"litter"},""");
        text.Count(c => c == '\n').ShouldBe(1);
    }

    [Fact(DisplayName = "[EX6] a line that is no record stops the reading and is named")]
    public async Task Bad_line_is_named()
    {
        using var stream = new MemoryStream();
        await JournalFiles.WriteAsync(new[] { Record(1, "{}"), Record(2, "{}") }.ToAsyncEnumerable(), stream);
        stream.Write("{\"seq\":3}\n"u8);
        stream.Position = 0;
        var read = new List<JournalRecord>();
        var fault = await Should.ThrowAsync<JournalFormatException>(async () =>
        {
            await foreach (var record in JournalFiles.ReadAsync(stream))
                read.Add(record);
        });
        fault.Line.ShouldBe(3);
        read.Count.ShouldBe(2);
    }

    [Fact(DisplayName = "[EX6] facts are counted from 1")]
    public async Task Counted()
    {
        using var stream = new MemoryStream();
        await JournalFiles.WriteAsync(new[] { Record(1, "{}") with { Version = 0 } }.ToAsyncEnumerable(), stream);
        stream.Position = 0;
        await Should.ThrowAsync<JournalFormatException>(
            async () => await JournalFiles.ReadAsync(stream).ToListAsync());
    }

    [Fact(DisplayName = "[EX6] a line without an end is refused at its bound, not collected")]
    public async Task Endless_line_is_refused()
    {
        using var stream = new MemoryStream(new byte[ExchangeLimits.JournalLineMax * 3]);
        var fault = await Should.ThrowAsync<JournalFormatException>(
            async () => await JournalFiles.ReadAsync(stream).ToListAsync());
        fault.Line.ShouldBe(1);
        stream.Position.ShouldBeLessThan(stream.Length);
    }

    [Fact(DisplayName = "[EX6] a package carries the journal, and one without it has none")]
    public async Task Package_carries_the_journal()
    {
        using var folder = new TempFolder();
        var path = folder.At("package.zip");
        await DirectoryFiles.WriteAsync(SmallPackage.Data, new[] { Record(1, "{}") }.ToAsyncEnumerable(), path);
        DirectoryFiles.Read(path).Problems.ShouldBeEmpty();
        (await JournalFiles.ReadPackageAsync(path).ToListAsync()).ShouldHaveSingleItem().Seq.ShouldBe(1);
        DirectoryFiles.Write(SmallPackage.Data, path);
        (await JournalFiles.ReadPackageAsync(path).ToListAsync()).ShouldBeEmpty();
    }
}
