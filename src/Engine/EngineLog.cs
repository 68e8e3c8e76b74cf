using GridMesh.Engine.Activations;
using Microsoft.Extensions.Logging;

namespace GridMesh.Engine;

/// <summary>What the engine says in the log.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(1, LogLevel.Error, "A turn of {Grain} failed, and nobody waits for its result.")]
    public static partial void TurnFailed(ILogger log, Exception exception, Activation grain);

    [LoggerMessage(2, LogLevel.Warning, "The mailbox of {Grain} is full (MailboxMax {Max}); a request was refused.")]
    public static partial void MailboxFull(ILogger log, Activation grain, int max);

    [LoggerMessage(3, LogLevel.Error, "The stop ran out of time ({Timeout}); {Count} activations are left behind.")]
    public static partial void StopTimedOut(ILogger log, int count, TimeSpan timeout);

    [LoggerMessage(
        4, LogLevel.Warning, "Reminder {Name} belongs to the unknown grain class {GrainType} and is left alone.")]
    public static partial void UnknownReminder(ILogger log, string name, string grainType);

    [LoggerMessage(5, LogLevel.Error, "Reminder {Name} of {GrainType}/{Key} failed; it will tick again.")]
    public static partial void ReminderFailed(
        ILogger log, Exception exception, string name, string grainType, string key);

    [LoggerMessage(6, LogLevel.Error, "An observer of stream {Stream} failed.")]
    public static partial void ObserverFailed(ILogger log, Exception exception, Orleans.Runtime.StreamId stream);

    [LoggerMessage(7, LogLevel.Warning, "An item of stream {Stream} was dropped: {Why}.")]
    public static partial void ItemDropped(ILogger log, Orleans.Runtime.StreamId stream, string why);
}
