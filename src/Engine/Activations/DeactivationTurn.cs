using GridMesh.Engine.Calls;

namespace GridMesh.Engine.Activations;

/// <summary>The last turn of an activation.</summary>
internal sealed class DeactivationTurn : WorkItem
{
    public static readonly DeactivationTurn Instance = new();

    public override void Run(Activation activation) => activation.BeginDeactivation();
}

/// <summary>The first turn of an activation.</summary>
internal sealed class ActivationTurn : WorkItem
{
    public override void Run(Activation activation) => activation.BeginActivation();
}
