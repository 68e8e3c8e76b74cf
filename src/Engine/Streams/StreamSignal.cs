using Orleans.Streams;

namespace GridMesh.Engine.Streams;

/// <summary>What a producer puts on a stream: an item, an error, or the end.</summary>
internal readonly struct StreamSignal<T>
{
    private readonly T _item;
    private readonly StreamSequenceToken? _token;
    private readonly Exception? _error;
    private readonly bool _completed;

    private StreamSignal(T item, StreamSequenceToken? token, Exception? error, bool completed)
    {
        _item = item;
        _token = token;
        _error = error;
        _completed = completed;
    }

    public static StreamSignal<T> Completed => new(default!, null, null, true);

    public static StreamSignal<T> Next(T item, StreamSequenceToken token) => new(item, token, null, false);

    public static StreamSignal<T> Error(Exception error) => new(default!, null, error, false);

    public Task GiveTo(IAsyncObserver<T> observer)
    {
        if (_completed)
            return observer.OnCompletedAsync();
        return _error is null ? observer.OnNextAsync(_item, _token) : observer.OnErrorAsync(_error);
    }
}
