using Orleans;
using Orleans.Runtime;

namespace GridMesh.Engine.Tests.Conformance;

public interface ILifeGrain : IGrainWithStringKey
{
    Task<int> Calls();

    Task Wait(string gate);

    Task Leave();

    Task LeaveWhileWaiting(string gate);

    Task Stay(TimeSpan span);

    Task StartTimer(TimeSpan due, TimeSpan period, string? gate = null, bool keepAlive = false, bool interleave = false);

    Task ChangeTimer(TimeSpan due, TimeSpan period);

    Task DisposeTimer();
}

internal class LifeGrain(Probe probe) : Grain, ILifeGrain, IDisposable
{
    private IGrainTimer? _timer;
    private int _calls;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        probe.Note("activated", this.GetPrimaryKeyString());
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        probe.Note("deactivated", reason.ReasonCode.ToString());
    }

    public void Dispose() => probe.Note("disposed");

    public Task<int> Calls()
    {
        probe.Note("called");
        return Task.FromResult(++_calls);
    }

    public async Task Wait(string gate)
    {
        probe.Note("waiting");
        await probe.GateAsync(gate);
        probe.Note("waited");
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task LeaveWhileWaiting(string gate)
    {
        DeactivateOnIdle();
        probe.Note("leaving");
        await probe.GateAsync(gate);
        probe.Note("left");
    }

    public Task Stay(TimeSpan span)
    {
        DelayDeactivation(span);
        return Task.CompletedTask;
    }

    public Task StartTimer(
        TimeSpan due, TimeSpan period, string? gate = null, bool keepAlive = false, bool interleave = false)
    {
        _timer = this.RegisterGrainTimer(
            async token =>
            {
                probe.Note("tick");
                if (gate is not null)
                    await probe.GateAsync(gate);
                probe.Note("ticked", token.IsCancellationRequested ? "cancelled" : "");
            },
            new GrainTimerCreationOptions(due, period) { KeepAlive = keepAlive, Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task ChangeTimer(TimeSpan due, TimeSpan period)
    {
        _timer!.Change(due, period);
        return Task.CompletedTask;
    }

    public Task DisposeTimer()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }
}

public interface IKeptGrain : ILifeGrain;

[KeepAlive]
internal sealed class KeptGrain(Probe probe) : LifeGrain(probe), IKeptGrain;

public interface IFragileGrain : IGrainWithStringKey
{
    Task<string> Name();
}

/// <summary>Fails to activate as long as the test has noted that it should.</summary>
internal sealed class FragileGrain(Probe probe) : Grain, IFragileGrain
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Note("trying");
        await probe.GateAsync("fragile");
        if (probe.Count("trying") == 1)
            throw new FormatException("not yet");
    }

    public Task<string> Name() => Task.FromResult(this.GetPrimaryKeyString());
}

[GenerateSerializer]
public sealed class Tally
{
    [Id(0)]
    public int Count { get; set; }
}

public interface IStateGrain : IGrainWithStringKey
{
    Task<int> CountAtActivation();

    Task<int> Add(int amount);

    Task<(int Count, bool Exists, string? Etag)> Read();

    Task Clear();

    Task<int> WriteBehindMyBack();

    Task Leave();
}

internal sealed class StateGrain(
    [PersistentState("tally")] IPersistentState<Tally> tally,
    [PersistentState("tally")] IPersistentState<Tally> sameRecord) : Grain, IStateGrain
{
    private int _countAtActivation = -1;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _countAtActivation = tally.State.Count;
        return Task.CompletedTask;
    }

    public Task<int> CountAtActivation() => Task.FromResult(_countAtActivation);

    public async Task<int> Add(int amount)
    {
        tally.State.Count += amount;
        await tally.WriteStateAsync();
        return tally.State.Count;
    }

    public async Task<(int Count, bool Exists, string? Etag)> Read()
    {
        await tally.ReadStateAsync();
        return (tally.State.Count, tally.RecordExists, tally.Etag);
    }

    public Task Clear() => tally.ClearStateAsync();

    public async Task<int> WriteBehindMyBack()
    {
        sameRecord.State.Count = 100;
        await sameRecord.WriteStateAsync();
        tally.State.Count = 1;
        await tally.WriteStateAsync();
        return tally.State.Count;
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

public interface IRemindedGrain : IGrainWithStringKey, IRemindable
{
    Task Remind(string name, TimeSpan due, TimeSpan period);

    Task Forget(string name);

    Task<string[]> Reminders();

    Task<bool> Has(string name);

    Task Leave();
}

internal sealed class RemindedGrain(Probe probe) : Grain, IRemindedGrain
{
    /// <summary>The reminder whose tick waits at the gate of this name.</summary>
    public const string Gated = "gated";

    public Task Remind(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task Forget(string name)
    {
        if (await this.GetReminder(name) is { } reminder)
            await this.UnregisterReminder(reminder);
    }

    public async Task<string[]> Reminders() => [.. (await this.GetReminders()).Select(r => r.ReminderName).Order()];

    public async Task<bool> Has(string name) => await this.GetReminder(name) is not null;

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        probe.Note(reminderName, $"{status.CurrentTickTime - status.FirstTickTime:c}");
        if (reminderName == Gated)
            await probe.GateAsync(Gated);
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
