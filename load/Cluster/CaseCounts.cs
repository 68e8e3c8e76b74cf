using Npgsql;

namespace GridMesh.Load.Cluster;

/// <summary>Counts the case list again and again by one statement, so all of it at one moment.</summary>
internal sealed class CaseCounts : IAsyncDisposable
{
    /// <summary>The newest day is today: cases are reported all the time.</summary>
    private const string Sql =
        "SELECT code, count(*) FILTER (WHERE closed_day = 0),"
        + " count(*) FILTER (WHERE reported_day = (SELECT max(reported_day) FROM cases))"
        + " FROM unnest($1) AS code LEFT JOIN cases ON starts_with(number, code) GROUP BY 1";

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);
    private readonly NpgsqlDataSource _database;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _counting;

    public CaseCounts(string connection, Truth truth, TimeProvider time)
    {
        _database = NpgsqlDataSource.Create(connection);
        _counting = CountAsync(truth, time);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _counting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _database.DisposeAsync();
        _closing.Dispose();
    }

    private async Task CountAsync(Truth truth, TimeProvider time)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        await using var connection = await _database.OpenConnectionAsync(_closing.Token);
        await using var command = new NpgsqlCommand(Sql, connection)
            { Parameters = { new NpgsqlParameter<string[]> { TypedValue = [.. truth.Codes] } } };
        while (await timer.WaitForNextTickAsync(_closing.Token))
        {
            var numbers = new Dictionary<string, DistrictNumbers>();
            await using var reader = await command.ExecuteReaderAsync(_closing.Token);
            while (await reader.ReadAsync(_closing.Token))
                numbers[reader.GetString(0)] = new DistrictNumbers((int)reader.GetInt64(1), (int)reader.GetInt64(2));

            truth.Record(numbers);
        }
    }
}
