namespace GridMesh.Gateway.Plumbing.Telemetry;

/// <summary>How many time series may still be added, over all instruments that share it.</summary>
/// <param name="max">At the beginning, and at most.</param>
internal sealed class SeriesRoom(int max)
{
    private int _left = max;

    /// <summary>False where there is none; what is not there is not counted down any further.</summary>
    public bool Take()
    {
        while (true)
        {
            var left = Volatile.Read(ref _left);
            if (left <= 0)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _left, left - 1, left) == left)
            {
                return true;
            }
        }
    }

    public void GiveBack(int series) => Interlocked.Add(ref _left, series);
}
