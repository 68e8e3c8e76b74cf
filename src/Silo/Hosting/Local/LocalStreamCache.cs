using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;
using Orleans.Streams;

namespace GridMesh.Silo.Hosting.Local;

/// <summary>
/// What is being handed over, stream by stream: an item stays until everybody who listens to its stream has had it.
/// Whoever comes later begins with what is there, so nobody ever asks for something that is gone.
/// </summary>
/// <remarks>One agent reads and writes it, a turn at a time.</remarks>
internal sealed class LocalStreamCache : IQueueAdapterCache, IQueueCache
{
    /// <summary>Items of all streams; while there are as many, no others are taken from the queue.</summary>
    public const int ItemsMax = 4_096;

    /// <summary>Items that are taken at a time.</summary>
    private const int TakenMax = 512;

    private readonly Dictionary<StreamId, Backlog> _backlogs = [];
    private int _items;

    public IQueueCache CreateQueueCache(QueueId queueId) => this;

    public int GetMaxAddCount() => TakenMax;

    public bool IsUnderPressure() => _items >= ItemsMax;

    public void AddToCache(IList<IBatchContainer> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        foreach (var message in messages)
        {
            Of(message.StreamId).Items.Add(message);
            _items++;
        }
    }

    /// <summary>Never says what went: nobody waits to hear it.</summary>
    public bool TryPurgeFromCache([MaybeNullWhen(false)] out IList<IBatchContainer> purgedItems)
    {
        purgedItems = null;
        if (_items > 0)
        {
            foreach (var (stream, backlog) in _backlogs)
            {
                _items -= backlog.Purge();
                if (backlog.IsEmpty)
                    _backlogs.Remove(stream);
            }
        }

        return false;
    }

    public IQueueCacheCursor GetCacheCursor(StreamId streamId, StreamSequenceToken? token) =>
        new Cursor(Of(streamId), token);

    private Backlog Of(StreamId stream) =>
        _backlogs.TryGetValue(stream, out var backlog) ? backlog : _backlogs[stream] = new Backlog();

    private sealed class Backlog
    {
        public List<IBatchContainer> Items { get; } = [];

        public List<Cursor> Cursors { get; } = [];

        public bool IsEmpty => Items.Count == 0 && Cursors.Count == 0;

        /// <summary>How many items went: those that everybody has had.</summary>
        public int Purge()
        {
            if (Items.Count == 0)
                return 0;

            var next = Cursors.Count == 0 ? long.MaxValue : Cursors.Min(cursor => cursor.Next);
            return Items.RemoveAll(item => item.SequenceToken.SequenceNumber < next);
        }
    }

    private sealed class Cursor : IQueueCacheCursor
    {
        private readonly Backlog _backlog;
        private IBatchContainer? _current;

        public Cursor(Backlog backlog, StreamSequenceToken? from)
        {
            _backlog = backlog;
            Next = (from ?? backlog.Items.LastOrDefault()?.SequenceToken)?.SequenceNumber ?? 0;
            backlog.Cursors.Add(this);
        }

        /// <summary>The lowest number that this one still wants.</summary>
        public long Next { get; private set; }

        public IBatchContainer? GetCurrent(out Exception? exception)
        {
            exception = null;
            return _current;
        }

        public bool MoveNext()
        {
            _current = _backlog.Items.Find(item => item.SequenceToken.SequenceNumber >= Next);
            Next = _current?.SequenceToken.SequenceNumber + 1 ?? Next;
            return _current is not null;
        }

        public void Refresh(StreamSequenceToken token)
        {
        }

        public void RecordDeliveryFailure()
        {
        }

        public void Dispose() => _backlog.Cursors.Remove(this);
    }
}
