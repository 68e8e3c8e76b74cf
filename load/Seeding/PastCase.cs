namespace GridMesh.Load.Seeding;

internal readonly record struct PastFact(Guid Command, IncidentFact Fact);

/// <summary>One case on its way through the past, by the product's own rules and clocks.</summary>
/// <param name="place">
/// Where among all cases it is, 0 to 65,535: the beginning of its commands' ids. An index of ids then grows at its end
/// and the import is spared a page for each fact; commands that come later are spread over that index all the same.
/// </param>
/// <param name="until">Nothing happens at or after it.</param>
internal sealed class PastCase(
    CaseNumber number, ushort place, DateTimeOffset reportedAt, DateTimeOffset until, IncidentDecider decider,
    Random random)
{
    /// <summary>How much of the time that is left one step may take: so every case is closed in the end.</summary>
    private const double StepShareMax = 0.4;
    private static readonly TimeSpan s_clockDelay = TimeSpan.FromMilliseconds(300);
    private readonly List<PastFact> _facts = [];
    public IncidentState? State { get; private set; }
    public IReadOnlyList<PastFact> Facts => _facts;
    public DateTimeOffset Now { get; private set; } = reportedAt;

    public void After(TimeSpan pause, Func<Guid, IncidentCommand> command)
    {
        var most = (until - Now) * StepShareMax;
        var at = Now + (pause < most ? pause : most);
        PassDeadline(at);
        Take(at, command(NewId()));
    }

    /// <summary>What is left on the clock of the present step.</summary>
    public TimeSpan Left => State?.DueAt is { } due && due > Now ? due - Now : TimeSpan.Zero;

    private void PassDeadline(DateTimeOffset before)
    {
        if (State is { DueAt: { } due } state && due + s_clockDelay < before)
            Add(NewId(), decider.PassDeadline(state, state.Step, due, due + s_clockDelay));
    }

    private void Take(DateTimeOffset at, IncidentCommand command)
    {
        Now = at;
        Add(command.CommandId, decider.Decide(State, number, command, at));
    }

    private void Add(Guid id, Decision decision)
    {
        if (decision.Reject is { } reject)
            throw new InvalidOperationException($"{number}: the made history is refused: {reject}");

        foreach (var fact in decision.Facts)
        {
            State = IncidentState.Fold(State, number, fact);
            _facts.Add(new PastFact(id, fact));
        }
    }

    private Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        // Written twice and mirrored, because databases compare the first four bytes from either end.
        (bytes[0], bytes[1], bytes[2], bytes[3]) = ((byte)(place >> 8), (byte)place, (byte)place, (byte)(place >> 8));
        return new Guid(bytes);
    }
}
