using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace GridMesh.Engine.Tests.Conformance;

/// <summary>Can be read by an inherited interface.</summary>
public interface INamed : IGrainWithStringKey
{
    Task<string> Name();
}

public interface ITurnGrain : INamed
{
    Task<int> Number();

    ValueTask<int> NumberLater();

    ValueTask Nothing();

    Task Visit(string note);

    Task VisitThroughGate(string note, string gate);

    [AlwaysInterleave]
    Task<string> Peek();

    [ReadOnly]
    Task ReadThroughGate(string note, string gate);

    Task Throw(string message);

    Task ThrowAtOnce(string message);

    Task<bool> KeepsTurnAfterAwait();

    Task<bool> LeavesTurnOnTaskRun();

    Task CallBack(ITurnGrain other);

    Task<string> CallOther(string other);

    Task<string> HandMyselfTo(string other);

    Task<string> NameOf(ITurnGrain grain);

    Task<bool> WasCancelled(CancellationToken token);

    [OneWay]
    Task Post(string note, string gate);

    [OneWay]
    Task PostAndThrow();
}

internal sealed class TurnGrain(Probe probe) : Grain, ITurnGrain
{
    private static int _made;
    private readonly int _number = Interlocked.Increment(ref _made);
    private int _inside;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Note($"activated {this.GetPrimaryKeyString()}");
        return Task.CompletedTask;
    }

    public Task<string> Name() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<int> Number() => Task.FromResult(_number);

    public async ValueTask<int> NumberLater()
    {
        await Task.Yield();
        return _number;
    }

    public async ValueTask Nothing() => await Task.Yield();

    public Task Visit(string note)
    {
        probe.Note("visit", note);
        return Task.CompletedTask;
    }

    public async Task VisitThroughGate(string note, string gate)
    {
        Interlocked.Increment(ref _inside).ShouldBe(1);
        probe.Note("enter", note);
        await probe.GateAsync(gate);
        probe.Note("leave", note);
        Interlocked.Decrement(ref _inside);
    }

    public Task<string> Peek()
    {
        probe.Note("peek");
        return Task.FromResult("peeked");
    }

    public async Task ReadThroughGate(string note, string gate)
    {
        probe.Note("read", note);
        await probe.GateAsync(gate);
    }

    public async Task Throw(string message)
    {
        await Task.Yield();
        throw new FormatException(message);
    }

    public Task ThrowAtOnce(string message) => throw new FormatException(message);

    public async Task<bool> KeepsTurnAfterAwait()
    {
        var inTurn = Interlocked.Increment(ref _inside) == 1;
        var before = SynchronizationContext.Current ?? (object)TaskScheduler.Current;
        await Task.Yield();
        inTurn &= ReferenceEquals(before, SynchronizationContext.Current ?? (object)TaskScheduler.Current);
        await Task.Run(() => { });
        inTurn &= ReferenceEquals(before, SynchronizationContext.Current ?? (object)TaskScheduler.Current);
        Interlocked.Decrement(ref _inside);
        return inTurn;
    }

    public async Task<bool> LeavesTurnOnTaskRun()
    {
        var turn = SynchronizationContext.Current ?? (object)TaskScheduler.Current;
        return await Task.Run(() => !ReferenceEquals(turn, SynchronizationContext.Current ?? (object)TaskScheduler.Current));
    }

    public Task CallBack(ITurnGrain other)
    {
        probe.Note("calling back");
        return other.Visit("called back");
    }

    public async Task<string> CallOther(string other)
    {
        var grain = GrainFactory.GetGrain<ITurnGrain>(other);
        await grain.CallBack(this.AsReference<ITurnGrain>());
        return "no deadlock";
    }

    public Task<string> HandMyselfTo(string other) => GrainFactory.GetGrain<ITurnGrain>(other).NameOf(this);

    public Task<string> NameOf(ITurnGrain grain) =>
        Task.FromResult($"{grain.GetPrimaryKeyString()} {(grain is Grain ? "object" : "reference")}");

    public async Task<bool> WasCancelled(CancellationToken token)
    {
        probe.Note("cancellable");
        var cancelled = new TaskCompletionSource<bool>();
        await using var registration = token.Register(() => cancelled.SetResult(true));
        var wasCancelled = await cancelled.Task;
        probe.Note("cancelled");
        return wasCancelled;
    }

    public async Task Post(string note, string gate)
    {
        await probe.GateAsync(gate);
        probe.Note("posted", note);
    }

    public Task PostAndThrow()
    {
        probe.Note("throwing");
        throw new FormatException("nobody waits for this");
    }
}

public interface IReentrantGrain : IGrainWithStringKey
{
    Task EnterAndWait(string gate);

    Task Open(string gate);
}

[Reentrant]
internal sealed class ReentrantGrain(Probe probe) : Grain, IReentrantGrain
{
    public async Task EnterAndWait(string gate)
    {
        probe.Note("entered");
        await probe.GateAsync(gate);
    }

    public Task Open(string gate)
    {
        probe.Open(gate);
        return Task.CompletedTask;
    }
}

public interface IWorkerGrain : IGrainWithStringKey
{
    Task Work(string gate);
}

[StatelessWorker(2)]
internal sealed class WorkerGrain(Probe probe) : Grain, IWorkerGrain
{
    public async Task Work(string gate)
    {
        probe.Note("working");
        await probe.GateAsync(gate);
    }
}

public interface IContextGrain : IGrainWithStringKey
{
    Task<string?> Read(string key);

    Task<string?> ReadThrough(string other, string key);

    Task Write(string key, string value);
}

internal sealed class ContextGrain : Grain, IContextGrain
{
    public Task<string?> Read(string key) => Task.FromResult(RequestContext.Get(key) as string);

    public async Task<string?> ReadThrough(string other, string key)
    {
        await Task.Yield();
        return await GrainFactory.GetGrain<IContextGrain>(other).Read(key);
    }

    public Task Write(string key, string value)
    {
        RequestContext.Set(key, value);
        return Task.CompletedTask;
    }
}
