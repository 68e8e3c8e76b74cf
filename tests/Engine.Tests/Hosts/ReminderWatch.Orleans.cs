using GridMesh.Engine.Tests.Conformance;
using Orleans.Reminders.Diagnostics;
using Orleans.Runtime;

namespace GridMesh.Engine.Tests.Hosts;

/// <summary>
/// Knows whether every reminder of a silo waits for the clock. One that still computes its delay while the clock is
/// moved would wait from the moment after.
/// </summary>
internal sealed class ReminderWatch : IObserver<ReminderEvents.ReminderEvent>, IObserver<ReminderEvents.ReminderServiceEvent>, IDisposable
{
    private readonly SiloAddress _silo;
    private readonly HashSet<(GrainId, string)> _unarmed = [];
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IDisposable[] _subscriptions;

    public ReminderWatch(SiloAddress silo)
    {
        _silo = silo;
        _subscriptions = [ReminderEvents.AllEvents.Subscribe(this), ReminderEvents.ServiceEvents.Subscribe(this)];
    }

    /// <summary>Completes when the silo has read its reminders.</summary>
    public Task Started => _started.Task;

    public void WaitUntilArmed()
    {
        lock (_unarmed)
        {
            while (_unarmed.Count > 0)
            {
                if (!Monitor.Wait(_unarmed, Hang.Limit))
                    throw new TimeoutException("A reminder does not wait for the clock.");
            }
        }
    }

    public void OnNext(ReminderEvents.ReminderServiceEvent value)
    {
        if (value is ReminderEvents.ReminderServiceStarted && _silo.Equals(value.SiloAddress))
            _started.TrySetResult();
    }

    public void OnNext(ReminderEvents.ReminderEvent value)
    {
        if (!_silo.Equals(value.SiloAddress))
            return;
        lock (_unarmed)
        {
            if (value is ReminderEvents.LocalReminderTickWaitArmed or ReminderEvents.LocalReminderStopped)
                _unarmed.Remove((value.GrainId, value.ReminderName));
            else if (value is ReminderEvents.LocalReminderStarted or ReminderEvents.LocalReminderScheduleChanged
                or ReminderEvents.TickFiring)
                _unarmed.Add((value.GrainId, value.ReminderName));
            Monitor.PulseAll(_unarmed);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
            subscription.Dispose();
    }
}
