using System.Globalization;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;
using GridMesh.Storage.Personal;

namespace GridMesh.Storage.Journals;

/// <summary>Reads facts across streams, each read along an index.</summary>
internal sealed class FactReader(Database database, PersonalOpener opener) : IFactReader
{
    public async ValueTask<IReadOnlyList<JournalRecord>> ReadStreamsAsync(
        IReadOnlyCollection<string> streams, IReadOnlyCollection<string> types,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(streams);
        ArgumentNullException.ThrowIfNull(types);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(streams.Count, IFactReader.StreamsMax);
        if (streams.Count == 0 || types.Count == 0)
            return [];
        var (inStreams, ofStreams) = List("s", streams);
        var (inTypes, ofTypes) = List("t", types);
        var facts = await database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command(
                    $"SELECT {Journal.Columns} FROM facts WHERE stream IN ({inStreams}) AND type IN ({inTypes})"
                    + " ORDER BY stream, version",
                    [.. ofStreams, .. ofTypes]);
                return await command.ListAsync(row => Journal.Read(row).Record, token);
            },
            cancellation);
        return await opener.OpenAsync(facts, cancellation);
    }

    public async ValueTask<FactPage> ReadAfterAsync(
        long afterSeq, AreaCode area, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, IFactReader.PageMax);
        var page = await database.ReadAsync(
            async (connection, token) =>
            {
                // The end is read first: what is committed meanwhile lies beyond it and comes with the next page.
                var end = Math.Min(
                    Convert.ToInt64(
                        connection.Scalar("SELECT coalesce(max(seq), 0) FROM facts"), CultureInfo.InvariantCulture),
                    afterSeq + IFactReader.ScanMax);

                // A case number begins with a digit and its area's code, and ':' follows '9'.
                await using var command = connection.Command(
                    $"SELECT {Journal.Columns} FROM facts WHERE seq > @after AND seq <= @end"
                    + $" AND stream >= @area AND stream < @areaEnd ORDER BY seq LIMIT {limit}",
                    ("after", afterSeq), ("end", end), ("area", area.Value), ("areaEnd", area.Value + ":"));
                var facts = await command.ListAsync(row => Journal.Read(row).Record, token);
                return new FactPage(facts, facts.Count == limit ? facts[^1].Seq : Math.Max(end, afterSeq));
            },
            cancellation);
        return page with { Facts = await opener.OpenAsync(page.Facts, cancellation) };
    }

    private static (string Names, (string, object?)[] Parameters) List(string prefix, IEnumerable<string> values)
    {
        (string Name, object? Value)[] parameters =
            [.. values.Select((value, i) => ($"{prefix}{i}", (object?)value))];
        return (string.Join(", ", parameters.Select(parameter => $"@{parameter.Name}")), parameters);
    }
}
