using GridMesh.Load.Runner.Contracts;

namespace GridMesh.Load.Runner.Sessions;

/// <summary>Ends an iteration whose step has failed, where the scenario restarts on failure.</summary>
internal sealed class StepFailedException(IResponse response) : Exception("a step failed")
{
    public IResponse Response => response;
}
