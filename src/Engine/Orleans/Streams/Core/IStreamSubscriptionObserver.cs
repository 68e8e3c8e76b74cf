using Orleans.Runtime;

namespace Orleans.Streams.Core;

/// <summary>A grain that is told of a subscription of its own before the first item.</summary>
public interface IStreamSubscriptionObserver
{
    /// <summary>Called in each activation before the first item; resume with the handle to receive.</summary>
    Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory);
}

/// <summary>Gives the handle of a subscription, typed by who knows the type.</summary>
public interface IStreamSubscriptionHandleFactory
{
    StreamId StreamId { get; }

    string ProviderName { get; }

    GuidId SubscriptionId { get; }

    StreamSubscriptionHandle<T> Create<T>();
}
