using GridMesh.Simulator.Grains;
using GridMesh.Simulator.Turns;
using Orleans.Timers;

namespace GridMesh.Simulator.Reminders;

/// <summary>Tells grains what they asked to be reminded of, as long as its silo lives.</summary>
internal sealed class ReminderService(SimulatedSilo silo, ReminderTable table) : IReminderRegistry
{
    private readonly Lane _lane = new(silo.Loop);

    public void Start()
    {
        foreach (var row in table.Rows)
            Arm(row);
    }

    public void Stop()
    {
        foreach (var row in table.Rows)
            row.Timer?.Dispose();

        silo.Loop.Kill(_lane);
    }

    public Task<IGrainReminder> RegisterOrUpdateReminder(
        GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        table.Find(callingGrainId, reminderName)?.Timer?.Dispose();
        var row = new StoredReminder(
            callingGrainId.Key.ToString()!, reminderName, silo.Time.GetUtcNow() + dueTime,
            period) { Grain = callingGrainId };
        table.Put(row);
        Arm(row);
        return Task.FromResult<IGrainReminder>(row);
    }

    public Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        table.Find(callingGrainId, reminder.ReminderName)?.Timer?.Dispose();
        table.Remove(callingGrainId, reminder.ReminderName);
        return Task.CompletedTask;
    }

    public Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName) =>
        Task.FromResult<IGrainReminder?>(table.Find(callingGrainId, reminderName));

    public Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId) =>
        Task.FromResult<List<IGrainReminder>>([.. table.Rows.Where(row => row.Grain == callingGrainId)]);

    private void Arm(StoredReminder row)
    {
        var late = silo.Time.GetUtcNow() - row.From;
        var wait = late <= TimeSpan.Zero ? -late : row.Period - new TimeSpan(late.Ticks % row.Period.Ticks);
        row.Timer = silo.Time.CreateTimer(_ => _lane.Post(() => _ = RemindAsync(row)), null, wait, row.Period);
    }

    private async Task RemindAsync(StoredReminder row)
    {
        try
        {
            var grain = (IRemindable)silo.References.Of(typeof(IRemindable), row.Grain);
            await grain.ReceiveReminder(
                row.Name, new TickStatus(row.From.UtcDateTime, row.Period, silo.Time.GetUtcNow().UtcDateTime));
        }
        catch (Exception e)
        {
            // The next tick tries again.
            silo.Failed(e, $"{row.Grain} was not reminded");
        }
    }
}
