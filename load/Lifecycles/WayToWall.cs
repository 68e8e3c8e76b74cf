namespace GridMesh.Load.Lifecycles;

/// <summary>Reports cases and waits for the card of each on a wall.</summary>
/// <param name="onWall">Told of each case that has come; one that is closed before that is on no wall.</param>
internal sealed class WayToWall(Lifecycle cases, Cards cards, Action<OpenCase>? onWall = null)
{
    /// <summary>After so long without its card a case is lost.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task<Response> RunAsync(Iteration iteration)
    {
        var open = await cases.ReportAsync(iteration);
        await iteration.StepAsync("on the wall", async () => await cards.WaitAsync(open.Id, Patience)
            ? Response.Ok
            : Response.Fail("lost", $"no card in {Patience.TotalSeconds} s"));
        onWall?.Invoke(open);
        return Response.Ok;
    }
}
