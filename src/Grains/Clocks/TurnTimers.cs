using Orleans.Runtime;

namespace GridMesh.Grains.Clocks;

/// <summary>The timers of our grains.</summary>
internal static class TurnTimers
{
    /// <summary>
    /// A timer whose turn may fail once the grain goes: whatever it had begun is the next activation's, which finds it
    /// as it finds what a killed one had begun, so nobody has to be told.
    /// </summary>
    public static IGrainTimer RegisterTurn(this Grain grain, Func<Task> turn, GrainTimerCreationOptions options) =>
        grain.RegisterGrainTimer(cancellation => RunAsync(turn, cancellation), options);

    private static async Task RunAsync(Func<Task> turn, CancellationToken cancellation)
    {
        try
        {
            await turn();
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
        }
    }
}
