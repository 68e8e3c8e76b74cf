namespace GridMesh.Engine.Tests.Parity;

/// <summary>What the embedded engine declares and Orleans has in other assemblies than its core abstractions.</summary>
internal static class Elsewhere
{
    /// <summary>The Orleans assembly by the name of the type.</summary>
    public static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["Orleans.AliasAttribute"] = "Orleans.Serialization.Abstractions",
        ["Orleans.ClientStreamingExtensions"] = "Orleans.Streaming",
        ["Orleans.GenerateSerializerAttribute"] = "Orleans.Serialization.Abstractions",
        ["Orleans.GrainReminderExtensions"] = "Orleans.Reminders",
        ["Orleans.GrainStreamingExtensions"] = "Orleans.Streaming",
        ["Orleans.IClusterClient"] = "Orleans.Core",
        ["Orleans.IRemindable"] = "Orleans.Reminders",
        ["Orleans.IdAttribute"] = "Orleans.Serialization.Abstractions",
        ["Orleans.ImmutableAttribute"] = "Orleans.Serialization.Abstractions",
        ["Orleans.ImplicitStreamSubscriptionAttribute"] = "Orleans.Streaming",
        ["Orleans.KeepAliveAttribute"] = "Orleans.Core",
        ["Orleans.Providers.Streams.Common.EventSequenceTokenV2"] = "Orleans.Streaming",
        ["Orleans.Runtime.IGrainReminder"] = "Orleans.Reminders",
        ["Orleans.Runtime.IPersistentState`1"] = "Orleans.Runtime",
        ["Orleans.Runtime.PersistentStateAttribute"] = "Orleans.Runtime",
        ["Orleans.Runtime.ReminderException"] = "Orleans.Reminders",
        ["Orleans.Runtime.StreamId"] = "Orleans.Streaming",
        ["Orleans.Runtime.TickStatus"] = "Orleans.Reminders",
        ["Orleans.Storage.InconsistentStateException"] = "Orleans.Core",
        ["Orleans.Streams.AsyncObservableExtensions"] = "Orleans.Streaming",
        ["Orleans.Streams.Core.IStreamSubscriptionHandleFactory"] = "Orleans.Streaming",
        ["Orleans.Streams.Core.IStreamSubscriptionObserver"] = "Orleans.Streaming",
        ["Orleans.Streams.IAsyncBatchObservable`1"] = "Orleans.Streaming",
        ["Orleans.Streams.IAsyncBatchObserver`1"] = "Orleans.Streaming",
        ["Orleans.Streams.IAsyncBatchProducer`1"] = "Orleans.Streaming",
        ["Orleans.Streams.IAsyncObservable`1"] = "Orleans.Streaming",
        ["Orleans.Streams.IAsyncObserver`1"] = "Orleans.Streaming",
        ["Orleans.Streams.IAsyncStream"] = "Orleans.Streaming",
        ["Orleans.Streams.IAsyncStream`1"] = "Orleans.Streaming",
        ["Orleans.Streams.IStreamNamespacePredicate"] = "Orleans.Streaming",
        ["Orleans.Streams.IStreamProvider"] = "Orleans.Streaming",
        ["Orleans.Streams.SequentialItem`1"] = "Orleans.Streaming",
        ["Orleans.Streams.StreamSequenceToken"] = "Orleans.Streaming",
        ["Orleans.Streams.StreamSubscriptionHandleExtensions"] = "Orleans.Streaming",
        ["Orleans.Streams.StreamSubscriptionHandle`1"] = "Orleans.Streaming",
    };
}
