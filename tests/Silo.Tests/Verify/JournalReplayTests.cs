using System.Text;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Product.Fixture;
using GridMesh.Silo.Verify;
using Microsoft.Extensions.DependencyInjection;

namespace GridMesh.Silo.Tests.Verify;

public sealed class JournalReplayTests
{
    private const string Case = $"{SmallDistrict.Grid}-261122-0001";

    private static readonly DateTimeOffset s_at = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly DirectoryView s_directory = new(SmallDistrict.Data);

    [Fact(DisplayName = "[EX7, ST37] facts of one command are written together with what it asked for, and again is passed over")]
    public async Task Joined()
    {
        await using var place = new SqliteKpiPlace();
        await using var services = await place.OpenAsync();
        var journal = services.GetRequiredService<IJournal>();
        var (report, rung) = (Guid.NewGuid(), Guid.NewGuid());
        JournalRecord[] records =
        [
            Record(1, report, new IncidentReported(
                s_at, "r", "litter", Line.UrbanManagement, Severity.Normal, "垃圾", null, Source.Resident, null, null,
                s_at), 41),
            Record(2, rung, new DeadlinePassed(s_at, "clock", Step.Reported, s_at, s_at), 42),
            Record(3, rung, new IncidentEscalated(s_at, "clock", "late", AreaCode.Parse(SmallDistrict.Town)), null),
            Record(4, Guid.NewGuid(), new IncidentReminded(s_at, "r", "when?"), null),
        ];
        for (var times = 0; times < 2; times++)
        {
            var replay = new JournalReplay(journal);
            await replay.RunAsync(records.ToAsyncEnumerable(), s_directory, new Progress<string>());
            replay.Facts.ShouldBe(4);
            (await journal.ReadStreamAsync(Case)).Select(fact => (fact.Type, fact.Digest)).ShouldBe(
                [("IncidentReported", 41L), ("DeadlinePassed", 42L), ("IncidentEscalated", null),
                    ("IncidentReminded", null)]);
        }
    }

    [Fact(DisplayName = "[WI9] facts that no kind of grain of this version writes are refused")]
    public async Task Unknown()
    {
        await using var place = new SqliteKpiPlace();
        await using var services = await place.OpenAsync();
        var stray = Record(1, Guid.NewGuid(), new IncidentReminded(s_at, "r", "x"), null) with { Stream = "drone:d1" };
        (await Should.ThrowAsync<InvalidDataException>(() => new JournalReplay(services.GetRequiredService<IJournal>())
            .CheckAsync(new[] { stray }.ToAsyncEnumerable(), s_directory, _ => { }))).Message.ShouldContain("drone:d1");
    }

    [Fact(DisplayName = "[IN9] a fact that is none, is another one than its line says or has nothing before it is refused in a sentence")]
    public async Task NoFacts()
    {
        var reminded = Record(1, Guid.NewGuid(), new IncidentReminded(s_at, "r", "x"), null);
        string[] payloads =
            ["{}", "null", "no json", """{"type":"IncidentReminded"}""", """{"type":"IncidentReported","by":"\ud800"}"""];
        JournalRecord[] none =
        [
            reminded, reminded with { Type = nameof(IncidentReported) },
            .. payloads.Select(payload => reminded with { Payload = Encoding.UTF8.GetBytes(payload) }),
        ];
        var report = Record(1, Guid.NewGuid(), new IncidentReported(
            s_at, "r", "litter", Line.UrbanManagement, Severity.Normal, "垃圾", null, Source.Resident, null, null,
            s_at), 1);
        await Should.ThrowAsync<InvalidDataException>(() => new JournalReplay(null!).CheckAsync(
            new[] { report, report with { Version = 2 } }.ToAsyncEnumerable(), s_directory, _ => { }));
        foreach (var record in none)
        {
            (await Should.ThrowAsync<InvalidDataException>(() => new JournalReplay(null!)
                .CheckAsync(new[] { record }.ToAsyncEnumerable(), s_directory, _ => { }))).Message.ShouldContain(Case);
        }
    }

    private static JournalRecord Record(long version, Guid command, IncidentFact fact, long? digest) => new(
        version, Case, version, command, AreaCode.Parse(SmallDistrict.Code), fact.GetType().Name, fact.At, fact.By,
        FactJson.Encode(fact), default, digest);
}
