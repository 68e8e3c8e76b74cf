using System.Runtime.InteropServices;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Storage;

namespace GridMesh.Storage.Sqlite;

/// <summary>
/// Positions that lie in a log as they came and have not been sorted in yet, by worker, so that sorting in touches a
/// worker's place in the file once for many of them.
/// </summary>
internal sealed class RecentPoints
{
    /// <summary>Rows of a worker that are worth touching its place for.</summary>
    public const int RowsPerWorker = 12;

    /// <summary>Least rows that are sorted in at once; below, sorting in costs more than it saves.</summary>
    public const int RowsMin = 20_000;

    /// <summary>Most rows held, some 60 MB; then they are sorted in, however few there are of each worker.</summary>
    public const int RowsMax = 1_000_000;

    private const int ChunkRows = 8_192;

    private readonly Dictionary<string, Chain> _byWorker = new(StringComparer.Ordinal);

    // Rows in few large arrays that are used again: nothing of them is left to the garbage collector.
    private readonly List<Row[]> _chunks = [];
    private string[]? _order;
    private int _next;

    public int Rows { get; private set; }

    /// <summary>True when it is worth sorting them in.</summary>
    public bool IsRipe => Rows >= RowsMax || (Rows >= RowsMin && Rows >= (long)RowsPerWorker * _byWorker.Count);

    /// <summary>True when <see cref="Take"/> has given all.</summary>
    public bool IsTaken => _order is not null && _next == _order.Length;

    public void Add(in TrackPoint point)
    {
        var row = Rows++;
        if (row / ChunkRows == _chunks.Count)
            _chunks.Add(new Row[ChunkRows]);

        At(row) = new Row(
            point.At.UtcTicks, point.Point.Lng, point.Point.Lat, point.Accuracy ?? float.NaN, Chain.End);
        ref var chain = ref CollectionsMarshal.GetValueRefOrAddDefault(_byWorker, point.Worker, out var exists);
        if (exists)
            At(chain.Last).Next = row;

        chain = new Chain(exists ? chain.First : row, row);
    }

    /// <summary>The next ones in the order of the file: all of a worker, until there are so many.</summary>
    public IEnumerable<TrackPoint> Take(int rows)
    {
        if (_order is null)
        {
            _order = [.. _byWorker.Keys];
            Array.Sort(_order, StringComparer.Ordinal);
        }

        for (var taken = 0; taken < rows && _next < _order.Length; _next++)
        {
            var worker = _order[_next];
            for (var row = _byWorker[worker].First; row != Chain.End; row = At(row).Next)
            {
                taken++;
                yield return At(row).Of(worker);
            }
        }
    }

    /// <summary>Empties it for the next ones; room for as many as it held stays.</summary>
    public void Clear()
    {
        var used = (Rows + ChunkRows - 1) / ChunkRows;
        _chunks.RemoveRange(used, _chunks.Count - used);
        _byWorker.Clear();
        (_order, _next, Rows) = (null, 0, 0);
    }

    private ref Row At(int row) => ref _chunks[row / ChunkRows][row % ChunkRows];

    /// <summary>A worker's first and last row; each row knows the next.</summary>
    private readonly record struct Chain(int First, int Last)
    {
        public const int End = -1;
    }

    /// <param name="Accuracy">Metres, NaN if unknown.</param>
    private record struct Row(long UtcTicks, double Lng, double Lat, float Accuracy, int Next)
    {
        public readonly TrackPoint Of(string worker) => new(
            worker, new DateTimeOffset(UtcTicks, TimeSpan.Zero), new GeoPoint(Lng, Lat),
            float.IsNaN(Accuracy) ? null : Accuracy);
    }
}
