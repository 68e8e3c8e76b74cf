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

    private readonly Dictionary<string, List<TrackPoint>> _byWorker = new(StringComparer.Ordinal);
    private string[]? _order;
    private int _next;

    public int Rows { get; private set; }

    /// <summary>True when it is worth sorting them in.</summary>
    public bool IsRipe => Rows >= RowsMax || (Rows >= RowsMin && Rows >= (long)RowsPerWorker * _byWorker.Count);

    /// <summary>True when <see cref="Take"/> has given all.</summary>
    public bool IsTaken => _order is not null && _next == _order.Length;

    public void Add(in TrackPoint point)
    {
        if (!_byWorker.TryGetValue(point.Worker, out var rows))
        {
            _byWorker[point.Worker] = rows = [];
        }

        rows.Add(point);
        Rows++;
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
            var ofWorker = _byWorker[_order[_next]];
            taken += ofWorker.Count;
            foreach (var point in ofWorker)
            {
                yield return point;
            }
        }
    }
}
