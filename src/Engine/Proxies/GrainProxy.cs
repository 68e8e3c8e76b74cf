using GridMesh.Engine.Activations;
using GridMesh.Engine.Calls;
using Orleans;
using Orleans.Runtime;

namespace GridMesh.Engine.Proxies;

/// <summary>
/// A reference to a grain; classes made at run time derive from it and implement one grain interface each.
/// </summary>
internal abstract class GrainProxy(GrainKind kind, string key) : IAddressable, IEquatable<GrainProxy>
{
    private Activation? _activation;

    public GrainKind Kind { get; } = kind;

    public string Key { get; } = key;

    public bool Equals(GrainProxy? other) => other is not null && ReferenceEquals(Kind, other.Kind) && Key == other.Key;

    public override bool Equals(object? obj) => Equals(obj as GrainProxy);

    public override int GetHashCode() => HashCode.Combine(Kind, Key);

    public override string ToString() => $"{Kind.Name}/{Key}";

    /// <summary>
    /// A grain that hands itself over is handed over as a reference: its object belongs to its turns.
    /// </summary>
    protected static TInterface Argument<TInterface>(TInterface value)
        where TInterface : class =>
        value is Grain grain ? grain.AsReference<TInterface>() : value;

    protected Task CallTask<TCall>(TCall call, CallTraits traits)
        where TCall : struct, ICall
    {
        var answer = Call<VoidCall<TCall>, Nothing>(new VoidCall<TCall>(call), traits);
        return answer.IsCompletedSuccessfully ? Task.CompletedTask : answer.AsTask();
    }

    protected ValueTask CallValueTask<TCall>(TCall call, CallTraits traits)
        where TCall : struct, ICall
    {
        var answer = Call<VoidCall<TCall>, Nothing>(new VoidCall<TCall>(call), traits);
        return answer.IsCompletedSuccessfully ? default : new ValueTask(answer.AsTask());
    }

    protected Task<T> CallTaskOf<TCall, T>(TCall call, CallTraits traits)
        where TCall : struct, ICall<T> => Call<TCall, T>(call, traits).AsTask();

    protected ValueTask<T> CallValueTaskOf<TCall, T>(TCall call, CallTraits traits)
        where TCall : struct, ICall<T> => Call<TCall, T>(call, traits);

    // As on Orleans, a caller whose token is cancelled does not wait for the grain, which sees the token all the same.
    protected static Task CallTaskUntil(Task answer, CancellationToken token) => answer.WaitAsync(token);

    protected static Task<T> CallTaskOfUntil<T>(Task<T> answer, CancellationToken token) => answer.WaitAsync(token);

    protected static ValueTask CallValueTaskUntil(ValueTask answer, CancellationToken token) =>
        new(answer.AsTask().WaitAsync(token));

    protected static ValueTask<T> CallValueTaskOfUntil<T>(ValueTask<T> answer, CancellationToken token) =>
        new(answer.AsTask().WaitAsync(token));

    private ValueTask<T> Call<TCall, T>(in TCall call, CallTraits traits)
        where TCall : struct, ICall<T>
    {
        var engine = Kind.Engine;
        engine.Stats.CallCount.Increment();
        if (!engine.Accepts)
            return ValueTask.FromException<T>(engine.Refuse());
        if ((traits & CallTraits.OneWay) == 0 && InlineBudget.TryTake())
        {
            var activation = Kind.WorkersMax > 0 ? Kind.Find(Key) : _activation ??= Kind.Find(Key);
            if (activation is not null && activation.TryBeginInline(traits))
                return RunInline<TCall, T>(engine, activation, call, traits);
        }

        return Enqueue<TCall, T>(engine, call, traits);
    }

    /// <summary>The fast path: nothing else runs or waits there, so the caller's thread takes the turn.</summary>
    private static ValueTask<T> RunInline<TCall, T>(
        GrainEngine engine, Activation activation, in TCall call, CallTraits traits)
        where TCall : struct, ICall<T>
    {
        var scope = new InlineScope(activation);
        ValueTask<T> answer;
        try
        {
            answer = call.Invoke(activation.Instance!);
        }
        catch (Exception exception)
        {
            // Thrown before the first await of the method: the caller gets it in the task all the same.
            answer = ValueTask.FromException<T>(exception);
        }

        scope.Leave();
        if (answer.IsCompletedSuccessfully)
        {
            activation.EndInline(traits, requestEnded: true);
            return answer;
        }

        var request = new Request<TCall, T>(call, traits);
        engine.Await(request);
        activation.EndInline(traits, requestEnded: false);
        request.Follow(activation, answer);
        return request.Answer;
    }

    private ValueTask<T> Enqueue<TCall, T>(GrainEngine engine, in TCall call, CallTraits traits)
        where TCall : struct, ICall<T>
    {
        var request = new Request<TCall, T>(call, traits) { Context = ExecutionContext.Capture() };
        if ((traits & CallTraits.OneWay) == 0)
            engine.Await(request);
        var receiver = engine.Deliver(Kind, Key, request, _activation);
        if (Kind.WorkersMax == 0)
            _activation = receiver;
        return request.Answer;
    }
}
