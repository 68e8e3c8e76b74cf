using GridMesh.Simulator.Time;

namespace GridMesh.Simulator.Turns;

/// <summary>
/// Does one piece of work after the other on the thread that asks for it. Which lane is next is the seed's choice, so
/// one seed has one order, and another seed another one.
/// </summary>
internal sealed class TurnLoop(int seed, SimulatedClock clock)
{
    /// <summary>Turns at one moment of time after which something surely goes in circles.</summary>
    private const int TurnsMax = 20_000_000;

    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly List<Lane> _ready = [];
    private bool _isRunning;
    private int _held;

    /// <summary>Asked before each turn, while a seed looks for trouble.</summary>
    public Action? BeforeTurn { get; set; }

    /// <summary>Told when nothing is left to do.</summary>
    public Action? AtRest { get; set; }

    /// <summary>True on the thread that does the work, while it does.</summary>
    public bool IsInside => _gate.IsHeldByCurrentThread && _isRunning;

    /// <summary>Turns done so far.</summary>
    public long Turns { get; private set; }

    /// <summary>Work that comes from outside is done at once, to the end, before the caller goes on.</summary>
    public void Post(Lane lane, SendOrPostCallback work, object? state)
    {
        lock (_gate)
        {
            if (lane.IsDead)
                return;

            if (!lane.IsReady)
            {
                _ready.Add(lane);
                lane.IsReady = true;
            }

            lane.Enqueue(work, state);
            if (_held == 0 && !clock.IsFiring)
                Run();
        }
    }

    /// <summary>Does everything that can be done without the clock; true when that was anything.</summary>
    public bool Run()
    {
        lock (_gate)
        {
            if (_isRunning || _ready.Count == 0)
                return false;

            var before = Turns;
            _isRunning = true;
            try
            {
                while (_ready.Count > 0)
                {
                    Turn();
                    if (Turns - before > TurnsMax)
                        throw new InvalidOperationException("it never comes to rest");
                }

                AtRest?.Invoke();
            }
            finally
            {
                _isRunning = false;
            }

            return Turns > before;
        }
    }

    /// <summary>What comes from outside meanwhile waits, so that it can meet.</summary>
    public void Together(Action act)
    {
        lock (_gate)
        {
            _held++;
            try
            {
                act();
            }
            finally
            {
                _held--;
            }

            if (_held == 0 && !clock.IsFiring)
                Run();
        }
    }

    public void Kill(Lane lane)
    {
        lock (_gate)
        {
            lane.Die();
            if (lane.IsReady)
            {
                _ready.Remove(lane);
                lane.IsReady = false;
            }
        }
    }

    private void Turn()
    {
        BeforeTurn?.Invoke();
        if (_ready.Count == 0)
            return;

        Turns++;
        var at = _random.Next(_ready.Count);
        var lane = _ready[at];
        try
        {
            lane.RunOne();
        }
        finally
        {
            if (lane.IsEmpty && lane.IsReady)
            {
                // A death meanwhile may have moved it.
                at = at < _ready.Count && _ready[at] == lane ? at : _ready.IndexOf(lane);
                _ready[at] = _ready[^1];
                _ready.RemoveAt(_ready.Count - 1);
                lane.IsReady = false;
            }
        }
    }
}
