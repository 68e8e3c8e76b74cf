using GridMesh.Simulator.Grains;
using GridMesh.Simulator.Turns;
using Orleans.Serialization.Invocation;

namespace GridMesh.Simulator.Calls;

/// <summary>Carries messages, and does to them what is asked for: loses, doubles, delays.</summary>
internal sealed class Network(GeneratedCode code, TurnLoop loop, TimeProvider time, TimeSpan answerMax)
{
    private readonly HashSet<Call> _open = [];

    /// <summary>Decides about each message; null: all arrive.</summary>
    public Func<Message, Fate>? Decide { get; set; }

    /// <summary>Are told of each message before its fate is decided.</summary>
    public List<Action<Message>> Witnesses { get; } = [];

    /// <summary>Where what is asked of a grain goes.</summary>
    public Action<GrainId, Message, Action<Response>> Deliver { get; set; } = (_, _, _) => { };

    /// <summary>Where the errors go that nobody waits for.</summary>
    public Action<Exception, string> Failed { get; set; } = (_, _) => { };

    public Task<T?> AskAsync<T>(GrainId target, IInvokable request, bool isOneWay)
    {
        var message = new Message(
            target.Type.ToString()!, target.Key.ToString()!, request.GetMethodName(), isOneWay) { Request = request };
        if (isOneWay)
        {
            Carry(message, (sent, _) => Deliver(target, sent, NobodyOf(sent)));
            return Task.FromResult(default(T));
        }

        var isInside = SynchronizationContext.Current is Lane lane && lane.Loop == loop;
        var call = new Call<T>(
            message, isInside ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Together(() =>
        {
            _open.Add(call);
            call.Done = done => _open.Remove(done);
            Carry(message, (sent, isAnswered) => Deliver(target, sent, isAnswered ? call.Answer : NobodyOf(sent)));
        });
        return call.Task;
    }

    /// <summary>Takes a message to where it goes, or not.</summary>
    /// <param name="deliver">Is told whether anybody will hear the answer.</param>
    public void Carry(Message message, Action<Message, bool> deliver) => loop.Together(() =>
    {
        Witnesses.ForEach(witness => witness(message));
        var fate = Decide?.Invoke(message) ?? Fate.Arrives;
        if (fate.IsLost)
            return;

        // Whoever gets it may take it apart: a second one is made before the first arrives.
        var second = !fate.IsDoubled ? null
            : message.Request is { } request ? message with { Request = code.Requests.Copy(request) }
            : message;
        if (fate.Delay > TimeSpan.Zero)
        {
            // It fires once and is no more.
            time.CreateTimer(
                _ => loop.Together(() => deliver(message, !fate.IsUnanswered)), null, fate.Delay,
                Timeout.InfiniteTimeSpan);
            return;
        }

        deliver(message, !fate.IsUnanswered);
        if (second is not null)
            deliver(second, true);
    });

    /// <summary>
    /// Whoever still waits when nothing moves any more waits for time: for an answer no longer than this.
    /// </summary>
    public void LosePatience()
    {
        foreach (var call in _open)
        {
            call.Timeout ??= time.CreateTimer(
                _ => loop.Together(() => call.Answer(Response.FromException(
                    new TimeoutException($"{call.Message} was not answered")))),
                null, answerMax, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Nobody hears it, so what went wrong is kept.</summary>
    private Action<Response> NobodyOf(Message message) => response =>
    {
        if (response.Exception is { } exception)
            Failed(exception, message.ToString());
    };
}
