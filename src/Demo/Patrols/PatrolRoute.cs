using GridMesh.Demo.Geography;

namespace GridMesh.Demo.Patrols;

/// <summary>
/// The way through one plan's checkpoints: one worker of the grid walks it in every window, nearest place first, and
/// now and then leaves one out, as people do.
/// </summary>
internal sealed class PatrolRoute(DemoPatrol patrol, Random random)
{
    /// <summary>So near that the place counts as reached, in metres.</summary>
    public const double ReachMetres = 15;

    /// <summary>Share of checkpoints that are left out.</summary>
    private const double ForgottenShare = 0.05;

    private readonly List<DemoCheckpoint> _left = [];
    private (DateOnly Day, int Window)? _round;

    public DemoPatrol Patrol => patrol;

    /// <summary>Null until the server has the plan.</summary>
    public string? PlanId { get; set; }

    /// <summary>Who walks it; null until somebody on duty takes it.</summary>
    public string? Worker { get; set; }

    /// <summary>Where to go next from here; null when everything of this round is done.</summary>
    public DemoCheckpoint? Next(Spot from, DateTime china)
    {
        (DateOnly, int)? round = patrol.WindowAt(china) is { } window
            ? (DateOnly.FromDateTime(china), window)
            : null;
        if (round != _round)
        {
            _round = round;
            _left.Clear();
            if (round is not null)
                _left.AddRange(patrol.Checkpoints.Where(_ => random.NextDouble() >= ForgottenShare));
        }

        return PlanId is null ? null : _left.MinBy(point => point.At.SquaredTo(from));
    }

    /// <summary>The checkpoint that is reached here, once.</summary>
    public DemoCheckpoint? Reach(DemoCheckpoint goal, Spot at) =>
        goal.At.SquaredTo(at) <= ReachMetres * ReachMetres && _left.Remove(goal) ? goal : null;
}
