using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Services;

/// <summary>Something that happened to the services of a grid, in the stream <c>service:{grid}</c>.</summary>
public abstract record ServiceFact(DateTimeOffset At, string By, string Service) : IFact
{
    string IFact.Subject => Service;
}

/// <param name="Due">When it has to be done by: the days of its matter on the calendar of that moment.</param>
public sealed record ServiceAsked(
    DateTimeOffset At, string By, string Service, ServiceRequest Request, DateTimeOffset Due)
    : ServiceFact(At, By, Service);

/// <param name="Holder">Who does it from now on.</param>
public sealed record ServiceTaken(DateTimeOffset At, string By, string Service, string Holder)
    : ServiceFact(At, By, Service);

public sealed record DocumentsAsked(DateTimeOffset At, string By, string Service, [property: Words] string Text)
    : ServiceFact(At, By, Service);

public sealed record DocumentsCame(DateTimeOffset At, string By, string Service) : ServiceFact(At, By, Service);

public sealed record ServiceDone(DateTimeOffset At, string By, string Service, [property: Words] string Text)
    : ServiceFact(At, By, Service);

public sealed record ServiceDeclined(DateTimeOffset At, string By, string Service, [property: Words] string Text)
    : ServiceFact(At, By, Service);

public sealed record ServiceWithdrawn(DateTimeOffset At, string By, string Service) : ServiceFact(At, By, Service);

/// <param name="Score">1 to 5.</param>
public sealed record ServiceRated(
    DateTimeOffset At, string By, string Service, int Score, [property: Words] string? Comment)
    : ServiceFact(At, By, Service);

/// <summary>Whoever asked for it is forgotten; that it was asked for and what came of it stays.</summary>
/// <param name="Person">A keyed hash of whom it is done for; null where nobody asked.</param>
public sealed record ServiceErased(DateTimeOffset At, string By, string Service, string Reason, string? Person)
    : ServiceFact(At, By, Service), IFact
{
    Erasure? IFact.Erasure => Erasure.Whole;
}
