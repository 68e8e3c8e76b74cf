using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Workers;

/// <summary>Something that happened to a worker; stored like the facts of a case.</summary>
public abstract record WorkerFact(DateTimeOffset At, string By) : IFact;

public sealed record ShiftStarted(DateTimeOffset At, string By) : WorkerFact(At, By);

public sealed record ShiftEnded(DateTimeOffset At, string By) : WorkerFact(At, By);
