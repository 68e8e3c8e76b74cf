using GridMesh.Engine.Activations;
using Orleans.Runtime;

namespace Orleans;

/// <summary>The base of all grain classes: one object for each activation, used by one turn at a time.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly Activation? _activation;

    /// <summary>
    /// Called by the engine; an object made by hand has no runtime and can only be tested as a plain class.
    /// </summary>
    protected Grain() => _activation = Activation.UnderConstruction;

    /// <summary>The activation that this object belongs to.</summary>
    public IGrainContext GrainContext => _activation!;

    /// <summary>The type and key, for logs.</summary>
    public string IdentityString => Runtime.ToString();

    /// <summary>Names the process that runs this grain, for logs.</summary>
    public string RuntimeIdentity => Environment.MachineName;

    /// <summary>References to other grains.</summary>
    protected IGrainFactory GrainFactory => Runtime.Kind.Engine.Factory;

    /// <summary>The services of this activation.</summary>
    protected internal IServiceProvider ServiceProvider => Runtime.ActivationServices;

    internal Activation Runtime => _activation ?? throw new InvalidOperationException(
        "This grain object was not made by the engine, so it has no runtime.");

    /// <summary>Runs after the state was read and before the first message.</summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the last message.</summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Lets the activation go as soon as the requests in progress have ended.</summary>
    protected void DeactivateOnIdle() => Runtime.Deactivate(
        new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "DeactivateOnIdle was called."));

    /// <summary>Keeps the collector away for this long; a negative span takes an earlier wish back.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Runtime.DelayDeactivation(timeSpan);
}
