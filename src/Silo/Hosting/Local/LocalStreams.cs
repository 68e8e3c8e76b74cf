using System.Collections.Immutable;
using System.Threading.Channels;
using Orleans.Configuration;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;

namespace GridMesh.Silo.Hosting.Local;

/// <summary>
/// The one queue of the streams of the only silo. Orleans' own in memory is a grain that takes bytes and is looked
/// after every few ms; here what is published is handed over as it is, as soon as it is there, and while nobody
/// publishes nothing runs. It is bounded: when those who listen fall behind, the oldest items go, and they find the
/// gap.
/// </summary>
internal sealed class LocalStreams(string name) : IQueueAdapterFactory, IQueueAdapter, IQueueAdapterReceiver
{
    /// <summary>Items that wait to be handed over.</summary>
    public const int WaitingMax = 4_096;

    /// <summary>
    /// How long handing over pauses while a stream is heard of for the first time, or somebody does not keep up.
    /// </summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly Channel<IBatchContainer> _waiting = Channel.CreateBounded<IBatchContainer>(
        new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly LocalStreamCache _cache = new();

    private readonly HashRingBasedStreamQueueMapper _mapper = new(
        new HashRingStreamQueueMapperOptions { TotalQueueCount = 1 }, name);

    private long _published;

    public string Name => name;

    public bool IsRewindable => false;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadWrite;

    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(this);

    public IQueueAdapterCache GetQueueAdapterCache() => _cache;

    public IStreamQueueMapper GetStreamQueueMapper() => _mapper;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new NoOpStreamDeliveryFailureHandler());

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => this;

    public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

    public Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token,
        Dictionary<string, object>? requestContext)
    {
        _waiting.Writer.TryWrite(new Batch(
            streamId, [.. events.Cast<object>()], new EventSequenceTokenV2(Interlocked.Increment(ref _published))));
        return Task.CompletedTask;
    }

    public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) =>
        GetQueueMessagesAsync(maxCount, CancellationToken.None);

    /// <summary>
    /// Waits until there is something; empty once nothing more comes, or the agent stops, which waits for its read.
    /// </summary>
    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        var batches = new List<IBatchContainer>();
        try
        {
            await _waiting.Reader.WaitToReadAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return batches;
        }

        while (batches.Count < maxCount && _waiting.Reader.TryRead(out var batch))
            batches.Add(batch);

        return batches;
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

    public Task Shutdown(TimeSpan timeout)
    {
        _waiting.Writer.TryComplete();
        return Task.CompletedTask;
    }

    /// <summary>What was published together, as it was: it is immutable, and never leaves the process.</summary>
    internal sealed class Batch(StreamId stream, ImmutableArray<object> events, EventSequenceTokenV2 token)
        : IBatchContainer
    {
        public StreamId StreamId => stream;

        public StreamSequenceToken SequenceToken => token;

        public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() => events.OfType<T>()
            .Select((one, i) => Tuple.Create<T, StreamSequenceToken>(one, token.CreateSequenceTokenForEvent(i)));

        public bool ImportRequestContext() => false;
    }
}
