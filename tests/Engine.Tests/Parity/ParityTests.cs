using System.Reflection;
using Orleans;

namespace GridMesh.Engine.Tests.Parity;

public sealed class ParityTests
{
    private static readonly Dictionary<string, ApiType> Ours = ApiReader.Read(typeof(Grain).Assembly.Location);
    private static readonly Dictionary<string, ApiType> Official = ApiReader.Read(
        typeof(ParityTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "OrleansAbstractions").Value!);

    /// <summary>Types that the official assembly at hand does not have, with the Orleans assembly that has them.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
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

    [Fact(DisplayName = "[EN42] what is declared here in a namespace of Orleans has the signature that it has there")]
    public void SameSignatures()
    {
        var wrong = new List<string>();
        foreach (var (name, ours) in Ours)
        {
            if (!Official.TryGetValue(name, out var official))
                continue;
            if (ours.Base != official.Base)
                wrong.Add($"{name} derives from {ours.Base}, there from {official.Base}");
            wrong.AddRange(ours.Interfaces.Except(official.Interfaces).Select(extra => $"{name} implements {extra}"));
            wrong.AddRange(ours.Members.Except(official.Members).Select(extra => $"{name} declares {extra}"));
        }

        wrong.ShouldBeEmpty(string.Join(Environment.NewLine, wrong));
        Ours.Keys.Count(Official.ContainsKey).ShouldBeGreaterThan(20);
    }

    [Fact(DisplayName = "[EN43] what the official assembly lacks is on a list with the Orleans assembly that has it")]
    public void ListedElsewhere()
    {
        var unknown = Ours.Keys.Where(name => !Official.ContainsKey(name));
        unknown.Order(StringComparer.Ordinal).ShouldBe(Elsewhere.Keys.Order(StringComparer.Ordinal));
    }
}
