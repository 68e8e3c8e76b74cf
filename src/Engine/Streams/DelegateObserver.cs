using Orleans.Streams;

namespace GridMesh.Engine.Streams;

/// <summary>An observer made of delegates.</summary>
internal sealed class DelegateObserver<T>(
    Func<T, StreamSequenceToken?, Task> onNext, Func<Exception, Task>? onError, Func<Task>? onCompleted)
    : IAsyncObserver<T>
{
    private readonly Func<T, StreamSequenceToken?, Task> _onNext = onNext
        ?? throw new ArgumentNullException(nameof(onNext));

    public Task OnNextAsync(T item, StreamSequenceToken? token = null) => _onNext(item, token);

    public Task OnErrorAsync(Exception ex) => onError?.Invoke(ex) ?? Task.CompletedTask;

    public Task OnCompletedAsync() => onCompleted?.Invoke() ?? Task.CompletedTask;
}

/// <summary>Gives a batch observer its items one by one.</summary>
internal sealed class BatchObserver<T>(IAsyncBatchObserver<T> observer) : IAsyncObserver<T>
{
    public Task OnNextAsync(T item, StreamSequenceToken? token = null) =>
        observer.OnNextAsync([new SequentialItem<T>(item, token!)]);

    public Task OnErrorAsync(Exception ex) => observer.OnErrorAsync(ex);

    public Task OnCompletedAsync() => observer.OnCompletedAsync();
}
