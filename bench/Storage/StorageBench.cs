using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Postgres.Fixture;
using GridMesh.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace GridMesh.Bench.Storage;

/// <summary>Durable appends, reads, state writes and track rows against a real database with all its indexes.</summary>
internal static class StorageBench
{
    private const int PayloadBytes = 220;
    private const int TrackCallers = 32;
    private const int TrackRowsPerCall = 100;
    private static readonly DateTimeOffset s_start = TimeProvider.System.GetUtcNow();
    private static readonly AreaCode s_grid = AreaCode.Parse("450105001003007");

    public static async Task<int> RunAsync(string[] args)
    {
        if (StorageBenchOptions.Parse(args) is not { } options)
        {
            Console.WriteLine(StorageBenchOptions.Usage);
            return 1;
        }

        await using var server = options is { Db: "postgres", Connection: null } ? await PostgresServer.StartNewAsync()
            : null;
        var connection = server is null ? options.Connection : await server.CreateDatabaseAsync();
        var folder = Directory.CreateTempSubdirectory("gridmesh-bench-").FullName;
        try
        {
            await using var services = new ServiceCollection().AddMeshStorage(storage =>
            {
                storage.Kind = options.Db == "sqlite" ? StorageKind.Sqlite : StorageKind.Postgres;
                storage.DataFolder = folder;
                storage.ConnectionString = connection;
            }).BuildServiceProvider();
            await services.GetRequiredService<IStorageAdmin>().MigrateAsync();
            await MeasureAsync(services, options);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(IServiceProvider services, StorageBenchOptions options)
    {
        var journal = services.GetRequiredService<IJournal>();
        var state = services.GetRequiredService<IStateTable>();
        var tracks = services.GetRequiredService<ITrackStore>();
        var length = TimeSpan.FromSeconds(options.Seconds);
        Console.WriteLine(
            $"{options.Db}, {options.Streams} callers, facts of {PayloadBytes} bytes, {options.Seconds} s each");
        await AppendsAsync("warm-up", journal, options.Streams, TimeSpan.FromSeconds(2), "w", withCase: true);
        await AppendsAsync("appends", journal, options.Streams, length, "a", withCase: false);
        await AppendsAsync("appends, each with its case row", journal, options.Streams, length, "c", withCase: true);
        await AppendsAsync(
            "appends, a new case every 8 facts", journal, options.Streams, length, "n", withCase: true, 8);
        await Meter.RunAsync("reads of a stream's last fact", options.Streams, length, async (caller, _) =>
            (await journal.ReadStreamAsync($"n-{caller}-0", 7)).Count);
        var etags = new string?[options.Streams];
        await Meter.RunAsync("state writes (200 bytes)", options.Streams, length, async (caller, _) =>
        {
            etags[caller] = await state.WriteAsync("bench", "building", $"{caller}", new byte[200], etags[caller])
                ?? throw new InvalidOperationException("An ETag was refused.");
            return 1;
        });
        await Meter.RunAsync($"track rows ({TrackRowsPerCall} a call, {TrackCallers} callers)", TrackCallers, length,
            async (caller, round) =>
            {
                await tracks.AppendAsync(Points(caller, round));
                return TrackRowsPerCall;
            });
    }

    private static async Task AppendsAsync(
        string title, IJournal journal, int callers, TimeSpan length, string prefix, bool withCase,
        int factsPerStream = int.MaxValue)
    {
        var random = Enumerable.Range(0, callers).Select(seed => new Random(seed)).ToArray();
        var payload = new byte[PayloadBytes];
        var section = AreaCode.Parse("450105");
        await Meter.RunAsync(title, callers, length, async (caller, round) =>
        {
            var command = new byte[16];
            random[caller].NextBytes(command);
            command[0] = (byte)prefix[0];
            command[1] = (byte)caller;
            var version = round % factsPerStream;
            var row = withCase ? Row(caller, round / factsPerStream, version + 1, prefix) : null;
            var outcome = await journal.AppendAsync(new JournalAppend(
                $"{prefix}-{caller}-{round / factsPerStream}", version, new Guid(command), section,
                [new NewFact("IncidentReported", s_start, "worker-0042", payload)], row));
            return outcome.Result == AppendResult.Appended ? 1
                : throw new InvalidOperationException($"An append was answered {outcome}.");
        });
    }

    private static CaseRow Row(int caller, long stream, long version, string prefix)
    {
        // Each kind of run has a day of its own, so that its case numbers are new.
        var day = new DateOnly(2026, 1, 1 + (prefix[0] % 28));
        var grid = AreaCode.Parse($"450105001{1 + (caller % 200):D3}{1 + (caller / 200):D3}");
        var number = CaseNumber.Create(grid, day, (int)stream + 1);
        return new CaseRow(
            number, version, Step.Handling, "manhole-missing", Line.UrbanManagement, Severity.Urgent, Source.Resident,
            "A manhole cover is missing in front of the market's north gate.", new GeoPoint(108.3, 22.8),
            s_start.AddSeconds(stream), s_start.AddHours(2), false, "worker-0042", s_grid, null, 20260101, 0);
    }

    private static TrackPoint[] Points(int caller, long round)
    {
        var points = new TrackPoint[TrackRowsPerCall];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = new TrackPoint(
                $"worker-{caller * TrackRowsPerCall + i:D5}", s_start.AddMilliseconds(round), new GeoPoint(108.3, 22.8),
                5);
        }

        return points;
    }
}
