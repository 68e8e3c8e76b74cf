using GridMesh.Engine.Activations;
using GridMesh.Engine.Reminders;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Reminders of a grain: kept in the store, so that they outlive the activation and the process.</summary>
public static class GrainReminderExtensions
{
    /// <summary>Sets a reminder; one of the same name is replaced.</summary>
    /// <param name="grain">A grain that implements <see cref="IRemindable"/>.</param>
    /// <param name="reminderName">Unique within the grain.</param>
    /// <param name="dueTime">From now to the first tick, not negative.</param>
    /// <param name="period">Between ticks, at least the engine's minimum (one minute).</param>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(
        this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        RegisterOrUpdateReminder((IGrainBase)grain, reminderName, dueTime, period);

    /// <inheritdoc cref="RegisterOrUpdateReminder(Grain, string, TimeSpan, TimeSpan)"/>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(
        this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(grain);
        ArgumentException.ThrowIfNullOrWhiteSpace(reminderName);
        if (grain is not IRemindable)
            throw new InvalidOperationException(
                $"{grain.GetType().Name} has to implement IRemindable to set a reminder.");
        return Service(grain, out var activation).RegisterAsync(activation, reminderName, dueTime, period);
    }

    /// <summary>Takes a reminder back; one that is gone already is no error.</summary>
    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) =>
        UnregisterReminder((IGrainBase)grain, reminder);

    /// <inheritdoc cref="UnregisterReminder(Grain, IGrainReminder)"/>
    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder)
    {
        ArgumentNullException.ThrowIfNull(reminder);
        return Service(grain, out var activation).UnregisterAsync(activation, reminder.ReminderName);
    }

    /// <summary>The reminder of this name, or null.</summary>
    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) =>
        GetReminder((IGrainBase)grain, reminderName);

    /// <inheritdoc cref="GetReminder(Grain, string)"/>
    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reminderName);
        return Task.FromResult(Service(grain, out var activation).Find(activation, reminderName));
    }

    /// <summary>All reminders of the grain.</summary>
    public static Task<List<IGrainReminder>> GetReminders(this Grain grain) => GetReminders((IGrainBase)grain);

    /// <inheritdoc cref="GetReminders(Grain)"/>
    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain) =>
        Task.FromResult(Service(grain, out var activation).All(activation));

    private static ReminderService Service(IGrainBase grain, out Activation activation)
    {
        ArgumentNullException.ThrowIfNull(grain);
        activation = (Activation)grain.GrainContext;
        return activation.Kind.Engine.Reminders;
    }
}
