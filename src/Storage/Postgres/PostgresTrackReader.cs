using System.Data.Common;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;
using GridMesh.Storage.Tracks;

namespace GridMesh.Storage.Postgres;

/// <summary>Reads over the partitions; the range of times picks them.</summary>
internal sealed class PostgresTrackReader(Database database) : ITrackReader
{
    private const string PointsSql = "SELECT worker, at, lng, lat, accuracy FROM track_points"
        + " WHERE worker = @of AND at >= @from AND at < @to";

    public ValueTask<IReadOnlyList<TrackPoint>> ReadTrackAsync(
        string worker, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation) =>
        ReadAsync(
            $"{PointsSql} ORDER BY at LIMIT @limit", PointRow.Read, worker, from, to, limit, cancellation);

    public async ValueTask<TrackPoint?> FindLastAsync(
        string worker, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation) =>
        await ReadAsync(
            $"{PointsSql} ORDER BY at DESC LIMIT @limit", PointRow.Read, worker, from, to, 1, cancellation)
            is [var last] ? last : null;

    public ValueTask<IReadOnlyList<DoorRecord>> ReadDoorsAsync(
        string building, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation) =>
        ReadAsync(
            "SELECT building, device, at FROM door_records"
            + " WHERE building = @of AND at >= @from AND at < @to ORDER BY at, device LIMIT @limit",
            row => new DoorRecord(row.GetString(0), row.GetString(1), row.Time(2)),
            building, from, to, limit, cancellation);

    private async ValueTask<IReadOnlyList<T>> ReadAsync<T>(
        string sql, Func<DbDataReader, T> read, string of, DateTimeOffset from, DateTimeOffset to, int limit,
        CancellationToken cancellation) =>
        await database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command(
                    sql, ("of", of), ("from", from.UtcTicks), ("to", to.UtcTicks), ("limit", limit));
                return await command.ListAsync(read, token);
            },
            cancellation);
}
