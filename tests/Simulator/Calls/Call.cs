using Orleans.Serialization.Invocation;

namespace GridMesh.Simulator.Calls;

/// <summary>A question that somebody waits for an answer to. The first answer counts.</summary>
internal abstract class Call(Message message)
{
    public Message Message => message;

    public ITimer? Timeout { get; set; }

    public bool IsDone { get; private set; }

    public Action<Call>? Done { get; set; }

    public void Answer(Response response)
    {
        if (IsDone)
            return;

        IsDone = true;
        Timeout?.Dispose();
        Done?.Invoke(this);
        Complete(response);
    }

    protected abstract void Complete(Response response);
}

/// <param name="options">
/// How whoever waits goes on: one inside at once, in its own lane; one outside elsewhere, so that it does not do its
/// own work in the middle of a turn.
/// </param>
internal sealed class Call<T>(Message message, TaskCreationOptions options) : Call(message)
{
    private readonly TaskCompletionSource<T?> _answer = new(options);

    public Task<T?> Task => _answer.Task;

    protected override void Complete(Response response)
    {
        if (response.Exception is { } exception)
            _answer.SetException(exception);
        else
            _answer.SetResult(response.GetResult<T>());
    }
}
