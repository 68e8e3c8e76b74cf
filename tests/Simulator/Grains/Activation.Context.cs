using GridMesh.Simulator.Calls;

namespace GridMesh.Simulator.Grains;

/// <content>What Orleans' own types ask of the context of a grain.</content>
internal sealed partial class Activation : IGrainContext
{
    private readonly Dictionary<Type, object> _components = [];

    public GrainReference GrainReference =>
        (GrainReference)silo.References.Of(
            kind.Type.GetInterfaces().First(one => one.IsAssignableTo(typeof(IGrain))), id);

    public GrainId GrainId => id;

    public object? GrainInstance => _instance;

    public ActivationId ActivationId { get; }

    public GrainAddress Address => new() { GrainId = id };

    public IServiceProvider ActivationServices => silo.Services;

    public IGrainLifecycle ObservableLifecycle =>
        throw new NotSupportedException("no grain here has stages of its own");

    public IWorkItemScheduler Scheduler => throw new NotSupportedException("work comes as turns");

    public Task Deactivated => throw new NotSupportedException("nobody waits for a grain to go");

    public object? GetTarget() => _instance;

    public object? GetComponent(Type componentType) => _components.GetValueOrDefault(componentType);

    public void SetComponent<TComponent>(TComponent? value) where TComponent : class
    {
        if (value is null)
            _components.Remove(typeof(TComponent));
        else
            _components[typeof(TComponent)] = value;
    }

    public void ReceiveMessage(object message) => throw new NotSupportedException("messages come as turns");

    public void Activate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default) =>
        Wake();

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default) =>
        GoOnIdle();

    public void Rehydrate(IRehydrationContext context) =>
        throw new NotSupportedException("no grain moves with its memory");

    public void Migrate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default) =>
        GoOnIdle();

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override string ToString() => id.ToString();
}
