using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Grains.Clocks;
using GridMesh.Grains.Live;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace GridMesh.Grains.Grids;

/// <content>The deadlines of the grid's open cases: one timer for the earliest, one reminder against a crash.</content>
internal sealed partial class GridGrain
{
    private const string DeadlineReminder = "deadlines";

    private readonly HashSet<CaseNumber> _late = [];
    private MomentTimer _deadlineTimer = null!;
    private bool _reminded;

    /// <summary>
    /// Waking the grain is what the reminder is for: deadlines are armed on activation. One left over goes.
    /// </summary>
    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _reminded = true;
        return RemindAsync();
    }

    private void RegisterDeadlines() =>
        _deadlineTimer = new MomentTimer(this, time, PassDeadlinesAsync, interleave: true);

    private void ArmDeadlines()
    {
        if (_state.Deadlines.Next(_state.Cases) is { } next)
            _deadlineTimer.Arm(next);
    }

    /// <summary>
    /// Hands each deadline that has come to its case, interleaving with other turns: a slow store holds up nobody. One
    /// that fails is tried again at the next beat.
    /// </summary>
    private async Task PassDeadlinesAsync()
    {
        List<Task>? passing = null;
        while (_state.Deadlines.TakeDue(time.GetUtcNow(), _state.Cases) is { } deadline)
            (passing ??= []).Add(PassAsync(deadline));

        await Task.WhenAll(passing ?? []);
        ArmDeadlines();
    }

    private async Task PassAsync(Deadline deadline)
    {
        try
        {
            await GrainFactory.GetGrain<IIncidentGrain>(deadline.Number.Value)
                .PassDeadlineAsync(deadline.Step, deadline.Due);
        }
        catch (Exception e)
        {
            // Whatever went wrong, the deadline still has to be a fact: the next beat tries again.
            log.LogWarning(
                Faults.Unexpected(e), "The deadline of case {Case} has to wait: {Reason}", deadline.Number, e.Message);
            _late.Add(deadline.Number);
        }
    }

    private void TryLateDeadlines()
    {
        foreach (var row in _late.Select(_state.Cases.Find).OfType<CaseRow>())
            _state.Deadlines.Follow(row);

        _late.Clear();
        ArmDeadlines();
    }

    /// <summary>
    /// While cases are open, patrols planned or households watched, a reminder wakes the grid after a crash (rules DL3,
    /// PT5, CA2).
    /// </summary>
    private async Task RemindAsync()
    {
        var hasDeadlines = _state.Cases.Open > 0 || _state.Patrols.IsPlanned
            || _state.Care is { IsWatching: true };
        if (hasDeadlines && !_reminded)
        {
            await this.RegisterOrUpdateReminder(DeadlineReminder, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
            _reminded = true;
        }
        else if (!hasDeadlines && _reminded)
        {
            if (await this.GetReminder(DeadlineReminder) is { } reminder)
                await this.UnregisterReminder(reminder);

            _reminded = false;
        }
    }
}
