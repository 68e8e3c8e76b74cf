using GridMesh.Engine.Activations;
using GridMesh.Engine.Calls;
using Orleans;
using Orleans.Runtime;

namespace GridMesh.Engine.Reminders;

/// <summary>
/// One reminder with its clock. The next tick is set when the last one has ended, so ticks never overlap.
/// </summary>
internal sealed class ReminderEntry : IGrainReminder, IDisposable
{
    // A timer cannot wait longer than some 49 days; longer waits are taken in steps.
    private static readonly TimeSpan StepMax = TimeSpan.FromDays(1);

    private readonly GrainKind _kind;
    private readonly ReminderRow _row;
    private readonly ITimer _timer;
    private DateTimeOffset _due;
    private volatile bool _disposed;

    public ReminderEntry(GrainKind kind, ReminderRow row)
    {
        _kind = kind;
        _row = row;
        // The clock outlives the request that set the reminder and must not keep that request's async-local values.
        using var suppressed = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _timer = kind.Engine.Time.CreateTimer(
            static entry => ((ReminderEntry)entry!).Elapsed(), this,
            Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public string ReminderName => _row.Name;

    /// <summary>Sets the clock for the first tick, due or not.</summary>
    public void ArmFirst()
    {
        _due = _row.FirstDue;
        Wait();
    }

    /// <summary>Sets the clock for the first tick that is still to come.</summary>
    public void ArmNext()
    {
        var late = _kind.Engine.Time.GetUtcNow() - _row.FirstDue;
        _due = late < TimeSpan.Zero
            ? _row.FirstDue
            : _row.FirstDue + (_row.Period * (Math.Floor(late / _row.Period) + 1));
        Wait();
    }

    public void Dispose()
    {
        _disposed = true;
        _timer.Dispose();
    }

    private void Wait()
    {
        if (_disposed)
            return;
        var wait = _due - _kind.Engine.Time.GetUtcNow();
        _timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > StepMax ? StepMax : wait, Timeout.InfiniteTimeSpan);
    }

    private void Elapsed()
    {
        if (_due > _kind.Engine.Time.GetUtcNow())
            Wait();
        else
            _ = TickAsync();
    }

    private async Task TickAsync()
    {
        _kind.Engine.Reminders.BeginTick();
        try
        {
            var status = new TickStatus(
                _row.FirstDue.UtcDateTime, _row.Period, _kind.Engine.Time.GetUtcNow().UtcDateTime);
            var request = new Request<TickCall, Nothing>(new TickCall(this, status), CallTraits.None);
            _kind.Engine.Await(request);
            _kind.Engine.Deliver(_kind, _row.Key, request);
            await request.Answer.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // A reminder is tried again at its next tick, whatever went wrong.
            EngineLog.ReminderFailed(_kind.Engine.Log, exception, _row.Name, _row.GrainType, _row.Key);
        }

        ArmNext();
        _kind.Engine.Reminders.EndTick();
    }

    private readonly struct TickCall(ReminderEntry entry, TickStatus status) : ICall<Nothing>
    {
        private readonly ReminderEntry _entry = entry;
        private readonly TickStatus _status = status;

        public ValueTask<Nothing> Invoke(object grain) => _entry._disposed
            ? default
            : new VoidCall<ReceiveCall>(new ReceiveCall(_entry.ReminderName, _status)).Invoke(grain);
    }

    private readonly struct ReceiveCall(string name, TickStatus status) : ICall
    {
        private readonly string _name = name;
        private readonly TickStatus _status = status;

        public ValueTask Invoke(object grain) => new(((IRemindable)grain).ReceiveReminder(_name, _status));
    }
}
