namespace GridMesh.Product.Fixture;

/// <summary>
/// Waits for what has to become true in a live system, by asking; fails with a sentence when it never does.
/// </summary>
public static class Eventually
{
    /// <summary>Generous: a slow machine is no failure, a hang is.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);

    public static Task TrueAsync(Func<Task<bool>> holds, string what) => TrueAsync(holds, what, s_patience);

    public static async Task TrueAsync(Func<Task<bool>> holds, string what, TimeSpan patienceMax)
    {
        using var patience = new CancellationTokenSource(patienceMax);
        using var timer = new PeriodicTimer(s_pause);
        while (!await holds())
        {
            try
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"never: {what}", e);
            }
        }
    }

    public static Task TrueAsync(Func<bool> holds, string what) => TrueAsync(() => Task.FromResult(holds()), what);
}
