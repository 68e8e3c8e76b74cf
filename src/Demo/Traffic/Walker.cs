using GridMesh.Demo.Geography;

namespace GridMesh.Demo.Traffic;

/// <summary>Somebody who walks about in a grid: mostly on, in soft bends, turning back at the border.</summary>
internal sealed class Walker(Plot plot, Spot start, double heading)
{
    /// <summary>Metres a second on foot.</summary>
    public const double OnFoot = 1.2;

    /// <summary>Metres a second of a drone.</summary>
    public const double InTheAir = 8;

    /// <summary>No step is longer, however long nobody looked: a dot that was unseen does not leap.</summary>
    private const double StepMax = 120;

    /// <summary>How much the way bends over one step, radians.</summary>
    private const double Bend = 0.35;

    /// <summary>Tried in this order where the way ahead leads out, radians.</summary>
    private static readonly double[] s_turns = [0.7, -0.7, 1.4, -1.4, 2.2, -2.2, Math.PI];

    private double _heading = heading;

    public Spot At { get; private set; } = start;

    /// <summary>Walks on; where no way leads on, it waits.</summary>
    public void Walk(double metres, Random random)
    {
        _heading += Bend * ((2 * random.NextDouble()) - 1);
        WalkOn(Math.Min(metres, StepMax), random);
    }

    /// <summary>Walks straight to a place, no farther than it; around a corner of the border in the way.</summary>
    public void WalkTo(Spot goal, double metres, Random random)
    {
        var left = Math.Sqrt(goal.SquaredTo(At));
        if (left > 0)
        {
            _heading = Math.Atan2(goal.Y - At.Y, goal.X - At.X);
            WalkOn(Math.Min(Math.Min(metres, left), StepMax), random);
        }
    }

    private void WalkOn(double metres, Random random)
    {
        if (TryStep(_heading, metres))
            return;

        foreach (var turn in s_turns)
        {
            if (TryStep(_heading + turn, metres))
            {
                _heading += turn;
                return;
            }
        }

        _heading += Math.PI * random.NextDouble();
    }

    private bool TryStep(double direction, double metres)
    {
        var (sin, cos) = Math.SinCos(direction);
        var next = new Spot(At.X + (metres * cos), At.Y + (metres * sin));
        if (!plot.Contains(next))
            return false;

        At = next;
        return true;
    }
}
